"""Parsing rows of a database. A value that is not ours is marked and never stops a reader.

Another program may have written to the database, a person may have repaired it by hand, or a disk
may have lost bytes. Such a record may be lost itself, but not the class it belongs to, and not the
list of the others.
"""

import json
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import TypeAdapter

from explorer.domain.grading import UNREADABLE, Answer
from explorer.domain.letters import STAND_IN, typed
from explorer.domain.sessions import (
    LONGEST_TITLE,
    ClassState,
    Participant,
    PlannedQuestion,
    Round,
    Session,
    StoredAnswer,
)
from explorer.store.port import Summary

LONGEST: Final = 100_000
"""Characters of a stored answer that are parsed; the longest of ours has some thousand."""

UNKNOWN_STATE: Final = "unreadable"
"""Stands in a list for a state that is not one of ours."""

YEARS: Final = range(1971, 9000)
"""Valid years of a class. Times beyond them cannot be converted into every time zone."""

_SETTINGS: Final = ("sureness", "later")

_plan = TypeAdapter(tuple[PlannedQuestion, ...])
_rounds = TypeAdapter(tuple[Round, ...])
_concepts = TypeAdapter(tuple[tuple[str, str], ...])


def plan_to_json(plan: tuple[PlannedQuestion, ...]) -> str:
    """Serialise a plan with the field names of the first version.

    That a question was drawn is written only where it was.
    """
    written = _plan.dump_python(plan, mode="json", by_alias=True)
    for item in written:
        if not item["drawn"]:
            del item["drawn"]
    return json.dumps(written, separators=(",", ":"))


def rounds_to_json(rounds: tuple[Round, ...]) -> str:
    """Serialise rounds with the field names of the first version.

    A step of the reasons, hands and released texts are written only where there are some, so that a
    server of the version before can read a class that has none.
    """
    written = _rounds.dump_python(rounds, mode="json", by_alias=True)
    for held in written:
        for name in ("step", "hands", "released"):
            if not held[name]:
                del held[name]
    return json.dumps(written, separators=(",", ":"))


def settings_to_json(session: Session) -> str:
    """Serialise what the host has set for a class; only what is set."""
    return json.dumps({name: True for name in _SETTINGS if getattr(session, name)})


def concepts_to_json(concepts: tuple[tuple[str, str], ...]) -> str:
    """Serialise the labels of concepts."""
    return _concepts.dump_json(concepts).decode()


def session(row: Any, plan: tuple[PlannedQuestion, ...] | None, stored_plan: Any) -> Session:
    """Parse a session.

    Args:
        row: its columns without the plan.
        plan: the plan, where it was parsed before.
        stored_plan: the plan's column, where it was not.

    Raises:
        ValueError, TypeError: it cannot be parsed, or its parts are inconsistent.
    """
    parsed = Session(
        id=row.id,
        code=row.code,
        first_code=row.first_code,
        locked=bool(row.locked),
        **_settings(row.settings),
        title=title(row.title),
        content=row.content,
        opened=_time(row.opened),
        changed=_time(row.changed),
        capacity=row.capacity,
        # strict in the data folder; JSON has no dates and decimals of its own
        plan=_plan.validate_json(stored_plan, strict=False) if plan is None else plan,
        concepts=_concepts.validate_json(row.concepts),
        state=ClassState(row.step),
        version=row.version,
        rounds=_rounds.validate_json(row.asks),
        current=row.place,
    )
    if not parsed.is_consistent:
        raise ValueError
    return parsed


def response(round_number: int, participant: object, given: object, sure: object) -> StoredAnswer:
    """Parse an answer."""
    return StoredAnswer(
        round_number=round_number,
        participant=str(participant),
        answer=_answer(given),
        sure=bool(sure) if sure in (0, 1) else None,
    )


def participant(row: Any) -> Participant:
    """Parse a participant; without readable versions they count as shown no question."""
    return Participant(id=str(row.id), joined=whole(row.joined), seen=whole(row.seen))


def summary(row: Any) -> Summary:
    """Parse an entry of the list, whatever the row holds."""
    is_known = row.step in {state.value for state in ClassState}
    return Summary(
        code=typed(str(row.code), LONGEST_TITLE),
        title=title(row.title),
        state=str(row.step) if is_known else UNKNOWN_STATE,
        opened=time_or_first(row.opened),
        changed=time_or_first(row.changed),
        people=row.people,
        answers=row.answers,
    )


def title(stored: object) -> str:
    """Parse a title, which early versions stored as typed; one that is not text is marked."""
    return typed(stored, LONGEST_TITLE) if isinstance(stored, str) else STAND_IN


def whole(stored: object) -> int:
    """Parse an integer; anything else is 0."""
    return stored if isinstance(stored, int) else 0


def time_or_first(stored: object) -> datetime:
    """Parse a time; one that cannot be parsed is the earliest possible one and sorts first."""
    try:
        return _time(stored)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def time(stored: object) -> datetime | None:
    """Parse a time; None for what is not one."""
    try:
        return None if stored is None else _time(stored)
    except (ValueError, TypeError):
        return None


def time_to_text(at: datetime) -> str:
    """Serialise a time such that texts sort like times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _time(stored: object) -> datetime:
    parsed = datetime.fromisoformat(str(stored))
    if parsed.year not in YEARS:
        raise ValueError
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _settings(stored: object) -> dict[str, bool]:
    """Parse what the host has set; what is not ours is not set."""
    try:
        held = json.loads(stored) if isinstance(stored, str) else {}
    except (ValueError, RecursionError):
        held = {}
    return {name: isinstance(held, dict) and held.get(name) is True for name in _SETTINGS}


def _answer(stored: object) -> Answer | None:
    """Parse an answer; a value that is not one becomes ``UNREADABLE``."""
    if stored is None:
        return None
    if not isinstance(stored, str) or len(stored) > LONGEST:
        return UNREADABLE
    try:
        parts = json.loads(stored)
    except (ValueError, RecursionError):
        return UNREADABLE
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        return UNREADABLE
    return tuple(parts)
