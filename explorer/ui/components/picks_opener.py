"""A button that opens a file of saved picks or of a plan, and the reader of a link with one."""

from collections.abc import Callable

import streamlit as st

from explorer.domain.lesson_plan import MOST_CHARACTERS
from explorer.ui.components import assets
from explorer.ui.state import browser

_HTML = '<label><input type="file" accept=".json,application/json"><span></span></label>'

_component = st.components.v2.component(
    "explorer_picks_opener",
    html=_HTML,
    css=assets.read("picks_opener.css"),
    js=assets.read("picks_opener.js"),
)


def show(
    take_file: Callable[[str], None],
    take_link: Callable[[str], None],
    *,
    label: str,
    key: str = "visit.open",
    name: str = "picks",
) -> None:
    """Draw the button, and take up what the address holds after its ``#``.

    Args:
        take_file: takes the text of a file, before the page is drawn again.
        take_link: takes what stands after ``#picks=``, likewise.
        label: words on the button.
        key: key of the widget.
        name: what stands before the ``=`` of a link.
    """

    def told() -> None:
        value = browser.told(key)
        if not isinstance(value, str):
            return
        kind, _, text = value[: MOST_CHARACTERS + 10].partition(":")
        if kind == "file":
            take_file(text)
        elif kind == "link":
            take_link(text)

    _component(key=key, data={"label": label, "name": name}, on_told_change=told)
