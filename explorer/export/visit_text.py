"""The sheet for a visit as plain text, to paste into a message to the team."""

from collections.abc import Iterator, Sequence

from explorer.domain.catalogue import Catalogue
from explorer.domain.visit import Sheet
from explorer.export.visit_parts import (
    ConcernLine,
    FactLine,
    Part,
    Parts,
    RowLine,
    SignGroup,
    SignLine,
    arrange,
)


def write(sheet: Sheet, catalogue: Catalogue, version: str, link: str = "") -> str:
    """Write the sheet.

    Args:
        sheet: what to show.
        catalogue: for interface words and contacts.
        version: content version named at the end.
        link: where the comparison of these options opens; empty where that is not known.

    Returns:
        Lines of plain text, without anything a message box could spoil.
    """
    return "\n".join(_lines(arrange(sheet, catalogue, version, link))).strip() + "\n"


def _lines(parts: Parts) -> Iterator[str]:
    yield parts.title
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
    if parts.table_note:
        yield parts.table_note
    for column in parts.columns:
        now = f" {column.now}" if column.now else ""
        yield f"- {column.title}{now}" + (f": {column.status}" if column.status else "")
    yield from (f"- {text}" for text in parts.together)
    yield from _table(parts, parts.rows)
    yield from _list(parts.mistakes_title, [_fact(item) for item in parts.mistakes])
    yield ""
    yield parts.flags_title.upper()
    yield f"{parts.phone} ____________"
    if parts.poison:
        yield parts.poison
    yield from _list(parts.emergency_title, [])
    yield from _signs(parts.emergency)
    yield from _list(parts.same_day_title, [_fact(item) for item in parts.each])
    yield from _signs(parts.same_day)
    yield parts.nobody
    yield ""
    yield f"{parts.references} {parts.link}".strip()
    yield parts.status
    yield parts.footer


def _table(parts: Parts, rows: Sequence[RowLine]) -> Iterator[str]:
    for row in rows:
        yield ""
        yield f"{row.label}:" + (f" ({row.tag})" if row.tag else "")
        if len(row.cells) < len(parts.columns):
            yield "- " + f"{row.lead} {_said(row.cells[0])}".strip()
            continue
        for column, cell in zip(parts.columns, row.cells, strict=True):
            yield f"- {column.title}: {_said(cell)}"


def _concern(item: ConcernLine) -> str:
    weight = f" ({item.weight})" if item.weight else ""
    return f"{item.label}{weight}" + (f". {item.why}" if item.why else "")


def _fact(item: FactLine) -> str:
    return f"{item.label}: {item.value}" if item.label else item.value


def _sign(item: SignLine) -> str:
    more = " ".join(
        f"({more.label}: {more.value})" if more.label else more.value for more in item.more
    )
    return f"{item.text} {more}".strip()


def _signs(groups: Sequence[SignGroup]) -> Iterator[str]:
    for group in groups:
        if group.label:
            yield f"{group.label}:"
        yield from (f"- {_sign(item)}" for item in group.signs)


def _list(title: str, items: Sequence[str]) -> Iterator[str]:
    yield ""
    yield title.upper()
    for item in items:
        yield f"- {item}"


def _said(part: Part) -> str:
    return f"{part.mark}. {part.text}" if part.mark else part.text
