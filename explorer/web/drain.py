"""Draining: a process that will be updated takes no new visitors; its classes come to their end.

USR1 begins it. From then on ``/readyz`` says ``draining``, a new visitor is sent away with 503,
which a proxy in front hands on to another process, and everybody who is here goes on: pages that
are open, phones of a class, whoever joins one, and the pages of who teaches. The process ends by
itself once no class is being taught and nobody uses a page, or after a bound.
"""

import asyncio
import logging
import signal
from collections.abc import Callable
from time import monotonic
from typing import Any, Final

LOOK: Final = 5.0
"""Seconds between two looks whether a class is being taught."""

QUIET: Final = 120.0
"""Seconds without a press after which nobody uses a page here."""

READING: Final = 600.0
"""Seconds for which pages alone, without a class, hold the process."""

RETURN: Final = 60.0
"""Seconds after loading a page of who teaches in which its socket is let in."""

_log = logging.getLogger(__name__)


class Drain:
    """Whether this process takes new visitors; off until ``begin`` is called.

    Args:
        longest: seconds from ``begin`` until the process ends whatever is going on.
        clock: seconds that only go forward.
    """

    def __init__(
        self, longest: float = float("inf"), *, clock: Callable[[], float] = monotonic
    ) -> None:
        self._longest = longest
        self._clock = clock
        self._begun: float | None = None
        self._asked = asyncio.Event()

    @property
    def is_on(self) -> bool:
        """Whether new visitors are sent away."""
        return self._begun is not None

    def begin(self) -> None:
        """Send new visitors away from now on; for the event loop. A second call changes nothing."""
        if self._begun is None:
            self._begun = self._clock()
            self._asked.set()

    def is_over(self, taught: int, quiet: float) -> bool:
        """Return whether the process may end.

        Args:
            taught: how many classes are being taught.
            quiet: seconds since somebody used a page.
        """
        if self._begun is None:
            return False
        passed = self._clock() - self._begun
        return passed >= self._longest or (
            taught == 0 and (quiet >= QUIET or passed >= min(READING, self._longest))
        )

    async def until_over(
        self, taught: Callable[[], int], quiet: Callable[[], float], *, look: float = LOOK
    ) -> None:
        """Wait until draining was asked for, and then until the process may end.

        Args:
            taught: counts the classes that are being taught; it may block. Where it cannot tell it
                says that there are some: nobody's class ends because a database is away.
            quiet: seconds since somebody used a page.
            look: seconds between two looks.
        """
        await self._asked.wait()
        _log.warning(
            "draining: no new visitors; ends when no class is taught, or in %.0f minutes",
            self._longest / 60,
        )
        before = -1
        while not self.is_over(found := await asyncio.to_thread(taught), quiet()):
            if found != before:
                _log.warning("draining: classes that are being taught: %d", found)
                before = found
            await asyncio.sleep(look)
        _log.warning("draining: over, with %d classes being taught", found)


def listen_for_drain(drain: Drain) -> Callable[[], None]:
    """Let USR1 begin draining; for the main thread, inside the event loop.

    Returns:
        What puts the handler back.
    """
    if not hasattr(signal, "SIGUSR1"):  # Windows: there is no such signal
        return lambda: None
    loop = asyncio.get_running_loop()

    def begin(_number: int, _frame: Any) -> None:
        loop.call_soon_threadsafe(drain.begin)

    before = signal.signal(signal.SIGUSR1, begin)

    def put_back() -> None:
        signal.signal(signal.SIGUSR1, before)

    return put_back
