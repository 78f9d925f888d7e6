"""Tabular files: one plain table as CSV, and workbooks of text that no spreadsheet runs.

A record is one line of a plain table. Every writer here escapes what a spreadsheet would take for
a formula, and leaves out what is no letter, so that a text fits any file.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from explorer.domain.letters import sound
from explorer.domain.messages import Words
from explorer.export.cells import cell as cell_text
from explorer.export.cells import is_count
from explorer.export.document import (
    BESIDE,
    DocumentCell,
    DocumentPassage,
    DocumentTable,
    Remarks,
    Sources,
    plain_numbers,
)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula (OWASP, CSV injection)."""

COLUMNS = (
    "part",
    "group",
    "question",
    "option",
    "kind",
    "text",
    "caution",
    "certainty",
    "searched",
    "detail",
    "checked",
    "numbers",
    "sources",
)
"""The columns of a document as one plain table; their titles are interface words."""

Record = dict[str, str]
"""A line of a plain table by column; a column that it has nothing for is missing."""


class Separator(StrEnum):
    """What stands between the cells of a CSV file.

    Spreadsheets in countries that write a decimal comma expect a semicolon.
    """

    COMMA = "comma"
    SEMICOLON = "semicolon"

    @property
    def character(self) -> str:
        """The character itself."""
        return {"comma": ",", "semicolon": ";"}[self]


def csv_file(
    head: Sequence[str],
    lines: Iterable[Sequence[str]],
    separator: Separator = Separator.COMMA,
) -> bytes:
    """Write one plain table: the header in line 1, then one record a row.

    Args:
        head: column titles.
        lines: the records, as long as the header.
        separator: what stands between cells.

    Returns:
        UTF-8 with a byte order mark, so that Excel reads it as UTF-8. No cell starts like a
        formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator.character, lineterminator="\r\n")
    writer.writerow([escape_formula(text) for text in head])
    writer.writerows([escape_formula(text) for text in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def escape_formula(text: str) -> str:
    """Keep a spreadsheet from reading a text as a formula, by a leading apostrophe."""
    text = sound(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def titles(words: Words) -> tuple[str, ...]:
    """Return the titles of ``COLUMNS``."""
    return tuple(words(f"export.column-{name}") for name in COLUMNS)


def as_lines(records: Iterable[Record]) -> list[list[str]]:
    """Return records as lists of cells in the order of ``COLUMNS``."""
    return [[record.get(name, "") for name in COLUMNS] for record in records]


def remark_records(
    part: str, remarks: Iterable[DocumentPassage], sources: Sources
) -> Iterator[Record]:
    """Yield a record for each passage that belongs to a part as a whole."""
    for passage in remarks:
        yield {"part": part, "text": passage.words, **_cited(passage.references, sources)}


def list_records(remarks: Remarks, sources: Sources) -> Iterator[Record]:
    """Yield a record for each item of a titled list, and for its help."""
    if remarks.help:
        yield {"part": remarks.title, "text": remarks.help}
    yield from remark_records(remarks.title, remarks.items, sources)
    for topic in remarks.topics:
        for record in remark_records(remarks.title, topic.passages, sources):
            yield {**record, "question": topic.heading}


def table_records(table: DocumentTable, part: str, sources: Sources) -> Iterator[Record]:
    """Yield a record for each cell of a table whose columns are options."""
    for section in table.sections:
        for row in section.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                yield {
                    "part": part,
                    "group": section.title,
                    "question": " ".join((row.heading, *(f"({tag})" for tag in row.tags))),
                    "option": column.title,
                    "kind": ", ".join(cell.marks),
                    "text": cell_plain(cell, numbers=False),
                    **{str(note.kind): note.text for note in cell.notes},
                    **_cited(cell.references, sources),
                }
    yield from remark_records(part, table.remarks, sources)


def row_records(table: DocumentTable, sources: Sources) -> Iterator[Record]:
    """Yield a record for each row of a table whose rows belong to options."""
    for row in table.rows:
        first, *rest = zip(table.columns, row.cells, strict=True)
        references = tuple(dict.fromkeys(n for cell in row.cells for n in cell.references))
        yield {
            "part": table.title,
            "question": cell_plain(first[1], numbers=False),
            "option": row.heading,
            "text": " ".join(
                f"{column.title}: {_stopped(cell_plain(cell, numbers=False))}"
                for column, cell in rest
            ),
            **_cited(references, sources),
        }
    yield from remark_records(table.title, table.remarks, sources)


def source_records(sources: Sources) -> Iterator[Record]:
    """Yield a record for each numbered source, its address last."""
    for item in sources.items:
        yield {
            "part": sources.title,
            "text": f"{item.text} {item.address}",
            "numbers": plain_numbers((item.number,)).strip(),
        }


def cell_plain(cell: DocumentCell, *, numbers: bool = True) -> str:
    """Return the passages of a cell as plain text."""
    if numbers:
        return " ".join(passage.plain for passage in cell.passages)
    bare = (passage.evolve(references=()) for passage in cell.passages)
    return " ".join(passage.plain for passage in bare)


def cell_lines(cell: DocumentCell) -> str:
    """Return all that a cell says beside its text on paper, a line for each."""
    marks = [f"({mark})" for mark in cell.marks]
    first = " ".join([*marks, *(passage.plain for passage in cell.passages[:1])])
    rest = [passage.plain for passage in cell.passages[1:]]
    notes = [note.text for note in cell.notes if note.kind in BESIDE]
    return "\n".join([first, *rest, *notes])


def new_workbook(buffer: io.BytesIO, title: str, created: datetime) -> Any:
    """Open a workbook that turns no text into a formula or a link.

    Args:
        buffer: where it is written to when it is closed.
        title: its title.
        created: its creation time; a time of the content, so that the same content gives the
            same bytes.
    """
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": title, "created": created})
    return book


def write_lines(
    sheet: Any,
    lines: Iterable[Sequence[str]],
    form: Any,
    *,
    top: int = 0,
    bold: Any = None,
    bold_columns: int = 0,
    counts: bool = False,
) -> int:
    """Write lines of text into a sheet.

    Args:
        sheet: a worksheet.
        lines: the lines.
        form: their format.
        top: the first row, from 0.
        bold: the format of the first ``bold_columns`` columns.
        bold_columns: how many columns are headings.
        counts: write counts as numbers; all else is text.

    Returns:
        The row after the last one.
    """
    for line in lines:
        for place, text in enumerate(line):
            look = bold if place < bold_columns else form
            if counts and is_count(text):
                sheet.write_number(top, place, int(text), look)
            else:
                sheet.write_string(top, place, cell_text(text), look)
        top += 1
    return top


def _cited(references: tuple[int, ...], sources: Sources) -> Record:
    if not references:
        return {}
    by_number = {item.number: item.short for item in sources.items}
    return {
        "numbers": plain_numbers(references).strip(),
        "sources": " | ".join(by_number[number] for number in references),
    }


def _stopped(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!", ":")) else f"{text}."
