"""A cell of the comparison: what is said of one option in one row."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from explorer.domain.answers import Answer
from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.measures import GuidelineWord
from explorer.domain.prose import Code, Layer, Place, Prose
from explorer.domain.sources import Citation


class CellKind(StrEnum):
    """What a cell says. The last two are shown as such and never read as a "no"."""

    STATED = "stated"
    NOT_APPLICABLE = "not-applicable"
    NOT_STUDIED = "not-studied"
    NOT_FOUND = "not-found"


class EvidenceLevel(StrEnum):
    """How sure the evidence for an effect is; never derived from where it was read."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"
    NOT_GRADED = "not-graded"


class Age(StrEnum):
    """The two age groups for which facts may differ."""

    ADULT = "adult"
    CHILD = "child"


class Statement(Frozen):
    """A cited sentence with a stable id."""

    id: Slug
    text: Annotated[Text, Prose(Layer.CORE, is_main=True)]
    citations: Annotated[tuple[Citation, ...], Listed] = ()


class Cell(Frozen):
    """What is said of one medicine in one row, for everyone or for one condition or age."""

    kind: Worded[CellKind]
    text: Annotated[Text, Prose(Layer.CORE)] = Field(
        description="The few plain words that stand in the table."
    )
    short: Annotated[str, Prose(Layer.CORE)] = Field(
        default="",
        description="The same in at most six words, where the typed value alone says too little.",
    )
    detail: Annotated[str, Prose(Layer.DETAIL)] = Field(
        default="", description="More, shown when a reader opens the cell."
    )
    note: Annotated[str, Prose(Layer.NOTE)] = Field(
        default="", description="Where sources disagree or a caution belongs."
    )
    answer: Answer | None = Field(default=None, description="The typed value; stated cells only.")
    citations: Annotated[tuple[Citation, ...], Listed] = ()
    says: Annotated[tuple[Annotated[str, Code("ref")], ...], Listed] = Field(
        default=(), description="Facts that it tells again, by their refs; their figures are its."
    )
    signs: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Signs of the table for which the text says how fast to act."
    )
    searched: Annotated[str, Prose(Layer.NOTE)] = Field(
        default="", description="Not found / not studied: what was searched."
    )
    evidence: Worded[EvidenceLevel] | None = Field(
        default=None, description="How sure; only in rows about effects."
    )
    evidence_why: Annotated[str, Prose(Layer.NOTE)] = ""
    measure: Slug | None = Field(default=None, description="Which measure of its line it states.")
    guidelines: Annotated[tuple[GuidelineWord, ...], Listed] = ()
    checked: date | None = Field(default=None, description="Day it was last checked.")
    condition: Slug | None = None
    age: Worded[Age] | None = None

    label_field: ClassVar[str] = "place"

    @property
    def place(self) -> str:
        """For whom a variant holds, as keys name it: condition, age or both; empty for all."""
        return ".".join(part for part in (self.condition, self.age) if part)


class RowCells(Frozen):
    """The default cell of a row and its variants by condition and age."""

    row: Slug
    default: Annotated[Cell, Place(named=False)]
    variants: Annotated[tuple[Cell, ...], Listed, Place(named=False)] = ()

    label_field: ClassVar[str] = "row"

    @model_validator(mode="before")
    @classmethod
    def _default_stands_flat(cls, value: object) -> object:
        """Accept the default cell's fields directly in the row's table."""
        if not isinstance(value, dict) or "default" in value:
            return value
        own = {"row", "variants"}
        return {k: v for k, v in value.items() if k in own} | {
            "default": {k: v for k, v in value.items() if k not in own}
        }

    def resolve(self, condition: str | None, age: Age | None) -> Cell:
        """Pick the cell for a condition and age group.

        Args:
            condition: id of the condition, or None for the default.
            age: age group, or None.

        Returns:
            The variant that fits best: condition and age, then condition, then age, then the
            default. A variant that names something else never applies.
        """
        fitting = [
            cell
            for cell in self.variants
            if cell.condition in (None, condition) and cell.age in (None, age)
        ]
        return max(
            fitting,
            key=lambda cell: (cell.condition is not None, cell.age is not None),
            default=self.default,
        )
