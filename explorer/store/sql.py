"""A store in an SQL database: SQLite for one server, PostgreSQL where it is run for you.

SQLite runs with a write-ahead log and ``synchronous=FULL``: what was confirmed is on the disk, and
readers never wait. Writers of this process take turns by a lock instead of by SQLite's own
waiting, which sleeps in growing steps and lets a late writer pass an early one.
"""

import json
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Row,
    Select,
    Table,
    Text,
    Update,
    and_,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from explorer.domain.grading import Given
from explorer.domain.sessions import (
    ClassEnded,
    ClassFull,
    ClassLocked,
    NoSuchClass,
    NotJoined,
    NotSaved,
    Participant,
    Refused,
    Response,
    Session,
    Step,
    TooLate,
    TooManyClasses,
    Unavailable,
    Unreadable,
)
from explorer.store import rows
from explorer.store.migrations import known
from explorer.store.port import CodeTaken, DatabaseError, KeyHashes, Role, Summary

BUSY: Final = 5.0
"""Seconds to wait for another writer before giving up, unless told otherwise."""

_POOL: Final = 10
_OVERFLOW: Final = 40
_KNOWN: Final = 64
"""Sessions kept in memory as they were seen last, to be read again only when they moved."""

_log = logging.getLogger(__name__)

_tables = MetaData()

_sessions = Table(
    "sessions",
    _tables,
    Column("id", Text, primary_key=True),
    *(Column(name, Text) for name in ("code", "title", "content", "opened", "changed")),
    Column("capacity", Integer),
    Column("first_code", Text),
    Column("locked", Integer),
    *(Column(name, Text) for name in ("plan", "concepts", "step")),
    Column("version", Integer),
    Column("asks", Text),
    Column("place", Integer),
    Column("ask", Integer),
    *(Column(role.value, Text) for role in Role),
)

_participants = Table(
    "participants",
    _tables,
    Column("session_id", Text, ForeignKey("sessions.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("joined", Integer),
    Column("seen", Integer),
)

_responses = Table(
    "responses",
    _tables,
    Column("session_id", Text, primary_key=True),
    Column("ask", Integer, primary_key=True),
    Column("participant", Text, primary_key=True),
    Column("given", Text),
    ForeignKeyConstraint(
        ["session_id", "participant"], ["participants.session_id", "participants.id"]
    ),
)

_codes = Table(
    "codes",
    _tables,
    Column("code", Text, primary_key=True),
    Column("session_id", Text, ForeignKey("sessions.id")),
)

_done = Table(
    "migrations",
    MetaData(),
    Column("name", Text, primary_key=True),
    Column("run", Text, nullable=False),
)

_state = [column for column in _sessions.columns if column.name != "plan"]

_seat: Select[Any] = (
    select(*_state, _responses.c.ask.label("answered"), _responses.c.given)
    .select_from(_sessions)
    .join(_participants, _participants.c.session_id == _sessions.c.id)
    .outerjoin(
        _responses,
        and_(
            _responses.c.session_id == _sessions.c.id,
            _responses.c.ask == _sessions.c.ask,
            _responses.c.participant == _participants.c.id,
        ),
    )
    .where(
        _sessions.c.first_code == bindparam("code"),
        _participants.c.id == bindparam("participant"),
    )
)

# the row is held, so that nobody closes the question between the look and the answer
_open = (
    select(_sessions.c.step, _sessions.c.ask, _sessions.c.version, _participants.c.seen)
    .join(_participants, _participants.c.session_id == _sessions.c.id)
    .where(_sessions.c.id == bindparam("id"), _participants.c.id == bindparam("participant"))
    .with_for_update(read=True, of=_sessions)
)


class SqlStore:
    """Keeps classes in SQLite or PostgreSQL. Safe to use from several threads and processes."""

    def __init__(self, url: URL, *, busy: float = BUSY) -> None:
        """Open a database and bring it up to date.

        Args:
            url: ``sqlite:///FILE`` or ``postgresql+psycopg://…``.
            busy: seconds to wait for another writer before giving up.

        Raises:
            DatabaseError: it cannot be opened, or is newer than this program.
        """
        # what follows the "?" may hold a password too, and so may all of it where a "/" in the
        # password was not written as %2F
        self._name = url.set(query={}).render_as_string(hide_password=True)
        if "@" in (url.database or "") and url.get_backend_name() != "sqlite":
            self._name = f"{url.drivername}://***"
        self._lite = url.get_backend_name() == "sqlite"
        self._turn: AbstractContextManager[Any] = _Turn(2 * busy) if self._lite else nullcontext()
        self._pieces: deque[_Piece] = deque()
        self._known: dict[str, Session] = {}
        try:
            self._engine = _engine(url, busy, lite=self._lite)
        except ImportError:
            raise DatabaseError(
                "PostgreSQL needs its driver: pip install 'anakinra-explorer[postgresql]'"
            ) from None
        self._writing = self._engine.execution_options(write=True)
        try:
            self._migrate()
        except SQLAlchemyError as error:
            self.close()
            raise DatabaseError(f"cannot open the database {self._name}: {_why(error)}") from None
        except DatabaseError:
            self.close()
            raise

    def create(self, session: Session, keys: KeyHashes, *, most: int, since: datetime) -> None:
        """Keep a new session."""
        with self._write() as connection:
            recent = select(func.count()).where(_sessions.c.changed >= rows.written(since))
            if (connection.scalar(recent.select_from(_sessions)) or 0) >= most:
                raise TooManyClasses
            values = {
                "id": session.id,
                "title": session.title,
                "content": session.content,
                "opened": rows.written(session.opened),
                "first_code": session.identity,
                "plan": rows.plans.dump_json(session.plan).decode(),
                "concepts": rows.pairs.dump_json(session.concepts).decode(),
                **_standing(session),
                **keys.model_dump(),
            }
            try:
                connection.execute(insert(_sessions).values(values))
                connection.execute(insert(_codes).values(code=session.code, session_id=session.id))
            except IntegrityError:
                raise CodeTaken from None

    def by_code(self, code: str) -> Session | None:
        """Give a session by its code."""
        return self._one(select(*_state).where(_sessions.c.code == code))

    def by_key(self, role: Role, key_hash: str) -> Session | None:
        """Give a session by the hash of a key."""
        return self._one(select(*_state).where(_sessions.c[role.value] == key_hash))

    def replace(self, session: Session) -> bool:
        """Keep where a session stands, if nobody else moved it."""
        moved = (
            update(_sessions)
            .where(_sessions.c.id == session.id, _sessions.c.version == session.version - 1)
            .values(_standing(session))
        )
        owner_of = select(_codes.c.session_id).where(_codes.c.code == session.code)
        with self._write() as connection:
            owner = connection.scalar(owner_of)
            if owner not in (None, session.id):
                raise CodeTaken
            if connection.execute(moved).rowcount != 1:
                return False
            if owner is None:
                new = insert(_codes).values(code=session.code, session_id=session.id)
                connection.execute(new)
            return True

    def first_code(self, code: str) -> str | None:
        """Give the first code of the session that has or had a code."""
        wanted = (
            select(_sessions.c.first_code)
            .join(_codes, _codes.c.session_id == _sessions.c.id)
            .where(_codes.c.code == code)
        )
        with self._read() as connection:
            found = connection.scalar(wanted)
            return None if found is None else str(found)

    def let_go(self, session_id: str) -> int:
        """Take out everybody who never answered."""
        answered = select(_responses.c.participant).where(_responses.c.session_id == session_id)
        silent = delete(_participants).where(
            _participants.c.session_id == session_id, _participants.c.id.not_in(answered)
        )
        with self._write() as connection:
            return connection.execute(silent).rowcount

    def join(self, session_id: str, participant: str) -> bool:
        """Add somebody."""
        named = _sessions.c.id == session_id
        wanted = select(
            _sessions.c.step, _sessions.c.version, _sessions.c.capacity, _sessions.c.locked
        ).where(named)
        added: list[str] = []

        def add(connection: Connection) -> None:
            found = connection.execute(wanted.with_for_update()).first()
            if found is None:
                raise NoSuchClass
            if _is_in(connection, session_id, participant):
                return
            if found.step in (Step.PREPARED.value, Step.ENDED.value):
                raise ClassEnded
            if found.locked:
                raise ClassLocked
            people = select(func.count()).where(_participants.c.session_id == session_id)
            most = rows.whole(found.capacity)
            if (connection.scalar(people.select_from(_participants)) or 0) >= most:
                raise ClassFull
            connection.execute(
                insert(_participants).values(
                    session_id=session_id,
                    id=participant,
                    joined=found.version,
                    seen=found.version,
                )
            )
            added.append(participant)

        self._keep(add)
        return bool(added)

    def seat(self, code: str, participant: str) -> tuple[Session, Response | None] | None:
        """Give a session and what somebody answered to the question before the room."""
        with self._read() as connection:
            found = connection.execute(_seat, {"code": code, "participant": participant}).first()
            session = None if found is None else self._session(connection, found)
        if found is None or session is None:
            return None
        if found.answered is None:
            return session, None
        return session, rows.response(found.answered, participant, found.given)

    def answer(self, session_id: str, ask: int, participant: str, given: Given | None) -> None:
        """Keep an answer."""
        values = {
            "session_id": session_id,
            "ask": ask,
            "participant": participant,
            "given": None if given is None else json.dumps(given),
        }
        dialect = sqlite if self._lite else postgresql
        kept = (
            dialect.insert(_responses)
            .values(values)
            .on_conflict_do_update(
                index_elements=["session_id", "ask", "participant"], set_={"given": values["given"]}
            )
        )

        def take(connection: Connection) -> None:
            found = connection.execute(_open, {"id": session_id, "participant": participant})
            row = found.first()
            if row is None:
                raise NotJoined
            if row.step != Step.SHOWN.value or row.ask != ask:
                raise TooLate
            connection.execute(kept)
            if rows.whole(row.seen) < rows.whole(row.version):
                connection.execute(_seen(session_id, (participant,), row.version))

        self._keep(take)

    def seen(self, session_id: str, people: Collection[str], version: int) -> None:
        """Note that people were there."""
        if people:
            with self._write() as connection:
                connection.execute(_seen(session_id, people, version))

    def responses(self, session_id: str, ask: int | None = None) -> tuple[Response, ...]:
        """Give the answers by ask and person."""
        wanted = _answers(session_id).order_by(_responses.c.ask, _responses.c.participant)
        if ask is not None:
            wanted = wanted.where(_responses.c.ask == ask)
        with self._read() as connection:
            return tuple(
                rows.response(row.ask, row.participant, row.given)
                for row in connection.execute(wanted)
                if isinstance(row.ask, int)
            )

    def participants(self, session_id: str) -> tuple[Participant, ...]:
        """Give everybody by id."""
        wanted = (
            select(_participants.c.id, _participants.c.joined, _participants.c.seen)
            .where(_participants.c.session_id == session_id)
            .order_by(_participants.c.id)
        )
        with self._read() as connection:
            return tuple(rows.participant(row) for row in connection.execute(wanted))

    def people(self, session_id: str) -> int:
        """Count everybody."""
        wanted = select(func.count()).where(_participants.c.session_id == session_id)
        with self._read() as connection:
            return connection.scalar(wanted.select_from(_participants)) or 0

    def delete(self, session_id: str) -> bool:
        """Delete a session."""
        with self._write() as connection:
            gone = connection.execute(delete(_sessions).where(_sessions.c.id == session_id))
            self._known.pop(session_id, None)
            return gone.rowcount == 1

    def summaries(self) -> tuple[Summary, ...]:
        """List all sessions."""
        people = (
            select(func.count())
            .where(_participants.c.session_id == _sessions.c.id)
            .correlate(_sessions)
            .scalar_subquery()
        )
        answers = (
            select(func.count())
            .where(_responses.c.session_id == _sessions.c.id)
            .correlate(_sessions)
            .scalar_subquery()
        )
        wanted = select(
            *(_sessions.c[name] for name in ("code", "title", "step", "opened", "changed")),
            people.label("people"),
            answers.label("answers"),
        ).order_by(_sessions.c.opened.desc(), _sessions.c.id.desc())
        with self._read() as connection:
            return tuple(rows.summary(row) for row in connection.execute(wanted))

    def purge(self, before: datetime) -> int:
        """Delete what nobody moved since."""
        since = rows.written(before)
        # what is no time sorts anywhere: then the class goes by the time when it was opened
        no_time = _sessions.c.changed.not_like("____-__-__T%")
        old = delete(_sessions).where(
            or_(_sessions.c.changed < since, and_(no_time, _sessions.c.opened < since))
        )
        with self._write() as connection:
            return connection.execute(old).rowcount

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _one(self, wanted: Select[Any]) -> Session | None:
        with self._read() as connection:
            found = connection.execute(wanted).first()
            return None if found is None else self._session(connection, found)

    def _session(self, connection: Connection, row: Row[Any]) -> Session | None:
        """Make a session of its row; one that was seen at this version is not made again."""
        known_one = self._known.get(row.id)
        if known_one is not None and known_one.version == row.version:
            return known_one
        plan = None if known_one is None else known_one.plan
        stored: Any = ""
        if plan is None:
            stored = connection.scalar(select(_sessions.c.plan).where(_sessions.c.id == row.id))
            if stored is None:  # deleted between the two looks
                return None
        try:
            session = rows.session(row, plan, stored)
        except (ValueError, TypeError) as error:
            _log.error("a class cannot be read: %s", type(error).__name__)
            raise Unreadable(row.id) from None
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[row.id] = session
        return session

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """Run a transaction that writes; it is durable when this ends."""
        try:
            with self._turn, self._writing.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            _log.error("nothing was saved: %s", _why(error))
            raise NotSaved from None

    def _keep(self, work: Callable[[Connection], None]) -> None:
        """Keep something small; with SQLite, in one transaction with all who wait to do so.

        A room answers within seconds and each transaction waits for the disk, so that one after
        the other they would queue. Whoever has the turn keeps what all the others brought, and
        nobody is told before it is on the disk.

        Args:
            work: does it, or raises a kind of Refused before it has changed anything.
        """
        if not self._lite:
            with self._write() as connection:
                work(connection)
            return
        mine = _Piece(work)
        self._pieces.append(mine)
        try:
            with self._turn:
                if not mine.taken:
                    self._keep_all()
        except NotSaved:  # the turn did not come
            if not mine.taken:
                mine.work = _nothing
            raise
        if mine.problem is not None:
            raise mine.problem

    def _keep_all(self) -> None:
        """Keep all that was brought until now. Only who has the turn may do this."""
        pieces = []
        while self._pieces:
            pieces.append(self._pieces.popleft())
            pieces[-1].taken = True
        outcomes: list[Refused | None] = []
        try:
            with self._writing.begin() as connection:
                for piece in pieces:
                    try:
                        piece.work(connection)
                    except Refused as problem:
                        outcomes.append(problem)
                    else:
                        outcomes.append(None)
        except SQLAlchemyError as error:
            _log.error("nothing was saved: %s", _why(error))
            return
        for piece, outcome in zip(pieces, outcomes, strict=True):
            piece.problem = outcome

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            _log.error("nothing could be read: %s", _why(error))
            raise Unavailable from None

    def _migrate(self) -> None:
        steps = known()
        names = [name for name, _ in steps]
        with self._engine.connect() as connection:
            present = inspect(connection).has_table(_done.name)
            done = set(connection.scalars(select(_done.c.name))) if present else set()
        newer = sorted(done - set(names))
        if newer:
            raise DatabaseError(
                f"the database {self._name} is newer than this program: it has {newer[-1]}. "
                "Install the version that made it, or a later one"
            )
        for name, statements in steps:
            if name not in done:
                self._run(name, statements)

    def _run(self, name: str, statements: Sequence[str]) -> None:
        """Run a step, unless another process ran it in the meantime."""
        with self._writing.begin() as connection:
            if not self._lite:  # one process at a time, until this transaction ends
                connection.execute(text("SELECT pg_advisory_xact_lock(6251125)"))
            _done.create(connection, checkfirst=True)
            if connection.scalar(select(_done.c.name).where(_done.c.name == name)):
                return
            for statement in statements:
                connection.exec_driver_sql(statement)
            now = rows.written(datetime.now(tz=UTC))
            connection.execute(insert(_done).values(name=name, run=now))


class _Piece:
    """Something that somebody wants to keep, and what became of it: not saved, until it is."""

    def __init__(self, work: Callable[[Connection], None]) -> None:
        self.work = work
        self.taken = False
        self.problem: Refused | None = NotSaved()


def _nothing(_: Connection) -> None:
    """Do nothing, in place of what its owner has given up."""


class _Turn:
    """Lets one writer through at a time; whoever waits too long is told so."""

    def __init__(self, patience: float) -> None:
        self._lock = Lock()
        self._patience = patience

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._patience):
            _log.error("nothing was saved: another writer did not end")
            raise NotSaved

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _engine(url: URL, busy: float, *, lite: bool) -> Engine:
    if not lite:
        return create_engine(
            url,
            hide_parameters=True,
            pool_size=_POOL,
            max_overflow=_OVERFLOW,
            pool_timeout=busy,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": max(2, int(busy)),
                "options": f"-c lock_timeout={int(busy * 1000)}",
            },
        )
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=_POOL,
        max_overflow=_OVERFLOW,
        pool_timeout=busy,
        connect_args={"timeout": busy},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; see below
        # a text that is no UTF-8 is read as well as it can be; by default it stops the whole query
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        _switch_to_wal(connection, busy)
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # a writer takes the lock at once: a lock taken midway cannot be waited for
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _switch_to_wal(connection: Any, patience: float) -> None:
    """Have a write-ahead log. SQLite does not wait by itself for others who do the same now."""
    end = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def _standing(session: Session) -> dict[str, Any]:
    """Give the columns that a step changes."""
    ask = session.ask.number if session.ask and session.on_question else None
    return {
        "changed": rows.written(session.changed),
        "code": session.code,
        "locked": int(session.locked),
        "capacity": session.capacity,
        "step": session.step.value,
        "version": session.version,
        "asks": rows.asks.dump_json(session.asks).decode(),
        "place": session.at,
        "ask": ask,
    }


def _seen(session_id: str, people: Collection[str], version: int) -> Update:
    return (
        update(_participants)
        .where(
            _participants.c.session_id == session_id,
            _participants.c.id.in_(people),
            _participants.c.seen < version,
        )
        .values(seen=version)
    )


def _answers(session_id: str) -> Select[Any]:
    return select(_responses.c.ask, _responses.c.participant, _responses.c.given).where(
        _responses.c.session_id == session_id
    )


def _is_in(connection: Connection, session_id: str, participant: str) -> bool:
    wanted = select(_participants.c.joined).where(
        _participants.c.session_id == session_id, _participants.c.id == participant
    )
    return connection.execute(wanted).first() is not None


def _why(error: SQLAlchemyError) -> str:
    """Give the cause in one line, without a statement and without what was to be kept."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(cause).split())
