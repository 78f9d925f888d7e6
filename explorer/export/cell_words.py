"""A compared cell in words: the same on a comparison, on a medicine's page and in every file."""

from explorer.domain.catalogue import CellKind
from explorer.domain.comparison import ComparedCell
from explorer.domain.messages import Words
from explorer.export.document import DocumentCell, DocumentPassage, Note, NoteKind
from explorer.export.sign_off_words import signed_in_words


def cell_in_words(cell: ComparedCell, words: Words, *, is_medicine: bool = True) -> DocumentCell:
    """Word a cell: what it is if not stated, its text, and what keeps it from being misread.

    Args:
        cell: the cell.
        words: interface words.
        is_medicine: False for an option without a new medicine, where "does not apply" goes
            without saying.
    """
    mark = mark_of(cell, words, is_medicine=is_medicine)
    return DocumentCell(
        id=cell.id,
        kind=cell.kind,
        marks=(mark,) if mark else (),
        passages=(DocumentPassage(text=cell.text, references=cell.references),),
        notes=_notes(cell, words),
    )


def mark_of(cell: ComparedCell, words: Words, *, is_medicine: bool) -> str:
    """Say what a cell is if it is not stated; nothing where it is, or where it needs no saying.

    Args:
        cell: the cell.
        words: interface words.
        is_medicine: False for an option without a new medicine, where "does not apply" goes
            without saying.
    """
    unsaid = (CellKind.STATED,) if is_medicine else (CellKind.STATED, CellKind.NOT_APPLICABLE)
    return "" if cell.kind in unsaid else words(f"kind.{cell.kind}")


def _notes(cell: ComparedCell, words: Words) -> tuple[Note, ...]:
    found = []
    if cell.detail:
        found.append((NoteKind.DETAIL, cell.detail))
    if cell.note:
        found.append((NoteKind.CAUTION, words("compare.note", note=cell.note)))
    if cell.evidence is not None:
        level = words(f"evidence.{cell.evidence}")
        certainty = words("compare.evidence", level=level, why=cell.evidence_why)
        found.append((NoteKind.CERTAINTY, certainty.strip()))
    if cell.searched:
        found.append((NoteKind.SEARCHED, words("compare.searched", searched=cell.searched)))
    signed = signed_in_words(cell.signed, words)
    checked = "" if cell.checked is None else words("compare.checked", day=cell.checked)
    if checked or signed:
        found.append((NoteKind.CHECKED, " ".join(filter(None, (checked, signed)))))
    return tuple(Note(kind=kind, text=text) for kind, text in found)
