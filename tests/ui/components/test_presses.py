"""What a press on our own HTML becomes; the script itself is run in a browser."""

from tests.ui.components.drawn import drawn, mounted, tell


def both() -> None:
    import streamlit as st

    from explorer.ui.components import presses

    def keep(name: str) -> object:
        return lambda value: st.session_state.__setitem__(name, value)

    presses.links(keep("link"), key="page.links")
    presses.boxes(keep("boxes"), ("one",), key="page.boxes")


def test_a_press_on_a_link_reaches_the_page() -> None:
    """What the link says comes as a text."""
    app = tell(drawn(both), "page.links", "step:facts")
    assert app.session_state["link"] == "step:facts"


def test_ticked_boxes_come_together() -> None:
    """All of a list at each tick, so that none is lost when two come at once."""
    app = tell(drawn(both), "page.boxes", ["one", "two"])
    assert app.session_state["boxes"] == ("one", "two")
    assert mounted(app)["explorer_presses"]["picked"] == ["one"]


def test_what_no_page_reports_is_left_alone() -> None:
    """Another kind of value does nothing, and a long one is cut."""
    app = tell(drawn(both), "page.links", {"a": 1})
    assert "link" not in app.session_state
    app = tell(drawn(both), "page.boxes", "one")
    assert "boxes" not in app.session_state
    app = tell(drawn(both), "page.links", "x" * 5000)
    assert len(app.session_state["link"]) == 60
    app = tell(drawn(both), "page.boxes", ["x" * 5000] * 900)
    assert [len(item) for item in app.session_state["boxes"]] == [60] * 40
