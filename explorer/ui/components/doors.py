"""The message of the first page and its three doors."""

from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue
from explorer.paths import PAGES


def show(catalogue: Catalogue) -> None:
    """Show the message, a door for each of three readers, and what the site does not do.

    Without questions, the doors of those who teach or check lead to the comparison.
    """
    words = catalogue.words
    has_quiz = bool(catalogue.bank.questions)
    doors = (
        ("visit", "visit", "compare"),
        ("teach", "teach", "teach") if has_quiz else ("teach", "teach-compare", "compare"),
        ("quiz", "quiz", "quiz") if has_quiz else ("quiz", "quiz-compare", "compare"),
    )
    st.html(f'<p class="ax-message">{escape(words("home.message"))}</p>')
    for column, (title, door, page) in zip(st.columns(len(doors)), doors, strict=True):
        with column.container(border=True, height="stretch"):
            st.header(words(f"home.{title}-title"), anchor=False)
            st.markdown(words(f"home.{door}-text"))
            st.page_link(PAGES / f"{page}.py", label=words(f"home.{door}-link"))
    if catalogue.guide:
        st.markdown(words("home.guide-text"))
        st.page_link(PAGES / "guide.py", label=words("home.guide-link"))
    st.header(words("home.limits-title"), anchor=False)
    st.markdown(words("home.limits"))
