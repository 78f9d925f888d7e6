"""The content as one frozen value: medicines, rows, conditions and what belongs to them."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self, TypeVar

from pydantic import Field, model_validator

from explorer.domain.account import AutomatedCheck, Changes, Gap, Standard
from explorer.domain.answers import Answer, AnswerType, Choice
from explorer.domain.base import Frozen, Listed, Slug, Text, Worded, keyed
from explorer.domain.claims import ClaimTable
from explorer.domain.grades import KeptGrade
from explorer.domain.measures import Definition, Guideline, GuidelineWord
from explorer.domain.numbers import MedicineNumbers
from explorer.domain.questions import Bank
from explorer.domain.signs import DoseAction, SignTable
from explorer.domain.signs import Urgency as Urgency
from explorer.domain.sources import Citation, Source
from explorer.domain.words import Words

_T = TypeVar("_T")


class UnknownId(ValueError):
    """An id that the catalogue does not hold; the message names it and its kind."""


class CellKind(StrEnum):
    """What a cell says. The last two are shown as such and never read as a "no"."""

    STATED = "stated"
    NOT_APPLICABLE = "not-applicable"
    NOT_STUDIED = "not-studied"
    NOT_FOUND = "not-found"


class Evidence(StrEnum):
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


class MedicineKind(StrEnum):
    """Groups of medicines that the product tells apart."""

    CONVENTIONAL = "conventional"
    TNF_BLOCKER = "tnf-blocker"
    IL1_BLOCKER = "il1-blocker"


class Status(StrEnum):
    """Whether content may be shown. A draft may have gaps and is never shown."""

    PUBLISHED = "published"
    DRAFT = "draft"


class Statement(Frozen):
    """A cited sentence with a stable id."""

    id: Slug
    text: Text
    citations: Annotated[tuple[Citation, ...], Listed] = ()


class Cell(Frozen):
    """What is said of one medicine in one row, for everyone or for one condition or age."""

    kind: Worded[CellKind]
    text: Text = Field(description="The few plain words that stand in the table.")
    detail: str = Field(default="", description="More, shown when a reader opens the cell.")
    note: str = Field(default="", description="Where sources disagree or a caution belongs.")
    answer: Answer | None = Field(default=None, description="The typed value; stated cells only.")
    citations: Annotated[tuple[Citation, ...], Listed] = ()
    signs: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Signs of the table for which the text says how fast to act."
    )
    searched: str = Field(default="", description="Not found / not studied: what was searched.")
    evidence: Worded[Evidence] | None = Field(
        default=None, description="How sure; only in rows about effects."
    )
    evidence_why: str = ""
    measure: Slug | None = Field(default=None, description="Which measure of its line it states.")
    guidelines: Annotated[tuple[GuidelineWord, ...], Listed] = ()
    checked: date | None = Field(default=None, description="Day it was last checked.")
    condition: Slug | None = None
    age: Worded[Age] | None = None


class RowCells(Frozen):
    """The default cell of a row and its variants by condition and age."""

    row: Slug
    default: Cell
    variants: Annotated[tuple[Cell, ...], Listed] = ()

    @model_validator(mode="before")
    @classmethod
    def _default_stands_flat(cls, value: object) -> object:
        """Let the default's fields stand directly under the row in TOML."""
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
    limits: str = Field(default="", description="Age, after what, with what.")
    searched: str = Field(default="", description="No use found: what was searched.")
    citations: Annotated[tuple[Citation, ...], Listed] = ()

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
    sign: Text
    action: str = Field(default="", description="Only where it differs from the urgency's own.")
    medicine: Worded[DoseAction] | None = Field(
        default=None, description="Only where it asks for more than its signs do."
    )
    why: str = Field(default="", description="Why it asks for more than one of its signs does.")
    condition: Slug | None = None
    citations: Annotated[tuple[Citation, ...], Listed]


class NotWith(Frozen):
    """Kinds of medicine that this one is not to be taken together with."""

    kinds: Annotated[tuple[Worded[MedicineKind], ...], Listed]
    citations: Annotated[tuple[Citation, ...], Listed]


class Brand(Frozen):
    """A brand name and how to say it."""

    name: Text
    say: str = ""


class Medicine(Frozen):
    """One medicine with its uses, cells and warnings."""

    id: Slug
    status: Worded[Status]
    name: Text
    say: Text = Field(description="How to say the generic name.")
    brands: Annotated[tuple[Brand, ...], Listed]
    brands_shown: Annotated[tuple[str, ...], Listed] = Field(
        description="Brand names shown beside the generic name everywhere."
    )
    kind: Worded[MedicineKind]
    checked: date = Field(description="Day on which its facts were last checked.")
    mistake: Statement = Field(description="The mistake that harms most.")
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
        """Give the cells of a row, or None where a draft has a gap."""
        return self._by_row.get(row)

    def uses_in(self, condition: str) -> tuple[Use, ...]:
        """Give its uses in a condition, most general first."""
        found = [use for use in self.uses if use.condition == condition]
        return tuple(sorted(found, key=lambda use: use.subtype is not None))

    def status_in(self, condition: str) -> UseStatus:
        """Give the strongest stated status of this medicine in a condition."""
        order = list(UseStatus)
        statuses = [use.status for use in self.uses_in(condition)]
        return min(statuses, key=order.index, default=UseStatus.NONE_FOUND)

    def is_used_in(self, condition: str) -> bool:
        """Tell whether any use of it in a condition is stated and not advised against."""
        return self.status_in(condition) not in (UseStatus.AGAINST, UseStatus.NONE_FOUND)


class Row(Frozen):
    """A line of the comparison."""

    id: Slug
    group: Slug
    question: Text = Field(description="The line's name, as a patient would ask it.")
    short: Text = Field(description="Two to four words for lists and main differences.")
    help: Text = Field(description="What the line tells and why it matters, one sentence.")
    answer: Worded[AnswerType]
    choices: Annotated[tuple[Choice, ...], Listed] = ()
    either: bool = Field(
        default=False, description="True where the values of a set are alternatives: 'or'."
    )
    main: int | None = Field(default=None, description="Place among the main differences.")
    difference: str = Field(
        default="", description="Sentence template of a main difference: {medicine}, {answer}."
    )
    effect: bool = Field(default=False, description="True where cells state an effect's size.")
    concerns: Annotated[tuple[Slug, ...], Listed] = ()
    definition: Definition | None = Field(default=None, description="What its cells say first.")
    plan: bool = Field(
        default=False, description="True where a typed answer is a plan that a label sets."
    )
    guided: bool = Field(
        default=False, description="True where a cell types how firmly its guidelines speak."
    )

    def measure_of(self, cell: Cell | None) -> str:
        """Give the words of the measure that a cell states, or nothing."""
        return (
            "" if self.definition is None or cell is None else self.definition.label(cell.measure)
        )


class Group(Frozen):
    """Rows that answer one question of a patient."""

    id: Slug
    question: Text


class Subtype(Frozen):
    """A form of a condition."""

    id: Slug
    name: Text


class Preselection(Frozen):
    """Options that are selected at first, and why; the reader sees the reason."""

    options: Annotated[tuple[Slug, ...], Listed]
    reason: Text
    citations: Annotated[tuple[Citation, ...], Listed] = ()


class NoNewMedicine(Frozen):
    """An option without a new medicine, as one condition has it."""

    id: Slug
    name: Text
    summary: Text = Field(description="What this option means, in a sentence.")
    cells: Annotated[tuple[RowCells, ...], keyed("row")]

    @property
    def heading(self) -> str:
        """The option's name, as a column is headed."""
        return self.name

    def cells_of(self, row: str) -> RowCells | None:
        """Give the option's own cell of a row, or None where the row does not apply."""
        return next((cells for cells in self.cells if cells.row == row), None)


class Condition(Frozen):
    """A condition, what is known of it, and its options beyond the medicines."""

    id: Slug
    name: Text
    short: Text
    plain: Text = Field(description="The condition in a few everyday words, after 'for'.")
    aliases: Annotated[tuple[str, ...], Listed] = Field(
        description="Words that name this condition; a variant of another may not use them."
    )
    subtypes: Annotated[tuple[Subtype, ...], Listed] = ()
    card: Annotated[tuple[Statement, ...], Listed] = Field(description="Three plain sentences.")
    preselect: Preselection
    no_new_medicine: Annotated[tuple[NoNewMedicine, ...], keyed("id")]
    not_compared: Annotated[tuple[Statement, ...], Listed] = Field(
        description="Other treatments a team may offer that are not compared here."
    )
    red_flags: Annotated[tuple[RedFlag, ...], Listed] = Field(
        default=(), description="Signs of the illness itself, whatever the option."
    )

    @model_validator(mode="after")
    def _flags_are_its_own(self) -> Self:
        """Refuse a sign that names a condition: the sign of a condition belongs to it alone."""
        for flag in self.red_flags:
            if flag.condition is not None:
                raise ValueError(f"red flag '{flag.id}' stands in a condition and names none")
        return self


class Contacts(Frozen):
    """Whom to call, by jurisdiction."""

    id: Slug
    emergency: Text
    emergency_words: Text
    poison: str = ""
    poison_words: str = ""
    report_address: str = ""
    red_flags: Annotated[tuple[RedFlag, ...], Listed]
    nobody_answers: Statement


class Basis(StrEnum):
    """What a guide statement rests on."""

    SOURCE = "source"
    PRACTICE = "practice"


class GuideStatement(Frozen):
    """One sentence or two of the guide, with a stable id that questions and links point at."""

    id: Slug
    text: Text
    basis: Worded[Basis] = Field(
        default=Basis.SOURCE,
        description="'practice' is common practice without a source for this medicine.",
    )
    nurse: bool = Field(default=False, description="True for what only nurses need.")
    signs: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Signs of the table for which it says how fast to act."
    )
    citations: Annotated[tuple[Citation, ...], Listed] = ()


class BlockKind(StrEnum):
    """How the statements of a block belong together."""

    TEXT = "text"
    LIST = "list"
    STEPS = "steps"
    QUESTIONS = "questions"
    UNKNOWN = "unknown"


class Block(Frozen):
    """Statements under one small heading.

    'unknown' holds what we do not know, 'questions' what a reader may ask; neither is a fact.
    """

    kind: Worded[BlockKind]
    heading: str = ""
    statements: Annotated[tuple[GuideStatement, ...], Listed, Field(min_length=1)]


class Section(Frozen):
    """A section of the guide, under a reader's question."""

    id: Slug
    order: int
    question: Text
    summary: GuideStatement = Field(description="The one thing to take away.")
    blocks: Annotated[tuple[Block, ...], Listed]

    @property
    def statements(self) -> tuple[GuideStatement, ...]:
        """All statements in reading order, the summary first."""
        return (
            self.summary,
            *(statement for block in self.blocks for statement in block.statements),
        )


class Term(Frozen):
    """A word explained."""

    id: Slug
    term: Text
    also: Annotated[tuple[str, ...], Listed] = ()
    meaning: Text


class Concern(Frozen):
    """Something a patient may care about; rows name the concerns that they speak to."""

    id: Slug
    label: Text
    heading: Text = Field(description="What it stands under where concerns are picked.")
    rows: Annotated[tuple[Slug, ...], Listed, Field(min_length=1, max_length=2)] = Field(
        description="The one or two lines that stand for it on the visit sheet."
    )


class Move(StrEnum):
    """What a reader and the team are deciding about a medicine."""

    START = "start"
    SWITCH = "switch"
    ADD = "add"
    STAY = "stay"
    NOT_SURE = "not-sure"


class Prompt(Frozen):
    """A question that a reader may want to ask; it is offered where all that it names fits."""

    id: Slug
    text: Text = Field(description="The question; {options} names the options that it fits.")
    concerns: Annotated[tuple[Slug, ...], Listed] = ()
    conditions: Annotated[tuple[Slug, ...], Listed] = ()
    options: Annotated[tuple[Slug, ...], Listed] = ()
    kinds: Annotated[tuple[Worded[MedicineKind], ...], Listed] = ()
    moves: Annotated[tuple[Worded[Move], ...], Listed] = ()
    ages: Annotated[tuple[Worded[Age], ...], Listed] = ()
    unknown: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Lines whose cell is not found or not studied for an option."
    )


class Banned(Frozen):
    """A word or phrase that content may not use, and what to say instead."""

    word: Text
    instead: Text


class GradeException(Frozen):
    """A text allowed above a limit, with the reason."""

    rule: Text
    file: Text
    key: Text
    reason: Text


class Review(Frozen):
    """When the content was made and checked, and by what."""

    content_date: date
    next_due: date
    policy: Text
    clinician_sign_off: str = ""
    outside_review: str = ""
    automated: Annotated[tuple[AutomatedCheck, ...], Listed] = ()
    gaps: Annotated[tuple[Gap, ...], Listed] = ()


class Catalogue(Frozen):
    """All content, checked. Everything the product shows comes from here."""

    sources: tuple[Source, ...]
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    conditions: tuple[Condition, ...]
    medicines: tuple[Medicine, ...]
    contacts: tuple[Contacts, ...]
    signs: SignTable
    glossary: tuple[Term, ...]
    guide: tuple[Section, ...]
    bank: Bank
    concerns: tuple[Concern, ...]
    prompts: tuple[Prompt, ...]
    banned: tuple[Banned, ...]
    exceptions: tuple[GradeException, ...]
    review: Review
    words: Words
    numbers: tuple[MedicineNumbers, ...] = ()
    guidelines: tuple[Guideline, ...] = ()
    audit: tuple[Standard, ...] = ()
    changes: Changes = ()
    claims: ClaimTable
    grades: tuple[KeptGrade, ...] = ()

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def _medicines(self) -> dict[str, Medicine]:
        return {medicine.id: medicine for medicine in self.medicines}

    @cached_property
    def _conditions(self) -> dict[str, Condition]:
        return {condition.id: condition for condition in self.conditions}

    @cached_property
    def _concerns(self) -> dict[str, Concern]:
        return {concern.id: concern for concern in self.concerns}

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {row.id: row for row in self.rows}

    @cached_property
    def published(self) -> tuple[Medicine, ...]:
        """The medicines that may be shown, in the order of their names."""
        shown = [item for item in self.medicines if item.status is Status.PUBLISHED]
        return tuple(sorted(shown, key=lambda item: item.name))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the guide in reading order."""
        return tuple(sorted(self.guide, key=lambda section: section.order))

    def source(self, source_id: str) -> Source:
        """Give a source by id. Raises UnknownId."""
        return _get(self._sources, source_id, "source")

    def has_source(self, source_id: str) -> bool:
        """Tell whether the register holds a source."""
        return source_id in self._sources

    def medicine(self, medicine_id: str) -> Medicine:
        """Give a published medicine by id. Raises UnknownId, also for a draft."""
        medicine = _get(self._medicines, medicine_id, "medicine")
        if medicine.status is not Status.PUBLISHED:
            raise UnknownId(f"There is no medicine '{medicine_id}'.")
        return medicine

    def condition(self, condition_id: str) -> Condition:
        """Give a condition by id. Raises UnknownId."""
        return _get(self._conditions, condition_id, "condition")

    def row(self, row_id: str) -> Row:
        """Give a row by id. Raises UnknownId."""
        return _get(self._rows, row_id, "row")

    def has_row(self, row_id: str) -> bool:
        """Tell whether there is a row of this id."""
        return row_id in self._rows

    def has_condition(self, condition_id: str) -> bool:
        """Tell whether there is a condition of this id."""
        return condition_id in self._conditions

    def concern(self, concern_id: str) -> Concern:
        """Give a concern by id. Raises UnknownId."""
        return _get(self._concerns, concern_id, "concern")

    def has_concern(self, concern_id: str) -> bool:
        """Tell whether there is a concern of this id."""
        return concern_id in self._concerns

    def rows_of(self, concern_id: str) -> tuple[Row, ...]:
        """Give the lines that speak to a concern, those that stand for it first."""
        first = self.concern(concern_id).rows
        found = [row for row in self.rows if concern_id in row.concerns]
        return tuple(sorted(found, key=lambda row: row.id not in first))

    def contact(self, jurisdiction: str = "us") -> Contacts:
        """Give the contacts of a jurisdiction. Raises UnknownId."""
        return _get({item.id: item for item in self.contacts}, jurisdiction, "jurisdiction")


def _get(index: dict[str, _T], key: str, kind: str) -> _T:
    if key not in index:
        raise UnknownId(f"There is no {kind} '{key}'.")
    return index[key]
