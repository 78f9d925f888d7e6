"""Scrolling to a link's place and to a new step."""

from tests.ui.components.drawn import drawn, mounted


def both() -> None:
    from explorer.ui.components import anchors, presses

    presses.scroll_to_place(key="scroll")
    anchors.move_to("a-place", stage="2.shown", key="move")


def test_each_has_its_own_script() -> None:
    """The place and the stage go to the browser; the fragment is read there."""
    found = mounted(drawn(both))
    assert found["explorer_move"] == {"place": "a-place", "stage": "2.shown"}
    assert "explorer_presses" in found
