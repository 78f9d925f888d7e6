"""What an operator asks of the database: lists, counts, deletions, faults."""

from datetime import datetime
from typing import Final

from sqlalchemy import (
    func,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from explorer.domain.sessions import (
    NotSaved,
    Unavailable,
)
from explorer.store import rows
from explorer.store.port import (
    Census,
    Notice,
    Summary,
)
from explorer.store.sql import queries
from explorer.store.sql.base import SqlBase
from explorer.store.sql.engine import (
    file_of,
    for_trial,
    for_upkeep,
    has_space,
)
from explorer.store.sql.schema import upkeep

DISK_FULL: Final = "53100"
"""PostgreSQL's code of an error where there is no room (appendix A of its manual)."""


class SqlUpkeep(SqlBase):
    """The part of the store that is for upkeep."""

    def summaries(self) -> tuple[Summary, ...]:
        """List all sessions."""
        with self._read() as connection:
            return tuple(
                rows.summary(row) for row in connection.execute(queries.select_summaries())
            )

    def purge(self, before: datetime) -> int:
        """Delete the sessions without a transition since a time."""
        with self._transaction(for_upkeep(self._engine)) as connection:
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
            with self._read(is_trial=True) as connection:
                connection.execute(queries.LOOK)
            with self._transaction(for_trial(self._engine), is_trial=True) as connection:
                if not self._is_sqlite:  # there whoever writes holds the whole file
                    connection.execute(queries.REACH)
                connection.execute(queries.TOUCH)
        except NotSaved:
            found.append("saving")
        except Unavailable:
            found.append("store")
        else:  # these worked; what phones want may fail all the same
            failing = (("store", self._loading), ("saving", self._saving))
            found += [name for name, trouble in failing if trouble.seconds() is not None]
        if self._is_sqlite:
            has_room = has_space(file_of(self._engine.url))
        else:
            has_room = bool(found) or self._server_has_room()
        return (*found, *(() if has_room else ("space",)))

    def _server_has_room(self) -> bool:
        """Return whether PostgreSQL can write a file: answers fit into old pages for a while."""
        try:
            with for_trial(self._engine).begin() as connection:
                for statement in queries.SPILL:
                    connection.execute(statement)
        except SQLAlchemyError as error:  # whatever else is wrong was asked before, and is again
            return getattr(getattr(error, "orig", None), "sqlstate", None) != DISK_FULL
        return True

    def saving_fails_for(self) -> float | None:
        """Return for how many seconds nothing could be saved."""
        return self._saving.seconds()
