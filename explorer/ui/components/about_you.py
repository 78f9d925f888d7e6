"""Who it is for, and what is taken now: one list, asked before the options that it decides."""

from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue, Condition
from explorer.domain.compare_url import MOST_NOW, Choice
from explorer.domain.comparison import options_in, preselected
from explorer.domain.who import Who
from explorer.ui.components import presses
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import compare

_WHO, _NOW = "who:", "now:"
"""What the values of the boxes start with."""


def show_list(catalogue: Catalogue, condition: Condition) -> None:
    """Show the list; what is pressed in it is reported to ``hear``.

    It is the same HTML whatever is pressed, so that nothing in it moves and no box loses the focus.

    Args:
        catalogue: the content.
        condition: the condition that is chosen.
    """
    st.html(SafeHtml(list_html(catalogue, condition)))


def hear(catalogue: Catalogue, condition: Condition) -> None:
    """Keep each press at once.

    Args:
        catalogue: the content.
        condition: the condition that is chosen.
    """
    held = compare.choice(catalogue)
    presses.boxes(
        lambda ids: take(catalogue, condition, ids),
        (f"{_WHO}{held.who}", *(f"{_NOW}{item}" for item in held.now)),
        key=f"compare.you.{condition.id}",
    )


def take(catalogue: Catalogue, condition: Condition, ids: tuple[str, ...]) -> None:
    """Keep what is told; for a callback. What names nothing of ours is left alone.

    Args:
        catalogue: the content.
        condition: the condition that was shown.
        ids: values of the ticked boxes, as a browser reports them.
    """
    who = next((item for item in Who if f"{_WHO}{item}" in ids), Who.ADULT)
    now = tuple(item for item in _medicines(catalogue, condition) if f"{_NOW}{item}" in ids)
    now = now[:MOST_NOW]
    options = preselected(catalogue, condition, now)
    compare.tell_about_you(
        condition, Choice(condition=condition.id, options=options, who=who, now=now)
    )


def list_html(catalogue: Catalogue, condition: Condition) -> str:
    """Render the list: four persons, one of them ticked, and a box for each medicine."""
    words = catalogue.words
    people = "".join(_box("radio", f"{_WHO}{who}", words(f"you.who-{who}")) for who in Who)
    taken = "".join(
        _box("checkbox", f"{_NOW}{item}", title)
        for item, title in _medicines(catalogue, condition).items()
    )
    return (
        f'<div class="ax-options" data-ax-list data-ax-most="{MOST_NOW}">'
        f"<fieldset><legend>{escape(words('you.who'))}</legend>{people}</fieldset>"
        f"<fieldset><legend>{escape(words('you.now'))}</legend>{taken}"
        f'<p class="ax-soft">{escape(words("you.now-help"))}</p></fieldset></div>'
    )


def _medicines(catalogue: Catalogue, condition: Condition) -> dict[str, str]:
    """Return id and title of the medicines that may be taken now: those that are options here."""
    return {
        option.id: option.title
        for option in options_in(catalogue, condition.id)
        if option.kind is not None and option.is_offered
    }


def _box(kind: str, value: str, label: str) -> str:
    name = ' name="ax-who"' if kind == "radio" else ""
    return (
        f'<label class="ax-box"><input type="{kind}"{name} data-ax-box="{escape(value)}">'
        f"<span><b>{escape(label)}</b></span></label>"
    )
