"""The way to the sheet: one thin line of steps that are links, and the way to clear it all."""

from html import escape

import streamlit as st

from explorer.domain.messages import Words
from explorer.ui.components import tab_storage
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import browser, visit

STEPS = ("choose", "facts", "matters", "sheet")

_PAGES = {"choose": "compare", "facts": "compare", "matters": "visit", "sheet": "visit"}


def show(words: Words, here: str, *, is_chosen: bool, below: str = "") -> None:
    """Show the steps; a press on one is reported as ``step:<step>``.

    Args:
        words: interface words.
        here: the step that is on this page now.
        is_chosen: whether the later steps have something to show.
        below: HTML that stands right below; each element of a page costs time, and this is none.
    """
    denied = escape(words("visit.not-held")) if browser.storage_is_denied() else ""
    note = f'<p class="ax-soft">{denied}</p>' if denied else ""
    st.html(SafeHtml(path_html(words, here, is_chosen=is_chosen) + note + below))
    if visit.started_again():
        tab_storage.clear(visit.STORE, key="path.clear")
        said = escape(words("path.started-again"))
        st.html(f'<p role="status" class="ax-short-status">{said}</p>')


def path_html(words: Words, here: str, *, is_chosen: bool) -> str:
    """Render the steps: done ones marked; this one and those without anything to show no links."""
    done = STEPS[: STEPS.index(here)]
    items = "".join(
        _step(words, step, is_here=step == here, is_done=step in done, is_open=is_chosen)
        for step in STEPS
    )
    return f'<nav class="ax-path" aria-label="{escape(words("path.name"))}"><ol>{items}</ol></nav>'


def _step(words: Words, step: str, *, is_here: bool, is_done: bool, is_open: bool) -> str:
    mark = ' class="ax-done"' if is_done else ""
    name = escape(words(f"path.{step}"))
    if is_here:  # no link to where the reader is: one stop less for the keyboard
        return f'<li{mark}><span aria-current="step">{name}</span></li>'
    if not (is_open or step == "choose"):
        return f"<li{mark}><span>{name}</span></li>"
    return (
        f'<li{mark}><a href="{_PAGES[step]}" target="_self" data-ax-go="step:{step}">'
        f"{name}</a></li>"
    )


def start_again(words: Words) -> None:
    """Offer to clear what was entered, after asking once more; nothing where there is nothing."""
    if not visit.has_entered():
        return
    with st.popover(words("path.start-again")):
        st.markdown(words("path.start-again-text"))
        st.button(
            words("path.start-again-sure"), key="path.start-again", on_click=visit.start_again
        )


def matters_html(words: Words, *, key: str) -> str:
    """Render the link from the facts to what matters.

    Args:
        words: interface words.
        key: tells the links of one page apart.
    """
    return (
        f'<div class="st-key-visit-next-{escape(key)}">'
        '<a class="ax-go" href="visit" target="_self" data-ax-go="step:matters">'
        f"{escape(words('path.to-matters'))}</a></div>"
    )
