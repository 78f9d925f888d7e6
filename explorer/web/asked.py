"""A blocking question that is asked at most once at a time, in a thread that nothing waits for."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Final, Generic, TypeVar

PATIENCE: Final = 2.0
"""Seconds after which what has not answered counts as silent."""

KEPT: Final = 10.0
"""Seconds for which an answer is given again."""

_T = TypeVar("_T")


class Asked(Generic[_T]):
    """Asks for a value, such as figures of the store, for the event loop.

    Args:
        ask: the question; it may block, and gives None where it has no answer.
        clock: seconds that only go forward.
        patience: seconds to wait for it.
        kept: seconds for which an answer is given again.
    """

    def __init__(
        self,
        ask: Callable[[], _T | None],
        *,
        clock: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
        kept: float = KEPT,
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._patience = patience
        self._kept = kept
        self._lock = Lock()
        self._asked: Future[_T | None] | None = None
        self._begun = 0.0

    async def answer(self) -> _T | None:
        """Return the value, or None where there is none, or none yet."""
        with self._lock:
            asked, age = self._asked, self._clock() - self._begun
            if asked is None or (asked.done() and age >= self._kept):
                asked, age = Future(), 0.0
                asked.set_running_or_notify_cancel()  # whoever waits no more does not end it
                self._asked, self._begun = asked, self._clock()
                Thread(target=self._answer, args=(asked,), name="figures", daemon=True).start()
        waiting = asyncio.wrap_future(asked)
        await asyncio.wait({waiting}, timeout=max(0.0, self._patience - age))
        return waiting.result() if waiting.done() else None

    def _answer(self, asked: "Future[_T | None]") -> None:
        found: _T | None = None
        try:
            found = self._ask()
        finally:
            asked.set_result(found)
