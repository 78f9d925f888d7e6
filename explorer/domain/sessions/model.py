"""The data model of a live class: its plan, its rounds, its participants and their answers.

Every transition raises the session's ``version`` by one. Whether a participant was shown a question
is decided by comparing versions, not times: a clock can be wrong or be set back. A participant who
joined before the question was closed and was seen at or after the version at which it was shown,
was shown it. A participant who left in a break is therefore missing from later questions, and not
counted as wrong.

Databases of earlier versions hold plans and rounds as JSON. Their field names are kept as aliases
here, so those rows can still be read.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from pydantic import ConfigDict, Field

from explorer.domain.base import Frozen
from explorer.domain.grading import Answer
from explorer.domain.own_questions import OwnAsked
from explorer.domain.questions import Question
from explorer.domain.reason_steps import ReasonStep, reason_steps

LONGEST_TITLE: Final = 120
"""Characters of a class's title. The input field for it takes 60."""


class TeachingPhase(StrEnum):
    """When a question is asked, relative to the teaching."""

    BEFORE = "before"
    AFTER = "after"
    FREE = "free"
    LATER = "later"
    """Weeks later; the host opens this round after the end."""


class ClassState(StrEnum):
    """State of a class."""

    PREPARED = "prepared"
    OPEN = "open"
    READING = "reading"
    SHOWN = "shown"
    CLOSED = "closed"
    REVEALED = "revealed"
    BETWEEN = "between"
    ENDED = "ended"


class SupportingPassage(Frozen):
    """A text of ours that supports an answer, where to read it, and its source."""

    text: str
    address: str
    source: str = ""


class PlannedQuestion(Frozen):
    """A question of the plan, copied with everything needed to ask and to explain it."""

    model_config = ConfigDict(populate_by_name=True)

    question: Question | OwnAsked
    phase: TeachingPhase
    case: str = Field(default="", description="The case description shared with other questions.")
    evidence: tuple[SupportingPassage, ...] = Field(default=(), alias="settled_by")
    drawn: bool = Field(
        default=False, description="Chance decided whether it or its parallel question comes first."
    )

    @property
    def reason_steps(self) -> tuple[ReasonStep, ...]:
        """The steps in which the room is shown why."""
        shown = bool(self.evidence or self.question.drawing)
        return reason_steps(self.question, has_evidence=shown)


class Round(Frozen):
    """One vote on a question of the plan. A second vote is a round of its own.

    ``shown`` and ``closed`` are versions of the session; None where that has not happened.
    """

    model_config = ConfigDict(populate_by_name=True)

    number: int = Field(description="Identifies the round in its session; never reused.")
    question_index: int = Field(alias="item", description="Index in the plan, from 0.")
    vote: int = Field(default=1, description="2 for the vote after discussion.")
    shown: int | None = None
    closed: int | None = None
    revealed: bool = False
    step: int = Field(
        default=0, description="The step of the reasons on the room's screen, from 0."
    )
    skipped: bool = False
    hands: tuple[int, ...] = Field(
        default=(), description="Hands counted by the host for each option, of who has no phone."
    )

    released: tuple[str, ...] = Field(
        default=(), description="Digests of the short texts that the host lets the room see."
    )

    @property
    def counts(self) -> bool:
        """True where the question was shown and the host did not skip it."""
        return self.shown is not None and not self.skipped

    def was_shown_to(self, participant: "Participant") -> bool:
        """Return whether a participant was present while the question was shown."""
        if self.shown is None or self.skipped or participant.seen < self.shown:
            return False
        return self.closed is None or participant.joined < self.closed


class Session(Frozen):
    """A class: its plan, which never changes, and its current state."""

    id: str = Field(description="Random; never shown to anybody.")
    code: str
    first_code: str = Field(default="", description="The code that the class was opened with.")
    locked: bool = Field(default=False, description="True while nobody else may join.")
    title: str
    content: str = Field(description="Content version from which the questions were copied.")
    opened: datetime
    changed: datetime = Field(description="Time of the last transition.")
    capacity: int
    plan: tuple[PlannedQuestion, ...]
    concepts: tuple[tuple[str, str], ...] = Field(default=(), description="Id and label of each.")
    sureness: bool = Field(
        default=False, description="Phones are asked how sure people are; the host decides."
    )
    later: bool = Field(default=False, description="The round weeks later was opened.")
    state: ClassState = ClassState.PREPARED
    version: int = 1
    rounds: tuple[Round, ...] = Field(default=(), description="In the order they are held.")
    current: int = Field(default=-1, description="Index of the current round, or -1.")

    @property
    def current_round(self) -> Round | None:
        """The round that the class is at, or was at last."""
        return self.rounds[self.current] if self.current >= 0 else None

    @property
    def identity(self) -> str:
        """The code that participants are identified with; it stays when the code changes."""
        return self.first_code or self.code

    @property
    def is_consistent(self) -> bool:
        """True where the current index lies within the rounds, and theirs within the plan."""
        in_plan = all(0 <= item.question_index < len(self.plan) for item in self.rounds)
        lowest = 0 if self.on_question else -1
        return in_plan and lowest <= self.current < len(self.rounds)

    @property
    def length(self) -> int:
        """Questions of the plan up to now: those of weeks later count once they were opened."""
        return len(self.plan) if self.later else len(self.plan) - self.awaited

    @property
    def awaited(self) -> int:
        """Questions of the plan that are asked weeks later."""
        return sum(item.phase is TeachingPhase.LATER for item in self.plan)

    @property
    def on_question(self) -> bool:
        """True while a question is on the screens."""
        return self.state in (
            ClassState.READING,
            ClassState.SHOWN,
            ClassState.CLOSED,
            ClassState.REVEALED,
        )

    @property
    def planned(self) -> PlannedQuestion | None:
        """The question on the screens, or None."""
        current = self.current_round
        return self.plan[current.question_index] if current and self.on_question else None

    @property
    def position_token(self) -> str:
        """Token of the current round and state. An answer carries it: ``3.shown``."""
        current = self.current_round
        return f"{current.number if current else '-'}.{self.state}"

    def accepts_answers(self, round_number: int) -> bool:
        """Return whether answers to a round are accepted now."""
        current = self.current_round
        return (
            self.state is ClassState.SHOWN
            and current is not None
            and current.number == round_number
        )


class Participant(Frozen):
    """A participant: a random id, and the versions at which they joined and were last seen.

    A participant is seen when they join, answer, or load an open question.
    """

    id: str
    joined: int
    seen: int


class StoredAnswer(Frozen):
    """The answer of a participant in a round; None is "not sure".

    ``sure`` is None where nobody asked how sure they were.
    """

    model_config = ConfigDict(populate_by_name=True)

    round_number: int = Field(alias="ask")
    participant: str
    answer: Answer | None = Field(alias="given")
    sure: bool | None = None
