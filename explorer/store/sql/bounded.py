"""A connection to PostgreSQL that waits for no answer longer than a phone would.

The system notices a line that is cut, with ``tcp_user_timeout`` and keep-alives; it cannot notice a
server that is frozen, or a firewall or a proxy that takes every byte and passes none on. So each
wait is bounded here, and a connection that was silent for too long is closed: its answer may still
come, and nobody could tell whose it is.

Whether an abandoned transaction was kept is not known. That is as it is with every commit whose
confirmation is lost: it is told as not saved, and repeating it changes nothing more.
"""

import time
from collections.abc import Generator
from typing import Any

import psycopg

from explorer.store.sql import patience as bounds


class Silent(psycopg.OperationalError):
    """A connection said nothing for too long."""


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that is closed when it leaves a question without an answer.

    ``patience`` is for how many seconds each answer is waited for; None to wait as long as psycopg
    itself does, for a connection that listens.
    """

    patience: float | None = bounds.ANSWER

    def wait(self, gen: Any, *given: Any, **named: Any) -> Any:
        """Wait for an answer, with the arguments of psycopg's own ``wait``.

        Raises:
            Silent: none came in time; the connection is closed.
        """
        if self.patience is None:
            return super().wait(gen, *given, **named)
        try:
            return super().wait(_until(gen, self.patience), *given, **named)
        except Silent:
            self.pgconn.finish()
            raise


def _until(gen: Any, seconds: float) -> Generator[Any, Any, Any]:
    """Pass a conversation with libpq on, until it has been without a word for some seconds."""
    end = time.monotonic() + seconds
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            now = time.monotonic()
            if ready:
                end = now + seconds
            elif now > end:
                raise Silent(f"no answer for {seconds:.1f} seconds")
            wanted = gen.send(ready)
    except StopIteration as done:
        return done.value
