"""HUP is harmless, TERM ends in a bounded time."""

import os
import signal
from threading import Event

from explorer.web.ending import KILLED, bound_ending


def test_hup_ends_nothing_and_term_ends_what_hangs() -> None:
    """Log rotation sends HUP; after TERM the server's own handler is called, and then the clock."""
    asked, ended, codes = Event(), Event(), []
    before = signal.signal(signal.SIGTERM, lambda *_: asked.set())

    def leave(code: int) -> None:
        codes.append(code)
        ended.set()

    put_back = bound_ending(0.01, leave)
    try:
        os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGTERM)
        assert asked.wait(5)
        assert ended.wait(5)
    finally:
        put_back()
        signal.signal(signal.SIGTERM, before)
    assert codes == [KILLED]
