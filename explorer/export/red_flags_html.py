"""Cards of warning signs as HTML: on the screen, on every page's safety line, in print."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.messages import Words
from explorer.domain.red_flags import Card, cards, subject
from explorer.export import environment as html
from explorer.export.environment import one_line
from explorer.export.glossary import Explainer
from explorer.export.sign_off_words import lines_checked


def card(found: Card, catalogue: Catalogue, *, heading: int | None = None) -> str:
    """Render one card.

    Args:
        found: a card, merged or not; its references are shown where it has them.
        catalogue: for interface words and contacts.
        heading: level of its heading, 2 to 6, or None for a title that is no heading.
    """
    return one_line(str(_template(catalogue).card(found, heading)))


def line(catalogue: Catalogue) -> str:
    """Render the safety line of every page: what is an emergency, and all signs behind it."""
    shown = cards(catalogue, subject(catalogue))
    return one_line(str(_template(catalogue).line(shown, bool(catalogue.guide))))


def section(
    shown: Sequence[Card], others: Sequence[Card], catalogue: Catalogue, explainer: Explainer
) -> str:
    """Render the signs of everything we know as a section of the guide.

    Args:
        shown: cards in full.
        others: cards of other medicines, each behind its name.
        catalogue: for interface words and contacts.
        explainer: explains the terms of the page.
    """
    return one_line(str(_template(catalogue, explainer).section(shown, others)))


def style() -> str:
    """Return the stylesheet."""
    return html.style("red_flags.css")


def _template(catalogue: Catalogue, explainer: Explainer | None = None) -> Any:
    contact = catalogue.contact()
    poison = _poison(contact.poison, contact.poison_words, catalogue.words)
    values = {
        "w": catalogue.words,
        "contact": contact,
        "poison": poison,
        "explainer": explainer,
        "lines_checked": partial(lines_checked, catalogue),
    }
    return html.module("red_flags.html.j2", **values)


def _poison(number: str, name: str, words: Words) -> object:
    """Build the sentence on poison help, its number a link that dials."""
    from markupsafe import Markup, escape

    if not number:
        return ""
    dial = f"tel:+{number.replace('-', '')}"
    link = Markup('<a class="ax-phone" href="{}">{}</a>').format(dial, number)
    return escape(words("frame.poison", words=name, number="\0")).replace("\0", link)
