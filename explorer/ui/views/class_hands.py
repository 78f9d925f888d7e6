"""Counting hands of people without a phone, on the console."""

import streamlit as st

from explorer.classes.host_views import HostView
from explorer.domain.class_links import ClassKeys
from explorer.domain.messages import Words
from explorer.domain.option_order import letter
from explorer.domain.sessions import MOST_HANDS, Refused
from explorer.ui import resources
from explorer.ui.state import teach as state


def show(keys: ClassKeys, view: HostView, words: Words) -> None:
    """Draw a field for each option, where hands are counted now.

    Args:
        keys: the keys of the class.
        view: what the host sees.
        words: interface words.
    """
    if not view.can_count_hands or view.planned is None:
        return
    place = f"{view.place}.{view.vote}"
    with (
        st.expander(words("teach.hands-title"), key="teach-hands"),
        st.form(key=f"teach.hands.{place}", border=False),
    ):
        st.caption(words("teach.hands-text"))
        fields = []
        with st.container(horizontal=True):
            for index, option in enumerate(view.planned.question.options):
                fields.append(f"teach.hands.{place}.{option.id}")
                st.number_input(
                    words("teach.hands-of", letter=letter(index)),
                    min_value=0,
                    max_value=MOST_HANDS,
                    value=view.hands[index] if view.hands else 0,
                    step=1,
                    key=fields[-1],
                )
        st.form_submit_button(
            words("teach.hands-save"),
            on_click=_save,
            args=(keys.console, tuple(fields), view.version),
        )


def _save(console: str, fields: tuple[str, ...], version: int) -> None:
    """Save what the fields hold; a class that moved on meanwhile refuses it."""
    try:
        resources.classes().raise_hands(console, state.numbers(fields), version)
    except Refused as problem:
        state.set_note(str(problem))
    else:
        state.set_note("")
