"""The button that opens a file with questions: what it reports, and to whom."""

from base64 import b64encode

import pytest

from tests.ui.components.drawn import drawn, mounted, tell


def page() -> None:
    import streamlit as st

    from explorer.ui.components import questions_opener

    def take(raw: bytes | None) -> None:
        st.session_state["taken"] = repr(raw)

    questions_opener.show(take, label="Open", key="file")
    st.text(st.session_state.get("taken", "nothing"))


def test_the_button_has_its_words_and_its_bound() -> None:
    """The label is ours, and the browser sends no file that a page may not send."""
    assert mounted(drawn(page))["explorer_questions_opener"] == {"label": "Open", "most": 150_000}


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        (f"file:{b64encode(bytes(range(256))).decode()}", repr(bytes(range(256)))),
        ("file:no base64!", "b''"),
        ("file:żółć", "b''"),
        ("file:" + "A" * 300_001, "None"),
        ("large:", "None"),
        ("else:AAAA", "nothing"),
        ({"file": "AAAA"}, "nothing"),
        (None, "nothing"),
    ],
)
def test_what_is_no_file_of_ours_is_not_taken(told: object, taken: str) -> None:
    """The bytes reach their taker; what a script of somebody else wrote is none."""
    app = tell(drawn(page), "file", told)
    assert [item.value for item in app.text] == [taken]
