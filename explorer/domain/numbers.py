"""Results of studies as counts of people: with a medicine, and in its own comparison group.

A result whose values are unfair cannot be built: there is always a comparator, one denominator in a
picture unless every person of a small trial is drawn, and a design that is named. What its words
must say is a rule of the content.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.prose import Layer, Place, Prose
from explorer.domain.sources import Citation

SHARED = (100, 1000)
"""Denominators of a picture that does not show the people of a small trial."""

SMALL_TRIAL = 60
"""Most people in one arm that are drawn as they were, each person one figure."""


class Effect(StrEnum):
    """What a result counts."""

    BENEFIT = "benefit"
    HARM = "harm"


class Design(StrEnum):
    """What sort of study a result comes from."""

    TRIAL = "trial"
    REVIEW = "review"
    WITHDRAWAL = "withdrawal"


class Grade(StrEnum):
    """Fit for a picture as it stands (A), or only with its caution (B)."""

    A = "A"
    B = "B"


class MainResult(StrEnum):
    """Whether a result is the one that its trial was made for (its primary endpoint)."""

    YES = "yes"
    NO = "no"
    NOT_READ = "not-read"


class NotDrawn(StrEnum):
    """Why a line has no picture here. Each is true of the cell that it stands for."""

    NONE_FOUND = "none-found"
    NOT_READ = "not-read"
    NO_COMPARISON = "no-comparison"
    PER_YEAR = "per-year"
    DIFFERENCE_ONLY = "difference-only"
    OTHER_PEOPLE = "other-people"
    UNEQUAL_TIME = "unequal-time"
    AVERAGES = "averages"
    IN_WORDS = "in-words"
    EVENTS = "events"
    NO_TIME = "no-time"
    ONE_CHECK = "one-check"


class Undrawn(Frozen):
    """A line of a condition that is not drawn for this medicine, and why."""

    condition: Slug
    row: Slug
    effect: Worded[Effect]
    reason: Worded[NotDrawn]


class TrialArm(Frozen):
    """One group of people: how many of how many."""

    count: int = Field(ge=0)
    of: int = Field(gt=0, le=1000)

    @model_validator(mode="after")
    def _fits(self) -> "TrialArm":
        if self.count > self.of:
            raise ValueError(f"{self.count} of {self.of}: more people counted than there are")
        return self

    @property
    def rest(self) -> int:
        """How many it did not happen to."""
        return self.of - self.count


class Result(Frozen):
    """One outcome of one study or review, beside its own comparison group."""

    id: Slug
    condition: Slug
    row: Slug = Field(description="The row of the comparison to which it belongs.")
    effect: Worded[Effect]
    design: Worded[Design]
    grade: Worded[Grade]
    outcome: Annotated[Text, Prose(Layer.NOTE)] = Field(
        description="What is counted, in plain words."
    )
    happened: Annotated[Text, Prose(Layer.NAME)] = Field(
        description="One or two words for those it happened to: 'improved'."
    )
    other: Annotated[Text, Prose(Layer.NAME)] = Field(
        description="The same for the rest: 'did not'."
    )
    people: Annotated[Text, Prose(Layer.NOTE)]
    on: Annotated[Text, Prose(Layer.NOTE)] = Field(description="What the first group took.")
    comparator: Annotated[Text, Prose(Layer.NOTE)] = Field(
        description="What the comparison group took."
    )
    time: Annotated[Text, Prose(Layer.NOTE)]
    drug: TrialArm
    without: TrialArm
    measure: Slug | None = Field(default=None, description="Which measure of its line it shows.")
    primary: Worded[MainResult] | None = Field(
        default=None, description="One trial, benefit: whether it is the trial's main result."
    )
    added_to: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Medicines that both groups went on taking, as 'on' names them."
    )
    both_took_it: bool = Field(
        default=False, description="Both groups took the medicine; something was added to one."
    )
    certainty: Annotated[Text, Prose(Layer.NOTE)]
    rounding: Annotated[str, Prose(Layer.NOTE)] = ""
    caution: Annotated[str, Prose(Layer.NOTE)] = ""
    instead: Annotated[str, Prose(Layer.NOTE)] = Field(
        default="", description="The other source, where two exist."
    )
    citations: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]

    @model_validator(mode="after")
    def _fair(self) -> "Result":
        sizes = (self.drug.of, self.without.of)
        if sizes[0] != sizes[1] and max(sizes) > SMALL_TRIAL:
            raise ValueError("both groups of a picture need the same denominator")
        if sizes[0] not in SHARED and max(sizes) > SMALL_TRIAL:
            raise ValueError("draw 100 or 1000 people, or the real people of a small trial")
        if self.grade is Grade.B and not self.caution:
            raise ValueError("a result of grade B is shown only with its caution")
        return self

    @property
    def draws_real_people(self) -> bool:
        """True where the picture draws the people of a small trial, each as one dot."""
        return self.drug.of not in SHARED

    @property
    def is_one_trial(self) -> bool:
        """True where the result rests on a single trial."""
        return self.design in (Design.TRIAL, Design.WITHDRAWAL)

    @property
    def is_of_a_thousand(self) -> bool:
        """True where the pictures show 1000 people."""
        return self.drug.of == SHARED[1]


class SideBySide(Frozen):
    """Results on one screen, with the labels without which they may not stand together."""

    results: tuple[Result, ...] = ()
    race_label: str = Field(default="", description="Separate studies: not a race.")
    scale_label: str = Field(default="", description="Some pictures are of 100, some of 1000.")

    @model_validator(mode="after")
    def _labelled(self) -> "SideBySide":
        if len(self.results) > 1 and not self.race_label:
            raise ValueError("results side by side need the label that this is not a race")
        if self.is_mixed and not self.scale_label:
            raise ValueError("pictures of 100 and of 1000 people need a label that says so")
        return self

    @property
    def is_mixed(self) -> bool:
        """True where some pictures are of 1000 people and others are of fewer."""
        return len({result.is_of_a_thousand for result in self.results}) > 1


class MedicineNumbers(Frozen):
    """All results of one medicine; the id is the medicine's."""

    id: Slug
    results: Annotated[tuple[Result, ...], Listed, Place(at_root=True)] = ()
    not_drawn: Annotated[tuple[Undrawn, ...], Listed] = ()

    not_both: Annotated[tuple[Annotated[tuple[Slug, ...], Listed], ...], Listed] = Field(
        default=(), description="Ids of results that count the same; only one of them is held."
    )

    @model_validator(mode="after")
    def _counted_once(self) -> "MedicineNumbers":
        ids = {result.id for result in self.results}
        for same in self.not_both:
            held = [item for item in same if item in ids]
            if len(held) > 1:
                raise ValueError(f"{' and '.join(held)} count the same; keep one of them")
        return self

    def of(self, condition: str) -> tuple[Result, ...]:
        """Return the results of one condition, in the order of the file."""
        return tuple(result for result in self.results if result.condition == condition)

    def gaps_in(self, condition: str) -> tuple[Undrawn, ...]:
        """Return what is not drawn in one condition, in the order of the file."""
        return tuple(gap for gap in self.not_drawn if gap.condition == condition)
