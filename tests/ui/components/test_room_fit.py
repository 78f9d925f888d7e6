"""The room's screen fits its window; what the script does is tested in a browser."""

from explorer.content.load import Content
from tests.ui.components.drawn import drawn, mounted


def watch(words: object) -> None:
    from explorer.ui.components import room_fit

    room_fit.watch(words, key="k")


def test_the_buttons_are_in_our_words(content: Content) -> None:
    """The browser is told what stands on the two buttons, and nothing of the class."""
    told = mounted(drawn(watch, content.catalogue.words))["explorer_room_fit"]
    assert told == {"full": "Full screen", "contrast": "Strong contrast"}
