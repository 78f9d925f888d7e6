"""Group commit: small writes that arrive at the same time share one transaction.

A class answers within seconds, and each transaction waits for the disk; one after the other they
would queue. The thread holding the lock commits all queued writes in one transaction; callers
return only after the commit.

In SQLite there is one queue, and writers of this process are ordered by its lock instead of by
SQLite's own waiting, which sleeps for growing intervals and lets a late writer overtake an early
one. In PostgreSQL each class has some queues of its own, since its transactions wait for no other
class and save answers side by side.
"""

from collections import deque
from threading import Lock
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from explorer.domain.sessions import NotSaved, Refused
from explorer.store.sql.engine import cause
from explorer.store.sql.writes import SmallWrite, execute
from explorer.store.trouble import Trouble

LANES: Final = 4
"""Queues of a class. A batch is a chain of six round trips: while one waits for the server, others
go on."""

QUEUES: Final = 1_000
"""Queues that are kept."""


class WriterLock:
    """A lock that one writer holds at a time.

    Args:
        timeout: seconds to wait for it.
        trouble: told where it is not given in time.
    """

    def __init__(self, timeout: float, trouble: Trouble) -> None:
        self._lock = Lock()
        self._timeout = timeout
        self._trouble = trouble

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._timeout):
            self._trouble.failed("another writer did not end")
            raise NotSaved

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class ClassQueues:
    """Some queues for each class, made when they are needed; each participant has theirs.

    Args:
        writing: begins transactions that write.
        timeout: seconds to wait for a lock.
        trouble: told of each outcome.
    """

    def __init__(self, writing: Engine, timeout: float, trouble: Trouble) -> None:
        self._writing = writing
        self._timeout = timeout
        self._trouble = trouble
        self._lock = Lock()
        self._queues: dict[tuple[str, int], WriteQueue] = {}

    def submit(self, write: SmallWrite) -> None:
        """Execute a write in the next transaction of its queue; see ``WriteQueue``."""
        key = write.session_id, hash(write.participant) % LANES
        with self._lock:
            if len(self._queues) > QUEUES:  # two queues of the same people do no harm
                self._queues.clear()
            queue = self._queues.get(key)
            if queue is None:
                lock = WriterLock(self._timeout, self._trouble)
                queue = self._queues[key] = WriteQueue(self._writing, lock, self._trouble)
        queue.submit(write)


class PendingWrite:
    """A queued write and its outcome: not saved, until it is committed."""

    def __init__(self, write: SmallWrite) -> None:
        self.write = write
        self.is_taken = False
        self.is_given_up = False
        self.error: Refused | None = NotSaved()


class WriteQueue:
    """The queue of writes that wait for the lock.

    Args:
        writing: begins transactions that write.
        lock: held by the thread that commits.
        trouble: told of each outcome.
    """

    def __init__(self, writing: Engine, lock: WriterLock, trouble: Trouble) -> None:
        self._writing = writing
        self._lock = lock
        self._trouble = trouble
        self._pending: deque[PendingWrite] = deque()

    def __len__(self) -> int:
        return len(self._pending)

    def submit(self, write: SmallWrite) -> None:
        """Execute a write in the next transaction; it is durable when this returns.

        Raises:
            Refused: what the write was refused with.
            NotSaved: timed out waiting for the lock, or the transaction failed.
        """
        mine = PendingWrite(write)
        self._pending.append(mine)
        try:
            with self._lock:
                if not mine.is_taken:
                    self._commit_batch()
        except NotSaved:  # timed out waiting for the lock
            mine.is_given_up = True
            raise
        if mine.error is not None:
            raise mine.error

    def _commit_batch(self) -> None:
        """Commit all queued writes in one transaction. The caller must hold the lock."""
        batch = []
        while self._pending:
            taken = self._pending.popleft()
            taken.is_taken = True
            if not taken.is_given_up:
                batch.append(taken)
        if not batch:
            return
        try:
            with self._writing.begin() as connection:
                outcomes = execute(connection, [item.write for item in batch])
        except SQLAlchemyError as error:
            self._trouble.failed(cause(error))
            return
        self._trouble.worked()
        for pending, outcome in zip(batch, outcomes, strict=True):
            pending.error = outcome
