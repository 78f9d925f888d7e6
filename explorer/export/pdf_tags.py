"""Tags the heading of each row of a table in a PDF as one (PDF/UA-1, 7.5; ISO 32000-1, 14.8.5.7).

Typst tags the cells of ``table.header`` only. Its function for other heading cells
(``pdf.header-cell``) needs a feature flag that its Python package cannot set, so the tags are
changed in the finished file: a cell's tag becomes ``TH`` with the scope ``Row``, and the data cells
lose their explicit list of headers, which names column headings only and would hide the row's.
Every change has as many bytes as it replaces, so that no offset in the file moves.
"""

import re
from collections.abc import Sequence
from typing import Final

_ELEMENT: Final = re.compile(
    rb"\n(?P<number>\d+) 0 obj\n<</Type/StructElem/S/(?P<tag>Table|THead|TBody|TFoot|TR|TD|TH)"
    rb"/P (?P<parent>\d+) 0 R(?P<rest>[^\n]*)"
)
_KIDS: Final = re.compile(rb"/K\[([^\]]*)\]")
_HEADERS: Final = re.compile(rb"/Headers\[[^\]]*\]")
_SCOPE: Final = b"/Scope/Row"

_Elements = dict[int, re.Match[bytes]]


def with_row_headings(made: bytes, columns: Sequence[int] = ()) -> bytes:
    """Return a tagged PDF in which each row of data cells has a heading.

    Args:
        made: the file as Typst wrote it, its structure elements not compressed.
        columns: the column of the row headings of each table, from 0, in the order of the tables;
            0 where nothing is said.
    """
    elements = {int(item["number"]): item for item in _ELEMENT.finditer(made)}
    tables = sorted(number for number, item in elements.items() if item["tag"] == b"Table")
    changed = bytearray(made)
    for item in elements.values():
        if item["tag"] != b"TR":
            continue
        cells = [elements[number] for number in _kids(item) if number in elements]
        place = tables.index(_table_of(item, elements))
        column = columns[place] if place < len(columns) else 0
        if column < len(cells) and any(cell["tag"] == b"TD" for cell in cells):
            for number, cell in enumerate(cells):
                _tag(changed, cell, is_heading=number == column)
    return bytes(changed)


def _kids(row: re.Match[bytes]) -> list[int]:
    found = _KIDS.search(row["rest"])
    return [] if found is None else [int(number) for number in found[1].split()[::3]]


def _table_of(item: re.Match[bytes], elements: _Elements) -> int:
    while item["tag"] != b"Table":
        item = elements[int(item["parent"])]
    return int(item["number"])


def _tag(changed: bytearray, cell: re.Match[bytes], *, is_heading: bool) -> None:
    """Tag a cell of a row with data, byte for byte in the room that its tag has."""
    found = _HEADERS.search(cell["rest"])
    if cell["tag"] == b"TH" or found is None:
        return
    start, end = (cell.start("rest") + edge for edge in found.span())
    if is_heading and end - start < len(_SCOPE):
        return
    changed[start:end] = (_SCOPE if is_heading else b"").ljust(end - start)
    if is_heading:
        changed[cell.start("tag") : cell.end("tag")] = b"TH"
