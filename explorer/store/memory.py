"""A store in memory, for tests and for running the app without a disk."""

import time
from collections.abc import Collection, Mapping
from datetime import datetime
from threading import RLock

from explorer.domain.grading import Answer
from explorer.domain.sessions import (
    ClassEnded,
    ClassFull,
    ClassLocked,
    ClassState,
    NoSuchClass,
    NotJoined,
    Participant,
    Session,
    StoredAnswer,
    TooLate,
    TooManyClasses,
)
from explorer.store.port import Census, CodeTaken, KeyHashes, KeyRole, Notice, Summary


class MemoryStore:
    """Keeps everything until the process ends. Thread-safe."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._sessions: dict[str, Session] = {}
        self._codes: dict[str, str] = {}
        self._keys: dict[tuple[KeyRole, str], str] = {}
        self._people: dict[str, dict[str, Participant]] = {}
        self._answers: dict[str, dict[tuple[int, str], StoredAnswer]] = {}
        self._notice: Notice | None = None

    def create(self, session: Session, keys: KeyHashes, *, most: int, since: datetime) -> None:
        """Insert a session."""
        by_role = {(role, getattr(keys, role.value)): session.id for role in KeyRole}
        with self._lock:
            if session.code in self._codes:
                raise CodeTaken
            if self._keys.keys() & by_role.keys():
                raise CodeTaken
            if sum(item.changed >= since for item in self._sessions.values()) >= most:
                raise TooManyClasses
            self._sessions[session.id] = session
            self._codes[session.code] = session.id
            self._keys |= by_role
            self._people[session.id] = {}
            self._answers[session.id] = {}

    def by_code(self, code: str) -> Session | None:
        """Return the session that has a code now."""
        with self._lock:
            return next((item for item in self._sessions.values() if item.code == code), None)

    def by_key(self, role: KeyRole, key_hash: str) -> Session | None:
        """Return the session of a key."""
        with self._lock:
            return self._sessions.get(self._keys.get((role, key_hash), ""))

    def by_id(self, session_id: str) -> Session | None:
        """Return a session by its id."""
        with self._lock:
            return self._sessions.get(session_id)

    def versions(self, session_ids: Collection[str]) -> Mapping[str, int]:
        """Return the versions of sessions."""
        with self._lock:
            return {
                name: self._sessions[name].version for name in session_ids if name in self._sessions
            }

    def wait(self, seconds: float) -> None:
        """Sleep: no other process has this store."""
        time.sleep(seconds)

    def replace(self, session: Session, *, remove_silent: bool = False) -> bool:
        """Update a session if its stored version is one lower."""
        with self._lock:
            stored = self._sessions.get(session.id)
            if stored is None or stored.version != session.version - 1:
                return False
            if self._codes.setdefault(session.code, session.id) != session.id:
                raise CodeTaken
            self._sessions[session.id] = session
            if remove_silent:
                answered = {name for _, name in self._answers[session.id]}
                people = self._people[session.id]
                self._people[session.id] = {
                    name: item for name, item in people.items() if name in answered
                }
            return True

    def first_code(self, code: str) -> str | None:
        """Return the first code of the session that has or had a code."""
        with self._lock:
            session = self._sessions.get(self._codes.get(code, ""))
            return None if session is None else session.identity

    def join(self, session_id: str, participant: str) -> bool:
        """Add a participant."""
        with self._lock:
            session = self._sessions.get(session_id)
            if session is None:
                raise NoSuchClass
            people = self._people[session_id]
            if participant in people:
                return False
            if session.state in (ClassState.PREPARED, ClassState.ENDED):
                raise ClassEnded
            if session.locked:
                raise ClassLocked
            if len(people) >= session.capacity:
                raise ClassFull
            people[participant] = Participant(
                id=participant, joined=session.version, seen=session.version
            )
            return True

    def leave(self, session_id: str, participant: str) -> bool:
        """Remove a participant with all their answers."""
        with self._lock:
            answers = self._answers.get(session_id, {})
            for place in [item for item in answers if item[1] == participant]:
                del answers[place]
            return self._people.get(session_id, {}).pop(participant, None) is not None

    def membership(self, code: str, participant: str) -> tuple[Session, StoredAnswer | None] | None:
        """Return a session with a participant's answer in the current round."""
        with self._lock:
            matches = (item for item in self._sessions.values() if item.identity == code)
            session = next(matches, None)
            if session is None or participant not in self._people[session.id]:
                return None
            current = session.current_round
            if current is None or not session.on_question:
                return session, None
            return session, self._answers[session.id].get((current.number, participant))

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
        with self._lock:
            if participant not in self._people.get(session_id, {}):
                raise NotJoined
            if not self._sessions[session_id].accepts_answers(round_number):
                raise TooLate
            self._answers[session_id][round_number, participant] = StoredAnswer(
                round_number=round_number, participant=participant, answer=answer, sure=sure
            )
            self.record_seen(session_id, (participant,), self._sessions[session_id].version)

    def record_seen(self, session_id: str, participants: Collection[str], version: int) -> None:
        """Record that participants were seen."""
        with self._lock:
            people = self._people.get(session_id, {})
            for name in participants:
                if name in people and people[name].seen < version:
                    people[name] = people[name].evolve(seen=version)

    def responses(
        self, session_id: str, round_number: int | None = None
    ) -> tuple[StoredAnswer, ...]:
        """Return the answers by round and participant."""
        with self._lock:
            found = sorted(self._answers.get(session_id, {}).items())
        return tuple(
            item for (number, _), item in found if round_number is None or number == round_number
        )

    def participants(self, session_id: str) -> tuple[Participant, ...]:
        """Return the participants by id."""
        with self._lock:
            people = self._people.get(session_id, {})
            return tuple(people[name] for name in sorted(people))

    def count_participants(self, session_id: str) -> int:
        """Return the number of participants."""
        with self._lock:
            return len(self._people.get(session_id, {}))

    def replace_keys(self, session_id: str, keys: KeyHashes) -> bool:
        """Give a session other keys."""
        with self._lock:
            if session_id not in self._sessions:
                return False
            kept = {key: owner for key, owner in self._keys.items() if owner != session_id}
            self._keys = kept | {(role, getattr(keys, role.value)): session_id for role in KeyRole}
            return True

    def delete(self, session_id: str) -> bool:
        """Delete a session."""
        with self._lock:
            self._keys = {key: owner for key, owner in self._keys.items() if owner != session_id}
            self._codes = {
                code: owner for code, owner in self._codes.items() if owner != session_id
            }
            self._people.pop(session_id, None)
            self._answers.pop(session_id, None)
            return self._sessions.pop(session_id, None) is not None

    def summaries(self) -> tuple[Summary, ...]:
        """List all sessions."""
        with self._lock:
            latest_first = sorted(
                self._sessions.values(), key=lambda item: (item.opened, item.id), reverse=True
            )
            return tuple(
                Summary(
                    code=item.code,
                    title=item.title,
                    state=item.state.value,
                    opened=item.opened,
                    changed=item.changed,
                    people=len(self._people[item.id]),
                    answers=len(self._answers[item.id]),
                )
                for item in latest_first
            )

    def purge(self, before: datetime) -> int:
        """Delete the sessions without a transition since a time."""
        with self._lock:
            old = [item.id for item in self._sessions.values() if item.changed < before]
            for session_id in old:
                self.delete(session_id)
            return len(old)

    def census(self, before: datetime) -> Census:
        """Count the sessions."""
        with self._lock:
            changed = [item.changed for item in self._sessions.values()]
        return Census(
            total=len(changed),
            old=sum(item < before for item in changed),
            newest=max(changed, default=None),
        )

    def notice(self) -> Notice | None:
        """Return what was announced to be deleted."""
        return self._notice

    def set_notice(self, notice: Notice | None) -> None:
        """Keep an announcement."""
        self._notice = notice

    def faults(self) -> tuple[str, ...]:
        """Miss nothing."""
        return ()

    def saving_fails_for(self) -> float | None:
        """Return None: memory takes everything."""
        return None

    def close(self) -> None:
        """Do nothing: a store in memory has no connections."""
