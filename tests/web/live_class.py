"""A real class on a store in memory, with a host that a test leads and a store that can fail."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, cycle

from explorer.classes.keys import participant_id
from explorer.classes.service import ClassService
from explorer.domain.grading import Answer
from explorer.domain.sessions import (
    Action,
    ClassState,
    Door,
    PlannedQuestion,
    Session,
    StoredAnswer,
    Unavailable,
)
from explorer.store.memory import MemoryStore

CODE = "ABC234"

_ORDER = (ClassState.READING, ClassState.SHOWN, ClassState.CLOSED, ClassState.REVEALED)
_ACTIONS = (Action.SHOW, Action.CLOSE, Action.REVEAL)


class FailingStore(MemoryStore):
    """A store in memory whose reads and writes fail for phones where a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.read_error: type[Unavailable] | None = None
        self.write_error: type[Unavailable] | None = None

    def by_code(self, code: str) -> Session | None:
        """Return a session, or fail."""
        self._fail(self.read_error)
        return super().by_code(code)

    def by_id(self, session_id: str) -> Session | None:
        """Return a session, or fail."""
        self._fail(self.read_error)
        return super().by_id(session_id)

    def membership(self, code: str, participant: str) -> tuple[Session, StoredAnswer | None] | None:
        """Return a session with an answer, or fail."""
        self._fail(self.read_error)
        return super().membership(code, participant)

    def answer(
        self,
        session_id: str,
        round_number: int,
        participant: str,
        answer: Answer | None,
        *,
        sure: bool | None = None,
    ) -> None:
        """Save an answer, or fail."""
        self._fail(self.write_error)
        super().answer(session_id, round_number, participant, answer, sure=sure)

    @staticmethod
    def _fail(error: type[Unavailable] | None) -> None:
        if error is not None:
            raise error


class LiveClass:
    """A class of the code ``CODE`` with its host.

    Args:
        plan: what is asked.
        capacity: most people.
    """

    def __init__(self, plan: Sequence[PlannedQuestion], *, capacity: int = 250) -> None:
        characters: Iterator[str] = chain(CODE, cycle("XYZ789"))
        self.store = FailingStore()
        self.service = ClassService(self.store, capacity=capacity, pick=lambda _: next(characters))
        self.plan = tuple(plan)
        self.keys = self.service.open_session(plan, title="Using anakinra: a lesson", content="v1")

    @property
    def session(self) -> Session:
        """The class as it is stored now, whatever fails for phones."""
        (session,) = self.store._sessions.values()
        return session

    @property
    def position_token(self) -> str:
        """What an answer names now."""
        return self.session.position_token

    @property
    def people(self) -> set[str]:
        """Ids of all who joined."""
        return {item.id for item in self.store.participants(self.session.id)}

    @property
    def answers(self) -> list[Answer | None]:
        """All answers that are stored."""
        return [item.answer for item in self.store.responses(self.session.id)]

    def act(self, *actions: Action | str) -> None:
        """Advance the class as its host."""
        for action in actions:
            version = self.service.host(self.keys.console).version
            self.service.advance(self.keys.console, Action(action), version)

    def turn(self, door: Door) -> None:
        """Change who may join, as the host."""
        version = self.service.host(self.keys.console).version
        self.service.turn_door(self.keys.console, door, version)

    def go(self, state: ClassState, index: int = 0) -> None:
        """Lead the class forward to a state, and to a question where the state is of one."""
        if state is ClassState.ENDED:
            self.act(Action.END)
        if state is ClassState.BETWEEN:
            self.go(ClassState.READING, len(self.plan) - 1)
            self.act(Action.SKIP)
        if state not in _ORDER:
            return
        if not self.session.on_question:
            self.act(Action.NEXT)
        while self._index() < index:
            revealed = self.session.state is ClassState.REVEALED
            self.act(Action.NEXT if revealed else Action.SKIP)
        at = _ORDER.index(self.session.state)
        self.act(*_ACTIONS[at : _ORDER.index(state)])

    def _index(self) -> int:
        current = self.session.current_round
        assert current is not None
        return current.question_index


def ids(*tokens: str) -> Collection[str]:
    """Give the ids under which phones with these tokens are known."""
    return {participant_id(CODE, token) for token in tokens}
