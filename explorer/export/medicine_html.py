"""One medicine in full as HTML for the screen and for print."""

from explorer.domain.catalogue import Catalogue
from explorer.domain.profile import Profile
from explorer.export import environment as html
from explorer.export.glossary import Explainer, explained
from explorer.export.source_lines import source_line


def pieces(profile: Profile, catalogue: Catalogue) -> dict[str, str]:
    """Render a medicine.

    Returns:
        HTML by name: ``top``, ``first``, ``uses``, ``cells``, ``figures``, ``references`` and
        ``words``.
    """
    words = catalogue.words
    sources = {item.number: source_line(item, words) for item in profile.references}
    values = {"w": words, "contact": catalogue.contact(), "sources": sources}

    def render(explainer: Explainer) -> dict[str, str]:
        own = html.module("medicine.html.j2", **values, explainer=explainer)
        shared = html.module("macros.html.j2", **values, explainer=explainer)
        found = {
            name: html.one_line(str(getattr(own, name)(profile)))
            for name in ("top", "first", "uses", "cells", "figures")
        }
        return found | {"references": html.one_line(str(shared.references(profile)))}

    return explained(render, catalogue.glossary, words)
