"""A card of the first page: for whom it is, what they find, and the link."""

import streamlit as st

from explorer.domain.words import Words
from explorer.paths import PAGES


def show(words: Words, *, title: str, card: str, page: str) -> None:
    """Draw a card.

    Args:
        words: interface words.
        title: part of the words' key of the title, ``home.<title>-title``.
        card: part of the words' keys of text and link, ``home.<card>-text``.
        page: name of the page that the card leads to.
    """
    with st.container(border=True, height="stretch"):
        st.header(words(f"home.{title}-title"), anchor=False)
        st.markdown(words(f"home.{card}-text"))
        st.page_link(PAGES / f"{page}.py", label=words(f"home.{card}-link"))
