"""The text of a PDF, page by page."""

from contextlib import closing
from pathlib import Path

from pypdfium2 import PdfDocument

BROKEN = "\x02"
"""What the library writes for a hyphen at the end of a line."""


def sheets(made: bytes | Path) -> list[str]:
    """Return the text of each page, as somebody would copy it.

    Args:
        made: the PDF, or its file.
    """
    with closing(PdfDocument(made)) as document:
        return [_text(document, number) for number in range(len(document))]


def _text(document: PdfDocument, number: int) -> str:
    """Return the text of a page, and let go of what the library holds for it."""
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        return text.get_text_bounded().replace(BROKEN, "-")
