"""A class report as an Excel workbook: a sheet for what it is of, and one for each table."""

import io

from explorer.domain.statistics import Report
from explorer.domain.words import Words
from explorer.export import report_lines
from explorer.export.cells import cell, is_count

WIDE = 40
"""From how many letters on a column is wide."""


def write(report: Report, words: Words) -> bytes:
    """Write the workbook. Counts are numbers and all else is text, so no formula can be in it.

    Args:
        report: what to write.
        words: interface words.

    Returns:
        The bytes of the file; the same for the same report.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": words("report.title"), "created": report.opened})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})

    about = book.add_worksheet(words("report.sheet-about"))
    about.set_column(0, 1, 40)
    about.write_string(0, 0, words("report.title"), bold)
    for row, (label, value) in enumerate(report_lines.facts(report, words), 2):
        about.write_string(row, 0, cell(label))
        about.write_string(row, 1, cell(value))
    for table in report_lines.tables(report, words):
        sheet = book.add_worksheet(words(f"report.sheet-{table.id}"))
        for column, title in enumerate(table.head):
            sheet.write_string(0, column, cell(title), bold)
            long = max(len(row[column]) for row in table.rows) > WIDE
            sheet.set_column(column, column, 48 if long else 14)
        for row, line in enumerate(table.rows, 1):
            for column, text in enumerate(line):
                if is_count(text):
                    sheet.write_number(row, column, int(text), wrap)
                else:
                    sheet.write_string(row, column, cell(text), wrap)
        for row, remark in enumerate(table.remarks, len(table.rows) + 2):
            sheet.write_string(row, 0, cell(remark))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()
