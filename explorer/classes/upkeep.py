"""Deleting old classes: never at once, never by a clock that cannot be right, never silently.

What is to be deleted is announced in the log, a day before; the announcement is kept in the store,
so that a restart does not begin the day anew. A class that is moved on in that day stays.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from explorer.domain.base import Frozen
from explorer.store.port import Census, Notice, Store

GRACE: Final = timedelta(days=1)
"""From the announcement until classes are deleted. It is part of the days that a class is kept."""

TOLERANCE: Final = timedelta(minutes=10)
"""By how much two clocks may differ."""

FAR: Final = timedelta(days=30)
"""How much longer than a class is kept the newest one may have been left alone. Where the server
ran, that one would have been deleted long ago: so it was off, or its clock has jumped."""

_log = logging.getLogger(__name__)


class Survey(Frozen):
    """How many classes a purge would delete, of how many, and why the clock may be wrong."""

    old: int
    total: int
    doubt: str = ""


def survey(store: Store, now: datetime, days: int) -> Survey:
    """Count what a purge would delete. Raises Unavailable."""
    census = store.census(now - timedelta(days=days))
    return Survey(old=census.old, total=census.total, doubt=doubt(census, now, days))


def doubt(census: Census, now: datetime, days: int) -> str:
    """Return why a clock cannot be trusted to delete by, or an empty text.

    Args:
        census: the classes, with the clock of the database where it has one of its own.
        now: what this machine's clock says.
        days: how long a class is kept.
    """
    said = f"this machine's clock says {now:%Y-%m-%d %H:%M} UTC"
    if census.clock is not None and abs(census.clock - now) > TOLERANCE:
        return f"{said}, and the database's {census.clock:%Y-%m-%d %H:%M}"
    if census.newest is None:
        return ""
    if now < census.newest - TOLERANCE:
        return f"{said}, and a class was moved on later, {census.newest:%Y-%m-%d %H:%M}"
    if now > census.newest + timedelta(days=days) + FAR:
        return f"{said}, {(now - census.newest).days} days after any class was moved on"
    return ""


def tidy(store: Store, now: datetime, days: int) -> int:
    """Announce which classes will be deleted, and delete those that were announced a day ago.

    Args:
        store: where classes are kept.
        now: what this machine's clock says.
        days: how long a class is kept.

    Returns:
        How many were deleted.

    Raises:
        Unavailable: the store cannot be read, or nothing can be saved.
    """
    cut = now - timedelta(days=days) + GRACE
    census, notice = store.census(cut), store.notice()
    wrong = doubt(census, now, days)
    if notice is not None and now < notice.noticed - TOLERANCE:
        _log.warning("the clock was set back: the classes announced are not deleted")
        store.set_notice(None)
        notice = None
    if wrong:
        _log.error(
            "no class is deleted: %s. If the clock is right: anakinra-explorer sessions purge "
            "--clock-is-right; with --dry-run it only counts",
            wrong,
        )
        store.set_notice(None)
        return 0
    gone = 0
    if notice is not None and now >= notice.noticed + GRACE:
        gone = store.purge(notice.cut)
        _log.warning("old classes deleted: %d of %d", gone, census.total)
        notice, census = None, store.census(cut)
        store.set_notice(None)
    if notice is None and census.old:
        store.set_notice(Notice(noticed=now, cut=cut))
        _log.warning(
            "old classes that will be deleted in a day: %d of %d, as it is %s UTC by this "
            "machine's clock; if it is not, set the clock",
            census.old,
            census.total,
            f"{now:%Y-%m-%d %H:%M}",
        )
    return gone
