"""Plain texts as HTML and XML, and files packed the same on every run."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from explorer.domain.drawings import Drawing
from explorer.export import line_drawings
from explorer.export.quiz_exchange.entries import QuizEntry, sound

_HYPHENS: Final = re.compile("-(?=-)")

_DAY: Final = (2000, 1, 1, 0, 0, 0)
"""The date of every packed file, so that the same content gives the same bytes."""


def xml(text: str) -> str:
    """Escape a text for XML, in elements and in attributes."""
    return escape(sound(text))


def paragraph(text: str) -> str:
    """Return a plain text as one paragraph of HTML that is XML too."""
    lines = sound(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<p>" + "<br/>".join(escape(line, quote=False) for line in lines) + "</p>"


def listed(pairs: Iterable[tuple[str, str]]) -> str:
    """Return parts and their reasons as a list of HTML that is XML too."""
    rows = "".join(
        f"<li>{escape(sound(part), quote=False)}: {escape(sound(why), quote=False)}</li>"
        for part, why in pairs
    )
    return f"<ul>{rows}</ul>"


def picture(drawing: Drawing, address: str) -> str:
    """Return a drawing with its title and labels as HTML that is XML too.

    Args:
        drawing: what is drawn.
        address: where its file lies, as the format writes it.
    """
    width, height = line_drawings.size(drawing.id)
    labels = "".join(f"<li>{escape(label.text, quote=False)}</li>" for label in drawing.labels)
    return (
        f'<p><img src="{xml(address)}" alt="{xml(drawing.alternative)}" '
        f'width="{width}" height="{height}"/></p>'
        f"<p><strong>{escape(drawing.title, quote=False)}</strong></p>"
        + (f"<ol>{labels}</ol>" if labels else "")
    )


def picture_file(drawing: Drawing) -> str:
    """Return how the file of a drawing is called, told apart from the files of others."""
    return f"anakinra-explorer-{drawing.id}.svg"


def picture_files(found: Iterable[QuizEntry]) -> dict[str, str]:
    """Return the files of the drawings of some questions by name, each once."""
    return {
        picture_file(entry.drawing): line_drawings.svg(entry.drawing.id)
        for entry in found
        if entry.drawing is not None
    }


def comment(lines: Iterable[str]) -> str:
    """Return an XML comment; two hyphens, which would end it, are set apart."""
    inside = "\n".join(f"  {_HYPHENS.sub('- ', sound(line))}" for line in lines)
    return f"<!--\n{inside}\n-->\n"


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of files in the order given, the same bytes for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            about = zipfile.ZipInfo(name, _DAY)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            archive.writestr(about, text.encode("utf-8") if isinstance(text, str) else text)
    return made.getvalue()
