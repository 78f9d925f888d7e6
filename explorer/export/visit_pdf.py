"""The sheet for a visit as a PDF: a page to take along, its sources on the second."""

from datetime import UTC, datetime, time

from explorer.domain.catalogue import Catalogue
from explorer.domain.visit import Sheet
from explorer.export import pdf
from explorer.export.visit_parts import arrange


def write(sheet: Sheet, catalogue: Catalogue, version: str, *, large: bool = False) -> bytes:
    """Write the sheet.

    Letters that the shipped fonts do not have become boxes, and the sheet says so under its title;
    they stand on the screen and in the text.

    Args:
        sheet: what to show.
        catalogue: for interface words and contacts.
        version: content version named on every page.
        large: set it in large letters (18 points), an option below the other, on as many pages
            as it takes.

    Returns:
        The bytes of the file; the same for the same input.

    Raises:
        pdf.PdfError: the file could not be made.
    """
    words = catalogue.words
    parts = arrange(sheet, catalogue, version)
    data = parts.model_dump(mode="json") | {"page": words("pdf.page"), "large": large}
    created = datetime.combine(sheet.content_date, time(), tzinfo=UTC)
    return pdf.render("visit", data, created=created, boxes=words("pdf.boxes"))
