"""The guide as HTML for the screen."""

from functools import partial
from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.guide import Guide, GuideSection
from explorer.domain.red_flags import EVERYONE, SUBJECT
from explorer.export import clinic_html, red_flags_html
from explorer.export import environment as html
from explorer.export.glossary import Explainer, explained
from explorer.export.sign_off_words import lines_checked


def pieces(guide: Guide, catalogue: Catalogue, *, linked: bool = False) -> dict[str, str]:
    """Render the guide.

    Args:
        guide: the guide.
        catalogue: for words and for the terms that are explained.
        linked: lead to the drawings on the pages of their sections, so that the whole stays small.

    Returns:
        HTML by name, in reading order: ``contents``, ``signs``, ``clinic``, ``sections``,
        ``references`` and, for print, ``words``.
    """
    values = {
        "w": catalogue.words,
        "contact": catalogue.contact(),
        "lines_checked": partial(lines_checked, catalogue),
        "clinic": partial(clinic_html.on_section, catalogue),
    }
    full = [card for card in guide.signs if card.id in (SUBJECT, EVERYONE)]
    others = [card for card in guide.signs if card not in full]

    def render(explainer: Explainer) -> dict[str, str]:
        own = html.module("guide.html.j2", **values, explainer=explainer)
        shared = html.module("macros.html.j2", **values, explainer=explainer)
        return {
            "contents": html.one_line(str(own.contents(guide))),
            "signs": red_flags_html.section(full, others, catalogue, explainer),
            "clinic": str(clinic_html.beside_guide(catalogue, guide)),
            "sections": html.one_line(str(own.sections(guide, linked=linked))),
            "references": html.one_line(str(shared.references(guide))),
        }

    return explained(render, catalogue.glossary, catalogue.words)


def signs(guide: Guide, catalogue: Catalogue) -> str:
    """Render only the warning signs, with the sources that they cite."""
    full = [card for card in guide.signs if card.id in (SUBJECT, EVERYONE)]
    others = [card for card in guide.signs if card not in full]
    values = {"w": catalogue.words, "contact": catalogue.contact()}

    def render(explainer: Explainer) -> dict[str, str]:
        shared = html.module("macros.html.j2", **values, explainer=explainer)
        shown = red_flags_html.section(full, others, catalogue, explainer)
        return {"signs": shown, "references": _references(shown, guide, shared)}

    return "".join(explained(render, catalogue.glossary, catalogue.words).values())


def one_section(guide: Guide, section: GuideSection, catalogue: Catalogue) -> str:
    """Render one section, with the sources that it cites under their numbers of the whole guide."""
    values = {
        "w": catalogue.words,
        "contact": catalogue.contact(),
        "lines_checked": partial(lines_checked, catalogue),
        "clinic": partial(clinic_html.on_section, catalogue),
    }
    alone = guide.evolve(sections=(section,))

    def render(explainer: Explainer) -> dict[str, str]:
        own = html.module("guide.html.j2", **values, explainer=explainer)
        shared = html.module("macros.html.j2", **values, explainer=explainer)
        shown = html.one_line(str(own.sections(alone, is_alone=True)))
        return {"section": shown, "references": _references(shown, guide, shared)}

    return "".join(explained(render, catalogue.glossary, catalogue.words).values())


def _references(shown: str, guide: Guide, shared: Any) -> str:
    """Render the references that some HTML links to."""
    cited = {int(number) for number in html.cited(shown)}
    kept = tuple(item for item in guide.references if item.number in cited)
    return html.one_line(str(shared.references(guide.evolve(references=kept))))


def style() -> str:
    """Return the stylesheet."""
    return html.style("guide.css", "drawings.css")
