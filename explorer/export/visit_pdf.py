"""The sheet for a visit as a PDF: a page to take along, its sources on the second."""

import re
from datetime import UTC, datetime, time
from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.visit import Sheet
from explorer.export import pdf
from explorer.export.visit_parts import arrange

_ODD = re.compile("[^\\u0020-\\u024f\\u2010-\\u2026\\u20ac]")
"""Letters outside those that the shipped fonts surely have."""


def write(sheet: Sheet, catalogue: Catalogue, version: str, *, large: bool = False) -> bytes:
    """Write the sheet.

    Where a reader typed letters that the shipped fonts do not have, each such letter becomes a
    box, and the sheet says so: nothing else is lost, and the letters stand on the screen.

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
    try:
        return _set(sheet, catalogue, version, large=large)
    except pdf.UnprintableText:
        return _set(_printable(sheet, catalogue), catalogue, version, large=large)


def _set(sheet: Sheet, catalogue: Catalogue, version: str, *, large: bool) -> bytes:
    data: dict[str, Any] = arrange(sheet, catalogue, version)
    data |= {"page": catalogue.words("pdf.page"), "large": large}
    created = datetime.combine(sheet.content_date, time(), tzinfo=UTC)
    return pdf.compile("visit", data, created=created)


def _printable(sheet: Sheet, catalogue: Catalogue) -> Sheet:
    """Replace the letters that cannot be printed in what the reader typed."""

    def plain(text: str) -> str:
        return "\n".join(_ODD.sub("\u25a1", line) for line in text.splitlines())

    said = catalogue.words("sheet.unprintable")
    return sheet.model_copy(
        update={
            "concerns": tuple(
                item.model_copy(update={"label": plain(item.label), "why": plain(item.why)})
                for item in sheet.concerns
            ),
            "questions": tuple(plain(item) for item in sheet.questions),
            "notes": "\n".join(part for part in (plain(sheet.notes), said) if part),
        }
    )
