"""Stores of live classes: an interface, a store in memory, and one in an SQL database."""

from pathlib import Path

from explorer.store.memory import MemoryStore
from explorer.store.port import DatabaseError, Store

__all__ = ["MEMORY", "DatabaseError", "open_store", "place"]

MEMORY = "memory"
"""Setting for a store in memory: classes are lost when the server stops."""


def place(database: str, default: Path) -> str:
    """Name where classes are kept, without a user and without a password.

    Args:
        database: a setting that a store was opened with.
        default: see ``open_store``.
    """
    if database == MEMORY:
        return "memory, until the server stops"
    if not database:
        return f"sqlite:///{default}"

    from sqlalchemy.engine import make_url

    from explorer.store.sql.engine import display_name

    return display_name(make_url(database))


def _refuse_unescaped(database: str) -> None:
    """Refuse a server's address in which a part of a password would pass for a host or a name.

    Raises:
        ValueError: there is an "@" that was not written as %40, or a "/", "?" or "#" before it.
    """
    scheme, _, rest = database.partition("://")
    user, _, place = rest.rpartition("@")
    if scheme.startswith("postgres") and (set(user) & set("@/?#") or "#" in place):
        raise ValueError


def open_store(database: str, default: Path, *, update: bool = True) -> Store:
    """Open the store of a setting.

    Args:
        database: ``sqlite:///FILE``, ``postgresql://…``, ``memory``, or an empty string.
        default: file of the SQLite database for an empty string; its folder is created.
        update: bring a database of an older version up to date; else it is refused, since the
            app of that version may be running on it.

    Raises:
        DatabaseError: it cannot be opened, or is newer than this program; one line says why.
    """
    if database == MEMORY:
        return MemoryStore()

    from sqlalchemy.engine import URL, make_url
    from sqlalchemy.exc import ArgumentError

    from explorer.store.sql import SqlStore

    if not database:
        try:
            default.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise DatabaseError(
                f"cannot make {default.parent}: {error.strerror}; "
                "set EXPLORER_DATABASE to another place, or to memory"
            ) from None
        return SqlStore(URL.create("sqlite", database=str(default)), update=update)
    try:
        _refuse_unescaped(database)
        url = make_url(database)
        if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
            return SqlStore(url.set(drivername="postgresql+psycopg"), update=update)
        if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
            return SqlStore(url, update=update)
    except ArgumentError:  # its message contains the URL with its password
        pass
    except (ValueError, TypeError, OSError):  # the same: no part of the URL may be in the message
        raise DatabaseError(
            "EXPLORER_DATABASE cannot be used as it is written: a port is a number, an IPv6 "
            "address stands in [ ], and in a name or password %, @, : and / are written "
            "%25, %40, %3A and %2F"
        ) from None
    raise DatabaseError(
        "EXPLORER_DATABASE has to be sqlite:///FILE, postgresql://USER@HOST/NAME or memory"
    )
