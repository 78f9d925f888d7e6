"""The text of a PDF, page by page."""

from pathlib import Path

from pypdfium2 import PdfDocument

BROKEN = "\x02"
"""What the library writes for a hyphen at the end of a line."""


def sheets(made: bytes | Path) -> list[str]:
    """Return the text of each page, as somebody would copy it.

    Args:
        made: the PDF, or its file.
    """
    document = PdfDocument(made)
    try:
        return [page.get_textpage().get_text_bounded().replace(BROKEN, "-") for page in document]
    finally:
        document.close()
