"""Our line drawings as SVG: files with names of colours, filled in from one palette."""

import re
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from explorer.domain.drawings import Sketch

FOLDER: Final = Path(__file__).with_name("drawings")

PALETTE: Final = {
    "ink": "#1d2b3a",
    "accent": "#a8324f",
    "wash": "#f4d9df",
    "flush": "#eba3b0",
    "paper": "#ffffff",
}
"""The colours, by the names in the files. The accent marks where to look, and nothing rests on its
hue: its shapes have outlines, dots or numbers, so that black and white print is enough. The wash is
the right place, the flush is skin that is red or swollen; in print they are two grays. Each drawing
has a ground of its own, so that it reads the same on a dark page and in forced colours."""

_COLOUR = re.compile(r"var\(--([a-z]+)\)")
_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def source(sketch: Sketch | str) -> str:
    """Return a drawing as it is kept, with names in the place of colours."""
    return (FOLDER / f"{Sketch(sketch)}.svg").read_text(encoding="utf-8")


@cache
def svg(sketch: Sketch | str) -> str:
    """Return a drawing as SVG that stands alone, for a page, a file or the PDF engine.

    Args:
        sketch: which one.
    """
    filled = _COLOUR.sub(lambda found: PALETTE[found[1]], source(sketch))
    return "".join(filled.splitlines())


@cache
def size(sketch: Sketch | str) -> tuple[int, int]:
    """Return width and height in pixels at which its letters have 11 pt or more.

    Raises:
        ValueError: the file does not say its size.
    """
    found = _SIZE.search(source(sketch))
    if found is None:
        raise ValueError(f"{sketch}.svg has no viewBox that starts at 0 0; give it one")
    return int(found[1]), int(found[2])


@cache
def data_address(sketch: Sketch | str) -> str:
    """Return the drawing as a ``data:`` address for an ``img``."""
    return "data:image/svg+xml," + quote(svg(sketch), safe="/:=' ,")
