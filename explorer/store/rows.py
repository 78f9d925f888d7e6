"""Reading rows of a database. What is none of ours is marked, and never stops whoever looks.

A database can be written by another program, be mended by hand, or lose bytes to a disk. One such
record may cost itself, and neither the class that it belongs to nor the list of the others.
"""

import json
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import TypeAdapter

from explorer.domain.grading import UNREADABLE, Given
from explorer.domain.letters import STAND_IN, typed
from explorer.domain.sessions import (
    LONGEST_TITLE,
    Ask,
    Participant,
    Planned,
    Response,
    Session,
    Step,
)
from explorer.store.port import Summary

LONGEST: Final = 100_000
"""Signs of a kept answer that are looked at; the longest of ours has some thousand."""

NO_STEP: Final = "unreadable"
"""Stands in a list for a step that is none."""

YEARS: Final = range(1971, 9000)
"""Years of a class. Beyond them a time cannot be moved into every time zone."""

plans = TypeAdapter(tuple[Planned, ...])
asks = TypeAdapter(tuple[Ask, ...])
pairs = TypeAdapter(tuple[tuple[str, str], ...])


def session(row: Any, plan: tuple[Planned, ...] | None, stored: Any) -> Session:
    """Make a session of its row.

    Args:
        row: its columns without the plan.
        plan: the plan, where it was read before.
        stored: the plan's column, where it was not.

    Raises:
        ValueError, TypeError: it cannot be read, or its parts do not fit each other.
    """
    made = Session(
        id=row.id,
        code=row.code,
        first_code=row.first_code,
        locked=bool(row.locked),
        title=title(row.title),
        content=row.content,
        opened=_time(row.opened),
        changed=_time(row.changed),
        capacity=row.capacity,
        # strict in the data folder; JSON has no dates and decimals of its own
        plan=plans.validate_json(stored, strict=False) if plan is None else plan,
        concepts=pairs.validate_json(row.concepts),
        step=Step(row.step),
        version=row.version,
        asks=asks.validate_json(row.asks),
        at=row.place,
    )
    if not made.is_sound:
        raise ValueError
    return made


def response(ask: int, participant: object, given: object) -> Response:
    """Make an answer of its row."""
    return Response(ask=ask, participant=str(participant), given=_given(given))


def participant(row: Any) -> Participant:
    """Read somebody; without a readable place in time they count as in no question's room."""
    return Participant(id=str(row.id), joined=whole(row.joined), seen=whole(row.seen))


def summary(row: Any) -> Summary:
    """Make a line of the list, whatever the row holds."""
    known = row.step in {step.value for step in Step}
    return Summary(
        code=typed(str(row.code), LONGEST_TITLE),
        title=title(row.title),
        step=str(row.step) if known else NO_STEP,
        opened=time_or_first(row.opened),
        changed=time_or_first(row.changed),
        people=row.people,
        answers=row.answers,
    )


def title(kept: object) -> str:
    """Read a name, which an earlier version kept as it was typed; one that is no text is marked."""
    return typed(kept, LONGEST_TITLE) if isinstance(kept, str) else STAND_IN


def whole(kept: object) -> int:
    """Read a whole number; what is none is 0."""
    return kept if isinstance(kept, int) else 0


def time_or_first(kept: object) -> datetime:
    """Read a time; one that cannot be read is the beginning of all time, and sorts first."""
    try:
        return _time(kept)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def written(at: datetime) -> str:
    """Write a time so that texts sort as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _time(kept: object) -> datetime:
    found = datetime.fromisoformat(str(kept))
    if found.year not in YEARS:
        raise ValueError
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _given(kept: object) -> Given | None:
    """Read an answer; what is none of ours fits no question."""
    if kept is None:
        return None
    if not isinstance(kept, str) or len(kept) > LONGEST:
        return UNREADABLE
    try:
        parts = json.loads(kept)
    except (ValueError, RecursionError):
        return UNREADABLE
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        return UNREADABLE
    return tuple(parts)
