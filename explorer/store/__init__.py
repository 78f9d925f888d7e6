"""Stores of live classes: an interface, a store in memory, and one in an SQL database."""

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.store.memory import MemoryStore
from explorer.store.port import DatabaseError, Store

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

__all__ = ["MEMORY", "DatabaseError", "kept_file", "open_store", "place"]

MEMORY = "memory"
"""Setting for a store in memory: classes are lost when the server stops."""


_UNKNOWN = "EXPLORER_DATABASE has to be sqlite:///FILE, postgresql://USER@HOST/NAME or memory"

_UNUSABLE = (
    "EXPLORER_DATABASE cannot be used as it is written: a port is a number, an IPv6 address stands "
    "in [ ], and in a name or password %, @, : and / are written %25, %40, %3A and %2F"
)


def place(database: str, default: Path) -> str:
    """Name where classes are kept, without a user and without a password.

    Args:
        database: the setting.
        default: see ``open_store``.

    Raises:
        DatabaseError: no store can be opened with this setting.
    """
    if database == MEMORY:
        return "memory, until the server stops"
    if not database:
        return f"sqlite:///{default}"

    from explorer.store.sql.engine import display_name

    return display_name(_url(database))


def kept_file(database: str, default: Path) -> Path | None:
    """Return the file of an SQLite database that is there, for who makes no new one.

    Args:
        database: the setting.
        default: see ``open_store``.

    Returns:
        The file, or None where the setting names a server.

    Raises:
        DatabaseError: there is no such file, or none can be: classes in memory are those of the
            running server only.
    """
    if database == MEMORY:
        raise DatabaseError(
            "EXPLORER_DATABASE is memory: what is kept there only the running server can reach"
        )
    file = default
    if database:
        from explorer.store.sql.engine import file_of

        url = _url(database)
        if url.get_backend_name() != "sqlite":
            return None
        file = file_of(url)
    try:
        is_there = file.is_file()
    except OSError as error:
        raise DatabaseError(f"cannot read {file}: {error.strerror}") from None
    if not is_there:
        raise DatabaseError(
            f"there is no file {file}; set EXPLORER_DATABASE (or --database) to where the server "
            "keeps its classes"
        )
    return file


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
        update: make a database that is not there yet, and bring one of an older version up to
            date. Else both are refused and nothing is made: an empty new one would pass for the
            server's, and the app of that older version may be running on it.

    Raises:
        DatabaseError: it cannot be opened, or is newer than this program; one line says why.
    """
    if not update:
        kept_file(database, default)
    if database == MEMORY:
        return MemoryStore()

    from sqlalchemy.engine import URL
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
    url = _url(database)
    try:
        return SqlStore(url, update=update)
    except (ArgumentError, ValueError, TypeError, OSError):  # no part of the URL may be told
        raise DatabaseError(_UNUSABLE) from None


def _url(database: str) -> "URL":
    """Parse the setting of a database.

    Raises:
        DatabaseError: it cannot be one; no part of it is in the message.
    """
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        _refuse_unescaped(database)
        url = make_url(database)
    except ArgumentError:  # its message contains the URL with its password
        raise DatabaseError(_UNKNOWN) from None
    except (ValueError, TypeError, OSError):
        raise DatabaseError(_UNUSABLE) from None
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:") and not url.host:
        return url
    raise DatabaseError(_UNKNOWN)
