"""All content as one frozen value, with its lookups. Everything the product shows comes from it.

The parts live in modules of their own (cells, medicine, condition, row, section, contacts,
editorial); their names can be imported from here too, as whoever has a catalogue needs them.
"""

from functools import cached_property
from typing import Annotated, Any, TypeVar

from explorer.domain.article_claims import ClaimTable
from explorer.domain.base import Frozen, Slug
from explorer.domain.blueprint import Blueprint
from explorer.domain.cells import Age as Age
from explorer.domain.cells import Cell as Cell
from explorer.domain.cells import CellKind as CellKind
from explorer.domain.cells import EvidenceLevel as EvidenceLevel
from explorer.domain.cells import RowCells as RowCells
from explorer.domain.cells import Statement as Statement
from explorer.domain.condition import Condition as Condition
from explorer.domain.condition import NoNewMedicine as NoNewMedicine
from explorer.domain.condition import Preselection as Preselection
from explorer.domain.condition import Subtype as Subtype
from explorer.domain.contacts import Contacts as Contacts
from explorer.domain.drawings import Drawing
from explorer.domain.editorial import Banned as Banned
from explorer.domain.editorial import Concern as Concern
from explorer.domain.editorial import GradeException as GradeException
from explorer.domain.editorial import Move as Move
from explorer.domain.editorial import Prompt as Prompt
from explorer.domain.editorial import Review as Review
from explorer.domain.editorial import Term as Term
from explorer.domain.glance import GlanceRow
from explorer.domain.grades import KeptGrade
from explorer.domain.harms import Harm as Harm
from explorer.domain.importance import ImportanceLevel
from explorer.domain.kept_facts import KeptFacts
from explorer.domain.local import Local
from explorer.domain.measures import Guideline
from explorer.domain.medicine import Advice as Advice
from explorer.domain.medicine import Approval as Approval
from explorer.domain.medicine import Brand as Brand
from explorer.domain.medicine import KindId as KindId
from explorer.domain.medicine import Medicine as Medicine
from explorer.domain.medicine import MedicineKind as MedicineKind
from explorer.domain.medicine import NotWith as NotWith
from explorer.domain.medicine import OffLabel as OffLabel
from explorer.domain.medicine import RedFlag as RedFlag
from explorer.domain.medicine import Status as Status
from explorer.domain.medicine import Use as Use
from explorer.domain.medicine import UseStatus as UseStatus
from explorer.domain.messages import Words
from explorer.domain.numbers import MedicineNumbers
from explorer.domain.parents import ParentSentence, ParentVoice
from explorer.domain.prose import File
from explorer.domain.questions import Bank
from explorer.domain.row import Group as Group
from explorer.domain.row import Role as Role
from explorer.domain.row import RoleOf as RoleOf
from explorer.domain.row import Row as Row
from explorer.domain.section import Basis as Basis
from explorer.domain.section import Block as Block
from explorer.domain.section import BlockKind as BlockKind
from explorer.domain.section import GuidePart as GuidePart
from explorer.domain.section import GuideStatement as GuideStatement
from explorer.domain.section import Section as Section
from explorer.domain.self_audit import Changes, Standard
from explorer.domain.short_forms import ShortForm
from explorer.domain.sign_off import SignOff
from explorer.domain.signatures import ReviewRecord
from explorer.domain.signs import SignTable
from explorer.domain.signs import Urgency as Urgency
from explorer.domain.sources import Mirrors, Source

_T = TypeVar("_T")

HOME = "us"
"""The jurisdiction for which the content is written; its contacts are the measure of others'."""


class UnknownId(ValueError):
    """An id that the catalogue does not hold; the message names it and its kind."""


class Catalogue(Frozen):
    """All content, checked. Everything the product shows comes from here."""

    sources: Annotated[tuple[Source, ...], File("sources.toml")]
    mirrors: Annotated[Mirrors, File("mirrors.toml")] = Mirrors()
    groups: Annotated[tuple[Group, ...], File("rows.toml", "groups")]
    rows: Annotated[tuple[Row, ...], File("rows.toml", "rows")]
    roles: Annotated[tuple[RoleOf, ...], File("rows.toml", "roles")] = ()
    glance: Annotated[tuple[GlanceRow, ...], File("rows.toml", "glance")] = ()
    conditions: Annotated[tuple[Condition, ...], File("conditions.toml")]
    medicines: Annotated[tuple[Medicine, ...], File("medicines/{id}.toml")]
    kinds: Annotated[tuple[MedicineKind, ...], File("kinds.toml")] = ()
    contacts: Annotated[tuple[Contacts, ...], File("contacts.toml")]
    signs: Annotated[SignTable, File("signs.toml")]
    harms: Annotated[tuple[Harm, ...], File("harms.toml")] = ()
    glossary: Annotated[tuple[Term, ...], File("glossary.toml")]
    guide: Annotated[tuple[Section, ...], File("guide/{id}.toml")]
    drawings: Annotated[tuple[Drawing, ...], File("drawings.toml")] = ()
    short_forms: Annotated[tuple[ShortForm, ...], File("short.toml")] = ()
    bank: Bank
    blueprint: Annotated[Blueprint, File("blueprint.toml")]
    concerns: Annotated[tuple[Concern, ...], File("concerns.toml")]
    prompts: Annotated[tuple[Prompt, ...], File("prompts.toml")]
    banned: Annotated[tuple[Banned, ...], File("words.toml", "banned")]
    exceptions: Annotated[tuple[GradeException, ...], File("exceptions.toml", "exceptions")]
    review: Annotated[Review, File("review.toml")]
    words: Annotated[Words, File("words.toml", "words")]
    parents: Annotated[tuple[ParentSentence, ...], File("parents.toml", "sentences")] = ()
    numbers: Annotated[tuple[MedicineNumbers, ...], File("numbers/{id}.toml")] = ()
    guidelines: Annotated[tuple[Guideline, ...], File("rows.toml", "guidelines")] = ()
    audit: Annotated[tuple[Standard, ...], File("audit.toml")] = ()
    changes: Annotated[Changes, File("changes.toml", "changes")] = ()
    claims: Annotated[ClaimTable, File("claims.toml")]
    grades: Annotated[tuple[KeptGrade, ...], File("grades.toml")] = ()
    kept: Annotated[KeptFacts, File("facts.toml")] = KeptFacts()
    jurisdiction: Slug = HOME
    local: Local = Local()
    """What the clinic that runs this copy has put beside it; see ``explorer.content.local``."""
    importance: Annotated[tuple[ImportanceLevel, ...], File("importance.toml")] = ()
    reviews: Annotated[tuple[ReviewRecord, ...], File("signatures.toml", "reviews")] = ()
    sign_off: SignOff = SignOff()
    """What of the reviews stands today; worked out when the content is read."""

    @cached_property
    def computed(self) -> dict[tuple[str, ...], Any]:
        """What somebody computes once from all content, under a key that starts with their name."""
        return {}

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
    def _by_role(self) -> dict[Role, Row]:
        return {item.id: self._rows[item.row] for item in self.roles if item.row in self._rows}

    @cached_property
    def _drawings(self) -> dict[str, Drawing]:
        return {drawing.id: drawing for drawing in self.drawings}

    @cached_property
    def published(self) -> tuple[Medicine, ...]:
        """The medicines that may be shown, in the order of their names."""
        shown = [item for item in self.medicines if item.status is Status.PUBLISHED]
        return tuple(sorted(shown, key=lambda item: item.name))

    @cached_property
    def parent_voice(self) -> ParentVoice:
        """The sentences for parents, with the names of the medicines."""
        names = tuple(medicine.name for medicine in self.medicines)
        return ParentVoice(sentences=self.parents, names=names)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the guide in reading order."""
        return tuple(sorted(self.guide, key=lambda section: section.order))

    @cached_property
    def asked(self) -> Bank:
        """All questions that can be asked: the bank, and behind it those of the clinic."""
        if not self.local.topics:
            return self.bank
        return self.bank.evolve(topics=(*self.bank.topics, *self.local.topics))

    def source(self, source_id: str) -> Source:
        """Return a source by id. Raises UnknownId."""
        return _get(self._sources, source_id, "source")

    def has_source(self, source_id: str) -> bool:
        """Return whether the register holds a source."""
        return source_id in self._sources

    def medicine(self, medicine_id: str) -> Medicine:
        """Return a published medicine by id. Raises UnknownId, also for a draft."""
        medicine = _get(self._medicines, medicine_id, "medicine")
        if medicine.status is not Status.PUBLISHED:
            raise UnknownId(f"There is no medicine '{medicine_id}'.")
        return medicine

    def condition(self, condition_id: str) -> Condition:
        """Return a condition by id. Raises UnknownId."""
        return _get(self._conditions, condition_id, "condition")

    def row(self, row_id: str) -> Row:
        """Return a row by id. Raises UnknownId."""
        return _get(self._rows, row_id, "row")

    def has_row(self, row_id: str) -> bool:
        """Return whether there is a row of this id."""
        return row_id in self._rows

    def row_of(self, role: Role) -> Row | None:
        """Return the row that has a role, or None where rows.toml says that there is none."""
        return self._by_role.get(role)

    def drawing(self, drawing_id: str | None) -> Drawing | None:
        """Return a drawing by id, or None where there is none."""
        return self._drawings.get(drawing_id or "")

    def has_condition(self, condition_id: str) -> bool:
        """Return whether there is a condition of this id."""
        return condition_id in self._conditions

    def concern(self, concern_id: str) -> Concern:
        """Return a concern by id. Raises UnknownId."""
        return _get(self._concerns, concern_id, "concern")

    def has_concern(self, concern_id: str) -> bool:
        """Return whether there is a concern of this id."""
        return concern_id in self._concerns

    def rows_of(self, concern_id: str) -> tuple[Row, ...]:
        """Return the rows on a concern, those of the visit sheet first."""
        first = self.concern(concern_id).rows
        found = [row for row in self.rows if concern_id in row.concerns]
        return tuple(sorted(found, key=lambda row: row.id not in first))

    def contact(self) -> Contacts:
        """Return the contacts of the jurisdiction in force. Raises UnknownId."""
        return _get({item.id: item for item in self.contacts}, self.jurisdiction, "jurisdiction")


def _get(index: dict[str, _T], key: str, kind: str) -> _T:
    if key not in index:
        raise UnknownId(f"There is no {kind} '{key}'.")
    return index[key]
