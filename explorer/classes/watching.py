"""Looking at a class without losing sight of it: the last state stays while the store is away."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from threading import Lock, Thread
from typing import Final

from explorer.classes.host_views import HostView
from explorer.classes.keys import hash_secret
from explorer.domain.base import Frozen
from explorer.domain.sessions import Unavailable, Unreadable

PATIENCE: Final = 2.5
"""Seconds after which a store that has not answered is away."""

_HELD: Final = 128
"""Last states that are held."""


class Look(Frozen):
    """What a host or the room's screen sees.

    ``age`` is None for the state of now, else how many seconds ago it was the state. ``unsaved`` is
    for how many seconds no answer could be saved, or None.
    """

    view: HostView
    age: float | None = None
    unsaved: float | None = None


class Watching:
    """Reads in a thread that nobody waits for too long, one for each key. Thread-safe.

    Args:
        clock: seconds that only go forward.
        patience: seconds to wait for the store.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, patience: float = PATIENCE
    ) -> None:
        self._clock = clock
        self._patience = patience
        self._lock = Lock()
        self._asked: dict[str, tuple[Future[HostView], float]] = {}
        self._last: dict[str, tuple[HostView, float]] = {}

    def look(
        self, key: str, read: Callable[[], HostView], unsaved: Callable[[], float | None]
    ) -> Look:
        """Read what a key shows, or return what it showed last.

        Args:
            key: the key; only a hash of it is held.
            read: reads the store; it may block.
            unsaved: see ``Look``.

        Raises:
            Refused: what reading was refused with.
            Unavailable: the store is away, and nothing was seen before.
        """
        name = hash_secret("look", key)
        asked, begun = self._ask(name, read)
        try:
            view = asked.result(max(0.0, self._patience - (self._clock() - begun)))
        except Unreadable:
            raise
        except (Unavailable, TooSlow):
            with self._lock:
                last = self._last.get(name)
            if last is None:
                raise Unavailable from None
            return Look(view=last[0], age=self._clock() - last[1], unsaved=unsaved())
        except Exception:
            with self._lock:
                self._last.pop(name, None)
            raise
        with self._lock:
            self._last.pop(name, None)
            self._last[name] = view, self._clock()
            if len(self._last) > _HELD:
                self._last.pop(next(iter(self._last)))
        return Look(view=view, unsaved=unsaved())

    def _ask(self, name: str, read: Callable[[], HostView]) -> tuple[Future[HostView], float]:
        """Return the question that is under way, or ask anew."""
        with self._lock:
            held = self._asked.get(name)
            if held is not None:
                return held
            held = self._asked[name] = Future(), self._clock()
        Thread(target=self._read, args=(name, held[0], read), daemon=True).start()
        return held

    def _read(self, name: str, asked: Future[HostView], read: Callable[[], HostView]) -> None:
        try:
            view = read()
        except Exception as error:  # told to whoever waits, as reading itself would
            found: HostView | Exception = error
        else:
            found = view
        with self._lock:
            self._asked.pop(name, None)
        if isinstance(found, Exception):
            asked.set_exception(found)
        else:
            asked.set_result(found)
