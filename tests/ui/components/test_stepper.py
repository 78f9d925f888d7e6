"""The five steps, where what is entered is held, and the way to clear it all."""

from explorer.domain.compare_url import Choice
from tests.ui.components.drawn import drawn, html, mounted

CHOICE = Choice(condition="ra", options=("anakinra", "methotrexate")).model_dump_json()


def show() -> None:
    import streamlit as st

    from explorer.ui.components import stepper
    from tests.shipped import shipped

    with st.container():
        stepper.show(shipped().catalogue.words, ("options", "facts"))


def test_the_steps_of_this_page_are_the_current_ones() -> None:
    """Five steps, two of them current."""
    text = html(drawn(show))
    assert text.count("<li") == 5
    assert text.count('aria-current="step"') == 2


def test_without_anything_entered_there_is_nothing_to_clear() -> None:
    """The way to clear comes with the first choice."""
    assert list(drawn(show).button) == []
    assert [item.key for item in drawn(show, compare__choice=CHOICE).button] == ["path.start-again"]
    empty = Choice().model_dump_json()
    assert list(drawn(show, compare__choice=empty).button) == []


def test_clearing_leaves_nothing_and_says_so() -> None:
    """Session and tab are cleared, and a line says it."""
    app = drawn(show, compare__choice=CHOICE, visit__state="{}", visit__step="sheet")
    app.button(key="path.start-again").click().run()
    assert not app.exception
    for key in ("compare.choice", "visit.state", "visit.step"):
        assert key not in app.session_state
    assert "is cleared" in html(app)
    assert mounted(app)["explorer_tab_storage"]["action"] == "clear"


def test_where_the_browser_holds_nothing_the_line_says_so() -> None:
    """The usual line would be untrue there."""
    held = drawn(show)
    assert "in this browser tab" in held.caption[0].value
    denied = drawn(show, **{"browser__storage-denied": True})
    assert "does not let us hold" in denied.caption[0].value
    assert len(denied.caption) == len(held.caption) == 1
