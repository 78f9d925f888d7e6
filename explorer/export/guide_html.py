"""The guide as HTML for the screen."""

from pathlib import Path
from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.guide import Guide
from explorer.domain.red_flags import EVERYONE, SUBJECT
from explorer.export import red_flags_html
from explorer.export.comparison_html import environment, explained, one_line

STYLE = Path(__file__).with_name("templates") / "guide.css"


def pieces(guide: Guide, catalogue: Catalogue) -> dict[str, str]:
    """Render the guide.

    Returns:
        HTML by name, in reading order: ``contents``, ``signs``, ``sections``, ``references``
        and, for print, ``words``.
    """
    values = {"w": catalogue.words, "contact": catalogue.contact(), "caption": ""}
    own: Any = environment().get_template("guide.html.j2").make_module(values)
    shared: Any = environment().get_template("macros.html.j2").make_module(values)
    found = {
        "contents": one_line(str(own.contents(guide))),
        "signs": _signs(guide, catalogue),
        "sections": one_line(str(own.sections(guide))),
        "references": one_line(str(shared.references(guide))),
    }
    return explained(found, catalogue)


def style() -> str:
    """Give the stylesheet."""
    return STYLE.read_text(encoding="utf-8")


def _signs(guide: Guide, catalogue: Catalogue) -> str:
    full = [card for card in guide.signs if card.id in (SUBJECT, EVERYONE)]
    others = [card for card in guide.signs if card not in full]
    return red_flags_html.section(full, others, catalogue)
