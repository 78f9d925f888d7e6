"""An SQL database of classes: opening it, transactions, and reading a class."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    select,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from explorer.domain.sessions import (
    NotSaved,
    Session,
    Unavailable,
    Unreadable,
)
from explorer.store import rows
from explorer.store.migrations.runner import migrate, migrations
from explorer.store.port import (
    DatabaseError,
)
from explorer.store.sql.batch import ClassQueues, WriteQueue, WriterLock
from explorer.store.sql.engine import (
    BUSY_TIMEOUT,
    cause,
    display_name,
    for_reading,
    for_upkeep,
    for_writing,
    is_sqlite,
    open_engine,
    told,
)
from explorer.store.sql.notices import Looks, Notices
from explorer.store.sql.schema import sessions
from explorer.store.trouble import Trouble

_CACHED_SESSIONS: Final = 64
"""Parsed sessions in the cache. A session is parsed again when its version has changed."""

_QUEUING: Final = 1.25
"""How long a write waits for its turn, as a multiple of how long the one before it may take: a
phone gives a request up after 8 seconds."""

_log = logging.getLogger(__name__)


class SqlBase:
    """A database with its engines, queues and cache."""

    def __init__(
        self, url: URL, *, busy_timeout: float = BUSY_TIMEOUT, update: bool = True
    ) -> None:
        """Open a database and apply its migrations.

        Args:
            url: ``sqlite:///FILE`` or ``postgresql+psycopg://…``.
            busy_timeout: seconds to wait for another writer's lock.
            update: make the tables of a new database, and apply migrations to one of an older
                version; else refuse both.

        Raises:
            DatabaseError: it cannot be opened, or is newer than this program.
        """
        self._is_sqlite = is_sqlite(url)
        try:
            self._engine = open_engine(url, busy_timeout, update=update)
        except ImportError:
            raise DatabaseError(
                "PostgreSQL needs its driver; in the folder of the source: "
                "pip install -c constraints.txt '.[postgresql]'"
            ) from None
        self._writing = for_writing(self._engine)
        self._reading = for_reading(self._engine)
        self._saving = Trouble("nothing was saved", hide=partial(told, url))
        self._loading = Trouble("nothing could be read", hide=partial(told, url))
        self._lock: AbstractContextManager[Any] = nullcontext()
        self._queue: WriteQueue | ClassQueues
        if self._is_sqlite:
            lock = WriterLock(_QUEUING * busy_timeout, self._saving)
            self._lock, self._queue = lock, WriteQueue(self._writing, lock, self._saving)
        else:
            self._queue = ClassQueues(self._writing, _QUEUING * busy_timeout, self._saving)
        self._notices = Looks() if self._is_sqlite else Notices(self._engine)
        self._cache: dict[str, Session] = {}
        name = display_name(url)
        try:
            migrate(self._engine, for_upkeep(self._engine), migrations(), name=name, update=update)
        except SQLAlchemyError as error:
            self.close()
            why = told(url, cause(error))
            raise DatabaseError(f"cannot open the database {name}: {why}") from None
        except DatabaseError:
            self.close()
            raise

    def close(self) -> None:
        """Close all connections."""
        self._notices.close()
        self._engine.dispose()

    def _one(self, query: Select[Any]) -> Session | None:
        with self._read() as connection:
            found = connection.execute(query).first()
            return None if found is None else self._session(connection, found)

    def _session(self, connection: Connection, row: Row[Any]) -> Session | None:
        """Parse a session, or return it from the cache if it has the same version."""
        cached = self._cache.get(row.id)
        if cached is not None and cached.version == row.version:
            return cached
        plan = None if cached is None else cached.plan
        stored_plan: Any = ""
        if plan is None:
            stored_plan = connection.scalar(select(sessions.c.plan).where(sessions.c.id == row.id))
            if stored_plan is None:  # deleted between the two queries
                return None
        try:
            session = rows.session(row, plan, stored_plan)
        except (ValueError, TypeError) as error:
            _log.error("a class cannot be read: %s", type(error).__name__)
            raise Unreadable(row.id) from None
        if len(self._cache) >= _CACHED_SESSIONS:
            self._cache.clear()
        self._cache[row.id] = session
        return session

    @contextmanager
    def _transaction(
        self, engine: Engine | None = None, *, is_trial: bool = False
    ) -> Iterator[Connection]:
        """Run a transaction that writes; it is durable when this ends. Raises NotSaved."""
        try:
            with self._lock, (engine or self._writing).begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            self._saving.failed(cause(error))
            raise NotSaved from None
        self._saving.worked(is_trial=is_trial)

    @contextmanager
    def _read(self, *, is_trial: bool = False) -> Iterator[Connection]:
        try:
            with self._reading.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            self._loading.failed(cause(error))
            raise Unavailable from None
        self._loading.worked(is_trial=is_trial)
