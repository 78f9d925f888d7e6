"""Hear what is pressed in our own HTML, without an element of Streamlit's for each link and box.

A page's links, lists and filters are HTML that a browser can use as it comes. One script for all
of them reports a press to the session: a link with ``data-ax-go`` stays in this session, the boxes
of a list (``data-ax-list``, ``data-ax-box``) are reported together, and a field with
``data-ax-find`` filters its list in the browser: what is typed there is never sent.
"""

from collections.abc import Callable

import streamlit as st

from explorer.ui.components import assets
from explorer.ui.state import browser

_component = st.components.v2.component("explorer_presses", js=assets.read("presses.js"))

LONGEST = 60
"""Characters of a value that a page of ours reports; our ids are shorter."""

MOST = 40
"""Boxes that one list may report."""


def links(take: Callable[[str], None], *, key: str, place: bool = False) -> None:
    """Report each press on a link of the page; once a page.

    Args:
        take: takes the link's ``data-ax-go``, before the page is drawn again.
        key: key of the widget.
        place: whether to scroll to the place that the address names too, which ``scroll_to_place``
            would do with one more element.
    """

    def told() -> None:
        value = browser.told(key)
        if isinstance(value, str):
            take(value[:LONGEST])

    _component(key=key, data={"hears": "go", "place": place}, on_told_change=told)


def scroll_to_place(*, key: str) -> None:
    """Scroll to the place that the address names after its ``#``, opening what hides it.

    Args:
        key: key of the widget.
    """
    _component(key=key, data={"place": True})


def boxes(take: Callable[[tuple[str, ...]], None], picked: tuple[str, ...], *, key: str) -> None:
    """Report the ticked boxes of the page's list after each tick, and keep the boxes as they are.

    Args:
        take: takes the values of the ticked boxes, before the page is drawn again.
        picked: the values of the boxes that are ticked now.
        key: key of the widget.
    """

    def told() -> None:
        value = browser.told(key)
        if isinstance(value, list):
            take(tuple(str(item)[:LONGEST] for item in value[:MOST]))

    _component(key=key, data={"hears": "pick", "picked": list(picked)}, on_told_change=told)
