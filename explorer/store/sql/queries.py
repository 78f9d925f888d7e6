"""Statements that the store executes."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Delete,
    Select,
    TextClause,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    text,
    update,
)

from explorer.domain.sessions import Session
from explorer.store import rows
from explorer.store.sql.schema import participants, responses, sessions, upkeep

_TIME: Final = "____-__-__T%"
"""What a time looks like as text."""

STATE_COLUMNS: Final = [column for column in sessions.columns if column.name != "plan"]
"""The columns of a session without its plan, which is large and never changes."""

MEMBERSHIP: Final[Select[Any]] = (
    select(*STATE_COLUMNS, responses.c.ask.label("answered"), responses.c.given, responses.c.sure)
    .select_from(sessions)
    .join(participants, participants.c.session_id == sessions.c.id)
    .outerjoin(
        responses,
        and_(
            responses.c.session_id == sessions.c.id,
            responses.c.ask == sessions.c.ask,
            responses.c.participant == participants.c.id,
        ),
    )
    .where(
        sessions.c.first_code == bindparam("code"),
        participants.c.id == bindparam("participant"),
    )
)
"""A session with the answer of a participant in the current round."""

LOOK: Final[Select[Any]] = select(sessions.c.id).limit(1)
"""A question that the database answers at once, where it can be reached."""

TOUCH: Final[Update] = update(upkeep).values(id=upkeep.c.id)
"""A write that changes nothing and is as durable as any."""

REACH: Final[TextClause] = text(
    "LOCK TABLE sessions, codes, participants, responses IN ROW EXCLUSIVE MODE"
)
"""What PostgreSQL asks of a table before it writes into it: it waits where somebody holds one."""

SPILL: Final = (
    text("SET LOCAL work_mem = '64kB'"),
    text("SELECT count(*) FROM unnest(array_fill(repeat('x', 8000), array[128])) AS filled"),
)
"""What PostgreSQL answers by way of a file of 1 MB, on the disk of the database where its operator
has named no other for such files (``temp_tablespaces``), and deletes at once. It needs no right,
leaves no row and nothing in the log of writes, and takes a millisecond. A row that is written and
taken back would lie in a page that has room already, or leave pages to be cleaned up, each time."""

NOTICE: Final[Select[Any]] = select(upkeep.c.noticed, upkeep.c.cut)
"""What was announced to be deleted."""

LOCK: Final[Select[Any]] = (
    select(sessions.c.id)
    .where(sessions.c.id == bindparam("id"))
    .with_for_update(key_share=True, of=sessions)
)
"""A session's row, locked until the end of the transaction."""

POSITION: Final[Select[Any]] = LOCK.with_only_columns(
    *(sessions.c[name] for name in ("step", "ask", "version", "capacity", "locked"))
)
"""What decides whether somebody may join, with the session's row locked."""

SHARED_POSITION: Final[Select[Any]] = POSITION.with_for_update(read=True, of=sessions)
"""What decides whether somebody may answer: processes save answers side by side, and nobody closes
the question meanwhile."""

SEEN: Final[Select[Any]] = (
    select(participants.c.id, participants.c.seen)
    .where(
        participants.c.session_id == bindparam("id"),
        participants.c.id.in_(bindparam("names", expanding=True)),
    )
    .order_by(participants.c.id)
    .with_for_update(key_share=True)
)
"""Which of some people are in a session, and when they were last seen; their rows are locked in the
same order by everybody, so that no two processes wait for each other."""


def state_values(session: Session) -> dict[str, Any]:
    """Return the columns that a change of a session updates."""
    current = session.current_round
    return {
        "changed": rows.time_to_text(session.changed),
        "code": session.code,
        "locked": int(session.locked),
        "capacity": session.capacity,
        "settings": rows.settings_to_json(session),
        "step": session.state.value,
        "version": session.version,
        "asks": rows.rounds_to_json(session.rounds),
        "place": session.current,
        "ask": current.number if current and session.on_question else None,
    }


def update_seen(session_id: str, people: Collection[str], version: int) -> Update:
    """Build the update of when participants were last seen."""
    return (
        update(participants)
        .where(
            participants.c.session_id == session_id,
            participants.c.id.in_(people),
            participants.c.seen < version,
        )
        .values(seen=version)
    )


def delete_silent(session_id: str) -> Delete:
    """Build the deletion of the participants who never answered."""
    answered = select(responses.c.participant).where(responses.c.session_id == session_id)
    return delete(participants).where(
        participants.c.session_id == session_id, participants.c.id.not_in(answered)
    )


def count_participants(session_id: str) -> Select[Any]:
    """Build the query for the number of participants."""
    counted = select(func.count()).where(participants.c.session_id == session_id)
    return counted.select_from(participants)


def select_responses(session_id: str, round_number: int | None) -> Select[Any]:
    """Build the query for the answers of a session, or of one round."""
    query = (
        select(responses.c.ask, responses.c.participant, responses.c.given, responses.c.sure)
        .where(responses.c.session_id == session_id)
        .order_by(responses.c.ask, responses.c.participant)
    )
    if round_number is not None:
        query = query.where(responses.c.ask == round_number)
    return query


def select_summaries() -> Select[Any]:
    """Build the query for the list of all sessions, with their counts."""
    counts = (
        select(func.count())
        .where(table.c.session_id == sessions.c.id)
        .correlate(sessions)
        .scalar_subquery()
        .label(label)
        for table, label in ((participants, "people"), (responses, "answers"))
    )
    return select(
        *(sessions.c[name] for name in ("code", "title", "step", "opened", "changed")),
        *counts,
    ).order_by(sessions.c.opened.desc(), sessions.c.id.desc())


def delete_unchanged(before: datetime) -> Delete:
    """Build the deletion of sessions without a transition since a time."""
    return delete(sessions).where(_is_unchanged(before))


def select_census(before: datetime) -> Select[Any]:
    """Build the query that counts what ``delete_unchanged`` would delete."""
    return select(
        func.count().label("total"),
        func.coalesce(func.sum(case((_is_unchanged(before), 1), else_=0)), 0).label("old"),
        func.max(case((sessions.c.changed.like(_TIME), sessions.c.changed))).label("newest"),
    ).select_from(sessions)


def _is_unchanged(before: datetime) -> ColumnElement[bool]:
    since = rows.time_to_text(before)
    # a text that is not a time sorts anywhere: then the time of opening decides
    is_invalid = sessions.c.changed.not_like(_TIME)
    return or_(sessions.c.changed < since, and_(is_invalid, sessions.c.opened < since))
