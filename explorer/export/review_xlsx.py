"""A sheet to sign as an Excel workbook: what is filled in here can be read back."""

import io
from datetime import UTC, datetime, time
from typing import Any, Final

from explorer.domain.catalogue import Catalogue
from explorer.domain.review_columns import COLUMNS, TO_FILL
from explorer.domain.review_scope import ReviewScope
from explorer.export.cells import cell as cell_text
from explorer.export.review_document import ReviewDocument, SheetRow, review_document
from explorer.export.tables import new_workbook, write_lines

_WIDTHS: Final = {
    "number": 5,
    "level": 16,
    "ref": 22,
    "line": 26,
    "words": 62,
    "behind": 34,
    "sources": 62,
    "mark": 12,
    "why": 40,
    "code": 18,
}

_HEADINGS: Final = {"ref": "address"} | {name: name for name in COLUMNS if name != "ref"}
"""The last part of the key of each heading in ``words.toml``."""

_FACTS: Final = ("version", "day")
"""The names of the first facts of a sheet, which the reader of a filled one looks for."""

FIRST: Final = 2
"""Row of the first line, from 0; above it stand the hidden names and the headings."""


def write(scope: ReviewScope, catalogue: Catalogue, version: str) -> bytes:
    """Write the workbook.

    All but the cells to fill is locked, without a password, so that nothing is changed by chance;
    every cell is text, so no formula can be in it.

    Args:
        scope: its lines.
        catalogue: for words and sources.
        version: content version that the sheet is bound to.

    Returns:
        The bytes of the file; the same for the same input.
    """
    words = catalogue.words
    document = review_document(scope, catalogue, version)
    buffer = io.BytesIO()
    created = datetime.combine(catalogue.review.content_date, time(), tzinfo=UTC)
    book = new_workbook(buffer, document.title, created)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    _start(book, document, catalogue)
    _lines(book, document, catalogue)

    sources = book.add_worksheet(words("export.sources-sheet"))
    sources.set_column(0, 0, 6)
    sources.set_column(1, 2, 90)
    documents = ([str(one.number), one.text, one.address] for one in document.sources.items)
    write_lines(sources, documents, wrap, bold=bold, bold_columns=1, counts=True)

    order = book.add_worksheet(words("review.sheet-levels"))
    order.set_column(0, 0, 34)
    order.set_column(1, 1, 80)
    levels = ([level.title, level.why, str(len(level.rows))] for level in document.levels)
    write_lines(order, levels, wrap, bold=bold, bold_columns=1, counts=True)
    book.close()
    return buffer.getvalue()


def _start(book: Any, document: ReviewDocument, catalogue: Catalogue) -> None:
    """Write the first sheet: what it is, and who fills it in."""
    words = catalogue.words
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 16})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    fill = book.add_format({"locked": False, "border": 1, "bg_color": "#FFF8E1"})
    day = book.add_format(
        {"locked": False, "border": 1, "bg_color": "#FFF8E1", "num_format": "yyyy-mm-dd"}
    )
    sheet = book.add_worksheet(words("review.sheet-start"))
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, 3, 50)
    sheet.write_string(0, 1, document.title, title)
    sheet.merge_range(1, 1, 1, 3, document.intro, wrap)
    sheet.set_row(1, 48)
    sheet.merge_range(2, 1, 2, 3, document.binding, wrap)
    row = 4
    for place, (label, value) in enumerate(document.facts):
        if place < len(_FACTS):
            sheet.write_string(row, 0, _FACTS[place])
        sheet.write_string(row, 1, label, bold)
        sheet.write_string(row, 2, value, wrap)
        row += 1
    row += 1
    sheet.write_string(row, 1, words("review.fill-title"), title)
    roles = ", ".join(document.roles)
    fields = (
        ("role", words("review.role"), words("review.role-help", roles=roles), fill),
        ("date", words("review.date"), words("review.date-help"), day),
        ("name", words("review.name"), "", fill),
    )
    for name, label, help_text, look in fields:
        row += 1
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, label, bold)
        sheet.write_blank(row, 2, None, look)
        sheet.write_string(row, 3, help_text, wrap)
        if name == "role":
            sheet.data_validation(
                row, 2, row, 2, {"validate": "list", "source": list(document.roles)}
            )
    row += 2
    for remarks in (document.gaps, document.automated):
        if not remarks.items:
            continue
        sheet.write_string(row, 1, remarks.title, bold)
        for item in remarks.items:
            row += 1
            sheet.merge_range(row, 1, row, 3, item.words, wrap)
            sheet.set_row(row, 32)
        row += 2
    _protect(sheet)


def _lines(book: Any, document: ReviewDocument, catalogue: Catalogue) -> None:
    """Write the lines: a row each, with its address and the code of its words."""
    words = catalogue.words
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
    fill = book.add_format(
        {"text_wrap": True, "valign": "top", "locked": False, "border": 1, "bg_color": "#FFF8E1"}
    )
    sheet = book.add_worksheet(words("review.sheet-lines"))
    for column, name in enumerate(COLUMNS):
        hidden = {"hidden": True} if name == "code" else {}
        sheet.set_column(column, column, _WIDTHS[name], None, hidden)
        sheet.write_string(0, column, name)
        sheet.write_string(1, column, words(f"review.column-{_HEADINGS[name]}"), head)
    sheet.set_row(0, None, None, {"hidden": True})
    row = FIRST
    for level in document.levels:
        for line in level.rows:
            values = _cells(line, level.title)
            for column, name in enumerate(COLUMNS):
                if name in TO_FILL:
                    sheet.write_blank(row, column, None, fill)
                else:
                    sheet.write_string(row, column, cell_text(values[name]), wrap)
            row += 1
    mark = COLUMNS.index("mark")
    sheet.data_validation(
        FIRST,
        mark,
        max(FIRST, row - 1),
        mark,
        {
            "validate": "list",
            "source": list(document.marks),
            "error_message": words("review.mark-help"),
        },
    )
    sheet.autofilter(1, 0, max(1, row - 1), len(COLUMNS) - 1)
    sheet.freeze_panes(FIRST, COLUMNS.index("words"))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    _protect(sheet)


def _cells(row: SheetRow, level: str) -> dict[str, str]:
    line = row.line
    return {
        "number": str(row.number),
        "level": level,
        "ref": line.ref,
        "line": line.label,
        "words": line.words,
        "behind": "\n".join(row.behind),
        "sources": "\n".join(passage.words for passage in row.sources),
        "code": line.hash,
    }


def _protect(sheet: Any) -> None:
    """Lock what is not to be filled in; widths, filters and heights stay free."""
    sheet.protect(
        "", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
    )
