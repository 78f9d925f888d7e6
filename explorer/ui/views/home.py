"""The first page: its message, a card for each of three readers, and what the site does not do."""

from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue
from explorer.paths import PAGES
from explorer.ui.components import home_cards


def show(catalogue: Catalogue) -> None:
    """Show the page.

    Without questions, the cards of those who teach or check lead to the comparison.
    """
    words = catalogue.words
    st.html(f'<p class="ax-message">{escape(words("home.message"))}</p>')
    has_quiz = bool(catalogue.bank.questions)
    cards = (
        ("visit", "visit", "compare"),
        ("teach", "teach", "teach") if has_quiz else ("teach", "teach-compare", "compare"),
        ("quiz", "quiz", "quiz") if has_quiz else ("quiz", "quiz-compare", "compare"),
    )
    for column, (title, card, page) in zip(st.columns(len(cards)), cards, strict=True):
        with column:
            home_cards.show(words, title=title, card=card, page=page)
    if catalogue.guide:
        st.markdown(words("home.guide-text"))
        st.page_link(PAGES / "guide.py", label=words("home.guide-link"))
    st.header(words("home.limits-title"), anchor=False)
    st.markdown(words("home.limits"))
