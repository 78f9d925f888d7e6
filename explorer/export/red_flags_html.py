"""Cards of warning signs as HTML: on the screen, on every page's safety line, in print."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.messages import Words
from explorer.domain.red_flags import Card, cards, subject, told_to_parent
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


def line(catalogue: Catalogue, *, for_parent: bool = False) -> str:
    """Render the safety line of every page: what is an emergency, and all signs behind it.

    Args:
        catalogue: the content.
        for_parent: in the words of a parent, who reads for the child.
    """
    shown = cards(catalogue, subject(catalogue))
    if for_parent:
        shown = tuple(told_to_parent(item, catalogue.parent_voice) for item in shown)
    template = _template(catalogue, for_parent=for_parent)
    return one_line(str(template.line(shown, bool(catalogue.guide))))


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


def _template(
    catalogue: Catalogue, explainer: Explainer | None = None, *, for_parent: bool = False
) -> Any:
    contact = catalogue.contact()
    poison = "frame.poison-child" if for_parent else "frame.poison"
    values = {
        "w": catalogue.words,
        "contact": contact,
        "everyone": catalogue.words("flags.everyone-child" if for_parent else "flags.everyone"),
        "poison": _poison(contact.poison, contact.poison_words, catalogue.words, poison),
        "explainer": explainer,
        "lines_checked": partial(lines_checked, catalogue),
    }
    return html.module("red_flags.html.j2", **values)


def _poison(number: str, name: str, words: Words, key: str) -> object:
    """Build the sentence on poison help, its number a link that dials."""
    from markupsafe import Markup, escape

    if not number:
        return ""
    dial = f"tel:+{number.replace('-', '')}"
    link = Markup('<a class="ax-phone" href="{}">{}</a>').format(dial, number)
    return escape(words(key, words=name, number="\0")).replace("\0", link)
