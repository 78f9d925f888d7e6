"""The line beside a field whose letters no shipped font has."""

from streamlit.testing.v1 import AppTest


def note() -> None:
    import streamlit as st

    from explorer.ui.components import unprintable
    from tests.shipped import shipped

    unprintable.note(shipped().catalogue.words, st.text_input("Note", key="note"))


def test_letters_without_a_font_are_told_before_they_are_printed() -> None:
    """Nothing is said of letters that can be printed, Arabic and an emoji among them."""
    page = AppTest.from_function(note).run()
    assert not page.caption
    page.text_input(key="note").input("Sore hands \u0645\u062a\u0649 \U0001f600").run()
    assert not page.caption
    page.text_input(key="note").input("\u13a0\u13a1").run()
    assert len(page.caption) == 1
