"""Closed, typed values beside the words: what differences and filters rest on.

Prose is never compared. Two cells differ when their answers differ, are the same when both
answers are known and equal, and cannot be told apart when one of them is unknown.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, Literal, assert_never

from pydantic import Field, PositiveInt, model_validator

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.prose import Code, Layer, Prose


class AnswerType(StrEnum):
    """What kind of answer a row takes; ``words`` rows take none and are not compared."""

    SCHEDULE = "schedule"
    CHOICES = "choices"
    YES_NO = "yes-no"
    DURATION = "duration"
    STORAGE = "storage"
    YEAR = "year"
    WORDS = "words"


class Unit(StrEnum):
    """A unit of time."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Span(Frozen):
    """A length of time, such as 14 days."""

    value: PositiveInt
    unit: Worded[Unit]


class Phase(Frozen):
    """``times`` in every ``every`` units (to ``every_max``), for a length of time."""

    times: PositiveInt = 1
    every: PositiveInt
    every_max: PositiveInt | None = None
    unit: Worded[Unit]
    lasting: Span | None = None

    @model_validator(mode="after")
    def _range_goes_up(self) -> "Phase":
        if self.every_max is not None and self.every_max <= self.every:
            raise ValueError("every_max must be greater than every")
        return self


class Schedule(Frozen):
    """How often something is done: phases in order, the last one being the usual one."""

    kind: Literal["schedule"]
    phases: Annotated[tuple[Phase, ...], Listed, Field(min_length=1)]
    start_weeks: Annotated[tuple[int, ...], Listed] = Field(
        default=(), description="Weeks of the starting doses, such as [0, 2, 6]."
    )


class Once(Frozen):
    """Done once, in one dose or in several on one day; again only after a stated time."""

    kind: Literal["once"]
    doses: PositiveInt = 1
    again_after: Span | None = None


class AsAdvised(Frozen):
    """The texts that were read set no plan, such as times or a dose: the care team decides."""

    kind: Literal["as-advised"]


class Choices(Frozen):
    """A set of values from the row's own list."""

    kind: Literal["choices"]
    values: Annotated[tuple[Slug, ...], Listed, Field(min_length=1)]


class YesNo(Frozen):
    """Yes, no, or it depends (and on what)."""

    kind: Literal["yes-no"]
    value: Literal["yes", "no", "depends"]
    why: Annotated[str, Prose(Layer.NAME)] = ""

    @model_validator(mode="after")
    def _depends_says_why(self) -> "YesNo":
        if (self.value == "depends") != bool(self.why):
            raise ValueError("'why' belongs to the value 'depends', and only to it")
        return self


class Duration(Frozen):
    """A length of time from ``low`` to ``high``."""

    kind: Literal["duration"]
    low: PositiveInt
    high: PositiveInt | None = None
    unit: Worded[Unit]

    @model_validator(mode="after")
    def _range_goes_up(self) -> "Duration":
        if self.high is not None and self.high <= self.low:
            raise ValueError("high must be greater than low")
        return self


class Within(Frozen):
    """A length of time that a source gives by its unit alone, such as "within hours"."""

    kind: Literal["within"]
    unit: Worded[Unit]


class Storage(Frozen):
    """Where a medicine is kept, in degrees Fahrenheit, and how long it may stay out."""

    kind: Literal["storage"]
    place: Literal["fridge", "room", "clinic"]
    low_f: Decimal | int
    high_f: Decimal | int
    out: Literal["allowed", "not-allowed", "not-found", "not-needed"]
    out_for: Span | None = None
    out_max_f: Decimal | int | None = None

    @model_validator(mode="after")
    def _time_belongs_to_allowed(self) -> "Storage":
        if (self.out == "allowed") != (self.out_for is not None):
            raise ValueError("'out_for' belongs to out = 'allowed', and only to it")
        return self


class Year(Frozen):
    """A calendar year."""

    kind: Literal["year"]
    value: Annotated[int, Field(ge=1900, le=2100)]


class Unknown(Frozen):
    """The words are stated, yet no single value could be taken from them. Never a "no"."""

    kind: Literal["unknown"]


Answer = Annotated[
    Schedule | Once | AsAdvised | Choices | YesNo | Duration | Within | Storage | Year | Unknown,
    Field(discriminator="kind"),
]


AS_ADVISED: Final = "as-advised"


def _allowed(kind: AnswerType) -> tuple[str, ...]:
    """Return which answers fit; the type check asks for a case for each new type."""
    match kind:
        case AnswerType.SCHEDULE:
            return ("schedule", "once", AS_ADVISED, "unknown")
        case AnswerType.CHOICES:
            return ("choices", "unknown")
        case AnswerType.YES_NO:
            return ("yes-no", "unknown")
        case AnswerType.DURATION:
            return ("duration", "within", "unknown")
        case AnswerType.STORAGE:
            return ("storage", "unknown")
        case AnswerType.YEAR:
            return ("year", "unknown")
        case AnswerType.WORDS:
            return ()
        case _:
            assert_never(kind)


ALLOWED: Final[dict[AnswerType, tuple[str, ...]]] = {kind: _allowed(kind) for kind in AnswerType}
"""Which kinds of answer a row of each type takes."""


def kinds_allowed(answer: AnswerType, *, plan: bool) -> tuple[str, ...]:
    """Return which kinds of answer a row takes.

    Args:
        answer: the type of the row's answers.
        plan: whether the row holds a plan that a label sets, such as a dose. Off label no label
            sets it, so that the care team does.
    """
    allowed = ALLOWED[answer]
    return (*allowed, AS_ADVISED) if plan and AS_ADVISED not in allowed else allowed


class ChoiceValue(Frozen):
    """One value of a row's list, with the words that show it."""

    id: Slug
    label: Annotated[Text, Prose(Layer.NAME)]
    told: Annotated[tuple[Annotated[Text, Code("pattern")], ...], Listed] = Field(
        default=(), description="Patterns of the words that tell this value in a cell's text."
    )
    orders: Annotated[tuple[Annotated[Text, Code("pattern")], ...], Listed] = Field(
        default=(),
        description="Patterns of words that fit only a medicine taken in this one way.",
    )


def is_open(answer: Answer | None) -> bool:
    """Return whether an answer leaves the matter open, so that it cannot be compared.

    Args:
        answer: a typed answer, or None where a cell is not stated.

    Returns:
        True for a missing or unknown answer and for "it depends": what it depends on is prose,
        and prose is not compared.
    """
    if answer is None or isinstance(answer, Unknown):
        return True
    return isinstance(answer, YesNo) and answer.value == "depends"


def comparable(answer: Answer) -> object:
    """Return the value by which two answers are compared: sets have no order.

    Args:
        answer: a typed answer.

    Returns:
        A hashable value; equal values mean the same answer, unless they leave it open. What
        "it depends" depends on is prose, and prose is not compared.
    """
    if isinstance(answer, Choices):
        return frozenset(answer.values)
    return answer.value if isinstance(answer, YesNo) else answer
