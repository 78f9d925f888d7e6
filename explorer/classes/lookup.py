"""Finding a class by its code, by a key, or by a participant's token, and reading its answers."""

from typing import Final

from explorer.classes.host_views import HostView, host_view, shows_tallies
from explorer.classes.keys import hash_secret, normalise_code, participant_id
from explorer.classes.outcomes import Outcomes
from explorer.classes.views import Attendance, ParticipantView, Seat, participant_view
from explorer.domain.base import Frozen
from explorer.domain.sessions import (
    ClassState,
    CodeChanged,
    NoSuchClass,
    NotJoined,
    Round,
    Session,
    StoredAnswer,
)
from explorer.store.port import KeyRole, Store

_CACHED_CODES: Final = 2_000
"""Codes whose first code is cached."""


class Membership(Frozen):
    """A participant in their class, with their answer in the current round."""

    session: Session
    participant: str
    answer: StoredAnswer | None


class ClassLookup:
    """Finds classes in a store. Thread-safe; calls may block.

    Args:
        store: where classes are kept.
        outcomes: what became of them.
    """

    def __init__(self, store: Store, outcomes: Outcomes) -> None:
        self._store = store
        self._outcomes = outcomes
        self._first_codes: dict[str, str] = {}

    def by_code(self, code: str) -> Session:
        """Return a class by its code, as typed.

        Raises:
            NoSuchClass: no class has this code, or it is not open yet.
            CodeChanged: the class of this code has a new one.
        """
        code = normalise_code(code)
        session = self._store.by_code(code)
        if session is None and self._store.first_code(code) is not None:
            raise CodeChanged
        if session is None or session.state is ClassState.PREPARED:
            raise NoSuchClass
        return session

    def by_key(self, role: KeyRole, key: str) -> Session:
        """Return a class by one of its keys. Raises NoSuchClass."""
        session = self._store.by_key(role, hash_secret(role, key)) if key else None
        if session is None:
            raise NoSuchClass(
                "There is no class with this link. It was deleted, or a new link was made."
            )
        return session

    def membership(self, code: str, token: str) -> Membership:
        """Find a participant by their token.

        Args:
            code: the code of the class, or one that it had before.
            token: the browser's secret.

        Raises:
            NotJoined: no such class, or this token is not of a participant.
        """
        if not token:
            raise NotJoined
        code = normalise_code(code)
        first = self._first_code(code)
        participant = participant_id(first, token)
        found = self._store.membership(first, participant)
        if found is None:
            self._first_codes.pop(code, None)  # the code may be another class's by now
            raise NotJoined
        session, answer = found
        return Membership(session=session, participant=participant, answer=answer)

    def seat(self, code: str, token: str) -> Seat:
        """Return who a participant is and what they see. Raises NotJoined."""
        found = self.membership(code, token)
        return Seat(
            session_id=found.session.id,
            version=found.session.version,
            participant=found.participant,
            view=self.view(found),
        )

    def view(self, found: Membership) -> ParticipantView:
        """Return what a participant sees, after the end too."""
        if found.session.state is ClassState.ENDED:
            return self._outcomes.of(found.session).ended(found.participant)
        return participant_view(found.session, found.answer)

    def attendance(self, session_id: str) -> Attendance | None:
        """Return a class with its participants and their answers; None where it was deleted."""
        session = self._store.by_id(session_id)
        if session is None:
            return None
        current = session.current_round
        answers: tuple[StoredAnswer, ...] = ()
        if current is not None and session.on_question and current.shown is not None:
            answers = self._store.responses(session.id, current.number)
        return Attendance(
            session=session,
            participants=frozenset(item.id for item in self._store.participants(session.id)),
            answers={item.participant: item for item in answers},
            ended=(self._outcomes.of(session).ended if session.state is ClassState.ENDED else None),
        )

    def host_view(self, session: Session, *, for_host: bool, rush: bool) -> HostView:
        """Read the answers of a class and build what the host or the projector sees.

        Args:
            session: the class.
            for_host: True for the host, False for the projector.
            rush: whether participants joined implausibly fast.
        """
        current = session.current_round
        answers: tuple[StoredAnswer, ...] = ()
        earlier: tuple[StoredAnswer, ...] | None = None
        if current is not None and session.on_question and current.shown is not None:
            answers = self._store.responses(session.id, current.number)
            previous = _previous_vote(session, current)
            if previous is not None and (for_host or shows_tallies(session)):
                earlier = self._store.responses(session.id, previous.number)
        return host_view(
            session,
            for_host=for_host,
            joined=self._store.count_participants(session.id),
            answers=answers,
            earlier=earlier,
            rush=rush,
        )

    def _first_code(self, code: str) -> str:
        """Return the code that a class was opened with; cached, since every poll needs it."""
        found = self._first_codes.get(code) or self._store.first_code(code)
        if found is None:
            return code
        if len(self._first_codes) >= _CACHED_CODES:
            self._first_codes.clear()
        self._first_codes[code] = found
        return found


def _previous_vote(session: Session, current: Round) -> Round | None:
    """Return the vote before a round on the same question, if there is one."""
    for item in session.rounds:
        if item.question_index == current.question_index and item.vote == current.vote - 1:
            return item
    return None
