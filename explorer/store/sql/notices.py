"""Hearing that another process has changed a session."""

import logging
import time
from contextlib import suppress
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from explorer.store.sql import patience

LOOK: Final = 0.3
"""Seconds between two looks at SQLite, which tells nobody of a change."""

RETRY: Final = 1.0
"""Seconds after a failure until the next attempt."""

SILENCE: Final = 5.0
"""Seconds of silence after which the connection that listens is asked whether it lives."""

CHANNEL: Final = "anakinra_explorer_classes"

_log = logging.getLogger(__name__)


class Looks:
    """SQLite: others see a change when they look next."""

    def send(self, connection: Connection) -> None:
        """Do nothing."""

    def wait(self, seconds: float) -> None:
        """Sleep until the next look."""
        time.sleep(min(seconds, LOOK))

    def close(self) -> None:
        """Do nothing."""


class Notices:
    """PostgreSQL: LISTEN and NOTIFY, on a connection of its own.

    A pooler that gives out a connection for one transaction (pgbouncer in its transaction mode)
    passes no notification on; then changes are found when the caller has waited long enough.

    Args:
        engine: connections to the database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._listening: Any = None
        self._closed = False
        self._heard = 0.0

    def send(self, connection: Connection) -> None:
        """Notify the others when this transaction is committed."""
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")

    def wait(self, seconds: float) -> None:
        """Sleep until a notification comes, or for some seconds."""
        begun = time.monotonic()
        dbapi: Any = self._engine.dialect.loaded_dbapi
        with self._lock:
            if self._closed:
                return
            try:
                if self._listening is None:
                    self._listening = self._listen()
                    self._heard = time.monotonic()
                    return  # what happened before it listened is found by a look
                if begun - self._heard > SILENCE:
                    self._try()
                for _ in self._listening.notifies(timeout=seconds, stop_after=1):
                    self._heard = time.monotonic()
            except (SQLAlchemyError, dbapi.Error, OSError) as error:
                _log.warning("changes by other processes are looked for: %s", type(error).__name__)
                self._hang_up()
                time.sleep(max(0.0, min(seconds, RETRY) - (time.monotonic() - begun)))

    def close(self) -> None:
        """Close the connection; a notification wakes who waits on it."""
        self._closed = True
        if self._listening is None:
            return
        with suppress(SQLAlchemyError), self._engine.begin() as connection:
            self.send(connection)
        if self._lock.acquire(timeout=RETRY):
            self._hang_up()
            self._lock.release()

    def _listen(self) -> Any:
        """Open the connection, which never goes back to the pool."""
        pooled = self._engine.raw_connection()
        connection: Any = pooled.dbapi_connection
        pooled.detach()
        connection.rollback()
        connection.autocommit = True
        connection.execute(f"LISTEN {CHANNEL}")
        connection.patience = None  # from here on it is silent for as long as nothing happens
        return connection

    def _try(self) -> None:
        """Ask whether the connection lives: one that was cut without a word stays silent."""
        self._listening.patience = patience.TRIED
        self._listening.execute("SELECT 1")
        self._listening.patience = None
        self._heard = time.monotonic()

    def _hang_up(self) -> None:
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.close()
