"""One medicine in full as HTML for the screen and for print."""

from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.profile import Profile
from explorer.export.comparison_html import environment, explained, one_line


def pieces(profile: Profile, catalogue: Catalogue) -> dict[str, str]:
    """Render a medicine.

    Returns:
        HTML by name: ``top``, ``first``, ``uses``, ``cells``, ``figures``, ``references`` and
        ``words``.
    """
    values = {"w": catalogue.words, "contact": catalogue.contact(), "caption": ""}
    own: Any = environment().get_template("medicine.html.j2").make_module(values)
    shared: Any = environment().get_template("macros.html.j2").make_module(values)
    found = {
        name: one_line(str(getattr(own, name)(profile)))
        for name in ("top", "first", "uses", "cells", "figures")
    }
    found["references"] = one_line(str(shared.references(profile)))
    return explained(found, catalogue)
