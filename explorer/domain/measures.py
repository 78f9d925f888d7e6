"""What a line of the comparison says first, and by which measure.

Two cells that say different things in the same line are no comparison: "a first change" for one
medicine and "the full effect" for its neighbour read as slow and fast. A line therefore names its
measures, each cell names the one that it states first, and whatever is drawn says it where the
cells beside each other differ.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.prose import Code, Layer, Prose


class Measure(Frozen):
    """One way of saying what a line asks."""

    id: Slug
    label: Annotated[Text, Prose(Layer.NAME)] = Field(
        description="A few words that stand beside the answer where it is drawn."
    )


class Meaning(Frozen):
    """Words that settle a typed value: a text that says them has this value."""

    words: Annotated[Text, Code("pattern")]
    value: Slug


class Definition(Frozen):
    """What stands first in every cell of a line, by which measure, and what typed values mean."""

    first: Annotated[Text, Prose(Layer.NOTE)] = Field(
        description="What every cell of the line states first."
    )
    values: Annotated[str, Prose(Layer.NOTE)] = Field(
        default="", description="What a typed value of the line means."
    )
    measures: Annotated[tuple[Measure, ...], Listed] = Field(
        default=(), description="All measures of the line; the first one is the line's own."
    )
    otherwise: Annotated[str, Prose(Layer.NAME)] = Field(
        default="", description="Words that a cell with another measure than the line's carries."
    )
    also: Annotated[tuple[Annotated[Text, Code("pattern")], ...], Listed] = Field(
        default=(), description="Patterns of which every stated cell says at least one."
    )
    also_why: Annotated[str, Code("advice to editors, in findings only")] = Field(
        default="", description="What is missing where a cell says none."
    )
    settled: Annotated[tuple[Meaning, ...], Listed] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> "Definition":
        if bool(self.measures) != bool(self.otherwise):
            raise ValueError("'measures' and 'otherwise' belong together")
        if bool(self.also) != bool(self.also_why):
            raise ValueError("'also' and 'also_why' belong together")
        ids = [measure.id for measure in self.measures]
        if len(set(ids)) < len(ids):
            raise ValueError("a measure stands here twice")
        return self

    @property
    def own(self) -> str:
        """The id of the line's own measure, or nothing where it has none."""
        return self.measures[0].id if self.measures else ""

    def label(self, measure_id: str | None) -> str:
        """Give the words of a measure, or nothing where the line does not know it."""
        return next((item.label for item in self.measures if item.id == measure_id), "")


class Strength(StrEnum):
    """How firmly a guideline speaks, in its own grading."""

    STRONGLY_FOR = "strongly-for"
    CONDITIONALLY_FOR = "conditionally-for"
    ALLOWS = "allows"
    LIMITS = "limits"
    CONDITIONALLY_AGAINST = "conditionally-against"
    STRONGLY_AGAINST = "strongly-against"
    AGAINST = "against"
    SILENT = "silent"


class Guideline(Frozen):
    """A guideline and the words by which every cell calls it."""

    id: Slug = Field(description="Id of the source.")
    name: Annotated[Text, Prose(Layer.NAME)] = Field(
        description="As cells name it, such as 'the US guideline (2020)'."
    )


class GuidelineWord(Frozen):
    """What a guideline that was read says of this medicine in this line."""

    source: Slug
    strength: Worded[Strength]
