"""The classes that were opened in this browser: it keeps the links to their consoles."""

import json
from collections.abc import Collection
from typing import Final

import streamlit as st

from explorer.domain.class_links import ClassKeys, read_keys
from explorer.ui.components import assets
from explorer.ui.state import browser

MOST: Final = 20
"""Most classes that are taken from a browser's answer."""

_component = st.components.v2.component("explorer_kept_classes", js=assets.read("kept_classes.js"))


def sync(*, keep: str, drop: Collection[str], tell: bool, key: str) -> tuple[ClassKeys, ...]:
    """Keep and drop links in the browser, and ask for those that it has.

    Args:
        keep: fragment of the console's link that is to be kept, or an empty text.
        drop: fragments that are not kept any more.
        tell: whether the browser says which it has; only where they are offered.
        key: key of the widget.

    Returns:
        The keys of the consoles; none while the browser has not answered.
    """
    result = _component(
        key=key,
        data={"keep": keep, "drop": sorted(drop), "tell": tell, "session": browser.session_id()},
        default={"found": ""},
        on_found_change=lambda: None,
    )
    return _parsed(str(getattr(result, "found", "") or "")) if tell else ()


def _parsed(told: str) -> tuple[ClassKeys, ...]:
    """Parse what the browser said; anybody may have written it."""
    try:
        items = json.loads(told) if told else []
    except ValueError:
        return ()
    if not isinstance(items, list):
        return ()
    found = (read_keys(item) for item in items[:MOST] if isinstance(item, str))
    return tuple(keys for keys in found if keys is not None and keys.console)
