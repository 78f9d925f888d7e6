"""Running migrations.

Each runs once, in the order of the names, in one transaction together with the record that it ran.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Column, Engine, MetaData, Table, Text, insert, inspect, select, text

from explorer.store.port import DatabaseError
from explorer.store.rows import time_to_text

_ADVISORY_LOCK = 6251125
"""Number of the PostgreSQL advisory lock held while a migration runs."""

_applied = Table(
    "migrations",
    MetaData(),
    Column("name", Text, primary_key=True),
    Column("run", Text, nullable=False),
)


class Migration(NamedTuple):
    """A migration: its name and its SQL statements."""

    name: str
    statements: tuple[str, ...]


def migrations() -> tuple[Migration, ...]:
    """Return all migrations, in order."""
    return read_migrations(Path(__file__).parent)


def read_migrations(folder: Path) -> tuple[Migration, ...]:
    """Read the migrations of a folder, in the order of their names.

    Raises:
        ValueError: a file cannot be split into statements; the message names it.
    """
    found = []
    for path in sorted(folder.glob("[0-9]*.sql")):
        try:
            statements = split_statements(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from None
        found.append(Migration(path.stem, statements))
    return tuple(found)


def split_statements(script: str) -> tuple[str, ...]:
    """Split a script into its statements.

    SQLite's own tokenizer decides where a statement ends, so a semicolon in a string, a comment or
    a trigger does not end it. PostgreSQL's dollar quoting is not supported.

    Raises:
        ValueError: something follows the last semicolon.
    """
    found: list[str] = []
    statement = ""
    *parts, rest = script.split(";")
    for part in parts:
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            found.append(statement.strip())
            statement = ""
    if unfinished := (statement + rest).strip():
        raise ValueError(f"a statement without a semicolon at its end: {unfinished[:60]}")
    return tuple(found)


def migrate(
    engine: Engine,
    writing: Engine,
    to_apply: Sequence[Migration],
    *,
    name: str,
    update: bool = True,
) -> None:
    """Apply the migrations that the database does not have yet.

    Args:
        engine: begins transactions that read.
        writing: the same pool, for transactions that write.
        to_apply: all migrations that this program knows, in order.
        name: name of the database in messages, without a password.
        update: False to refuse a database that lacks some of them.

    Raises:
        DatabaseError: the database has a migration that this program does not know, or lacks some
            and is not to be updated.
        SQLAlchemyError: a migration failed; nothing of it remains.
    """
    with engine.connect() as connection:
        has_table = inspect(connection).has_table(_applied.name)
        applied = set(connection.scalars(select(_applied.c.name))) if has_table else set()
    newer = sorted(applied - {item.name for item in to_apply})
    if newer:
        raise DatabaseError(
            f"the database {name} is newer than this program: it has {newer[-1]}. "
            "Install the version that made it, or a later one"
        )
    if not applied and not update:
        raise DatabaseError(
            f"there are no classes in the database {name}: it has no tables of this program; set "
            "EXPLORER_DATABASE (or --database) to where the server keeps its classes"
        )
    if not update and (older := [x.name for x in to_apply if x.name not in applied]):
        raise DatabaseError(
            f"the database {name} is older than this program: it lacks {older[0]}. "
            "anakinra-explorer run brings it up to date, when it starts"
        )
    for item in to_apply:
        if item.name not in applied:
            _apply(writing, item)


def _apply(engine: Engine, migration: Migration) -> None:
    """Apply a migration, unless another process has applied it in the meantime."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # one process at a time, until the commit
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
        _applied.create(connection, checkfirst=True)
        if connection.scalar(select(_applied.c.name).where(_applied.c.name == migration.name)):
            return
        for statement in migration.statements:
            connection.exec_driver_sql(statement)
        now = time_to_text(datetime.now(tz=UTC))
        connection.execute(insert(_applied).values(name=migration.name, run=now))
