"""A class in memory that a test moves along by hand."""

from explorer.domain.grading import Given, misfit
from explorer.domain.questions import Question
from explorer.domain.quiz_view import judge
from explorer.domain.sessions import (
    ClassEnded,
    ClassFull,
    ClassLocked,
    CodeChanged,
    Misfit,
    NoSuchClass,
    NotJoined,
    NotSaved,
    Settling,
    TooLate,
    Unavailable,
    Unreadable,
)
from explorer.teaching import Lobby
from explorer.web.rooms import Room, State, asked

CODE = "ABC234"


class FakeRooms:
    """One class with one code."""

    def __init__(self, *questions: Question, capacity: int = 3) -> None:
        self.questions = questions
        self.capacity = capacity
        self.state = State.WAITING
        self.number = 0
        self.people: set[str] = set()
        self.answers: dict[tuple[str, int], Given | None] = {}
        self.broken = False
        self.lost = False
        self.locked = False
        self.renewed = False
        self.unreadable = False
        self.looked_for = 0

    @property
    def step(self) -> str:
        """Name where the class stands."""
        return f"{self.number}.{self.state}"

    def find(self, code: str) -> Lobby:
        """Look for the class."""
        self._read()
        self.looked_for += 1
        if code != CODE:
            raise NoSuchClass
        if self.renewed:
            raise CodeChanged
        if self.locked:
            raise ClassLocked
        if self.state is State.ENDED:
            raise ClassEnded
        return Lobby(code=code, title="Using anakinra: a lesson")

    def enter(self, code: str, token: str) -> None:
        """Join it."""
        self.find(code)
        if token not in self.people and len(self.people) >= self.capacity:
            raise ClassFull
        self.people.add(token)

    def room(self, code: str, token: str) -> Room:
        """Show it."""
        self._read()
        if code != CODE or token not in self.people:
            raise NotJoined
        if self.state in (State.WAITING, State.BETWEEN, State.ENDED):
            return Room(code=code, step=self.step, state=self.state)
        question = self.questions[self.number]
        key = (token, self.number)
        given = self.answers.get(key)
        shown = asked(question)
        if self.state is State.READING:
            shown = shown.evolve(options=(), groups=())
        revealed = self.state is State.REVEALED
        return Room(
            code=code,
            step=self.step,
            state=self.state,
            place=self.number + 1,
            total=len(self.questions),
            asked=shown,
            answered=key in self.answers,
            given=given or (),
            not_sure=key in self.answers and given is None,
            judged=judge(question, given, tuple(item.id for item in question.options))
            if revealed
            else None,
            supports=(
                Settling(
                    text="The line of the guide.",
                    address="guide#infection",
                    source="US label of Kineret, section 5.1",
                ),
            )
            if revealed
            else (),
        )

    def answer(self, code: str, token: str, step: str, given: Given | None) -> Room:
        """Keep an answer."""
        if code != CODE or token not in self.people:
            raise NotJoined
        if self.broken:
            raise NotSaved
        if step != self.step or self.state is not State.OPEN:
            raise TooLate
        if given is not None and (problem := misfit(self.questions[self.number], given)):
            raise Misfit(problem)
        self.answers[token, self.number] = given
        return self.room(code, token)

    def _read(self) -> None:
        if self.lost:
            raise Unreadable
        if self.unreadable:
            raise Unavailable
