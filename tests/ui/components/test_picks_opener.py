"""The button that opens saved picks: what it reports, and to whom."""

import pytest

from tests.ui.components.drawn import drawn, mounted, tell


def page() -> None:
    import streamlit as st

    from explorer.ui.components import picks_opener

    def take(kind: str, text: str) -> None:
        st.session_state["taken"] = f"{kind} {len(text)} {text[:20]}"

    picks_opener.show(
        lambda text: take("file", text), lambda text: take("link", text), label="Open"
    )
    st.text(st.session_state.get("taken", "nothing"))


def test_the_button_has_its_words() -> None:
    """The label is ours, so that it can be translated and read aloud."""
    assert mounted(drawn(page))["explorer_picks_opener"] == {
        "label": "Open",
        "name": "picks",
    }


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ("file:{}", "file 2 {}"),
        ("link:abc", "link 3 abc"),
        ("file:" + "x" * 160_000, "file 120005 " + "x" * 20),
        ("else:abc", "nothing"),
        (["file:{}"], "nothing"),
        ({"file": "{}"}, "nothing"),
        (None, "nothing"),
    ],
)
def test_what_is_no_text_of_ours_is_not_taken(told: object, taken: str) -> None:
    """A file and a link reach their takers, cut to a bounded length; anything else is dropped."""
    app = tell(drawn(page), "visit.open", told)
    assert [item.value for item in app.text] == [taken]
