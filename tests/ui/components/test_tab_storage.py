"""The tab's storage: what is sent to the browser, and what comes back from it."""

from types import SimpleNamespace
from typing import Any

import pytest

from explorer.ui.components import tab_storage
from tests.ui.components.drawn import drawn, mounted


def save() -> None:
    from explorer.ui.components import tab_storage

    tab_storage.save("a.name", '{"a": 1}', key="k")


def clear() -> None:
    from explorer.ui.components import tab_storage

    tab_storage.clear("a.name", key="k")


def load() -> None:
    import streamlit as st

    from explorer.ui.components import tab_storage
    from explorer.ui.state import browser

    st.text(repr((tab_storage.load("a.name", key="k"), browser.storage_is_denied())))


def test_a_text_goes_into_the_tab_as_it_is() -> None:
    """It is JSON text already, and nothing makes it into values and back."""
    data = mounted(drawn(save))["explorer_tab_storage"]
    assert data == {"action": "save", "name": "a.name", "value": '{"a": 1}'}


def test_a_text_is_removed_by_name() -> None:
    """Only what has the name goes."""
    assert mounted(drawn(clear))["explorer_tab_storage"] == {"action": "clear", "name": "a.name"}


def test_before_the_browser_answers_there_is_nothing() -> None:
    """The first run knows of no text, and says nothing of storage."""
    assert drawn(load).text[0].value == "(None, False)"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"found": '{"a": 1}', "denied": False}, """('{"a": 1}', False)"""),
        ({"found": "", "denied": False}, "('', False)"),
        ({"found": None, "denied": True}, "(None, True)"),
        ({"found": None, "denied": None}, "(None, False)"),
        ({}, "(None, False)"),
    ],
)
def test_what_the_browser_answers(
    monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], said: str
) -> None:
    """A text, a refusal, or nothing."""
    monkeypatch.setattr(tab_storage, "_component", lambda **_: SimpleNamespace(**answer))
    assert drawn(load).text[0].value == said
