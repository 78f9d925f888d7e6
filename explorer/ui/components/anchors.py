"""Bring a place of the page into view: a link's, or that of a new step."""

import streamlit as st

from explorer.ui.components import assets

_scroll = st.components.v2.component("explorer_anchor", js=assets.read("scroll_to_fragment.js"))
_move = st.components.v2.component("explorer_move", js=assets.read("move_to.js"))


def scroll_to_fragment(*, key: str) -> None:
    """Scroll to the place that the address names after its ``#``, opening what hides it.

    The browser looks for it before Streamlit has drawn anything, and finds nothing.

    Args:
        key: key of the widget.
    """
    _scroll(key=key)


def move_to(place: str, *, stage: str, key: str) -> None:
    """Bring a place into view and focus it, each time the stage changes.

    Without it, the next question would start where the last one was scrolled to, and a screen
    reader would not be told that there is one. Whoever is typing keeps the focus.

    Args:
        place: id of an element with ``tabindex="-1"``.
        stage: what is on screen; nothing moves at the first.
        key: key of the widget.
    """
    _move(key=key, data={"place": place, "stage": stage})
