"""The guide as HTML for the screen."""

from functools import partial

from explorer.domain.catalogue import Catalogue
from explorer.domain.guide import Guide
from explorer.domain.red_flags import EVERYONE, SUBJECT
from explorer.export import environment as html
from explorer.export import red_flags_html
from explorer.export.glossary import Explainer, explained
from explorer.export.sign_off_words import lines_checked


def pieces(guide: Guide, catalogue: Catalogue) -> dict[str, str]:
    """Render the guide.

    Returns:
        HTML by name, in reading order: ``contents``, ``signs``, ``sections``, ``references``
        and, for print, ``words``.
    """
    values = {
        "w": catalogue.words,
        "contact": catalogue.contact(),
        "lines_checked": partial(lines_checked, catalogue),
    }
    full = [card for card in guide.signs if card.id in (SUBJECT, EVERYONE)]
    others = [card for card in guide.signs if card not in full]

    def render(explainer: Explainer) -> dict[str, str]:
        own = html.module("guide.html.j2", **values, explainer=explainer)
        shared = html.module("macros.html.j2", **values, explainer=explainer)
        return {
            "contents": html.one_line(str(own.contents(guide))),
            "signs": red_flags_html.section(full, others, catalogue, explainer),
            "sections": html.one_line(str(own.sections(guide))),
            "references": html.one_line(str(shared.references(guide))),
        }

    return explained(render, catalogue.glossary, catalogue.words)


def style() -> str:
    """Return the stylesheet."""
    return html.style("guide.css")
