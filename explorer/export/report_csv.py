"""A class report as CSV: one plain table, a record for each line of the report's tables."""

from explorer.domain.class_report import ClassReport
from explorer.domain.messages import Words
from explorer.export import report_lines
from explorer.export.tables import Separator, csv_file


def write(report: ClassReport, words: Words, *, separator: Separator = Separator.COMMA) -> bytes:
    """Write the header in line 1, then one record a row.

    What the report is of stands in every record, and so do the notes on its table; a column that
    a table does not have is empty there.

    Args:
        report: what to write.
        words: interface words.
        separator: what stands between cells.

    Returns:
        The bytes of the file. No cell starts like a formula.
    """
    labels, facts = zip(*report_lines.facts(report, words), strict=True)
    tables = report_lines.file_tables(report, words)
    columns = tuple(dict.fromkeys(title for table in tables for title in table.head))
    lines = [
        (*facts, table.title, *(values.get(name, "") for name in columns), " ".join(table.remarks))
        for table in tables
        for values in (dict(zip(table.head, row, strict=True)) for row in table.rows)
    ]
    nothing = (*facts, "", *("" for _ in columns), "")
    head = (*labels, words("report.table"), *columns, words("report.notes"))
    return csv_file(head, lines or [nothing], separator)
