"""The five steps to the sheet for a visit, the same on both pages, and the way to clear it all."""

from html import escape

import streamlit as st

from explorer.domain.words import Words
from explorer.paths import PAGES
from explorer.ui.components import tab_storage
from explorer.ui.state import browser, visit

STEPS = ("condition", "options", "facts", "matters", "sheet")


def show(words: Words, here: tuple[str, ...]) -> None:
    """Show the steps, how long each takes, and where what is entered is held.

    Args:
        words: interface words.
        here: the steps that are on this page now.
    """
    items = "".join(_step(words, step, is_here=step in here) for step in STEPS)
    st.html(f'<ol class="ax-path" aria-label="{escape(words("path.name"))}">{items}</ol>')
    if visit.started_again():
        tab_storage.clear(visit.STORE, key="path.clear")
    with st.container(key="visit-held", horizontal=True, vertical_alignment="center"):
        st.caption(words("visit.not-held" if browser.storage_is_denied() else "path.held"))
        if visit.has_entered():
            with st.popover(words("path.start-again")):
                st.markdown(words("path.start-again-text"))
                st.button(
                    words("path.start-again-sure"),
                    key="path.start-again",
                    on_click=visit.start_again,
                )
    if visit.started_again():
        said = escape(words("path.started-again"))
        st.html(f'<p role="status" class="ax-short-status">{said}</p>')


def _step(words: Words, step: str, *, is_here: bool) -> str:
    current = ' aria-current="step"' if is_here else ""
    name, time = escape(words(f"path.{step}")), escape(words(f"path.{step}-time"))
    return f"<li{current}>{name}<span>{time}</span></li>"


def link_to_matters(words: Words, *, key: str) -> None:
    """Draw the link from the facts to what matters.

    Args:
        words: interface words.
        key: tells the links of one page apart.
    """
    with st.container(key=f"visit-next-{key}"):
        st.page_link(PAGES / "visit.py", label=words("path.to-matters"))
