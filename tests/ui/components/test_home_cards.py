"""A card of the first page."""

from tests.ui.components.drawn import drawn


def card() -> None:
    import streamlit as st

    from explorer import paths
    from explorer.ui.components import home_cards
    from tests.shipped import shipped

    words = shipped().catalogue.words
    st.navigation([st.Page(paths.PAGES / "compare.py")], position="hidden")
    home_cards.show(words, title="teach", card="teach-compare", page="compare")


def test_a_card_has_a_title_a_text_and_one_link() -> None:
    """The words of title and text have keys of their own."""
    app = drawn(card)
    assert [item.value for item in app.header] == ["I teach"]
    assert len(app.markdown) == 1
    assert len(app.get("page_link")) == 1
