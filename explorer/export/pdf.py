"""The one engine of every PDF: a template of ours, data as data, the same bytes for the same input.

Texts reach a template as JSON and are set as text. They are never read as markup, whoever wrote
them. Typst's mode for PDF/UA-1 writes the tags, and refuses what it cannot tag. A letter that the
shipped fonts lack is known before the engine is asked: it is shown as a box, and the page says so.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from explorer.export.pdf_tags import with_row_headings
from explorer.export.printable import all_printable

TEMPLATES = Path(__file__).with_name("typst")
FONTS = TEMPLATES / "fonts"
STANDARD: Final = "ua-1"


class PdfError(RuntimeError):
    """A PDF could not be made; the message says which and why."""


def render(
    template: str,
    data: Mapping[str, object],
    *,
    created: datetime,
    boxes: str,
    row_headings: Sequence[int] = (),
) -> bytes:
    """Set a document, whatever letters its texts have.

    Args:
        template: name of a template without its ending, such as ``record``.
        data: what the template shows; plain values. ``title`` is the document's title.
        created: time of creation named in the file, with its zone.
        boxes: the line that says that some letters are shown as boxes; it stands under the title
            where that is so, and nowhere else.
        row_headings: the column of the row headings of each table, from 0, in the order of the
            tables; 0 where nothing is said.

    Returns:
        The bytes of a tagged PDF in English that holds its fonts.

    Raises:
        PdfError: there is no such template, or the document could not be set.
        ValueError: the time has no zone.
    """
    import typst

    path = TEMPLATES / f"{template}.typ"
    if not path.is_file():
        raise PdfError(f"There is no template '{template}'.")
    if created.tzinfo is None:
        raise ValueError("the time of a document needs its zone")
    shown, lacking = all_printable(data)
    shown["boxes"] = boxes if lacking else ""
    try:
        made: bytes = typst.compile(
            path,
            root=TEMPLATES,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(shown, ensure_ascii=False)},
            pdf_standards=STANDARD,
            timestamp=int(created.timestamp()),
        )
    except typst.TypstError as error:
        raise PdfError(f"The PDF '{template}' could not be made: {error.message}") from error
    return with_row_headings(made, row_headings)


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Return the shipped fonts and no other, so that a file is the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
