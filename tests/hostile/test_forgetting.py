"""What somebody typed is forgotten when they have left, and the pages say how soon."""

import asyncio

import pytest

from explorer import memory
from explorer.content.load import Content
from explorer.web import bounds
from tests.hostile.tab import run

SAID = ("frame.privacy", "quiz.privacy")


def test_a_closed_page_is_forgotten_within_five_minutes() -> None:
    """The bound of the time, with what comes after it."""
    from explorer import page_store

    longest = max(bounds.LEFT, bounds.ENDED)
    assert longest + page_store.DELAY + page_store.MOMENT < 300


@pytest.mark.parametrize("key", SAID)
def test_the_pages_say_how_long_it_is_held(content: Content, key: str) -> None:
    """Minutes after closing, half an hour after a lost line; never "gone at once"."""
    said = content.catalogue.words(key)
    assert "some minutes" in said
    assert "half an hour" in said


def test_releasing_needs_no_page_and_harms_nothing() -> None:
    """It can be called at any time, also where the C library is not GNU's."""
    memory.release()


def test_small_blocks_are_overwritten() -> None:
    """A text that Python freed is not found any more in the block that it had."""
    import ctypes

    text = "knee ache, and " + "x" * 40
    made = (text + "y").encode().decode()  # not interned
    place = id(made)
    size = made.__sizeof__()
    del made
    memory.release()
    assert text.encode() not in ctypes.string_at(place, size)


def test_pages_are_forgotten_by_the_loop_alone() -> None:
    """Nothing has to call for it: a timer of the event loop does it."""

    async def wait() -> list[str]:
        from explorer.web.bounds import bounds as made
        from explorer.web.pages import Page, Pages

        gone: list[str] = []
        limits = made(pages=5, per_address=0, address_share=40, open_files=1000)
        pages = Pages(limits, gone.append, kept=0.05, left=0.01)
        page = Page(pages.address("192.0.2.1"), b"mine")
        pages.connect(page)
        pages.set_session(page, "one")
        pages.disconnect(page, was_left=True)
        await asyncio.sleep(0.03)
        return gone

    assert run(wait()) == ["one"]
