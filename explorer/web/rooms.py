"""What a participant sees of a class, and what the participant page needs to be told.

The solution of a question is in a ``Room`` only when the class has been shown it: the page is
made from this and nothing else.
"""

from enum import StrEnum
from typing import Final, Protocol

from explorer.domain.base import Frozen
from explorer.domain.grading import Given, misfit
from explorer.domain.questions import Kind, Question
from explorer.domain.quiz_view import Judged, judge
from explorer.domain.sessions import Settling, Step
from explorer.teaching import Lobby, Seat, Teaching


class State(StrEnum):
    """Where a class stands, as its participants see it."""

    WAITING = "waiting"
    READING = "reading"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"
    BETWEEN = "between"
    ENDED = "ended"


class Choice(Frozen):
    """An option or a group: its id and its words."""

    id: str
    text: str


class Asked(Frozen):
    """A question without its solution."""

    kind: Kind
    stem: str
    case: str = ""
    options: tuple[Choice, ...] = ()
    groups: tuple[Choice, ...] = ()
    unit: str = ""


class Room(Frozen):
    """What one participant sees now.

    ``step`` changes whenever the class moves on; an answer names the step that it belongs to.
    """

    code: str
    step: str
    state: State
    place: int = 0
    total: int = 0
    asked: Asked | None = None
    answered: bool = False
    given: Given = ()
    not_sure: bool = False
    unreadable: bool = False
    second_vote: bool = False
    judged: Judged | None = None
    supports: tuple[Settling, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """The answer in words, a line for each part; nothing where none was given."""
        asked = self.asked
        if asked is None or self.not_sure or not self.given:
            return ()
        if asked.kind is Kind.NUMBER:
            return (f"{self.given[0]} {asked.unit}",)
        texts = {option.id: option.text for option in asked.options}
        if asked.kind is not Kind.SORT:
            return tuple(texts[item] for item in self.given if item in texts)
        labels = {group.id: group.text for group in asked.groups}
        placed = dict(item.split("=", 1) for item in self.given if "=" in item)
        return tuple(
            f"{option.text}: {labels.get(placed[option.id], '')}"
            for option in asked.options
            if option.id in placed
        )


class Rooms(Protocol):
    """The classes, as the participant page uses them. Calls may block.

    What is raised is of ``explorer.domain.sessions``; any call may raise Unavailable.
    """

    def find(self, code: str) -> Lobby:
        """Look for a class. Raises NoSuchClass, ClassEnded."""

    def enter(self, code: str, token: str) -> None:
        """Join, or stay joined. Raises NoSuchClass, ClassEnded, ClassFull."""

    def room(self, code: str, token: str) -> Room:
        """Give what a participant sees. Raises NotJoined."""

    def answer(self, code: str, token: str, step: str, given: Given | None) -> Room:
        """Keep an answer; None is "not sure". It is durable when this returns what is seen now.

        Raises NotJoined, Misfit, TooLate.
        """


SETTLING: Final = 2
"""Most supporting texts under an answer: the first ones settle it."""

_STATES: Final = {
    Step.PREPARED: State.WAITING,
    Step.OPEN: State.WAITING,
    Step.READING: State.READING,
    Step.SHOWN: State.OPEN,
    Step.CLOSED: State.CLOSED,
    Step.REVEALED: State.REVEALED,
    Step.BETWEEN: State.BETWEEN,
    Step.ENDED: State.ENDED,
}


class LiveRooms:
    """The live classes of this server.

    Args:
        teaching: their service.
    """

    def __init__(self, teaching: Teaching) -> None:
        self._teaching = teaching

    def find(self, code: str) -> Lobby:
        """Look for a class."""
        return self._teaching.find(code)

    def enter(self, code: str, token: str) -> None:
        """Join."""
        self._teaching.join(code, token)

    def room(self, code: str, token: str) -> Room:
        """Give what a participant sees."""
        return room_of(self._teaching.room(code, token))

    def answer(self, code: str, token: str, step: str, given: Given | None) -> Room:
        """Keep an answer."""
        return room_of(self._teaching.answer(code, token, step, given))


def room_of(seat: Seat) -> Room:
    """Leave out of a seat what its participant may not see yet."""
    state, planned = _STATES[seat.stage], seat.planned
    room = Room(
        code=seat.code,
        step=seat.step,
        state=state,
        place=seat.place,
        total=seat.total,
        second_vote=seat.second_vote,
        answered=seat.answered,
        given=seat.given or (),
        not_sure=seat.not_sure,
    )
    if planned is None:
        return room
    question = planned.question
    shown = asked(question, planned.case)
    found: dict[str, object] = {"asked": shown}
    if seat.given is not None and misfit(question, seat.given):
        found |= {"unreadable": True, "given": ()}
    if state is State.READING:
        found["asked"] = shown.evolve(options=(), groups=())
    elif state is State.REVEALED:
        order = tuple(option.id for option in question.options)
        found["judged"] = judge(question, seat.given, order)
        found["supports"] = planned.settled_by[:SETTLING]
    return room.evolve(**found)


def asked(question: Question, case: str = "") -> Asked:
    """Leave everything out of a question that tells its answer.

    Args:
        question: what is asked.
        case: the stem it shares with others, or nothing.
    """
    return Asked(
        kind=question.kind,
        stem=question.stem,
        case=case,
        options=tuple(Choice(id=item.id, text=item.text) for item in question.options),
        groups=tuple(Choice(id=item.id, text=item.label) for item in question.groups),
        unit=question.number.unit if question.number else "",
    )
