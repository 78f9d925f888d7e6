"""What a host may set during a class, and the round weeks later after its end."""

from html import escape

import streamlit as st

from explorer.classes.host_views import HostView
from explorer.domain.class_links import ClassKeys
from explorer.domain.messages import Words
from explorer.domain.sessions import Action, ClassState, Refused
from explorer.ui import resources
from explorer.ui.state import teach as state


def show(keys: ClassKeys, words: Words) -> None:
    """Draw the way to a pretend phone, and the switch by which phones ask how sure people are.

    Args:
        keys: the keys of the class.
        words: interface words.
    """
    try:
        view = resources.classes().watch(keys.console, for_host=True).view
    except Refused:  # said above already
        return
    if view.state is not ClassState.PREPARED:
        st.header(words("teach.rehearse-title"), anchor=False)
        st.markdown(words("teach.rehearse-text"))
        st.html(
            f'<a class="ax-link" href="join?code={escape(view.code)}" target="_blank" '
            f'rel="noopener">{escape(words("teach.rehearse"))}</a>'
        )
    st.header(words("teach.sureness-title"), anchor=False)
    state.set_asks_sureness(on=view.sureness)
    st.toggle(
        words("teach.sureness"),
        key=state.ASKS_SURENESS,
        help=words("teach.sureness-help"),
        on_change=_ask_sureness,
        args=(keys.console,),
    )


def _ask_sureness(console: str) -> None:
    """Set it in whatever state the class is; while a question is open it is refused.

    A tab that has forgotten the class changes nothing more in it: a message that the browser sent
    before it had drawn the page without the switch still calls this.
    """
    held = state.class_keys()
    if held is None or held.console != console:
        return
    teaching = resources.classes()
    try:
        version = teaching.host(console).version
        teaching.ask_sureness(console, version, on=state.asks_sureness())
    except Refused as problem:
        state.set_note(str(problem))
    else:
        state.set_note("")


def later_text(view: HostView, words: Words) -> str:
    """Say what the round weeks later needs; empty where it cannot be opened."""
    if Action.LATER not in view.allowed_actions:
        return ""
    return words("teach.later-text", n=view.awaited, days=resources.keep_days())
