"""The thin line of steps, and the way to clear it all."""

from explorer.domain.compare_url import Choice
from tests.ui.components.drawn import drawn, html, mounted

CHOICE = Choice(condition="ra", options=("anakinra", "methotrexate")).model_dump_json()


def show() -> None:
    import streamlit as st

    from explorer.ui.components import stepper
    from tests.shipped import shipped

    words = shipped().catalogue.words
    with st.container():
        stepper.show(words, "facts", is_chosen=True)
        stepper.start_again(words)


def too_early() -> None:
    from explorer.ui.components import stepper
    from tests.shipped import shipped

    stepper.show(shipped().catalogue.words, "choose", is_chosen=False)


def test_the_steps_are_links_and_one_is_the_current_one() -> None:
    """Four steps; the one before is marked as done, and the current one leads nowhere."""
    text = html(drawn(show))
    assert text.count("<li") == 4
    assert text.count('aria-current="step"') == 1
    assert text.count('class="ax-done"') == 1
    assert text.count("data-ax-go=") == 3
    assert '<span aria-current="step">Compare</span>' in text


def test_a_step_without_anything_to_show_is_no_link() -> None:
    """What cannot be opened yet does not look as if it could."""
    text = html(drawn(too_early))
    assert text.count("data-ax-go=") == 0
    assert "<span>My sheet</span>" in text


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


def test_where_the_browser_holds_nothing_a_line_says_so() -> None:
    """The line in the fold at the foot would be untrue there."""
    assert "does not let us hold" not in html(drawn(show))
    assert "does not let us hold" in html(drawn(show, **{"browser__storage-denied": True}))
