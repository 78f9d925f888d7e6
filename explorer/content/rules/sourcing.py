"""Rules about sources: a fact without a source and a place in it does not exist."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from explorer.content.context import Context, error, warning
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.texts import medicine_file
from explorer.domain.catalogue import Advice as GuidelineAdvice
from explorer.domain.catalogue import Approval, Basis, BlockKind, CellKind, OffLabel
from explorer.domain.cells import Cell, Statement
from explorer.domain.contacts import Contacts
from explorer.domain.facts import Item
from explorer.domain.medicine import NotWith, RedFlag
from explorer.domain.sources import Citation


def _cited(context: Context) -> Iterator[tuple[Item, Citation]]:
    """Yield every citation of the content, with the value that rests on it."""
    for item in context.items:
        for citation in item.citations:
            yield item, citation


@rule("unknown-source")
def sources_exist(context: Context) -> Iterator[Finding]:
    """A citation points at a source of the register."""
    for item, citation in _cited(context):
        if not context.catalogue.has_source(citation.source):
            reason = f"there is no source '{citation.source}' in sources.toml"
            yield error("unknown-source", item.file, item.key, reason)


UNUSED_SOURCE = "unused-source"
"""The rule that names sources on which nothing rests."""


@rule(UNUSED_SOURCE)
def sources_are_used(context: Context) -> Iterator[Finding]:
    """Every source of the register is cited, so that the list says what the content rests on."""
    used = {citation.source for _, citation in _cited(context)}
    for source in context.catalogue.sources:
        if source.id not in used:
            reason = "no fact cites this source; remove it or cite it"
            yield error(UNUSED_SOURCE, "sources.toml", source.id, reason)


@rule("mirror-address", excepted=True)
def addresses_lead_to_the_publisher(context: Context) -> Iterator[Finding]:
    """The address of a source is the authority's or the publisher's, not that of a copy."""
    for source in context.catalogue.sources:
        host = (urlsplit(source.address).hostname or "") if source.address else ""
        for mirror in context.catalogue.mirrors.hosts:
            if host == mirror or host.endswith(f".{mirror}"):
                reason = (
                    f"{host} is on the list of copies and test sites in mirrors.toml; give the "
                    "authority's or publisher's address, and name the copy in read_via"
                )
                yield error("mirror-address", "sources.toml", f"{source.id}.address", reason)
                break


@rule("empty-place")
def places_are_named(context: Context) -> Iterator[Finding]:
    """A citation says where in the source the fact stands."""
    for item, citation in _cited(context):
        if not citation.place.strip():
            reason = f"say where in '{citation.source}' this stands"
            yield error("empty-place", item.file, item.key, reason)


@rule("no-source")
def stated_cells_are_cited(context: Context) -> Iterator[Finding]:
    """Stated cells, cards, treatments not compared, mistakes and red flags carry a source."""
    for item in context.items:
        found = item.value
        if not isinstance(found, Cell | Statement | RedFlag | NotWith) or found.citations:
            continue
        if isinstance(found, Cell) and found.kind is not CellKind.STATED:
            continue
        # whom to call when nobody answers is advice of our own, not a fact of a source
        if isinstance(item.owner, Contacts) and isinstance(found, Statement):
            continue
        reason = "a stated fact needs at least one citation"
        yield error("no-source", item.file, item.key, reason)


@rule("no-source")
def guide_statements_are_backed(context: Context) -> Iterator[Finding]:
    """A statement of the guide is cited; common practice is marked and needs no source.

    Neither does what we do not know, nor a question that a reader may ask.
    """
    for section in context.catalogue.guide:
        file = f"guide/{section.id}.toml"
        bare: set[str] = set()
        for block in section.blocks:
            if block.kind in (BlockKind.UNKNOWN, BlockKind.QUESTIONS):
                bare |= {statement.id for statement in block.statements}
            if block.kind is BlockKind.QUESTIONS:
                for statement in block.statements:
                    if not statement.text.endswith("?"):
                        reason = "a block of questions holds only questions"
                        yield error("no-source", file, statement.id, reason)
        for statement in section.statements:
            if (
                statement.basis is Basis.SOURCE
                and not statement.citations
                and statement.id not in bare
            ):
                reason = "a statement needs a citation, or basis = 'practice'"
                yield error("no-source", file, statement.id, reason)


@rule("searched")
def gaps_say_what_was_searched(context: Context) -> Iterator[Finding]:
    """A cell that is not found or not studied says what was searched, and only such a cell."""
    gaps = (CellKind.NOT_FOUND, CellKind.NOT_STUDIED)
    for file, key, _, cell in context.cells:
        if cell.kind in gaps and not cell.searched.strip():
            reason = f"a cell that is '{cell.kind}' says what was searched"
            yield error("searched", file, f"{key}.searched", reason)
        if cell.kind not in gaps and cell.searched:
            reason = f"'searched' belongs to not-found and not-studied, not to '{cell.kind}'"
            yield error("searched", file, f"{key}.searched", reason)


@rule("evidence")
def evidence_belongs_to_effects(context: Context) -> Iterator[Finding]:
    """How sure the evidence is stands with stated effects, and nowhere else."""
    for file, key, row_id, cell in context.cells:
        if not context.catalogue.has_row(row_id):
            continue
        effect = context.catalogue.row(row_id).effect and cell.kind is CellKind.STATED
        if effect and cell.evidence is None:
            reason = "a stated effect says how sure the evidence is (or 'not-graded')"
            yield error("evidence", file, f"{key}.evidence", reason)
        if not effect and cell.evidence is not None:
            yield error("evidence", file, f"{key}.evidence", "this cell states no effect")
        if cell.evidence is not None and not cell.evidence_why.strip():
            yield error("evidence", file, f"{key}.evidence_why", "say why, in a few words")


@rule("use")
def uses_are_backed(context: Context) -> Iterator[Finding]:
    """A use, "not used" and "advised against" are cited; "none found" says what was searched."""
    for medicine in context.catalogue.medicines:
        file = medicine_file(medicine)
        for use in medicine.uses:
            key = f"uses.{use.condition}"
            stated = (
                Approval.APPROVED in (use.us, use.eu)
                or use.off_label in (OffLabel.YES, OffLabel.NO)
                or use.advice is GuidelineAdvice.AGAINST
            )
            if stated and not use.citations:
                yield error("use", file, key, "a use, or its absence, needs a citation")
            if not stated and not use.searched.strip():
                yield error("use", file, key, "where no use was found, say what was searched")
            if use.us is Approval.APPROVED and use.off_label is OffLabel.YES:
                reason = "an approved use is not off-label; give the subtype its own line"
                yield warning("use", file, key, reason)
