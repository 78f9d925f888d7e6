"""Read the keys of a class from after the ``#`` of the address, and write them there.

The browser never sends that part of an address to a server, so it is in no log. In a frame nothing
is read: a class is led in a window of its own (``state.browser.is_framed``).
"""

import streamlit as st

from explorer.domain.class_links import ClassKeys, read_keys
from explorer.ui.components import assets
from explorer.ui.state import browser, teach

_NONE = "none"

_component = st.components.v2.component("explorer_link_keys", js=assets.read("link_keys.js"))


def keys(*, report_only: bool = False) -> tuple[ClassKeys | None, bool]:
    """Return the keys of this tab, taking up those of the address where they are new.

    Args:
        report_only: put no more than the report's key into the address, since people share it.

    Returns:
        The keys, or None, and whether the address was read already: the browser answers after the
        first run.
    """
    held = teach.class_keys()
    link = "" if held is None else held.fragment
    if held is not None and report_only:
        link = held.for_report if held.report else ""
    result = _component(
        key=f"teach.link-keys.{report_only}",
        data={"write": link, "clear": held is None and teach.class_was_left(), "none": _NONE},
        default={"found": "", "framed": False},
        on_found_change=lambda: None,
        on_framed_change=lambda: None,
    )
    if getattr(result, "framed", False):
        browser.note_framed()
    found = str(getattr(result, "found", "") or "")
    if teach.fragment_is_new(found):
        taken = read_keys(found)
        if taken is not None and not (held is not None and held.holds(taken)):
            teach.keep_class_keys(taken)
            held = taken
    return held, teach.fragment_was_read() or held is not None
