"""Connections to PostgreSQL: how many, how long each is waited for, and which are thrown away."""

import select
import time
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError

from explorer.store.sql import patience
from explorer.store.sql.bounded import BoundedConnection

SERVER_POOL: Final = 8
SERVER_OVERFLOW: Final = 3
"""Connections to PostgreSQL that are kept, and more for a moment; with the one that listens a
process has 12 at most, so that eight stay below the 100 that the server's default allows. Phones
have 20 threads, of which those who write wait for each other."""

_AHEAD: Final = 0.25
"""Seconds by which the server gives a statement up before its client does: so it says itself what
is wrong, and the connection lives."""

_LOCKED: Final = 2.5
"""Most seconds that a statement waits for a lock in PostgreSQL."""

_FORGOTTEN: Final = 5.0
"""Seconds after which PostgreSQL ends a transaction that says nothing: its client may have given
the connection up, and its locks would hold up the class."""

_IDLE: Final = 5.0
"""Seconds after which a connection of the pool is tried before it is used: what is between it and
the server may be gone without a word. To try it each time would cost a round trip each time."""


def server_engine(url: URL, busy_timeout: float) -> Engine:
    """Create the pool of a PostgreSQL database, every wait of which has a bound.

    Args:
        url: ``postgresql+psycopg://…``.
        busy_timeout: seconds to wait for another writer's lock, or for a free connection.
    """
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=SERVER_POOL,
        max_overflow=SERVER_OVERFLOW,
        pool_timeout=min(busy_timeout, patience.ANSWER),
        pool_use_lifo=True,
        connect_args={
            "connect_timeout": patience.CONNECTING,
            "tcp_user_timeout": int(patience.ANSWER * 1000),
            "keepalives_idle": 4,
            "keepalives_interval": 2,
            "keepalives_count": 2,
        },
    )

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, given: Any, named: Any) -> Any:
        return BoundedConnection.connect(*given, **named)

    _begin_connections(engine, busy_timeout)
    _bound_transactions(engine)
    _try_idle_connections(engine)
    return engine


def _begin_connections(engine: Engine, busy_timeout: float) -> None:
    """Bound what the server does for one statement: poolers refuse it as an option of a start.

    A pooler shows itself by another number of the process than the server's own. It may give each
    transaction to another process, which has not prepared what the one before did: then nothing is
    prepared. With a server alone it is, which halves the time of a phone's look.
    """
    bounds = {
        "lock_timeout": min(busy_timeout, _LOCKED),
        "statement_timeout": patience.ANSWER - _AHEAD,
        "idle_in_transaction_session_timeout": _FORGOTTEN,
    }
    parts = (f"set_config('{name}', '{value * 1000:.0f}', false)" for name, value in bounds.items())
    statement = f"SELECT pg_backend_pid(), {', '.join(parts)}"

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        process = connection.execute(statement).fetchone()[0]
        if process != connection.info.backend_pid:
            connection.prepare_threshold = None
        connection.commit()


def _bound_transactions(engine: Engine) -> None:
    """Let the statements of a transaction take as long as its engine says, longer or shorter."""

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        waits = connection.get_execution_options().get("waits")
        if waits is not None:
            held: Any = connection.connection.dbapi_connection
            held.patience = waits + _AHEAD
            connection.exec_driver_sql(  # a raw error of the driver nobody would catch
                f"SELECT set_config('lock_timeout', '{waits * 1000:.0f}', true), "
                f"set_config('statement_timeout', '{waits * 1000:.0f}', true)"
            )


def _try_idle_connections(engine: Engine) -> None:
    """Try connections that have something to say, or were not used for a while, before use.

    A server says nothing on an idle connection but that it ends it. Where one is dead, all are
    replaced.
    """

    @event.listens_for(engine, "checkin")
    def _on_checkin(connection: Any, record: Any) -> None:
        record.info["at"] = time.monotonic()
        if connection is not None:  # None where it was thrown away
            connection.patience = patience.ANSWER

    @event.listens_for(engine, "checkout")
    def _on_checkout(connection: Any, record: Any, _proxy: Any) -> None:
        dbapi: Any = engine.dialect.loaded_dbapi
        idle = time.monotonic() - record.info.get("at", time.monotonic())
        try:
            if idle > _IDLE or _is_readable(connection.fileno()):
                connection.patience = patience.TRIED
                engine.dialect.do_ping(connection)
                connection.patience = patience.ANSWER
        except dbapi.Error as error:
            raise InvalidatePoolError from error


def _is_readable(file: int) -> bool:
    """Return whether something was received that nobody has read, the end included."""
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([file], [], [], 0)[0])
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(0))
