"""A part of a page is drawn again by a signal, and a page that is gone listens no more."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from explorer.ui import page_push


class Page:
    """A page as Streamlit knows it, whose loop does at once what it is asked."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self.parts = {"part"}
        self._event_loop = SimpleNamespace(call_soon_threadsafe=lambda call, *given: call(*given))
        self._client_state = SimpleNamespace(page_script_hash="hash", query_string="a=b")

    def has_fragment(self, name: str) -> bool:
        return name in self.parts

    def request_rerun(self, state: Any) -> None:
        assert (state.page_script_hash, state.query_string) == ("hash", "a=b")
        self.drawn.append(state.fragment_id)


class Signal:
    """Somebody to listen to."""

    def __init__(self) -> None:
        self.heard: list[Callable[[], None]] = []

    def listen(self, heard: Callable[[], None]) -> Callable[[], None]:
        self.heard.append(heard)
        return lambda: self.heard.remove(heard)

    def tell(self) -> None:
        for heard in tuple(self.heard):
            heard()


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Page]]:
    """Give the pages that are connected; the first one draws now."""
    made = {"one": Page(), "two": Page()}
    runtime = SimpleNamespace(get_app_session=made.get)
    exists = SimpleNamespace(exists=lambda: True, instance=lambda: runtime)
    monkeypatch.setattr(page_push, "Runtime", exists)
    draws_on(monkeypatch, "one")
    yield made
    for place in tuple(page_push._following):
        page_push._drop(place)


def draws_on(monkeypatch: pytest.MonkeyPatch, page: str | None) -> None:
    context = None if page is None else SimpleNamespace(session_id=page)
    monkeypatch.setattr(page_push, "get_script_run_ctx", lambda **_: context)
    state = SimpleNamespace(get=lambda: SimpleNamespace(fragment_id="part"))
    monkeypatch.setattr(page_push, "ThreadState", state)


def test_a_part_is_drawn_at_each_signal_and_listens_once(pages: dict[str, Page]) -> None:
    """Drawn again, it does not listen twice."""
    signal = Signal()
    for _ in range(3):
        page_push.follow(signal.listen)
    assert len(signal.heard) == 1
    signal.tell()
    signal.tell()
    assert pages["one"].drawn == ["part", "part"]
    assert pages["two"].drawn == []


@pytest.mark.parametrize("gone", ["page", "part"])
def test_who_is_gone_listens_no_more(pages: dict[str, Page], gone: str) -> None:
    """A closed page, and one that shows another part, are let go at the next signal."""
    signal = Signal()
    page_push.follow(signal.listen)
    page = pages["one"]
    if gone == "page":
        del pages["one"]
    else:
        page.parts.clear()
    signal.tell()
    assert (signal.heard, page.drawn, page_push.followed()) == ([], [], 0)


def test_pages_that_are_gone_are_let_go_when_another_comes(
    pages: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A class that nobody moves any more holds no page."""
    quiet, signal = Signal(), Signal()
    page_push.follow(quiet.listen)
    del pages["one"]
    draws_on(monkeypatch, "two")
    page_push.follow(signal.listen)
    assert (len(quiet.heard), len(signal.heard)) == (0, 1)


def test_a_refusal_to_listen_leaves_nothing_behind(pages: dict[str, Page]) -> None:
    """The next drawing tries again."""

    def refuse(heard: Callable[[], None]) -> Callable[[], None]:
        raise KeyError(heard)

    with pytest.raises(KeyError):
        page_push.follow(refuse)
    assert page_push.followed() == 0


def test_without_a_page_nothing_is_followed(
    pages: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script that runs by itself has no page to draw."""
    draws_on(monkeypatch, None)
    page_push.follow(Signal().listen)
    assert page_push.followed() == 0
