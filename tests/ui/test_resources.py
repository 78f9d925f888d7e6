"""What all visitors share is rendered once, however many ask for it together."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from explorer.domain.compare_url import Choice
from explorer.export import comparison_screen, medicine_html
from explorer.ui import resources

MANY = 8


def _slowly(calls: list[object], made: Any) -> Any:
    """Return a function that does as ``made`` does, takes a while and notes each call."""

    def render(*arguments: Any, **named: Any) -> Any:
        calls.append(arguments)
        time.sleep(0.05)
        return made(*arguments, **named)

    return render


def _together(ask: Any) -> list[Any]:
    """Ask from many threads at one instant."""
    ready = Barrier(MANY)

    def one(_: int) -> Any:
        ready.wait()
        return ask()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def test_a_comparison_that_many_open_at_once_is_rendered_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A link that a whole room opens costs one rendering; nobody gets another page than the rest."""
    calls: list[object] = []
    resources.screen.cache_clear()  # type: ignore[attr-defined]
    slow = _slowly(calls, comparison_screen.pieces)
    monkeypatch.setattr(comparison_screen, "pieces", slow)
    choice = Choice(condition="gout-flares", options=("anakinra", "canakinumab"))
    pages = _together(lambda: resources.screen(choice, differences_only=True))
    assert len(calls) == 1
    assert all(page is pages[0] for page in pages)


def test_a_medicine_that_many_open_at_once_is_rendered_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same holds for a page of one medicine."""
    calls: list[object] = []
    resources._medicine.cache_clear()  # type: ignore[attr-defined]  # another test may have asked
    monkeypatch.setattr(medicine_html, "pieces", _slowly(calls, medicine_html.pieces))
    _together(lambda: resources.medicine_pieces("rilonacept"))
    assert len(calls) == 1


def test_a_rendering_that_failed_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who waited for it do not wait for ever, and an error is not kept."""

    def fail(*_: object, **__: object) -> dict[str, str]:
        raise RuntimeError("once")

    choice = Choice(condition="gout-flares", options=("canakinumab",))
    with monkeypatch.context() as broken:
        broken.setattr(comparison_screen, "pieces", fail)
        with pytest.raises(RuntimeError):
            resources.screen(choice, differences_only=False)
    assert resources.screen(choice, differences_only=False)[1]
