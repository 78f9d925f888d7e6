"""What is known before a quiz starts: the medicines of the address, and what the tab has shown."""

from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.quiz_address import asked_about
from explorer.ui.components import tab_storage
from explorer.ui.state import browser
from explorer.ui.state import quiz as state


def named(content: Content) -> tuple[str, ...]:
    """Return the medicines that the address names, and say what was left out of it."""
    known, unknown, unasked = asked_about(content.catalogue, browser.options_in_address())
    words = content.catalogue.words
    for key, names in (("quiz.unknown", unknown), ("quiz.unasked", unasked)):
        if names:
            said = escape(words(key, names=", ".join(names)))
            st.html(f'<p class="ax-together" role="status">{said}</p>')
    return known


def hold_seen() -> None:
    """Hold in the tab what it has shown, or read it from there after a reload."""
    if state.seen():
        tab_storage.save(state.SEEN_STORE, state.seen_text(), key="quiz.seen.save")
    else:
        state.take_up_seen(tab_storage.load(state.SEEN_STORE, key="quiz.seen.load") or "")
