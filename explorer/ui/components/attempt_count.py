"""Count the checks that were begun in this browser: one number, in its localStorage.

It stays when the tab is closed. It tells nothing of who took a check: everyone who uses the browser
is counted together, and the record says so.
"""

import re
from typing import Final

import streamlit as st

from explorer.domain.quiz_run import MOST_ATTEMPTS
from explorer.ui.components import assets

NAME: Final = "explorer.checks"
"""Under which name the browser holds the count."""

_TOLD: Final = re.compile(r"(?P<check>\S+) (?P<count>[0-9]{1,4})", re.ASCII)

_component = st.components.v2.component(
    "explorer_attempt_count", js=assets.read("attempt_count.js")
)


def number(check: str, *, key: str) -> int:
    """Count a check, once, and return its number in this browser.

    Args:
        check: a name of this check without spaces, that no other has.
        key: key of the widget.

    Returns:
        The number; 0 while the browser has not told it, and where it forbids storage.
    """
    result = _component(
        key=key,
        data={"name": NAME, "check": check},
        default={"told": ""},
        on_told_change=lambda: None,
    )
    found = _TOLD.fullmatch(str(getattr(result, "told", "") or ""))
    if found is None or found["check"] != check:  # of a check before this one
        return 0
    return min(int(found["count"]), MOST_ATTEMPTS)
