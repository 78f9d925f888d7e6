"""The message of the first page and its three doors."""

from html import escape

import streamlit as st

from explorer.domain.words import Words
from explorer.paths import PAGES

_DOORS = ("visit", "teach", "nurse")


def show(words: Words) -> None:
    """Show the message, a door for each of three readers, and what the site does not do."""
    st.html(f'<p class="ax-message">{escape(words("home.message"))}</p>')
    for column, door in zip(st.columns(len(_DOORS)), _DOORS, strict=True):
        with column.container(border=True, height="stretch"):
            st.header(words(f"home.{door}-title"), anchor=False)
            st.markdown(words(f"home.{door}-text"))
            st.page_link(PAGES / "compare.py", label=words(f"home.{door}-link"))
    st.header(words("home.limits-title"), anchor=False)
    st.markdown(words("home.limits"))
