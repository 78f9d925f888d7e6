"""The glance's icons as SVG for paper: the same drawings that the screen has in its stylesheet."""

import re
from functools import cache
from typing import Final
from urllib.parse import unquote

from explorer.domain.glance import Icon
from explorer.export import environment as html
from explorer.export.flag_words import ICONS

COLOUR: Final = "#0b5cad"
"""The accent of the documents."""

_DRAWN = re.compile(r'\.gl-([a-z-]+)::before\{--gl-mask:url\("data:image/svg\+xml,([^"]+)"\)')


@cache
def drawn() -> dict[str, str]:
    """Return the SVG of each icon that stands in a cell or over signs, by its name."""
    names = {*map(str, Icon), *ICONS.values()}
    return {
        name: unquote(address).replace("#000", COLOUR)
        for name, address in _DRAWN.findall(html.style("icons.css"))
        if name in names
    }
