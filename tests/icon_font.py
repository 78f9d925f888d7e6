"""Make ``explorer/web/static/icons.woff2`` from the icon font of the installed Streamlit.

Run ``python -m tests.icon_font`` after an update of Streamlit that the tests of the font object to,
in an environment with fontTools and brotli, which nothing else here needs. It prints the names of
the icons that Streamlit's scripts show and the name of its font, for ``explorer.web.icon_font``.
"""

import importlib
import sys
from pathlib import Path

import streamlit as st

from explorer.web.icon_font import FILE, NAMED

STATIC = Path(st.__file__).parent / "static" / "static"
"""Streamlit's own static files."""

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
"""An icon is a ligature of the letters of its name."""

NO_ICON = frozenset({"star_filled"})
"""Named in a script of Streamlit's, and in its font there is no such icon."""


def shown() -> frozenset[str]:
    """Return the names of the icons that Streamlit's scripts can show."""
    scripts = (STATIC / "js").glob("*.js")
    texts = (path.read_text(encoding="utf-8") for path in scripts)
    return frozenset(name for text in texts for name in NAMED.findall(text)) - NO_ICON


def font() -> Path:
    """Return Streamlit's icon font."""
    return next((STATIC / "media").glob("MaterialSymbols-Rounded.*.woff2"))


def main() -> None:
    """Cut the font down."""
    subset = importlib.import_module("fontTools.subset")
    options = subset.Options(flavor="woff2", layout_features=["*"], layout_closure=False)
    options.name_IDs, options.notdef_outline = ["*"], True
    whole = subset.load_font(str(font()), options)
    letters = {name: chr(code) for code, name in whole.getBestCmap().items()}
    glyphs = []
    for lookup in whole["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, found in getattr(table, "ExtSubTable", table).ligatures.items():
                for item in found:
                    name = "".join(letters.get(part, "?") for part in (first, *item.Component))
                    glyphs += [item.LigGlyph] if name in shown() else []
    cutter = subset.Subsetter(options)
    cutter.populate(glyphs=sorted(set(glyphs)), text=LETTERS)
    cutter.subset(whole)
    subset.save_font(whole, str(FILE), options)
    sys.stdout.write(f"{font().name}\n{' '.join(sorted(shown()))}\n")


if __name__ == "__main__":
    main()
