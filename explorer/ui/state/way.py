"""Where a press on one of our own links leads: a step, a condition, a page.

The browser reports a press as a short text (``ui.components.presses``). Anybody can send any text,
so that what names nothing of ours is left alone.
"""

import streamlit as st

from explorer.domain.catalogue import Catalogue
from explorer.domain.compare_url import OPTIONS
from explorer.paths import PAGES
from explorer.ui.state import compare, visit

_WISH = "way.wish"
_PAGE = "way.page"
_MEDICINE = "way.medicine"

LINKED = ("compare", "visit", "guide", "quiz", "teach", "medicine")
"""Pages that a link of ours may name."""


def wish(value: str) -> None:
    """Hold what was pressed until the page has taken up what was typed; for a callback."""
    st.session_state[_WISH] = value


def wished() -> str:
    """Return what was pressed, once."""
    return str(st.session_state.pop(_WISH, ""))


def take(catalogue: Catalogue, value: str) -> None:
    """Do what a link says; for a callback, or at the end of a page.

    Args:
        catalogue: the content.
        value: ``condition:<id>``, ``medicine:<id>``, ``choose:<condition, you or options>``,
            ``step:<step>`` or ``page:<page>``.
    """
    kind, _, name = value.partition(":")
    match kind:
        case "condition" if catalogue.has_condition(name):
            compare.choose_condition(catalogue.condition(name))
            page = "compare"
        case "medicine" if name in {item.id for item in catalogue.published}:
            st.session_state[_MEDICINE] = name
            page = "medicine"
        case "choose" if name in ("condition", "you", "options"):
            compare.open_choice(name)
            page = "compare"
        case "step" if name == "choose":
            compare.open_choice("condition" if not compare.is_kept() else "options")
            page = "compare"
        case "step" if name == "facts":
            compare.close_choice()
            page = "compare"
        case "step" if name in ("matters", "sheet"):
            compare.close_choice()
            visit.go_to_step(name)
            page = "visit"
        case "page" if name in LINKED:
            page = name
        case _:
            return
    st.session_state[_PAGE] = page


def follow(here: str) -> None:
    """Go to the page that a link named, unless it is this one.

    Args:
        here: name of this page.
    """
    page = str(st.session_state.pop(_PAGE, here))
    medicine = str(st.session_state.pop(_MEDICINE, ""))
    if page != here:
        named = {OPTIONS: medicine} if medicine else {}
        st.switch_page(PAGES / f"{page}.py", query_params=named)
