"""What a host may set during a class, and the round weeks later after its end."""

import streamlit as st

from explorer.classes.host_views import HostView
from explorer.domain.class_links import ClassKeys
from explorer.domain.messages import Words
from explorer.domain.sessions import Action, ClassState, Refused
from explorer.ui import resources
from explorer.ui.state import teach as state


def offer_sureness(keys: ClassKeys, words: Words) -> None:
    """Draw the switch by which phones ask how sure people are.

    Args:
        keys: the keys of the class.
        words: interface words.
    """
    try:
        view = resources.classes().host(keys.console)
    except Refused:  # said above already
        return
    if view.state is ClassState.ENDED:
        return
    key = f"teach.sureness.{view.version}"
    st.toggle(
        words("teach.sureness"),
        value=view.sureness,
        key=key,
        help=words("teach.sureness-help"),
        disabled=view.state is ClassState.SHOWN,
        on_change=_ask_sureness,
        args=(keys.console, view.version, not view.sureness),
    )


def _ask_sureness(console: str, version: int, on: bool) -> None:
    try:
        resources.classes().ask_sureness(console, version, on=on)
    except Refused as problem:
        state.set_note(str(problem))
    else:
        state.set_note("")


def later_text(view: HostView, words: Words) -> str:
    """Say what the round weeks later needs; empty where it cannot be opened."""
    if Action.LATER not in view.allowed_actions:
        return ""
    return words("teach.later-text", n=view.awaited, days=resources.keep_days())
