"""Hold a text in the browser's tab, so that a reload or a locked phone loses nothing.

The tab's sessionStorage holds it: no server, no cookie, and closing the tab ends it. A browser may
forbid it (private mode, managed computers); ``state.browser.storage_is_denied`` holds that then.
"""

import streamlit as st

from explorer.ui.components import assets
from explorer.ui.state import browser

_component = st.components.v2.component("explorer_tab_storage", js=assets.read("tab_storage.js"))


def save(name: str, text: str, *, key: str) -> None:
    """Write a text into the tab.

    Args:
        name: under which name.
        text: what is held; it replaces what was.
        key: key of the widget.
    """
    _run({"action": "save", "name": name, "value": text}, key)


def clear(name: str, *, key: str) -> None:
    """Remove a text from the tab."""
    _run({"action": "clear", "name": name}, key)


def load(name: str, *, key: str) -> str | None:
    """Ask the tab for a text; it comes with the rerun after the first.

    Returns:
        The text; empty where there is none, and None while the tab has not answered.
    """
    return _run({"action": "load", "name": name, "session": browser.session_id()}, key)


def _run(data: dict[str, str], key: str) -> str | None:
    result = _component(
        key=key,
        data=data,
        default={"found": None, "denied": False},
        on_found_change=lambda: None,
        on_denied_change=browser.note_storage_denied,
        on_woken_change=lambda: None,
    )
    if getattr(result, "denied", False):
        browser.note_storage_denied()
    found = getattr(result, "found", None)
    return None if found is None else str(found)
