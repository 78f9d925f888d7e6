"""Connections to SQLite and PostgreSQL.

SQLite runs with a write-ahead log and ``synchronous=FULL``: a committed transaction is on the disk,
and readers never wait for a writer.
"""

import re
import shutil
import sqlite3
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from explorer.store.sql import patience

BUSY_TIMEOUT: Final = 3.5
"""Default seconds to wait for another writer's lock: a teacher hears within 5 of it."""

_POOL: Final = 10
_OVERFLOW: Final = 40

_PARTS = re.compile(r"[/@:?&=#\s]+")
"""What may stand between the parts of a URL."""

_HARMLESS: Final = frozenset({"postgres", "postgresql", "5432", "require", "disable", "localhost"})
"""Usual parts of a URL that tell nothing, and without which a message is unreadable."""

LEAST_SPACE: Final = 50_000_000
"""Bytes that have to be free beside an SQLite file: a class of 250 needs about a tenth."""

_WAL_RETRY: Final = 0.05
"""Seconds between two attempts to switch to a write-ahead log."""


def is_sqlite(url: URL) -> bool:
    """Return whether a URL is of an SQLite database."""
    return url.get_backend_name() == "sqlite"


def file_of(url: URL) -> Path:
    """Return the file of an SQLite database; its URL may be one of SQLite's own, ``file:…?…``."""
    return Path((url.database or "").removeprefix("file:").split("?")[0])


def open_engine(url: URL, busy_timeout: float, *, update: bool = True) -> Engine:
    """Create the connection pool of a database.

    Args:
        url: ``sqlite:///FILE`` or ``postgresql+psycopg://…``.
        busy_timeout: seconds to wait for another writer's lock, or for a free connection.
        update: False to leave an SQLite file as it is, and make none.

    Raises:
        ImportError: the driver is not installed.
    """
    if is_sqlite(url):
        return _sqlite_engine(url, busy_timeout, update=update)
    from explorer.store.sql.server import server_engine  # asks for the driver

    return server_engine(url, busy_timeout)


def for_reading(engine: Engine) -> Engine:
    """Return the same pool for single queries, which PostgreSQL answers without a transaction."""
    if is_sqlite(engine.url):
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def for_writing(engine: Engine) -> Engine:
    """Return the same pool for transactions that write."""
    return engine.execution_options(write=True)


def for_upkeep(engine: Engine) -> Engine:
    """Return the same pool for transactions that write, and that no phone waits for."""
    return engine.execution_options(write=True, waits=patience.UPKEEP)


def for_trial(engine: Engine) -> Engine:
    """Return the same pool for transactions that only ask whether something can be written."""
    return engine.execution_options(write=True, waits=patience.TRIAL)


def display_name(url: URL) -> str:
    """Return what may be told of a database's URL: scheme, host, port and name.

    Without a user the address may be a misspelt one, whose password stands where the port or the
    name should: then the host is all that is told. A "/" in a password that was not written as %2F
    leaves an "@" in the name.
    """
    if is_sqlite(url):
        return f"sqlite:///{url.database}"
    if "@" in (url.database or ""):
        return "postgresql://***"
    if url.username is None and url.password is None:
        return f"postgresql://{url.host or ''}/***"
    return URL.create(
        "postgresql", host=url.host, port=url.port, database=url.database
    ).render_as_string()


def has_space(file: Path) -> bool:
    """Return whether the disk of an SQLite file has room for the answers of a class."""
    try:
        return shutil.disk_usage(file.parent).free >= LEAST_SPACE
    except OSError:
        return True  # the store itself tells what is wrong with its folder


def cause(error: SQLAlchemyError) -> str:
    """Return the driver's message in one line, without the statement and without its values."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(original).split())


def told(url: URL, message: str) -> str:
    """Cut out of a message what the setting may hold as a secret, whole or in parts.

    Args:
        url: the database's URL.
        message: what is to be told; drivers repeat whatever they were given.

    Returns:
        The message with ``***`` in place of user, password, the query, and, where the URL has no
        user, of what may be a password in the place of the port and the name.
    """
    values = [str(item) for item in url.query.values()]
    if not is_sqlite(url):
        values += [url.username or "", str(url.password or ""), *url.query]
        if url.username is None or "@" in (url.database or ""):
            values += [str(url.port or ""), url.database or ""]
    parts = {part for value in values for part in (value, *_PARTS.split(value)) if len(part) > 1}
    for part in sorted(parts - _HARMLESS, key=len, reverse=True):
        message = message.replace(part, "***")
    return message


def _sqlite_engine(url: URL, busy_timeout: float, *, update: bool) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=_POOL,
        max_overflow=_OVERFLOW,
        pool_timeout=busy_timeout,
        connect_args={"timeout": busy_timeout},
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions; see _on_begin
        # invalid UTF-8 is decoded with replacements; by default it makes the whole query fail
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        if update:  # a file keeps that; one that is not ours, and empty, would be written to
            _enable_wal(connection, busy_timeout)
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # a writer takes the lock at once: SQLite does not wait for a lock that a transaction takes
        # after it has read
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _enable_wal(connection: Any, timeout: float) -> None:
    """Switch to a write-ahead log; SQLite itself does not wait for others who switch now."""
    end = time.monotonic() + timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(_WAL_RETRY)
        else:
            return
