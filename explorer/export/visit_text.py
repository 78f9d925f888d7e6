"""The sheet for a visit as plain text, to paste into a message to the team."""

from collections.abc import Iterator, Sequence

from explorer.domain.catalogue import Catalogue
from explorer.domain.visit import Sheet
from explorer.export.visit_parts import ConcernLine, Part, Parts, RowLine, arrange


def write(sheet: Sheet, catalogue: Catalogue, version: str) -> str:
    """Write the sheet.

    Args:
        sheet: what to show.
        catalogue: for interface words and contacts.
        version: content version named at the end.

    Returns:
        Lines of plain text, without anything a message box could spoil.
    """
    return "\n".join(_lines(arrange(sheet, catalogue, version))).strip() + "\n"


def _lines(parts: Parts) -> Iterator[str]:
    yield parts.title
    yield parts.lead
    yield ""
    for fact in parts.facts:
        yield f"{fact.label}: {fact.value}"
    if parts.concerns:
        yield from _list(parts.concerns_title, [_concern(item) for item in parts.concerns])
    if parts.questions:
        yield from _list(parts.questions_title, parts.questions)
    if parts.notes:
        yield from _list(parts.notes_title, parts.notes)
    if parts.unsure:
        yield from _list(parts.unsure_title, parts.unsure)
    yield ""
    yield parts.table_title.upper()
    yield parts.table_note
    for column in parts.columns:
        now = f" {column.now}" if column.now else ""
        yield f"- {column.title}{now}: {column.status}"
    for part in parts.together:
        yield f"- {_said(part)}"
    yield from _table(parts, parts.rows)
    yield ""
    yield parts.help
    yield ""
    yield parts.flags_title.upper()
    yield f"{parts.phone} ____________"
    yield parts.nobody
    yield from _list(parts.everyone_title, [_said(part) for part in parts.everyone])
    yield from _table(parts, parts.flags)
    yield from _list(parts.others_title, [_said(part) for part in parts.others])
    if parts.terms:
        yield from _list(
            parts.terms_title, [f"{item.term}: {item.meaning}" for item in parts.terms]
        )
    yield ""
    yield parts.references_title.upper()
    for item in parts.references:
        yield f"[{item.number}] {item.text} {item.address}"
    yield parts.references_note
    yield ""
    yield parts.status
    yield parts.footer


def _table(parts: Parts, rows: Sequence[RowLine]) -> Iterator[str]:
    for row in rows:
        yield ""
        yield f"{row.label}:" + (f" ({row.tag})" if row.tag else "")
        for column, cell in zip(parts.columns, row.cells, strict=True):
            for part in cell:
                yield f"- {column.title}: {_said(part)}"


def _concern(item: ConcernLine) -> str:
    weight = f" ({item.weight})" if item.weight else ""
    return f"{item.label}{weight}" + (f". {item.why}" if item.why else "")


def _list(title: str, items: Sequence[str]) -> Iterator[str]:
    yield ""
    yield title.upper()
    for item in items:
        yield f"- {item}"


def _said(part: Part) -> str:
    mark = f"{part.mark}. " if part.mark else ""
    numbers = "".join(f" [{number}]" for number in part.references)
    return f"{mark}{part.text}{numbers}"
