"""The choice of what stands between the cells of a CSV file."""

from streamlit.testing.v1 import AppTest


def choose() -> None:
    import streamlit as st

    from explorer.ui.components import csv_separator
    from tests.shipped import shipped

    words = shipped().catalogue.words
    st.text(csv_separator.choose(words, key="separator").character)


def test_the_comma_comes_first_and_the_semicolon_can_be_chosen() -> None:
    """Spreadsheets of many countries open a file with commas as one column."""
    page = AppTest.from_function(choose).run()
    assert page.text[0].value == ","
    page.selectbox(key="separator").select("semicolon").run()
    assert page.text[0].value == ";"
