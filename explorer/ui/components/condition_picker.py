"""The condition: a list of links, searched by everyday names, and a way without a name."""

from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue, Condition, Medicine
from explorer.domain.names import condition_names, medicine_names
from explorer.ui.safe_html import SafeHtml


def show(catalogue: Catalogue, chosen: str | None = None) -> None:
    """Show the list; a press is reported as ``condition:<id>`` or ``medicine:<id>``.

    Args:
        catalogue: the content.
        chosen: id of the condition that is chosen now, or None.
    """
    st.html(SafeHtml(list_html(catalogue, chosen)))


def list_html(catalogue: Catalogue, chosen: str | None = None) -> str:
    """Render the list: a field that filters it in the browser, the conditions by name, and a fold.

    Args:
        catalogue: the content.
        chosen: id of the condition that is chosen now, or None.
    """
    words = catalogue.words
    question = escape(words("compare.condition-choose"))
    ordered = sorted(catalogue.conditions, key=lambda item: title(catalogue, item).casefold())
    items = "".join(_item(catalogue, item, is_chosen=item.id == chosen) for item in ordered)
    items += "".join(_medicine(catalogue, item) for item in catalogue.published)
    return (
        '<div class="ax-ask" data-ax-list>'
        f'<label for="ax-find">{question}</label>'
        '<input id="ax-find" class="ax-find" type="search" data-ax-find maxlength="60" '
        'autocomplete="off" spellcheck="false" '
        f'placeholder="{escape(words("compare.condition-example"))}">'
        f'<ul class="ax-rows" aria-label="{question}">{items}</ul>'
        f'<p aria-live="polite" data-ax-none="{escape(words("compare.condition-none"))}"></p>'
        f"{_unknown(catalogue, ordered)}</div>"
    )


def title(catalogue: Catalogue, condition: Condition) -> str:
    """Return a condition's name, with its short form where that is another word."""
    if condition.short.casefold() in condition.name.casefold():
        return condition.name
    return catalogue.words("compare.condition-item", name=condition.name, short=condition.short)


def _item(catalogue: Catalogue, condition: Condition, *, is_chosen: bool) -> str:
    names = (*condition_names(condition), condition.plain, *condition.aliases)
    found = escape(" ".join(dict.fromkeys(names)))
    current = ' aria-current="true"' if is_chosen else ""
    return f'<li data-ax-words="{found}">{_link(catalogue, condition, current)}</li>'


def _medicine(catalogue: Catalogue, medicine: Medicine) -> str:
    """Render what a typed name of a medicine finds; nothing typed shows conditions only."""
    words = catalogue.words
    found = escape(" ".join(medicine_names(medicine)))
    return (
        f'<li data-ax-words="{found}" data-ax-typed hidden>'
        f'<a href="medicine?m={medicine.id}" target="_self" data-ax-go="medicine:{medicine.id}">'
        f"<b>{escape(medicine.heading)}</b>"
        f"<small>{escape(words('compare.medicine-found'))}</small></a></li>"
    )


def _link(catalogue: Catalogue, condition: Condition, current: str) -> str:
    words = catalogue.words
    also = (
        words("compare.condition-also", names=", ".join(condition.also)) if condition.also else ""
    )
    small = f"<small>{escape(also)}</small>" if also else ""
    return (
        f'<a href="compare?c={condition.id}" target="_self" '
        f'data-ax-go="condition:{condition.id}"{current}>'
        f"<b>{escape(title(catalogue, condition))}</b>{small}</a>"
    )


def _unknown(catalogue: Catalogue, ordered: list[Condition]) -> str:
    """Render the way for who does not know the name; it never says what somebody has."""
    words = catalogue.words
    links = "".join(
        f'<li><a href="compare?c={item.id}" target="_self" data-ax-go="condition:{item.id}">'
        f"{escape(item.plain)}</a></li>"
        for item in ordered
    )
    medicine = (
        f'<li><a href="medicine" target="_self" data-ax-go="page:medicine">'
        f"{escape(words('compare.unknown-medicine'))}</a></li>"
    )
    return (
        f'<details class="ax-fold ax-unknown"><summary>{escape(words("compare.unknown-title"))}'
        f"</summary><p>{escape(words('compare.unknown-text'))}</p>"
        f'<ul class="ax-plain-rows">{links}{medicine}</ul></details>'
    )
