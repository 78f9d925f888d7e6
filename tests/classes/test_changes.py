"""Who waits for a change of a class is told once, of each."""

import time

import pytest

from explorer.classes.changes import Changes
from explorer.store.memory import MemoryStore
from tests.store.test_contract import kept, play, session


class Quick(MemoryStore):
    """A store that another process changes, which is found at once."""

    def wait(self, seconds: float) -> None:
        """Sleep a moment."""
        time.sleep(0.005)


def until(heard: list[str], length: int) -> list[str]:
    """Wait until so much was heard."""
    end = time.monotonic() + 5
    while len(heard) < length and time.monotonic() < end:
        time.sleep(0.005)
    return heard


def test_each_change_is_told_once_wherever_it_was_made() -> None:
    """By this process at once, by another one at a look, and that a class was deleted too."""
    store, heard = Quick(), []
    given = kept(store)
    changes = Changes(store)
    leave = changes.listen(given.id, given.version, heard.append)
    other = kept(store, session("t"))
    moved = play(store, given, "next")
    changes.tell(given.id, moved.version)
    play(store, other, "next")
    assert heard == [given.id]
    moved = play(store, moved, "show")
    assert until(heard, 2) == [given.id] * 2
    changes.tell(given.id, moved.version)
    store.delete(given.id)
    assert until(heard, 3) == [given.id] * 3
    leave()
    changes.tell(given.id)
    changes.close()
    assert heard == [given.id] * 3


def test_who_fails_to_listen_costs_nobody_the_next_change(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A page whose loop has ended raises: that is a line, and the next change is heard."""
    monkeypatch.setattr("explorer.classes.changes.RETRY", 0.01)
    store, heard = Quick(), []
    given = kept(store)
    changes = Changes(store)

    def hear(session_id: str) -> None:
        heard.append(session_id)
        if len(heard) == 1:
            raise RuntimeError("Event loop is closed")

    leave = changes.listen(given.id, given.version, hear)
    moved = play(store, given, "next")
    until(heard, 1)
    play(store, moved, "show")
    assert until(heard, 2) == [given.id] * 2
    leave()
    changes.close()
    assert caplog.messages == ["a look for changes failed: RuntimeError"]
