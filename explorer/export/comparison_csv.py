"""The comparison as CSV: one plain table, a record for each cell and remark."""

from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import Comparison
from explorer.export.comparison_document import document_of
from explorer.export.comparison_records import records
from explorer.export.tables import Separator, as_lines, csv_file, titles


def write(
    comparison: Comparison,
    catalogue: Catalogue,
    version: str,
    *,
    separator: Separator = Separator.COMMA,
) -> bytes:
    """Write the header in line 1, then one record a row; the sources are a column of each.

    Args:
        comparison: what to write.
        catalogue: for interface words.
        version: content version named in the file.
        separator: what stands between cells.

    Returns:
        The bytes of the file. No cell starts like a formula.
    """
    words = catalogue.words
    document = document_of(comparison, catalogue, version)
    return csv_file(titles(words), as_lines(records(document, words)), separator)
