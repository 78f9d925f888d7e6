"""Makes the room's screen fit its window, with buttons for the whole screen and strong contrast."""

import streamlit as st

from explorer.domain.messages import Words
from explorer.ui.components import assets

_component = st.components.v2.component(
    "explorer_room_fit",
    html='<div><button type="button"></button><button type="button"></button></div>',
    css=assets.read("room_fit.css"),
    js=assets.read("room_fit.js"),
)


def watch(words: Words, *, key: str) -> None:
    """Keep the letters of the room's screen as large as fits, and draw its two buttons.

    Args:
        words: interface words.
        key: key of the widget.
    """
    _component(
        key=key, data={"full": words("teach.full-screen"), "contrast": words("teach.contrast")}
    )
