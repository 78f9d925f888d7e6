"""A store in an SQL database: SQLite for one server, PostgreSQL where it is run for you."""

from explorer.store.sql.store import SqlStore

__all__ = ["SqlStore"]
