"""A button that opens a file with questions of another system."""

from base64 import b64decode
from binascii import Error
from collections.abc import Callable
from typing import Final

import streamlit as st

from explorer.ui.components import assets
from explorer.ui.state import browser

MOST: Final = 150_000
"""Largest file in bytes; as text it fits into what a page may send at once."""

_HTML: Final = '<label><input type="file" accept=".txt,.gift,.xml,.zip,.xlsx"><span></span></label>'

_component = st.components.v2.component(
    "explorer_questions_opener",
    html=_HTML,
    css=assets.read("picks_opener.css"),
    js=assets.read("questions_opener.js"),
)


def show(take: Callable[[bytes | None], None], *, label: str, key: str) -> None:
    """Draw the button.

    Args:
        take: takes the bytes of a file before the page is drawn again; None where it is too large.
        label: words on the button.
        key: key of the widget.
    """

    def told() -> None:
        value = browser.told(key)
        if not isinstance(value, str):
            return
        kind, _, text = value.partition(":")
        if kind == "large" or len(text) > 2 * MOST:
            take(None)
        elif kind == "file":
            try:
                take(b64decode(text, validate=True))
            except (Error, ValueError):  # anybody may have written it
                take(b"")

    _component(key=key, data={"label": label, "most": MOST}, on_told_change=told)
