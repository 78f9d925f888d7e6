"""The comparison as a PDF to print and take along: the same document as on screen."""

from datetime import UTC, datetime, time
from itertools import pairwise

from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import Comparison
from explorer.export import pdf
from explorer.export.comparison_document import document_of
from explorer.export.document import BESIDE, DocumentTable, texts_of
from explorer.export.glossary import found_in

MOST_COLUMNS = 4
"""Options side by side; more are set in further tables, so that all stay readable."""

IN_SHARES = {"table", "weeks", "figures"}
"""Handed to the template as ``tables`` and ``further``, and so not once more by their names."""


def write(comparison: Comparison, catalogue: Catalogue, version: str) -> bytes:
    """Write the comparison.

    Args:
        comparison: what to show.
        catalogue: for interface words and contacts.
        version: content version named on every page.

    Returns:
        The bytes of the file; the same for the same input.

    Raises:
        pdf.PdfError: the file could not be made.
    """
    words = catalogue.words
    document = document_of(comparison, catalogue, version)
    table = _for_paper(document.table)
    said = (
        document.together,
        document.clinic,
        document.main,
        table,
        *document.further,
        document.others,
    )
    terms = found_in(texts_of(said), catalogue.glossary)
    site = words("frame.site")
    data = document.model_dump(mode="json", exclude=IN_SHARES) | {
        "language": words("frame.language"),
        "site": site,
        "page": words("pdf.page"),
        "footer": f"{site}. {document.version}",
        "tables": [part.model_dump(mode="json") for part in _shares(table)],
        "further": [table.model_dump(mode="json") for table in document.further],
        "words_title": words("glossary.on-page"),
        "words": [{"term": term.term, "meaning": term.meaning} for term in terms],
    }
    created = datetime.combine(comparison.content_date, time(), tzinfo=UTC)
    return pdf.render("comparison", data, created=created, boxes=words("pdf.boxes"))


def _for_paper(table: DocumentTable) -> DocumentTable:
    """Leave out what is opened on a screen and would double the pages: details and dates."""
    return table.evolve(
        sections=tuple(
            section.evolve(
                rows=tuple(
                    row.evolve(
                        cells=tuple(
                            cell.evolve(
                                notes=tuple(note for note in cell.notes if note.kind in BESIDE)
                            )
                            for cell in row.cells
                        )
                    )
                    for row in section.rows
                )
            )
            for section in table.sections
        )
    )


def _shares(table: DocumentTable) -> list[DocumentTable]:
    """Share the columns out evenly over as many tables as are needed."""
    count = len(table.columns)
    tables = -(-count // MOST_COLUMNS)
    ends = [count * number // tables for number in range(tables + 1)]
    return [table.part(first, last) for first, last in pairwise(ends)]
