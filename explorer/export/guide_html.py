"""The guide as HTML for the screen."""

from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.guide import Guide
from explorer.export.comparison_html import environment, explained, one_line


def pieces(guide: Guide, catalogue: Catalogue) -> dict[str, str]:
    """Render the guide.

    Returns:
        HTML by name: ``contents``, ``sections``, ``references`` and, for print, ``words``.
    """
    values = {"w": catalogue.words, "contact": catalogue.contact(), "caption": ""}
    own: Any = environment().get_template("guide.html.j2").make_module(values)
    shared: Any = environment().get_template("macros.html.j2").make_module(values)
    found = {
        "contents": one_line(str(own.contents(guide))),
        "sections": one_line(str(own.sections(guide))),
        "references": one_line(str(shared.references(guide))),
    }
    return explained(found, catalogue)
