"""Group commit: small writes that arrive at the same time share one transaction.

A class answers within seconds, and each transaction waits for the disk; one after the other they
would queue. The thread holding the lock commits all queued writes in one transaction; callers
return only after the commit.

Writers of this process are ordered by a lock instead of by SQLite's own waiting, which sleeps for
growing intervals and lets a late writer overtake an early one.
"""

import logging
from collections import deque
from collections.abc import Callable
from threading import Lock

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from explorer.domain.sessions import NotSaved, Refused
from explorer.store.sql.engine import cause

_log = logging.getLogger(__name__)

Write = Callable[[Connection], None]
"""Executes a write, or raises a subclass of Refused before it has changed anything."""


class WriterLock:
    """A lock that one writer holds at a time.

    Args:
        timeout: seconds to wait for it.
    """

    def __init__(self, timeout: float) -> None:
        self._lock = Lock()
        self._timeout = timeout

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._timeout):
            _log.error("nothing was saved: another writer did not end")
            raise NotSaved

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class PendingWrite:
    """A queued write and its outcome: not saved, until it is committed."""

    def __init__(self, write: Write) -> None:
        self.write = write
        self.is_taken = False
        self.error: Refused | None = NotSaved()


class WriteQueue:
    """The queue of writes that wait for the lock.

    Args:
        writing: begins transactions that write.
        lock: held by the thread that commits.
    """

    def __init__(self, writing: Engine, lock: WriterLock) -> None:
        self._writing = writing
        self._lock = lock
        self._pending: deque[PendingWrite] = deque()

    def __len__(self) -> int:
        return len(self._pending)

    def submit(self, write: Write) -> None:
        """Execute a write in the next transaction; it is durable when this returns.

        Raises:
            Refused: the write raised it.
            NotSaved: timed out waiting for the lock, or the transaction failed.
        """
        mine = PendingWrite(write)
        self._pending.append(mine)
        try:
            with self._lock:
                if not mine.is_taken:
                    self._commit_batch()
        except NotSaved:  # timed out waiting for the lock
            if not mine.is_taken:
                mine.write = _skip
            raise
        if mine.error is not None:
            raise mine.error

    def _commit_batch(self) -> None:
        """Commit all queued writes in one transaction. The caller must hold the lock."""
        batch = []
        while self._pending:
            batch.append(self._pending.popleft())
            batch[-1].is_taken = True
        errors: list[Refused | None] = []
        try:
            with self._writing.begin() as connection:
                for pending in batch:
                    try:
                        pending.write(connection)
                    except Refused as error:
                        errors.append(error)
                    else:
                        errors.append(None)
        except SQLAlchemyError as error:
            _log.error("nothing was saved: %s", cause(error))
            return
        for pending, outcome in zip(batch, errors, strict=True):
            pending.error = outcome


def _skip(_: Connection) -> None:
    """Do nothing, in place of a write whose caller has timed out."""
