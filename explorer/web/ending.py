"""Signals: HUP is harmless, and TERM ends the process in a bounded time whatever waits."""

import os
import signal
from collections.abc import Callable
from threading import Timer
from typing import Any, Final

LONGEST_END: Final = 15.0
"""Seconds after TERM in which phones are told and connections closed; then the process ends."""

KILLED: Final = 128 + signal.SIGTERM
"""The exit code of a process that did not end by itself."""


def bound_ending(
    longest: float = LONGEST_END, leave: Callable[[int], object] = os._exit
) -> Callable[[], None]:
    """Ignore HUP, which log rotation sends, and bound the time that ending takes after TERM.

    For the main thread, once the server has set its own handlers, which are called as before.

    Args:
        longest: seconds from TERM to the end.
        leave: ends the process at once.

    Returns:
        What puts the handlers back.
    """
    held = {signal.SIGTERM: signal.getsignal(signal.SIGTERM)}
    if hasattr(signal, "SIGHUP"):  # not on Windows
        held[signal.SIGHUP] = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    before = held[signal.SIGTERM]

    def end(number: int, frame: Any) -> None:
        timer = Timer(longest, leave, (KILLED,))
        timer.daemon = True
        timer.start()
        if callable(before):
            before(number, frame)
        elif before is signal.SIG_DFL:
            leave(KILLED)

    signal.signal(signal.SIGTERM, end)

    def put_back() -> None:
        for number, handler in held.items():
            signal.signal(number, handler)

    return put_back
