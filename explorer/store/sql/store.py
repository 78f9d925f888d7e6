"""The store in an SQL database."""

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Row,
    Select,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from explorer.domain.grading import Answer
from explorer.domain.sessions import (
    NotSaved,
    Participant,
    Session,
    StoredAnswer,
    TooManyClasses,
    Unavailable,
    Unreadable,
)
from explorer.store import rows
from explorer.store.migrations.runner import migrate, migrations
from explorer.store.port import (
    Census,
    CodeTaken,
    DatabaseError,
    KeyHashes,
    KeyRole,
    Notice,
    Summary,
)
from explorer.store.sql import queries
from explorer.store.sql.batch import ClassQueues, WriteQueue, WriterLock
from explorer.store.sql.engine import (
    BUSY_TIMEOUT,
    cause,
    display_name,
    for_reading,
    for_writing,
    has_space,
    is_sqlite,
    open_engine,
    told,
)
from explorer.store.sql.notices import Looks, Notices
from explorer.store.sql.schema import codes, participants, sessions, upkeep
from explorer.store.sql.writes import Answering, Joining
from explorer.store.trouble import Trouble

_CACHED_SESSIONS: Final = 64
"""Parsed sessions in the cache. A session is parsed again when its version has changed."""

_log = logging.getLogger(__name__)


class SqlStore:
    """Stores classes in SQLite or PostgreSQL. Safe to use from several threads and processes."""

    def __init__(
        self, url: URL, *, busy_timeout: float = BUSY_TIMEOUT, update: bool = True
    ) -> None:
        """Open a database and apply its migrations.

        Args:
            url: ``sqlite:///FILE`` or ``postgresql+psycopg://…``.
            busy_timeout: seconds to wait for another writer's lock.
            update: apply migrations to a database of an older version; else refuse it.

        Raises:
            DatabaseError: it cannot be opened, or is newer than this program.
        """
        self._is_sqlite = is_sqlite(url)
        try:
            self._engine = open_engine(url, busy_timeout)
        except ImportError:
            raise DatabaseError(
                "PostgreSQL needs its driver: pip install 'anakinra-explorer[postgresql]'"
            ) from None
        self._writing = for_writing(self._engine)
        self._reading = for_reading(self._engine)
        self._saving = Trouble("nothing was saved", hide=partial(told, url))
        self._loading = Trouble("nothing could be read", hide=partial(told, url))
        self._lock: AbstractContextManager[Any] = nullcontext()
        self._queue: WriteQueue | ClassQueues
        if self._is_sqlite:
            lock = WriterLock(2 * busy_timeout, self._saving)
            self._lock, self._queue = lock, WriteQueue(self._writing, lock, self._saving)
        else:
            self._queue = ClassQueues(self._writing, 2 * busy_timeout, self._saving)
        self._notices = Looks() if self._is_sqlite else Notices(self._engine)
        self._cache: dict[str, Session] = {}
        name = display_name(url)
        try:
            migrate(self._engine, self._writing, migrations(), name=name, update=update)
        except SQLAlchemyError as error:
            self.close()
            why = told(url, cause(error))
            raise DatabaseError(f"cannot open the database {name}: {why}") from None
        except DatabaseError:
            self.close()
            raise

    def create(self, session: Session, keys: KeyHashes, *, most: int, since: datetime) -> None:
        """Insert a session."""
        with self._transaction() as connection:
            recent = select(func.count()).where(sessions.c.changed >= rows.time_to_text(since))
            if (connection.scalar(recent.select_from(sessions)) or 0) >= most:
                raise TooManyClasses
            values = {
                "id": session.id,
                "title": session.title,
                "content": session.content,
                "opened": rows.time_to_text(session.opened),
                "first_code": session.identity,
                "plan": rows.plan_to_json(session.plan),
                "concepts": rows.concepts_to_json(session.concepts),
                **queries.state_values(session),
                **keys.model_dump(),
            }
            try:
                connection.execute(insert(sessions).values(values))
                connection.execute(insert(codes).values(code=session.code, session_id=session.id))
            except IntegrityError:
                raise CodeTaken from None

    def by_code(self, code: str) -> Session | None:
        """Return the session that has a code now."""
        return self._one(select(*queries.STATE_COLUMNS).where(sessions.c.code == code))

    def by_key(self, role: KeyRole, key_hash: str) -> Session | None:
        """Return the session of a key."""
        return self._one(select(*queries.STATE_COLUMNS).where(sessions.c[role.value] == key_hash))

    def by_id(self, session_id: str) -> Session | None:
        """Return a session by its id."""
        return self._one(select(*queries.STATE_COLUMNS).where(sessions.c.id == session_id))

    def versions(self, session_ids: Collection[str]) -> Mapping[str, int]:
        """Return the versions of sessions."""
        query = select(sessions.c.id, sessions.c.version).where(sessions.c.id.in_(session_ids))
        with self._read() as connection:
            return {row.id: rows.whole(row.version) for row in connection.execute(query)}

    def wait(self, seconds: float) -> None:
        """Sleep until another process may have changed a session."""
        self._notices.wait(seconds)

    def replace(self, session: Session, *, remove_silent: bool = False) -> bool:
        """Update a session if its stored version is one lower."""
        changed = (
            update(sessions)
            .where(sessions.c.id == session.id, sessions.c.version == session.version - 1)
            .values(queries.state_values(session))
        )
        owner_of_code = select(codes.c.session_id).where(codes.c.code == session.code)
        with self._transaction() as connection:
            owner = connection.scalar(owner_of_code)
            if owner not in (None, session.id):
                raise CodeTaken
            if connection.execute(changed).rowcount != 1:
                return False
            if owner is None:
                new = insert(codes).values(code=session.code, session_id=session.id)
                connection.execute(new)
            if remove_silent:
                connection.execute(queries.delete_silent(session.id))
            self._notices.send(connection)
            return True

    def first_code(self, code: str) -> str | None:
        """Return the first code of the session that has or had a code."""
        query = (
            select(sessions.c.first_code)
            .join(codes, codes.c.session_id == sessions.c.id)
            .where(codes.c.code == code)
        )
        with self._read() as connection:
            found = connection.scalar(query)
            return None if found is None else str(found)

    def join(self, session_id: str, participant: str) -> bool:
        """Add a participant."""
        joining = Joining(session_id, participant)
        self._queue.submit(joining)
        return joining.is_new

    def leave(self, session_id: str, participant: str) -> bool:
        """Remove a participant; the answers go with the row."""
        mine = participants.c.session_id == session_id, participants.c.id == participant
        with self._transaction() as connection:
            return connection.execute(delete(participants).where(*mine)).rowcount == 1

    def membership(self, code: str, participant: str) -> tuple[Session, StoredAnswer | None] | None:
        """Return a session with a participant's answer in the current round."""
        with self._read() as connection:
            names = {"code": code, "participant": participant}
            found = connection.execute(queries.MEMBERSHIP, names).first()
            session = None if found is None else self._session(connection, found)
        if found is None or session is None:
            return None
        if found.answered is None:
            return session, None
        return session, rows.response(found.answered, participant, found.given)

    def answer(
        self, session_id: str, round_number: int, participant: str, answer: Answer | None
    ) -> None:
        """Insert or replace an answer."""
        self._queue.submit(Answering(session_id, round_number, participant, answer))

    def record_seen(self, session_id: str, participants: Collection[str], version: int) -> None:
        """Record that participants were seen."""
        if participants:
            with self._transaction() as connection:
                connection.execute(queries.LOCK, {"id": session_id})
                connection.execute(queries.update_seen(session_id, participants, version))

    def responses(
        self, session_id: str, round_number: int | None = None
    ) -> tuple[StoredAnswer, ...]:
        """Return the answers by round and participant."""
        with self._read() as connection:
            return tuple(
                rows.response(row.ask, row.participant, row.given)
                for row in connection.execute(queries.select_responses(session_id, round_number))
                if isinstance(row.ask, int)
            )

    def participants(self, session_id: str) -> tuple[Participant, ...]:
        """Return the participants by id."""
        query = (
            select(participants.c.id, participants.c.joined, participants.c.seen)
            .where(participants.c.session_id == session_id)
            .order_by(participants.c.id)
        )
        with self._read() as connection:
            return tuple(rows.participant(row) for row in connection.execute(query))

    def count_participants(self, session_id: str) -> int:
        """Return the number of participants."""
        with self._read() as connection:
            return connection.scalar(queries.count_participants(session_id)) or 0

    def replace_keys(self, session_id: str, keys: KeyHashes) -> bool:
        """Give a session other keys."""
        changed = update(sessions).where(sessions.c.id == session_id).values(keys.model_dump())
        with self._transaction() as connection:
            return connection.execute(changed).rowcount == 1

    def delete(self, session_id: str) -> bool:
        """Delete a session."""
        with self._transaction() as connection:
            result = connection.execute(delete(sessions).where(sessions.c.id == session_id))
            self._cache.pop(session_id, None)
            self._notices.send(connection)
            return result.rowcount == 1

    def summaries(self) -> tuple[Summary, ...]:
        """List all sessions."""
        with self._read() as connection:
            return tuple(
                rows.summary(row) for row in connection.execute(queries.select_summaries())
            )

    def purge(self, before: datetime) -> int:
        """Delete the sessions without a transition since a time."""
        with self._transaction() as connection:
            return connection.execute(queries.delete_unchanged(before)).rowcount

    def census(self, before: datetime) -> Census:
        """Count the sessions."""
        with self._read() as connection:
            found = connection.execute(queries.select_census(before)).one()
            clock = None if self._is_sqlite else connection.scalar(select(func.now()))
        return Census(
            total=found.total, old=int(found.old), newest=rows.time(found.newest), clock=clock
        )

    def notice(self) -> Notice | None:
        """Return what was announced to be deleted."""
        with self._read() as connection:
            found = connection.execute(queries.NOTICE).first()
        noticed, cut = (rows.time(item) for item in found or (None, None))
        return None if noticed is None or cut is None else Notice(noticed=noticed, cut=cut)

    def set_notice(self, notice: Notice | None) -> None:
        """Keep an announcement."""
        values = {
            name: None if notice is None else rows.time_to_text(getattr(notice, name))
            for name in ("noticed", "cut")
        }
        with self._transaction() as connection:
            connection.execute(update(upkeep).values(values))

    def faults(self) -> tuple[str, ...]:
        """Save something that changes nothing, and look for room on the disk."""
        found = []
        try:
            with self._read() as connection:
                connection.execute(queries.LOOK)
            with self._transaction() as connection:
                connection.execute(queries.TOUCH)
        except NotSaved:
            found.append("saving")
        except Unavailable:
            found.append("store")
        file = self._engine.url.database if self._is_sqlite else None
        if file and not has_space(file):
            found.append("space")
        return tuple(found)

    def saving_fails_for(self) -> float | None:
        """Return for how many seconds nothing could be saved."""
        return self._saving.seconds()

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
    def _transaction(self) -> Iterator[Connection]:
        """Run a transaction that writes; it is durable when this ends. Raises NotSaved."""
        try:
            with self._lock, self._writing.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            self._saving.failed(cause(error))
            raise NotSaved from None
        self._saving.worked()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        try:
            with self._reading.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            self._loading.failed(cause(error))
            raise Unavailable from None
        self._loading.worked()
