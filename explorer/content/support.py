"""What settles a question, found by its address, and the hashes that tell of a change."""

import hashlib

from explorer.domain.catalogue import Catalogue, CellKind
from explorer.domain.questions import Kind, Question
from explorer.domain.sources import Citation, Jurisdiction, SourceKind


def supporting_text(catalogue: Catalogue, ref: str) -> str | None:
    """Give the text behind an address.

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


def _find(catalogue: Catalogue, ref: str) -> tuple[str, tuple[Citation, ...]] | None:
    """Give the text behind an address and what it rests on."""
    parts = ref.split("/")
    if parts[0] == "guide" and len(parts) == 3:
        for section in catalogue.guide:
            if section.id == parts[1]:
                for statement in section.statements:
                    if statement.id == parts[2]:
                        return statement.text, statement.citations
        return None
    medicine = next((item for item in catalogue.published if item.id == parts[0]), None)
    if medicine is None or len(parts) < 2:
        return None
    if parts[1] == "mistake":
        return medicine.mistake.text, medicine.mistake.citations
    if parts[1] == "flags" and len(parts) == 3:
        for flag in medicine.red_flags:
            if flag.id == parts[2]:
                return f"{flag.sign} {flag.action}".strip(), flag.citations
        return None
    cells = medicine.cells_of(parts[1])
    if cells is None:
        return None
    cell = cells.resolve(parts[2] if len(parts) > 2 else None, None)
    if cell.kind is not CellKind.STATED:
        return None
    return f"{cell.text}\n{cell.detail}".strip(), cell.citations


def question_hash(question: Question) -> str:
    """Give the first eight hexadecimal digits of the SHA-256 of what is asked and its key."""
    keyed = [
        f"{option.id}={option.key}/{option.group}/{option.text}" for option in question.options
    ]
    number = question.number
    value = [] if number is None else [f"{number.value} {number.unit} {number.tolerance}"]
    order = keyed if question.kind is Kind.ORDER else sorted(keyed)
    return text_hash("\n".join([question.kind, question.stem, *order, *value]))


def text_hash(text: str) -> str:
    """Give the first eight hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
