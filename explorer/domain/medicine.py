"""A medicine: its names, uses, warnings and cells."""

import sys
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded, keyed
from explorer.domain.cells import Age, RowCells, Statement
from explorer.domain.prose import Code, Layer, Prose
from explorer.domain.signs import DoseAction, Urgency
from explorer.domain.sources import Citation
from explorer.domain.who import Who

KindId = Annotated[Slug, AfterValidator(sys.intern)]
"""Id of a kind of medicine. Interned, so that equal ids are one object as enum members are."""


class MedicineKind(Frozen):
    """A kind of medicine, and what it is called."""

    id: KindId
    heading: Annotated[Text, Prose(Layer.NAME)] = Field(
        description="Over a list of medicines: 'TNF blockers'."
    )
    one: Annotated[Text, Prose(Layer.NAME)] = Field(
        description="One of them, in a sentence: 'a TNF blocker'."
    )
    another: Annotated[Text, Prose(Layer.NAME)] = Field(
        description="One more of the same kind: 'another TNF blocker'."
    )


class Status(StrEnum):
    """Whether content may be shown. A draft may have gaps and is never shown."""

    PUBLISHED = "published"
    DRAFT = "draft"


class Approval(StrEnum):
    """What an authority says of a use."""

    APPROVED = "approved"
    NOT_APPROVED = "not-approved"
    NOT_FOUND = "not-found"


class OffLabel(StrEnum):
    """Whether a use outside the US label is described in a source that was read."""

    YES = "yes"
    NO = "no"
    NOT_FOUND = "not-found"


class Advice(StrEnum):
    """Whether a guideline or a label that was read advises against a use."""

    NONE = "none"
    AGAINST = "against"
    LABEL_AGAINST = "label-against"


class UseStatus(StrEnum):
    """One word for a use, worked out from its parts; what the option list groups by."""

    APPROVED = "approved"
    APPROVED_PART = "approved-part"
    OFF_LABEL = "off-label"
    EU_ONLY = "eu-only"
    AGAINST = "against"
    NONE_FOUND = "none-found"


class Use(Frozen):
    """One medicine in one condition (or one subtype of it)."""

    condition: Slug
    subtype: Slug | None = None
    us: Worded[Approval]
    eu: Worded[Approval]
    off_label: Worded[OffLabel]
    advice: Worded[Advice] = Advice.NONE
    limits: Annotated[str, Prose(Layer.DETAIL)] = Field(
        default="", description="Age, after what, with what."
    )
    searched: Annotated[str, Prose(Layer.NOTE)] = Field(
        default="", description="No use found: what was searched."
    )
    citations: Annotated[tuple[Citation, ...], Listed] = ()

    label_field: ClassVar[str] = "condition"

    @property
    def status(self) -> UseStatus:
        """The status shown with the option: advice against comes first, then the US view."""
        if self.advice is not Advice.NONE:
            return UseStatus.AGAINST
        if self.us is Approval.APPROVED:
            return UseStatus.APPROVED if self.subtype is None else UseStatus.APPROVED_PART
        if self.off_label is OffLabel.YES:
            return UseStatus.OFF_LABEL
        if self.eu is Approval.APPROVED:
            return UseStatus.EU_ONLY
        return UseStatus.NONE_FOUND


class RedFlag(Frozen):
    """Signs to act on, and how fast; it names them in the table of signs."""

    id: Slug
    signs: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="The signs of the table that it tells; at least one."
    )
    urgency: Worded[Urgency]
    sign: Annotated[Text, Prose(Layer.CORE, is_main=True)]
    action: Annotated[str, Prose(Layer.CORE)] = Field(
        default="", description="Only where it differs from the urgency's own."
    )
    medicine: Worded[DoseAction] | None = Field(
        default=None, description="Only where it asks for more than its signs do."
    )
    why: Annotated[str, Prose(Layer.RECORD)] = Field(
        default="", description="Why it asks for more than one of its signs does."
    )
    condition: Slug | None = None
    age: Worded[Age] | None = Field(
        default=None, description="Only where it words the signs as one age shows them."
    )
    who: Annotated[tuple[Worded[Who], ...], Listed] = Field(
        default=(), description="Persons whom it concerns; none for everybody."
    )
    citations: Annotated[tuple[Citation, ...], Listed]

    def fits(self, who: Who | None) -> bool:
        """Return whether it concerns a person; always where nobody was named."""
        return who is None or not self.who or who in self.who

    def counts_for(self, condition: str | None, age: Age | None) -> bool:
        """Return whether it is one to know in a condition and at an age; None stands for any."""
        return (condition is None or self.condition in (None, condition)) and (
            age is None or self.age in (None, age)
        )


class NotWith(Frozen):
    """Kinds of medicine that this one is not to be taken together with."""

    kinds: Annotated[tuple[KindId, ...], Listed]
    why: Annotated[str, Prose(Layer.CORE)] = Field(
        default="", description="What was seen where the two were taken together, from its sources."
    )
    citations: Annotated[tuple[Citation, ...], Listed]


class Brand(Frozen):
    """A brand name and how to say it."""

    name: Annotated[Text, Prose(Layer.NAME)]
    say: Annotated[str, Prose(Layer.NAME)] = ""


class WorstMistake(Statement):
    """The mistake that harms most, as a sentence and in the few words of the glance."""

    short: Annotated[str, Prose(Layer.NAME)] = Field(
        default="", description="The mistake in at most six words, for the glance."
    )


class Medicine(Frozen):
    """One medicine with its uses, cells and warnings."""

    id: Slug
    status: Worded[Status]
    name: Annotated[Text, Prose(Layer.NAME)]
    say: Annotated[Text, Prose(Layer.NAME)] = Field(description="How to say the generic name.")
    brands: Annotated[tuple[Brand, ...], Listed]
    brands_shown: Annotated[tuple[Annotated[str, Prose(Layer.NAME)], ...], Listed] = Field(
        description="Brand names shown beside the generic name everywhere."
    )
    formerly: Annotated[tuple[Annotated[Text, Code("a name that it had")], ...], Listed] = Field(
        default=(),
        description="Names and brands that it had: no text may still say them.",
    )
    also: Annotated[tuple[Annotated[str, Prose(Layer.NAME)], ...], Listed] = Field(
        default=(), description="Old and other names that people look for; no brand sold here."
    )
    kind: KindId = Field(description="Its kind, one of kinds.toml.")
    checked: date = Field(description="Day on which its facts were last checked.")
    mistake: WorstMistake = Field(description="The mistake that harms most.")
    red_flags: Annotated[tuple[RedFlag, ...], Listed]
    not_with: Annotated[tuple[NotWith, ...], Listed] = ()
    uses: Annotated[tuple[Use, ...], Listed]
    cells: Annotated[tuple[RowCells, ...], keyed("row")]

    @property
    def title(self) -> str:
        """Generic name with the brand names shown beside it."""
        return f"{self.name} ({', '.join(self.brands_shown)})" if self.brands_shown else self.name

    @cached_property
    def _by_row(self) -> dict[str, RowCells]:
        return {cells.row: cells for cells in self.cells}

    @property
    def heading(self) -> str:
        """The title with a capital, for heads and the start of a sentence."""
        return self.title[0].upper() + self.title[1:]

    def cells_of(self, row: str) -> RowCells | None:
        """Return the cells of a row, or None where a draft has a gap."""
        return self._by_row.get(row)

    def uses_in(self, condition: str) -> tuple[Use, ...]:
        """Return its uses in a condition, most general first."""
        found = [use for use in self.uses if use.condition == condition]
        return tuple(sorted(found, key=lambda use: use.subtype is not None))

    def status_in(self, condition: str) -> UseStatus:
        """Return the strongest stated status of this medicine in a condition."""
        order = list(UseStatus)
        statuses = [use.status for use in self.uses_in(condition)]
        return min(statuses, key=order.index, default=UseStatus.NONE_FOUND)

    def is_used_in(self, condition: str) -> bool:
        """Return whether any use of it in a condition is stated and not advised against."""
        return self.status_in(condition) not in (UseStatus.AGAINST, UseStatus.NONE_FOUND)
