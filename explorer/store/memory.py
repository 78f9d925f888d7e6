"""A store in memory: for tests, and for a look at the app without a disk."""

from collections.abc import Collection
from datetime import datetime
from threading import RLock

from explorer.domain.grading import Given
from explorer.domain.sessions import (
    ClassEnded,
    ClassFull,
    ClassLocked,
    NoSuchClass,
    NotJoined,
    Participant,
    Response,
    Session,
    Step,
    TooLate,
    TooManyClasses,
)
from explorer.store.port import CodeTaken, KeyHashes, Role, Summary


class MemoryStore:
    """Keeps everything as long as the process lives. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._sessions: dict[str, Session] = {}
        self._codes: dict[str, str] = {}
        self._keys: dict[tuple[Role, str], str] = {}
        self._people: dict[str, dict[str, Participant]] = {}
        self._answers: dict[str, dict[tuple[int, str], Response]] = {}

    def create(self, session: Session, keys: KeyHashes, *, most: int, since: datetime) -> None:
        """Keep a new session."""
        named = {(role, getattr(keys, role.value)): session.id for role in Role}
        with self._lock:
            if session.code in self._codes:
                raise CodeTaken
            if self._keys.keys() & named.keys():
                raise CodeTaken
            if sum(item.changed >= since for item in self._sessions.values()) >= most:
                raise TooManyClasses
            self._sessions[session.id] = session
            self._codes[session.code] = session.id
            self._keys |= named
            self._people[session.id] = {}
            self._answers[session.id] = {}

    def by_code(self, code: str) -> Session | None:
        """Give a session by its code."""
        with self._lock:
            return next((item for item in self._sessions.values() if item.code == code), None)

    def by_key(self, role: Role, key_hash: str) -> Session | None:
        """Give a session by the hash of a key."""
        with self._lock:
            return self._sessions.get(self._keys.get((role, key_hash), ""))

    def replace(self, session: Session) -> bool:
        """Keep where a session stands, if nobody else moved it."""
        with self._lock:
            known = self._sessions.get(session.id)
            if known is None or known.version != session.version - 1:
                return False
            if self._codes.setdefault(session.code, session.id) != session.id:
                raise CodeTaken
            self._sessions[session.id] = session
            return True

    def first_code(self, code: str) -> str | None:
        """Give the first code of the session that has or had a code."""
        with self._lock:
            session = self._sessions.get(self._codes.get(code, ""))
            return None if session is None else session.identity

    def let_go(self, session_id: str) -> int:
        """Take out everybody who never answered."""
        with self._lock:
            answered = {name for _, name in self._answers.get(session_id, {})}
            people = self._people.get(session_id, {})
            gone = [name for name in people if name not in answered]
            for name in gone:
                del people[name]
            return len(gone)

    def join(self, session_id: str, participant: str) -> bool:
        """Add somebody."""
        with self._lock:
            session = self._sessions.get(session_id)
            if session is None:
                raise NoSuchClass
            people = self._people[session_id]
            if participant in people:
                return False
            if session.step in (Step.PREPARED, Step.ENDED):
                raise ClassEnded
            if session.locked:
                raise ClassLocked
            if len(people) >= session.capacity:
                raise ClassFull
            people[participant] = Participant(
                id=participant, joined=session.version, seen=session.version
            )
            return True

    def seat(self, code: str, participant: str) -> tuple[Session, Response | None] | None:
        """Give a session and what somebody answered to the question before the room."""
        with self._lock:
            named = (item for item in self._sessions.values() if item.identity == code)
            session = next(named, None)
            if session is None or participant not in self._people[session.id]:
                return None
            if session.ask is None or not session.on_question:
                return session, None
            return session, self._answers[session.id].get((session.ask.number, participant))

    def answer(self, session_id: str, ask: int, participant: str, given: Given | None) -> None:
        """Keep an answer."""
        with self._lock:
            if participant not in self._people.get(session_id, {}):
                raise NotJoined
            if not self._sessions[session_id].takes_answers(ask):
                raise TooLate
            self._answers[session_id][ask, participant] = Response(
                ask=ask, participant=participant, given=given
            )
            self.seen(session_id, (participant,), self._sessions[session_id].version)

    def seen(self, session_id: str, people: Collection[str], version: int) -> None:
        """Note that people were there."""
        with self._lock:
            known = self._people.get(session_id, {})
            for name in people:
                if name in known and known[name].seen < version:
                    known[name] = known[name].evolve(seen=version)

    def responses(self, session_id: str, ask: int | None = None) -> tuple[Response, ...]:
        """Give the answers by ask and person."""
        with self._lock:
            found = sorted(self._answers.get(session_id, {}).items())
        return tuple(item for (number, _), item in found if ask is None or number == ask)

    def participants(self, session_id: str) -> tuple[Participant, ...]:
        """Give everybody by id."""
        with self._lock:
            people = self._people.get(session_id, {})
            return tuple(people[name] for name in sorted(people))

    def people(self, session_id: str) -> int:
        """Count everybody."""
        with self._lock:
            return len(self._people.get(session_id, {}))

    def delete(self, session_id: str) -> bool:
        """Delete a session."""
        with self._lock:
            self._keys = {key: kept for key, kept in self._keys.items() if kept != session_id}
            self._codes = {code: kept for code, kept in self._codes.items() if kept != session_id}
            self._people.pop(session_id, None)
            self._answers.pop(session_id, None)
            return self._sessions.pop(session_id, None) is not None

    def summaries(self) -> tuple[Summary, ...]:
        """List all sessions."""
        with self._lock:
            latest = sorted(
                self._sessions.values(), key=lambda item: (item.opened, item.id), reverse=True
            )
            return tuple(
                Summary(
                    code=item.code,
                    title=item.title,
                    step=item.step.value,
                    opened=item.opened,
                    changed=item.changed,
                    people=len(self._people[item.id]),
                    answers=len(self._answers[item.id]),
                )
                for item in latest
            )

    def purge(self, before: datetime) -> int:
        """Delete what nobody moved since."""
        with self._lock:
            old = [item.id for item in self._sessions.values() if item.changed < before]
            for session_id in old:
                self.delete(session_id)
            return len(old)

    def close(self) -> None:
        """Nothing is held open."""
