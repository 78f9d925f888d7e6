"""A presenter's remote: it sends Page Down and Page Up, which press the buttons of the console."""

import streamlit as st

from explorer.ui.components import assets

_component = st.components.v2.component(
    "explorer_presenter_keys", js=assets.read("presenter_keys.js")
)


def listen(*, on: bool, key: str) -> None:
    """Let Page Down press the large button and Page Up go back, or stop doing so.

    Args:
        on: whether a remote is in use; without one the two keys scroll the page as always.
        key: key of the widget.
    """
    _component(key=key, data={"on": on})
