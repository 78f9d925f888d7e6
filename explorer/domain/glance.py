"""The rows of the glance as they are authored: what each asks, and its answers in a few words.

A row of the glance is a row of the comparison, or the mistake that harms most. Its words come from
typed answers; where a list has long labels, the glance names shorter ones.
"""

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.prose import Layer, Prose
from explorer.domain.who import Who, said_to

MISTAKE: Final = "mistake"
"""The row of the glance that is no row of the comparison: every medicine has a mistake."""

MOST_WORDS: Final = 6
"""Most words of a cell: three short lines in a third of a phone's width."""

MOST_ROWS: Final = 12
"""Most rows, so that a glance stays one."""

_RANGE = re.compile(r"\b(\d+) to (\d+)\b")


class Icon(StrEnum):
    """One quiet family of line drawings; each repeats words and never replaces them."""

    BOXED = "boxed"
    CALENDAR = "calendar"
    CHECK = "check"
    CLINIC = "clinic"
    CLOCK = "clock"
    COIN = "coin"
    DASH = "dash"
    DEPENDS = "depends"
    DRIP = "drip"
    HOUSE = "house"
    NO = "no"
    NONE = "none"
    NOT_FOUND = "not-found"
    PEOPLE = "people"
    SHIELD = "shield"
    SHOT = "shot"
    STOP = "stop"
    TABLET = "tablet"
    TUBE = "tube"


class GlanceAnswer(Frozen):
    """A value of a row's typed answer, as the glance shows it."""

    id: Slug
    label: Annotated[str, Prose(Layer.NAME)] = Field(
        default="", description="A few words; empty for those of the typed answer itself."
    )
    icon: Worded[Icon] | None = None


class GlanceRow(Frozen):
    """A row of the glance; its id is that of the row it shows, or ``mistake``."""

    id: Slug
    ask: Annotated[Text, Prose(Layer.CORE)] = Field(description="A short question.")
    parent: Annotated[str, Prose(Layer.CORE)] = Field(
        default="", description="The same as a parent asks it, if it says 'I' or 'my'."
    )
    icon: Worded[Icon]
    goes_on: bool = Field(
        default=False,
        description="True where a plan that adds shows the new medicine only, as the first column "
        "says what goes on; a screen reader still hears both. Never where a 'no' could be missed.",
    )
    answers: Annotated[tuple[GlanceAnswer, ...], Listed] = Field(
        default=(), description="The values that are shown; where none is named, all of them are."
    )

    def said_to(self, who: Who | None) -> str:
        """Return the question in the words of the one who reads."""
        return said_to(who, self.ask, self.parent)

    def answer(self, value: str) -> GlanceAnswer | None:
        """Return how a value is shown, or None where it is not named."""
        return next((item for item in self.answers if item.id == value), None)


def word_count(text: str) -> int:
    """Count the words of a cell; a range such as "2 to 4" is read as one."""
    return len(_RANGE.sub(r"\1-\2", text).split())
