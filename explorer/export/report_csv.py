"""A class report as CSV: its tables one below the other."""

import csv
import io

from explorer.domain.statistics import Report
from explorer.domain.words import Words
from explorer.export import report_lines
from explorer.export.tables import escape_formula


def write(report: Report, words: Words) -> bytes:
    """Write UTF-8 CSV with a byte order mark, so that Excel reads it as UTF-8.

    Args:
        report: what to write.
        words: interface words.

    Returns:
        The bytes of the file. No cell starts like a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows(
        [escape_formula(text) for text in fact] for fact in report_lines.facts(report, words)
    )
    for table in report_lines.tables(report, words):
        writer.writerow([])
        writer.writerow([table.title])
        for line in (table.head, *table.rows, *((remark,) for remark in table.remarks)):
            writer.writerow([escape_formula(text) for text in line])
    return out.getvalue().encode("utf-8-sig")
