"""The text and the source behind a ref, and the hashes by which a change is noticed."""

import hashlib

from explorer.domain.catalogue import Catalogue, CellKind
from explorer.domain.questions import Kind, Question
from explorer.domain.refs import NoRef, Ref, RefKind
from explorer.domain.sources import Citation, Jurisdiction, SourceKind


def supporting_text(catalogue: Catalogue, ref: str) -> str | None:
    """Return the text behind an address.

    Args:
        catalogue: the content.
        ref: ``medicine/row``, ``medicine/row/condition``, ``medicine/mistake``,
            ``medicine/flags/<id>``, ``guide/<section>/<statement>``.

    Returns:
        The words that a reader finds there (for a cell its text and detail), or None where
        nothing stated stands there.
    """
    found = _find(catalogue, ref)
    return found[0] if found else None


def supporting_source(catalogue: Catalogue, ref: str) -> str:
    """Name the document behind an address: its title and the place in it.

    Args:
        catalogue: the content.
        ref: as for ``supporting_text``.

    Returns:
        The document cited there whose kind is trusted most, of equals one of the US first; nothing
        where none is cited: common practice.
    """
    found = _find(catalogue, ref)
    if found is None or not found[1]:
        return ""
    kinds = list(SourceKind)

    def trust(citation: Citation) -> tuple[int, bool]:
        source = catalogue.source(citation.source)
        return kinds.index(source.kind), source.jurisdiction is not Jurisdiction.US

    first = min(found[1], key=trust)
    title = catalogue.source(first.source).title
    return f"{title}: {first.place}" if first.place else title


def _find(catalogue: Catalogue, text: str) -> tuple[str, tuple[Citation, ...]] | None:
    """Return the text behind an address and what it rests on."""
    try:
        ref = Ref.parse(text)
    except NoRef:
        return None
    first, *rest = ref.parts
    if ref.kind is RefKind.STATEMENT:
        for section in catalogue.guide:
            for statement in section.statements if section.id == rest[0] else ():
                if statement.id == rest[1]:
                    return statement.text, statement.citations
        return None
    medicine = next((item for item in catalogue.published if item.id == first), None)
    if medicine is None:
        return None
    if ref.kind is RefKind.MISTAKE:
        return medicine.mistake.text, medicine.mistake.citations
    if ref.kind is RefKind.FLAG:
        for flag in medicine.red_flags:
            if flag.id == rest[1]:
                return f"{flag.sign} {flag.action}".strip(), flag.citations
        return None
    cells = medicine.cells_of(ref.row) if ref.row else None
    if cells is None:
        return None
    cell = cells.resolve(ref.condition, None)
    if cell.kind is not CellKind.STATED:
        return None
    return f"{cell.text}\n{cell.detail}".strip(), cell.citations


def question_hash(question: Question) -> str:
    """Return the first eight hexadecimal digits of the SHA-256 of what is asked and its key."""
    keyed = [
        f"{option.id}={option.key}/{option.group}/{option.text}" for option in question.options
    ]
    number = question.number
    value = [] if number is None else [f"{number.value} {number.unit} {number.tolerance}"]
    order = keyed if question.kind is Kind.ORDER else sorted(keyed)
    return text_hash("\n".join([question.kind, question.stem, *order, *value]))


def text_hash(text: str) -> str:
    """Return the first eight hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
