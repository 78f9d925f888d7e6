"""The small writes of phones: answers and joins, as many as wait together in few statements."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, insert
from sqlalchemy.dialects import postgresql, sqlite

from explorer.domain.grading import Answer
from explorer.domain.sessions import (
    ClassEnded,
    ClassFull,
    ClassLocked,
    ClassState,
    NoSuchClass,
    NotJoined,
    Refused,
    TooLate,
)
from explorer.store import rows
from explorer.store.sql import queries
from explorer.store.sql.schema import participants, responses


@dataclass(slots=True)
class Joining:
    """A participant to be added; ``is_new`` tells afterwards whether they were."""

    session_id: str
    participant: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """An answer to be inserted or replaced."""

    session_id: str
    round_number: int
    participant: str
    answer: Answer | None
    sure: bool | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The row."""
        return {
            "session_id": self.session_id,
            "ask": self.round_number,
            "participant": self.participant,
            "given": None if self.answer is None else json.dumps(self.answer),
            "sure": None if self.sure is None else int(self.sure),
        }


SmallWrite: TypeAlias = Joining | Answering


def execute(connection: Connection, batch: Sequence[SmallWrite]) -> list[Refused | None]:
    """Execute writes in a transaction.

    The row of each session is locked first, so that nobody closes the question or fills the class
    between the check and the write.

    Args:
        connection: of the transaction.
        batch: the writes, in the order in which they came.

    Returns:
        For each write what it was refused with; such a write has changed nothing.
    """
    outcomes: dict[int, Refused | None] = {}
    for session_id in sorted({item.session_id for item in batch}):
        mine = [(at, item) for at, item in enumerate(batch) if item.session_id == session_id]
        joining = [(at, item) for at, item in mine if isinstance(item, Joining)]
        where = queries.POSITION if joining else queries.SHARED_POSITION
        position = connection.execute(where, {"id": session_id}).first()
        names = sorted({item.participant for _, item in mine})
        found = connection.execute(queries.SEEN, {"id": session_id, "names": names})
        seen = {row.id: rows.whole(row.seen) for row in found}
        if joining:
            outcomes |= _join(connection, position, joining, seen)
        answering = [(at, item) for at, item in mine if isinstance(item, Answering)]
        if answering:
            outcomes |= _answer(connection, position, answering, seen)
    return [outcomes[at] for at in range(len(batch))]


def _join(
    connection: Connection,
    position: Any,
    joining: Sequence[tuple[int, Joining]],
    seen: dict[str, int],
) -> dict[int, Refused | None]:
    """Add participants; ``seen`` has those who are there, and those who were added afterwards."""
    outcomes: dict[int, Refused | None] = {}
    new: list[dict[str, Any]] = []
    free: int | None = None
    for at, item in joining:
        outcomes[at] = None
        if position is None:
            outcomes[at] = NoSuchClass()
        elif item.participant in seen:
            continue
        elif position.step in (ClassState.PREPARED.value, ClassState.ENDED.value):
            outcomes[at] = ClassEnded()
        elif position.locked:
            outcomes[at] = ClassLocked()
        else:
            if free is None:
                joined = connection.scalar(queries.count_participants(item.session_id)) or 0
                free = rows.whole(position.capacity) - joined
            if len(new) >= free:
                outcomes[at] = ClassFull()
                continue
            seen[item.participant] = rows.whole(position.version)
            new.append(
                {
                    "session_id": item.session_id,
                    "id": item.participant,
                    "joined": position.version,
                    "seen": position.version,
                }
            )
            item.is_new = True
    if new:
        connection.execute(insert(participants), new)
    return outcomes


def _answer(
    connection: Connection,
    position: Any,
    answering: Sequence[tuple[int, Answering]],
    seen: dict[str, int],
) -> dict[int, Refused | None]:
    """Insert or replace answers; of several of a participant the last one stays."""
    outcomes: dict[int, Refused | None] = {}
    values = []
    unseen = set()
    for at, item in answering:
        outcomes[at] = None
        if position is None or item.participant not in seen:
            outcomes[at] = NotJoined()
        elif position.step != ClassState.SHOWN.value or position.ask != item.round_number:
            outcomes[at] = TooLate()
        else:
            values.append(item.values)
            if seen[item.participant] < rows.whole(position.version):
                unseen.add(item.participant)
    if values:
        dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
        upsert = dialect.insert(responses)
        upsert = upsert.on_conflict_do_update(
            index_elements=["session_id", "ask", "participant"],
            set_={"given": upsert.excluded.given, "sure": upsert.excluded.sure},
        )
        connection.execute(upsert, values)
    if unseen:
        session_id = answering[0][1].session_id
        connection.execute(queries.update_seen(session_id, sorted(unseen), position.version))
    return outcomes
