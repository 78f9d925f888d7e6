"""The table of harms: medicine by harm, as the labels and leaflets that were read tell it.

Where one medicine of a kind has a harm, a reader must not take silence about the next one for
"no". So every other of its kind says one of three things, with its source.
"""

import re
from enum import StrEnum
from functools import cached_property
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded, keyed
from explorer.domain.prose import Code, Layer, Prose
from explorer.domain.sources import Citation


class HarmTold(StrEnum):
    """What the texts that were read say of a harm of one medicine."""

    YES = "yes"
    NO = "no"
    """A text says that it does not happen, or cannot: there is no needle in a tablet."""
    NOT_IN_LABEL = "not-in-label"
    """The texts that are cited were read for it and do not name it. This is not a no."""


class HarmAnswer(Frozen):
    """One cell of the table: a harm of one medicine."""

    medicine: Slug
    told: Worded[HarmTold]
    conditions: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Told for these conditions only; for all where it is empty."
    )
    citations: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]

    label_field: ClassVar[str] = "medicine"


class Harm(Frozen):
    """A harm, the line in which patients read of it, and what is known for each medicine."""

    id: Slug
    words: Annotated[Text, Prose(Layer.NAME)]
    row: Slug = Field(description="The line whose cells tell it.")
    value: Slug | None = Field(
        default=None, description="Its value in that line, where the line has one for it."
    )
    spotted_by: Annotated[tuple[Annotated[Text, Code("pattern")], ...], Listed] = Field(
        default=(), description="Without a value: words by which a cell is seen to tell it."
    )
    medicines: Annotated[tuple[HarmAnswer, ...], keyed("medicine"), Field(min_length=1)]

    @model_validator(mode="after")
    def _can_be_seen(self) -> Self:
        """Refuse a harm without a way to find it in a cell, and a pattern that is none."""
        if (self.value is None) == (not self.spotted_by):
            raise ValueError("give either value or spotted_by, by which a cell is seen to tell it")
        try:
            _ = self._pattern
        except re.error as error:
            raise ValueError(f"spotted_by is no regular expression: {error}") from error
        return self

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{item})" for item in self.spotted_by), re.IGNORECASE)

    def told_in(self, text: str) -> bool:
        """Return whether a text tells this harm; never where the line has a value for it."""
        return bool(self.spotted_by) and self._pattern.search(text) is not None

    def of(self, medicine: str) -> HarmAnswer | None:
        """Return what is known for a medicine, or None where the table does not name it."""
        return next((item for item in self.medicines if item.medicine == medicine), None)
