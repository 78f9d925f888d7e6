"""The values of a comparison. There is no score, no rank and no total among them."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from explorer.domain.base import Frozen, Slug
from explorer.domain.catalogue import (
    Age,
    CellKind,
    Condition,
    EvidenceLevel,
    Group,
    KindId,
    Row,
    UnknownId,
    Urgency,
    UseStatus,
)
from explorer.domain.citing import CitedText, CitedValue
from explorer.domain.comparison.plans import PlanKind
from explorer.domain.figures import Figures
from explorer.domain.numbers import SideBySide
from explorer.domain.sign_off import SignedLine
from explorer.domain.sources import Reference
from explorer.domain.week import WeekLine
from explorer.domain.who import Who

MAIN_LIMIT = 7
"""Most main differences shown (a list of at most seven items, CDC Clear Communication Index)."""

PAGE_LIMITS = (2, 4)
"""Fewest and most options that the page shows side by side."""


class NotAnOption(UnknownId):
    """A medicine without a stated use in the condition."""


class Difference(StrEnum):
    """How the options of a row compare."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "unclear"
    WORDS = "words"


class ColumnUse(CitedValue):
    """A use as shown at the head of a column."""

    status: UseStatus
    subtype: str
    limits: str


class ColumnFlag(CitedValue):
    """A warning sign as shown at the head of a column.

    ``condition`` is the name of the one condition it belongs to, where it needs to be said.
    """

    urgency: Urgency
    sign: str
    action: str
    condition: str = ""


class Column(Frozen):
    """An option with what must be known of it in every view."""

    id: str
    title: str
    head: str
    """A short name, which stays in sight or stands in a cell: of a plan what is new in it."""
    say: str
    kind: KindId | None
    summary: str
    status: UseStatus | None
    uses: tuple[ColumnUse, ...]
    mistake: CitedText | None
    red_flags: tuple[ColumnFlag, ...]
    without_mistake: str = ""
    medicines: tuple[str, ...] = ()
    """Ids of what is taken in it, the medicine that it is about first; none without a medicine."""
    plan: PlanKind | None = None
    without_flags: str = ""
    """What holds for an option without a medicine, beside the signs of the condition."""


class ComparedCell(CitedValue):
    """One cell, resolved for the condition and age."""

    id: str
    column: str
    kind: CellKind
    text: str
    detail: str
    note: str
    searched: str
    answer: str
    evidence: EvidenceLevel | None
    evidence_why: str
    checked: date | None
    signed: SignedLine | None = None


class ComparedRow(Frozen):
    """One row with a cell for every column."""

    row: Row
    cells: tuple[ComparedCell, ...]
    difference: Difference


class ComparedGroup(Frozen):
    """The rows under one question of a patient."""

    group: Group
    rows: tuple[ComparedRow, ...]


class DifferencePart(CitedValue):
    """What one option brings to a main difference."""

    title: str
    sentence: str


class MainDifference(Frozen):
    """One of the few rows that differ most for a reader's day."""

    row: str
    short: str
    parts: tuple[DifferencePart, ...]


class NotTogether(CitedValue):
    """Two options shown that are alternatives and not to be combined."""

    first: str
    second: str
    why: str = ""
    """What was seen where such two were taken together; empty where no source of ours says."""


class PinnedRows(Frozen):
    """Rows that a reader wants to see first, under a heading of their own."""

    id: Slug
    title: str
    rows: tuple[Slug, ...]


class ShownLine(CitedValue):
    """A line of a medicine's eight weeks, with its reference numbers."""

    line: WeekLine


class ShownWeeks(Frozen):
    """What eight weeks on one medicine ask, with reference numbers."""

    title: str
    lines: tuple[ShownLine, ...]


class Comparison(Frozen):
    """Everything one comparison shows."""

    condition: Condition
    age: Age
    who: Who | None
    now: tuple[str, ...]
    columns: tuple[Column, ...]
    not_together: tuple[NotTogether, ...]
    main: tuple[MainDifference, ...]
    groups: tuple[ComparedGroup, ...]
    weeks: tuple[ShownWeeks, ...]
    figures: tuple[Figures, ...]
    side_by_side: SideBySide
    not_compared: tuple[CitedText, ...]
    references: tuple[Reference, ...]
    row_count: int
    hidden_same: int
    by_age: bool
    nobody_answers: str
    content_date: date

    @property
    def rows(self) -> tuple[ComparedRow, ...]:
        """The rows shown, over all groups."""
        return tuple(row for group in self.groups for row in group.rows)

    def in_reading_order(self) -> Iterator[CitedValue]:
        """Yield everything cited as a page is read: a table row by row, each from left to right."""
        yield from self.not_together
        for item in self.main:
            yield from item.parts
        for column in self.columns:
            yield from column.uses
        for column in self.columns:
            if column.mistake is not None:
                yield column.mistake
        for column in self.columns:
            yield from column.red_flags
        for row in self.rows:
            yield from row.cells
        for weeks in self.weeks:
            yield from weeks.lines
        for figures in self.figures:
            yield from figures.shown
        yield from self.not_compared
