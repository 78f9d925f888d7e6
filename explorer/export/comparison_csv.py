"""The comparison as CSV: one line a row, one column an option, then the references."""

import csv
import io

from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import Comparison
from explorer.export import comparison_lines as plain
from explorer.export.comparison_html import caption


def write(comparison: Comparison, catalogue: Catalogue, version: str) -> bytes:
    """Write UTF-8 CSV with a byte order mark, so that Excel reads it as UTF-8.

    Args:
        comparison: what to write.
        catalogue: for interface words.
        version: content version named in the file.

    Returns:
        The bytes of the file. No cell starts like a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    words = catalogue.words
    writer.writerow([plain.harmless(caption(comparison, catalogue))])
    writer.writerow([words("frame.version", version=version, day=comparison.content_date)])
    writer.writerow([])
    writer.writerow(plain.head(comparison, catalogue))
    for line in plain.lines(comparison, catalogue):
        row = (line.group, line.question, *line.cells)
        writer.writerow([plain.harmless(text) for text in row])
    for title, table, notes in plain.tables(comparison, catalogue):
        writer.writerow([])
        writer.writerow([plain.harmless(title)])
        for row in (*table, *((note,) for note in notes)):
            writer.writerow([plain.harmless(text) for text in row])
    writer.writerow([])
    for remark in plain.remarks(comparison, catalogue):
        writer.writerow([plain.harmless(remark)])
    writer.writerow([])
    for reference in plain.references(comparison, catalogue):
        writer.writerow([plain.harmless(text) for text in reference])
    return out.getvalue().encode("utf-8-sig")
