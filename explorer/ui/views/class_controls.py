"""Rarely used controls of a class: who may join, forgetting it on a computer, deleting it."""

from collections.abc import Callable
from html import escape

import streamlit as st

from explorer.domain.class_links import ClassKeys
from explorer.domain.messages import Words
from explorer.domain.sessions import Door, Refused
from explorer.ui import resources
from explorer.ui.state import browser
from explorer.ui.state import teach as state


def show_unread(words: Words) -> None:
    """Show that the keys are not known yet, or why they never will be: the page is framed."""
    if not browser.is_framed():
        st.html(f'<p role="status">{escape(words("teach.wait"))}</p>')
        return
    alone = escape(browser.page_address(), quote=True)
    st.html(
        f'<p class="ax-warn" role="alert">{escape(words("teach.framed"))}</p>'
        f'<p><a href="{alone}" target="_blank" rel="noopener">'
        f"{escape(words('teach.framed-open'))}</a></p>"
    )


def offer_doors(keys: ClassKeys, words: Words) -> None:
    """Draw the controls of who may join."""
    try:
        view = resources.classes().watch(keys.console, for_host=True).view
    except Refused:  # said above already
        return
    if not view.doors:
        return
    st.header(words("teach.doors-title"), anchor=False)
    st.markdown(words("teach.doors-text"))
    sure = st.checkbox(words("teach.door-sure"), key=state.NEW_CODE_SURE)
    with st.container(horizontal=True, key="teach-doors"):
        for door in view.doors:
            st.button(
                words(f"teach.door-{door}"),
                key=f"teach.door.{door}",
                disabled=door is Door.RENEW and not sure,
                on_click=_turn_door,
                args=(keys.console, door),
            )


def _turn_door(console: str, door: Door) -> None:
    """Change who may join, in whatever state the class is."""
    state.untick(state.NEW_CODE_SURE)
    teaching = resources.classes()
    try:
        teaching.turn_door(console, door, teaching.host(console).version)
    except Refused as problem:
        state.set_note(str(problem))
    else:
        state.set_note("")


def offer_forget(words: Words, text: str) -> None:
    """Draw the control that removes the keys from this tab, after a tick: without them no host.

    Args:
        words: interface words.
        text: key of the words that say what the next person at this computer could do.
    """
    st.header(words("teach.forget-title"), anchor=False)
    st.markdown(words(text))
    sure = st.checkbox(words("teach.forget-sure"), key="teach.forget-sure")
    st.button(
        words("teach.forget-now"),
        key="teach.forget",
        disabled=not sure,
        on_click=_forget,
        args=(words("teach.forgotten"),),
    )


def _forget(next_thing: str) -> None:
    """Drop the keys here; ``link_keys`` then removes them from the address."""
    state.forget_class()
    state.set_note(next_thing)


def confirm_delete(keys: ClassKeys, words: Words, after: Callable[[], None]) -> None:
    """Draw the control that deletes the class, after a tick that confirms it.

    Args:
        keys: the keys of the class; the console's is needed.
        words: interface words.
        after: what else to do once it is gone.
    """
    st.header(words("teach.delete-title"), anchor=False)
    st.markdown(words("teach.delete-text"))
    sure = st.checkbox(words("teach.delete-sure"), key="teach.delete-sure")
    st.button(
        words("teach.delete-now"),
        key="teach.delete",
        disabled=not sure,
        on_click=_delete,
        args=(keys.console, words("teach.deleted"), after),
    )


def _delete(console: str, done: str, after: Callable[[], None]) -> None:
    try:
        resources.classes().delete(console)
    except Refused as problem:
        state.set_note(str(problem))
    else:
        after()
        state.set_note(done)
