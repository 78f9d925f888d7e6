"""One medicine in full as HTML for the screen and for print."""

from functools import partial

from explorer.domain.catalogue import Catalogue
from explorer.domain.profile import Profile
from explorer.export import clinic_html
from explorer.export import environment as html
from explorer.export.glossary import Explainer, explained
from explorer.export.sign_off_words import checked_by, lines_checked
from explorer.export.source_lines import source_line


def pieces(profile: Profile, catalogue: Catalogue) -> dict[str, str]:
    """Render a medicine.

    Returns:
        HTML by name: ``top``, ``first``, ``uses``, ``cells``, ``figures``, ``references`` and
        ``words``.
    """
    words = catalogue.words
    sources = {item.number: source_line(item, words) for item in profile.references}
    values = {
        "w": words,
        "contact": catalogue.contact(),
        "sources": sources,
        "checked": partial(checked_by, catalogue),
        "lines_checked": partial(lines_checked, catalogue),
        "clinic": partial(clinic_html.on_row, catalogue, profile.medicine.id),
    }

    def render(explainer: Explainer) -> dict[str, str]:
        own = html.module("medicine.html.j2", **values, explainer=explainer)
        shared = html.module("macros.html.j2", **values, explainer=explainer)
        found = {
            name: html.one_line(str(getattr(own, name)(profile)))
            for name in ("top", "first", "uses", "cells", "figures")
        }
        return found | {"references": html.one_line(str(shared.references(profile)))}

    return explained(render, catalogue.glossary, words)
