"""A class report as an Excel workbook: a sheet for what it is of, and one for each table."""

import io

from explorer.domain.class_report import ClassReport
from explorer.domain.messages import Words
from explorer.export import report_lines
from explorer.export.tables import new_workbook, write_lines

WIDE = 40
"""From how many letters on a column is wide."""


def write(report: ClassReport, words: Words) -> bytes:
    """Write the workbook. Counts are numbers and all else is text, so no formula can be in it.

    Args:
        report: what to write.
        words: interface words.

    Returns:
        The bytes of the file; the same for the same report.
    """
    buffer = io.BytesIO()
    book = new_workbook(buffer, words("report.title"), report.opened)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})

    about = book.add_worksheet(words("report.sheet-about"))
    about.set_column(0, 1, 40)
    write_lines(about, [[words("report.title")]], bold)
    write_lines(about, report_lines.facts(report, words), None, top=2)
    for table in report_lines.file_tables(report, words):
        sheet = book.add_worksheet(words(f"report.sheet-{table.id}"))
        write_lines(sheet, [table.head], bold)
        for column in range(len(table.head)):
            long = max(len(row[column]) for row in table.rows) > WIDE
            sheet.set_column(column, column, 48 if long else 14)
        end = write_lines(sheet, table.rows, wrap, top=1, counts=True)
        write_lines(sheet, ([remark] for remark in table.remarks), None, top=end + 1)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()
