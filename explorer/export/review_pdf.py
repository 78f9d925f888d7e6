"""A sheet to sign as PDF: for whoever reads on paper; marks are then typed into the spreadsheet."""

from datetime import UTC, datetime, time

from explorer.domain.catalogue import Catalogue
from explorer.domain.review_scope import ReviewScope
from explorer.export import pdf
from explorer.export.review_document import review_document, table_of


def write(scope: ReviewScope, catalogue: Catalogue, version: str) -> bytes:
    """Write the sheet.

    Args:
        scope: its lines.
        catalogue: for words and sources.
        version: content version that the sheet is bound to.

    Returns:
        The bytes of a tagged PDF; the same for the same input.

    Raises:
        pdf.PdfError: the file could not be made.
    """
    words = catalogue.words
    document = review_document(scope, catalogue, version)
    tables = [table_of(level, catalogue) for level in document.levels]
    data = document.model_dump(mode="json", exclude={"levels"}) | {
        "language": words("frame.language"),
        "site": words("frame.site"),
        "page": words("pdf.page"),
        "tables": [table.model_dump(mode="json") for table in tables],
        "fill_title": words("review.fill-title"),
        "role": words("review.role"),
        "name": words("review.name"),
        "date": words("review.date"),
        "why": words("review.mark-line"),
    }
    created = datetime.combine(catalogue.review.content_date, time(), tzinfo=UTC)
    return pdf.render(
        "review",
        data,
        created=created,
        boxes=words("pdf.boxes"),
        row_headings=tuple(0 for _ in tables),
    )
