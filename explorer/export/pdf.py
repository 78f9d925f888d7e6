"""The one engine of every PDF: a template of ours, data as data, the same bytes for the same input.

Texts reach a template as JSON and are set as text. They are never read as markup, whoever wrote
them. Typst's mode for PDF/UA-1 writes the tags, and refuses what it cannot tag.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

TEMPLATES = Path(__file__).with_name("typst")
FONTS = TEMPLATES / "fonts"
STANDARD: Final = "ua-1"

UNPRINTABLE: Final = ("could not be displayed with font", "disallowed codepoint")
"""How the engine says that a text has a letter which the shipped fonts do not have."""


class PdfError(RuntimeError):
    """A PDF could not be made; the message says which and why."""


class UnprintableText(PdfError):
    """A text holds letters that the shipped fonts do not have."""


def compile(template: str, data: Mapping[str, object], *, created: datetime) -> bytes:  # noqa: A001 - read as pdf.compile
    """Set a document.

    Args:
        template: name of a template without its ending, such as ``record``.
        data: what the template shows; plain values. ``title`` is the document's title.
        created: time of creation named in the file, with its zone.

    Returns:
        The bytes of a tagged PDF in English that holds its fonts.

    Raises:
        UnprintableText: a text has letters that the fonts do not have.
        PdfError: there is no such template, or the document could not be set.
        ValueError: the time has no zone.
    """
    import typst

    path = TEMPLATES / f"{template}.typ"
    if not path.is_file():
        raise PdfError(f"There is no template '{template}'.")
    if created.tzinfo is None:
        raise ValueError("the time of a document needs its zone")
    try:
        made: bytes = typst.compile(
            path,
            root=TEMPLATES,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=STANDARD,
            timestamp=int(created.timestamp()),
        )
    except typst.TypstError as error:
        kind = UnprintableText if any(said in error.message for said in UNPRINTABLE) else PdfError
        raise kind(f"The PDF '{template}' could not be made: {error.message}") from error
    return made


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Give the shipped fonts and no other, so that a file is the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
