"""Who may join a class, and what its host can change about that."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from explorer.domain.sessions.model import ClassState, Session
from explorer.domain.sessions.refusals import NotAllowed

LARGEST: Final = 2_000
"""Highest capacity of a class. The setting for it has the same bound."""

MORE: Final = 50
"""Places that are added when a host enlarges a class."""


class Door(StrEnum):
    """A host's command about who may join."""

    LOCK = "lock"
    UNLOCK = "unlock"
    ENLARGE = "enlarge"
    RENEW = "renew"
    LET_GO = "let-go"


REMOVES_SILENT: Final = frozenset({Door.RENEW, Door.LET_GO})
"""Commands that also remove the participants who never answered."""


def doors(session: Session) -> tuple[Door, ...]:
    """Return the commands about who may join that are valid now."""
    if session.state in (ClassState.PREPARED, ClassState.ENDED):
        return ()
    lock = Door.UNLOCK if session.locked else Door.LOCK
    larger = (Door.ENLARGE,) if session.capacity < LARGEST else ()
    return (lock, *larger, Door.LET_GO, Door.RENEW)


def turn_door(session: Session, door: Door, at: datetime, code: str = "") -> Session:
    """Change who may join.

    Args:
        session: the class before.
        door: the host's command.
        at: current time, only for the record.
        code: the new code for ``RENEW``; nobody can join with the old one any more.

    Returns:
        The class afterwards, its version one higher.

    Raises:
        NotAllowed: the class is not open, or has the highest capacity already.
    """
    if door not in doors(session):
        raise NotAllowed
    changes: dict[Door, dict[str, object]] = {
        Door.LOCK: {"locked": True},
        Door.UNLOCK: {"locked": False},
        Door.ENLARGE: {"capacity": min(LARGEST, session.capacity + MORE)},
        Door.RENEW: {"code": code, "locked": False},
        Door.LET_GO: {},
    }
    return session.evolve(version=session.version + 1, changed=at, **changes[door])
