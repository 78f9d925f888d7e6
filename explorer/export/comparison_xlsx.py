"""The comparison as an Excel workbook: a sheet for the table, one for the sources."""

import io
from datetime import UTC, datetime, time

from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import Comparison
from explorer.export import comparison_lines as plain
from explorer.export.cells import cell
from explorer.export.comparison_html import caption


def write(comparison: Comparison, catalogue: Catalogue, version: str) -> bytes:
    """Write the workbook.

    Every cell is written as text, so no formula can be in it; the creation time is the content's
    date, so that the same content gives the same bytes.

    Args:
        comparison: what to write.
        catalogue: for interface words.
        version: content version named in the file.

    Returns:
        The bytes of the file.
    """
    import xlsxwriter

    words = catalogue.words
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    created = datetime.combine(comparison.content_date, time(), tzinfo=UTC)
    book.set_properties({"title": words("export.title"), "created": created})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})

    sheet = book.add_worksheet(words("export.sheet"))
    sheet.write_string(0, 0, cell(caption(comparison, catalogue)), bold)
    sheet.write_string(1, 0, words("frame.version", version=version, day=comparison.content_date))
    top = 3
    head = plain.head(comparison, catalogue)
    for column, text in enumerate(head):
        sheet.write_string(top, column, cell(text), bold)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, len(head), 48)
    sheet.freeze_panes(top + 1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    row = top + 1
    for line in plain.lines(comparison, catalogue):
        for column, text in enumerate((line.group, line.question, *line.cells)):
            sheet.write_string(row, column, cell(text), bold if column < 2 else wrap)
        row += 1
    for offset, remark in enumerate(plain.remarks(comparison, catalogue), 1):
        sheet.write_string(row + offset, 0, cell(remark))

    numbers = book.add_worksheet(words("figures.sheet"))
    numbers.set_column(0, 5, 36)
    top = 0
    for title, table, notes in plain.tables(comparison, catalogue):
        numbers.write_string(top, 0, cell(title), bold)
        for offset, texts in enumerate((*table, *((note,) for note in notes)), 1):
            for column, text in enumerate(texts):
                numbers.write_string(
                    top + offset, column, cell(text), bold if offset == 1 else wrap
                )
        top += len(table) + len(notes) + 2

    sources = book.add_worksheet(words("export.sources-sheet"))
    for number, reference in enumerate(plain.references(comparison, catalogue)):
        for column, text in enumerate(reference):
            sources.write_string(number, column, cell(text), bold if number == 0 else wrap)
    sources.set_column(1, 6, 36)
    book.close()
    return buffer.getvalue()
