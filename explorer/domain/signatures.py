"""What people, and programs, said of the texts that they read: right, wrong or unclear.

A mark is bound to the text that was read, by its hash. It says nothing of any other text, so a text
that changes has no mark. Records are only added to; nothing in them is ever rewritten.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.prose import Code, Layer, Prose


class ReviewerRole(StrEnum):
    """Who read the texts."""

    PHARMACIST = "pharmacist"
    NURSE = "nurse"
    DOCTOR = "doctor"
    AUTOMATED = "automated-reader"
    """A program. What it says is kept for the next reader and never counts as a signature."""

    @property
    def is_clinician(self) -> bool:
        """True for a person who may sign."""
        return self is not ReviewerRole.AUTOMATED


class ReviewMark(StrEnum):
    """What a reader found, the gravest last."""

    RIGHT = "right"
    UNCLEAR = "unclear"
    WRONG = "wrong"


AHEAD: Final = timedelta(days=1)
"""How far a date may lie before us: somewhere on Earth it is tomorrow already."""

LineHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$"), Code("hash")]
"""First sixteen hexadecimal digits of the SHA-256 of all that a line says, with its sources."""

ContentVersion = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{10}$"), Code("version")]


class MarkedLine(Frozen):
    """A line of the content as it was read, and the mark that it got."""

    ref: Annotated[Text, Code("ref")]
    hash: LineHash
    mark: Worded[ReviewMark]
    why: Annotated[str, Code("for editors; no page shows it")] = ""


class ReviewRecord(Frozen):
    """One filled sheet: by whom, when, of which content, and its marks."""

    id: Slug
    role: Worded[ReviewerRole]
    name: Annotated[str, Prose(Layer.NAME)] = Field(
        default="", description="Only where the person wants to be named."
    )
    on: date
    content: ContentVersion = Field(description="The content version that the sheet was made of.")
    lines: Annotated[tuple[MarkedLine, ...], Listed, Field(min_length=1)]
