"""Bring the place of a new step into view."""

import streamlit as st

from explorer.ui.components import assets

_move = st.components.v2.component("explorer_move", js=assets.read("move_to.js"))


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
