"""What a participant sees of a class, and what the participant page needs to be told.

The solution of a question is in a ``Room`` only when the class has been shown it: the page is
made from this and nothing else.
"""

from enum import StrEnum
from typing import Protocol

from explorer.domain.base import Frozen
from explorer.domain.grading import Given
from explorer.domain.questions import Kind, Question
from explorer.domain.quiz_view import Judged


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


class Support(Frozen):
    """The words that settle a question, where they stand with us, and whose they are."""

    text: str
    address: str
    source: str = ""


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
    judged: Judged | None = None
    supports: tuple[Support, ...] = ()

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


class Lobby(Frozen):
    """A class that can be joined."""

    code: str
    title: str


class NoSuchClass(Exception):
    """There is no class of this code, or no longer."""


class ClassEnded(Exception):
    """The class is over."""


class ClassFull(Exception):
    """As many people joined as the class takes."""


class NotJoined(Exception):
    """This browser is not of the class, or there is no such class: which one is not told."""


class Misfit(Exception):
    """The answer is not one to this question yet; the message says what is missing."""


class TooLate(Exception):
    """The question is not open any more."""


class NotSaved(Exception):
    """The answer could not be made durable; it can be sent again."""


class Rooms(Protocol):
    """The classes, as the participant page uses them. Calls may block."""

    def find(self, code: str) -> Lobby:
        """Look for a class. Raises NoSuchClass, ClassEnded."""

    def enter(self, code: str, token: str) -> None:
        """Join, or stay joined. Raises NoSuchClass, ClassEnded, ClassFull."""

    def room(self, code: str, token: str) -> Room:
        """Give what a participant sees. Raises NotJoined."""

    def answer(self, code: str, token: str, step: str, given: Given | None) -> None:
        """Keep an answer; None is "not sure". It is durable when this returns.

        Raises NotJoined, Misfit, TooLate, NotSaved.
        """


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
