"""The store in an SQL database."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import (
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from explorer.domain.grading import Answer
from explorer.domain.sessions import (
    Participant,
    Session,
    StoredAnswer,
    TooManyClasses,
)
from explorer.store import rows
from explorer.store.port import (
    CodeTaken,
    KeyHashes,
    KeyRole,
)
from explorer.store.sql import queries
from explorer.store.sql.keeping import SqlUpkeep
from explorer.store.sql.schema import codes, participants, sessions
from explorer.store.sql.writes import Answering, Joining


class SqlStore(SqlUpkeep):
    """Stores classes in SQLite or PostgreSQL. Safe to use from several threads and processes."""

    def create(self, session: Session, keys: KeyHashes, *, most: int, since: datetime) -> None:
        """Insert a session."""
        with self._transaction() as connection:
            recent = select(func.count()).where(sessions.c.changed >= rows.time_to_text(since))
            if (connection.scalar(recent.select_from(sessions)) or 0) >= most:
                raise TooManyClasses
            values = {
                "id": session.id,
                "title": session.title,
                "content": session.content,
                "opened": rows.time_to_text(session.opened),
                "first_code": session.identity,
                "plan": rows.plan_to_json(session.plan),
                "concepts": rows.concepts_to_json(session.concepts),
                **queries.state_values(session),
                **keys.model_dump(),
            }
            try:
                connection.execute(insert(sessions).values(values))
                connection.execute(insert(codes).values(code=session.code, session_id=session.id))
            except IntegrityError:
                raise CodeTaken from None

    def by_code(self, code: str) -> Session | None:
        """Return the session that has a code now."""
        return self._one(select(*queries.STATE_COLUMNS).where(sessions.c.code == code))

    def by_key(self, role: KeyRole, key_hash: str) -> Session | None:
        """Return the session of a key."""
        return self._one(select(*queries.STATE_COLUMNS).where(sessions.c[role.value] == key_hash))

    def by_id(self, session_id: str) -> Session | None:
        """Return a session by its id."""
        return self._one(select(*queries.STATE_COLUMNS).where(sessions.c.id == session_id))

    def versions(self, session_ids: Collection[str]) -> Mapping[str, int]:
        """Return the versions of sessions."""
        query = select(sessions.c.id, sessions.c.version).where(sessions.c.id.in_(session_ids))
        with self._read() as connection:
            return {row.id: rows.whole(row.version) for row in connection.execute(query)}

    def wait(self, seconds: float) -> None:
        """Sleep until another process may have changed a session."""
        self._notices.wait(seconds)

    def replace(self, session: Session, *, remove_silent: bool = False) -> bool:
        """Update a session if its stored version is one lower."""
        changed = (
            update(sessions)
            .where(sessions.c.id == session.id, sessions.c.version == session.version - 1)
            .values(queries.state_values(session))
        )
        owner_of_code = select(codes.c.session_id).where(codes.c.code == session.code)
        with self._transaction() as connection:
            owner = connection.scalar(owner_of_code)
            if owner not in (None, session.id):
                raise CodeTaken
            if connection.execute(changed).rowcount != 1:
                return False
            if owner is None:
                new = insert(codes).values(code=session.code, session_id=session.id)
                connection.execute(new)
            if remove_silent:
                connection.execute(queries.delete_silent(session.id))
            self._notices.send(connection)
            return True

    def first_code(self, code: str) -> str | None:
        """Return the first code of the session that has or had a code."""
        query = (
            select(sessions.c.first_code)
            .join(codes, codes.c.session_id == sessions.c.id)
            .where(codes.c.code == code)
        )
        with self._read() as connection:
            found = connection.scalar(query)
            return None if found is None else str(found)

    def join(self, session_id: str, participant: str) -> bool:
        """Add a participant."""
        joining = Joining(session_id, participant)
        self._queue.submit(joining)
        return joining.is_new

    def leave(self, session_id: str, participant: str) -> bool:
        """Remove a participant; the answers go with the row."""
        mine = participants.c.session_id == session_id, participants.c.id == participant
        with self._transaction() as connection:
            return connection.execute(delete(participants).where(*mine)).rowcount == 1

    def membership(self, code: str, participant: str) -> tuple[Session, StoredAnswer | None] | None:
        """Return a session with a participant's answer in the current round."""
        with self._read() as connection:
            names = {"code": code, "participant": participant}
            found = connection.execute(queries.MEMBERSHIP, names).first()
            session = None if found is None else self._session(connection, found)
        if found is None or session is None:
            return None
        if found.answered is None:
            return session, None
        return session, rows.response(found.answered, participant, found.given, found.sure)

    def answer(
        self,
        session_id: str,
        round_number: int,
        participant: str,
        answer: Answer | None,
        *,
        sure: bool | None = None,
    ) -> None:
        """Insert or replace an answer."""
        self._queue.submit(Answering(session_id, round_number, participant, answer, sure))

    def record_seen(self, session_id: str, participants: Collection[str], version: int) -> None:
        """Record that participants were seen."""
        if participants:
            with self._transaction() as connection:
                connection.execute(queries.LOCK, {"id": session_id})
                connection.execute(queries.update_seen(session_id, participants, version))

    def responses(
        self, session_id: str, round_number: int | None = None
    ) -> tuple[StoredAnswer, ...]:
        """Return the answers by round and participant."""
        with self._read() as connection:
            return tuple(
                rows.response(row.ask, row.participant, row.given, row.sure)
                for row in connection.execute(queries.select_responses(session_id, round_number))
                if isinstance(row.ask, int)
            )

    def participants(self, session_id: str) -> tuple[Participant, ...]:
        """Return the participants by id."""
        query = (
            select(participants.c.id, participants.c.joined, participants.c.seen)
            .where(participants.c.session_id == session_id)
            .order_by(participants.c.id)
        )
        with self._read() as connection:
            return tuple(rows.participant(row) for row in connection.execute(query))

    def count_participants(self, session_id: str) -> int:
        """Return the number of participants."""
        with self._read() as connection:
            return connection.scalar(queries.count_participants(session_id)) or 0

    def replace_keys(self, session_id: str, keys: KeyHashes) -> bool:
        """Give a session other keys."""
        changed = update(sessions).where(sessions.c.id == session_id).values(keys.model_dump())
        with self._transaction() as connection:
            return connection.execute(changed).rowcount == 1

    def delete(self, session_id: str) -> bool:
        """Delete a session."""
        with self._transaction() as connection:
            result = connection.execute(delete(sessions).where(sessions.c.id == session_id))
            self._cache.pop(session_id, None)
            self._notices.send(connection)
            return result.rowcount == 1
