"""The message of the first page and its three doors."""

from html import escape

import streamlit as st

from explorer.domain.words import Words
from explorer.paths import PAGES


def show(words: Words, *, has_quiz: bool) -> None:
    """Show the message, a door for each of three readers, and what the site does not do.

    Args:
        words: interface words.
        has_quiz: whether there is a quiz to open; without one, its door leads to the facts.
    """
    quiz = ("nurse-quiz", "quiz") if has_quiz else ("nurse", "compare")
    doors = (("visit", "compare"), ("teach", "teach" if has_quiz else "compare"), quiz)
    st.html(f'<p class="ax-message">{escape(words("home.message"))}</p>')
    for column, (door, page) in zip(st.columns(len(doors)), doors, strict=True):
        with column.container(border=True, height="stretch"):
            st.header(words(f"home.{door}-title"), anchor=False)
            st.markdown(words(f"home.{door}-text"))
            st.page_link(PAGES / f"{page}.py", label=words(f"home.{door}-link"))
    st.header(words("home.limits-title"), anchor=False)
    st.markdown(words("home.limits"))
