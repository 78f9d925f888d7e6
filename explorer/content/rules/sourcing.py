"""Rules about sources: a fact without a source and a place in it does not exist."""

from collections.abc import Iterator

from explorer.content.findings import Finding
from explorer.content.rules.context import Context, error, warning
from explorer.content.texts import all_cells, medicine_file
from explorer.domain.catalogue import Advice as GuidelineAdvice
from explorer.domain.catalogue import Approval, Basis, BlockKind, Catalogue, CellKind, OffLabel
from explorer.domain.sources import Citation


def all_citations(catalogue: Catalogue) -> Iterator[tuple[str, str, Citation]]:
    """Yield every citation of the content with its file and key."""
    for file, key, _, cell in all_cells(catalogue):
        for citation in cell.citations:
            yield file, key, citation
    for medicine in catalogue.medicines:
        file = medicine_file(medicine)
        for citation in medicine.mistake.citations:
            yield file, "mistake", citation
        for flag in medicine.red_flags:
            for citation in flag.citations:
                yield file, f"red_flags.{flag.id}", citation
        for position, not_with in enumerate(medicine.not_with, 1):
            for citation in not_with.citations:
                yield file, f"not_with.{position}", citation
        for use in medicine.uses:
            for citation in use.citations:
                yield file, f"uses.{use.condition}", citation
    for condition in catalogue.conditions:
        for part, statements in (
            ("card", condition.card),
            ("not_compared", condition.not_compared),
        ):
            for statement in statements:
                for citation in statement.citations:
                    yield "conditions.toml", f"{condition.id}.{part}.{statement.id}", citation
        for citation in condition.preselect.citations:
            yield "conditions.toml", f"{condition.id}.preselect", citation
        for flag in condition.red_flags:
            for citation in flag.citations:
                yield "conditions.toml", f"{condition.id}.red_flags.{flag.id}", citation
    for section in catalogue.guide:
        for said in section.statements:
            for citation in said.citations:
                yield f"guide/{section.id}.toml", said.id, citation
    for numbers in catalogue.numbers:
        for result in numbers.results:
            for citation in result.citations:
                yield f"numbers/{numbers.id}.toml", result.id, citation
    for contact in catalogue.contacts:
        for flag in contact.red_flags:
            for citation in flag.citations:
                yield "contacts.toml", f"{contact.id}.red_flags.{flag.id}", citation
        for citation in contact.nobody_answers.citations:
            yield "contacts.toml", f"{contact.id}.nobody_answers", citation
    for sign in catalogue.signs.signs:
        for citation in (*sign.citations, *(item for age in sign.ages for item in age.citations)):
            yield "signs.toml", f"signs.{sign.id}", citation


def sources_exist(context: Context) -> Iterator[Finding]:
    """A citation points at a source of the register."""
    for file, key, citation in all_citations(context.catalogue):
        if not context.catalogue.has_source(citation.source):
            reason = f"there is no source '{citation.source}' in sources.toml"
            yield error("unknown-source", file, key, reason)


def sources_are_used(context: Context) -> Iterator[Finding]:
    """Every source of the register is cited, so that the list says what the content rests on."""
    used = {citation.source for _, _, citation in all_citations(context.catalogue)}
    for source in context.catalogue.sources:
        if source.id not in used:
            reason = "no fact cites this source; remove it or cite it"
            yield error("unused-source", "sources.toml", source.id, reason)


def places_are_named(context: Context) -> Iterator[Finding]:
    """A citation says where in the source the fact stands."""
    for file, key, citation in all_citations(context.catalogue):
        if not citation.place.strip():
            reason = f"say where in '{citation.source}' this stands"
            yield error("empty-place", file, key, reason)


def stated_cells_are_cited(context: Context) -> Iterator[Finding]:
    """Stated cells, cards, treatments not compared, mistakes and red flags carry a source."""
    catalogue = context.catalogue
    for file, key, _, cell in all_cells(catalogue):
        if cell.kind is CellKind.STATED and not cell.citations:
            yield error("no-source", file, key, "a stated fact needs at least one citation")
    for medicine in catalogue.medicines:
        if not medicine.mistake.citations:
            reason = "a stated fact needs at least one citation"
            yield error("no-source", medicine_file(medicine), "mistake", reason)
        for flag in medicine.red_flags:
            if not flag.citations:
                key = f"red_flags.{flag.id}"
                reason = "a stated fact needs at least one citation"
                yield error("no-source", medicine_file(medicine), key, reason)
        for position, not_with in enumerate(medicine.not_with, 1):
            if not not_with.citations:
                key = f"not_with.{position}"
                reason = "a stated fact needs at least one citation"
                yield error("no-source", medicine_file(medicine), key, reason)
    for condition in catalogue.conditions:
        for statement in (*condition.card, *condition.not_compared):
            if not statement.citations:
                key = f"{condition.id}.{statement.id}"
                reason = "a stated fact needs at least one citation"
                yield error("no-source", "conditions.toml", key, reason)
        for flag in condition.red_flags:
            if not flag.citations:
                key = f"{condition.id}.red_flags.{flag.id}"
                reason = "a stated fact needs at least one citation"
                yield error("no-source", "conditions.toml", key, reason)
    for contact in catalogue.contacts:
        for flag in contact.red_flags:
            if not flag.citations:
                key = f"{contact.id}.red_flags.{flag.id}"
                reason = "a stated fact needs at least one citation"
                yield error("no-source", "contacts.toml", key, reason)


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


def gaps_say_what_was_searched(context: Context) -> Iterator[Finding]:
    """A cell that is not found or not studied says what was searched, and only such a cell."""
    gaps = (CellKind.NOT_FOUND, CellKind.NOT_STUDIED)
    for file, key, _, cell in all_cells(context.catalogue):
        if cell.kind in gaps and not cell.searched.strip():
            reason = f"a cell that is '{cell.kind}' says what was searched"
            yield error("searched", file, f"{key}.searched", reason)
        if cell.kind not in gaps and cell.searched:
            reason = f"'searched' belongs to not-found and not-studied, not to '{cell.kind}'"
            yield error("searched", file, f"{key}.searched", reason)


def evidence_belongs_to_effects(context: Context) -> Iterator[Finding]:
    """How sure the evidence is stands with stated effects, and nowhere else."""
    for file, key, row_id, cell in all_cells(context.catalogue):
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
