"""A trouble of the store: one line in the log when it begins, and one when it ends."""

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Final

QUIET: Final = 3.0
"""Seconds without a failure after which a success ends a trouble, so that one that comes and goes
is one trouble."""

_log = logging.getLogger(__name__)


class Trouble:
    """What fails now, since when, and how often. Thread-safe.

    Args:
        what: what fails, as the log says it: "nothing was saved".
        clock: seconds that only go forward.
        hide: cuts secrets out of a reason.
    """

    def __init__(
        self,
        what: str,
        clock: Callable[[], float] = time.monotonic,
        *,
        hide: Callable[[str], str] = str,
    ) -> None:
        self._what = what
        self._hide = hide
        self._clock = clock
        self._lock = Lock()
        self._since: float | None = None
        self._last = 0.0
        self._times = 0
        self._is_failing = False

    def failed(self, reason: str) -> None:
        """Record a failure; the first one is a line in the log."""
        with self._lock:
            now = self._clock()
            is_new = self._since is None
            if self._since is None:
                self._since, self._times = now, 0
            self._last, self._times, self._is_failing = now, self._times + 1, True
        if is_new:
            _log.error("%s: %s", self._what, self._hide(reason))

    def worked(self, *, is_trial: bool = False) -> None:
        """Record a success; the first one after a while without failures is a line in the log.

        Args:
            is_trial: it worked with something that nobody needs. Where there is no room for an
                answer, there may be room for that: it ends a trouble only after such a while.
        """
        if self._since is None:  # nearly always: no lock
            return
        with self._lock:
            since, now = self._since, self._clock()
            if is_trial and now - self._last < QUIET:
                return
            self._is_failing = False
            if since is None or now - self._last < QUIET:
                return
            self._since = None
        _log.warning(
            "over: %s; it lasted %.0f seconds and failed %d times",
            self._what,
            self._last - since,
            self._times,
        )

    def seconds(self) -> float | None:
        """Return for how long it has failed, or None where the last attempt worked."""
        with self._lock:
            return (
                self._clock() - self._since
                if self._is_failing and self._since is not None
                else None
            )
