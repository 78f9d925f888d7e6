"""Plans: what a person does with what is taken now, each as a column of its own.

People do not choose between medicines but between staying on one, adding one to it, and switching.
A plan holds the medicines that would be taken; its facts are those of all of them. Nothing is
worded here but the names of the medicines in front of their own facts.
"""

from collections.abc import Sequence
from enum import StrEnum

from explorer.domain.answer_words import join
from explorer.domain.answers import YesNo
from explorer.domain.base import Frozen
from explorer.domain.catalogue import (
    Age,
    Catalogue,
    Cell,
    CellKind,
    Condition,
    Medicine,
    NoNewMedicine,
    NotWith,
    Role,
    Row,
)
from explorer.domain.messages import Words
from explorer.domain.numbers import Effect, Result
from explorer.domain.sources import Citation

ADD = "add-"
"""Starts the id of the plan that adds a medicine; a switch has the id of the medicine itself."""

STAY = "stay"
"""Id of the plan that changes nothing, and of the option without a medicine that it builds on."""


class PlanKind(StrEnum):
    """What a plan does with what is taken now."""

    STAY = "stay"
    ADD = "add"
    SWITCH = "switch"


class Plan(Frozen):
    """A plan as a column: what would be taken, the medicine that it is about first."""

    id: str
    kind: PlanKind
    name: str
    medicines: tuple[Medicine, ...]
    leads: tuple[str, ...]
    """What stands before each medicine's own words where there are several."""
    base: NoNewMedicine | None = None
    """What is known of changing nothing, in a plan that does so."""

    @property
    def main(self) -> Medicine:
        """The medicine that the plan is about."""
        return self.medicines[0]

    @property
    def heading(self) -> str:
        """The plan's name, as a column is headed."""
        return self.name

    @property
    def title(self) -> str:
        """The name within a sentence."""
        return self.name[0].lower() + self.name[1:]

    @property
    def kept(self) -> tuple[Medicine, ...]:
        """What goes on beside the medicine that the plan is about."""
        return self.medicines[1:]

    def told(self, row: Row, condition: Condition, age: Age) -> list[tuple[Medicine, Cell]]:
        """Return the cells of a row of which the plan's is made, each with its medicine."""
        held = [
            (medicine, cells.resolve(condition.id, age))
            for medicine in self.medicines
            if (cells := medicine.cells_of(row.id)) is not None
        ]
        if row.kept or self.kind is PlanKind.STAY:
            return held
        # Where the line is no question for the new medicine, the other one may hold the answer.
        new = [it for it in held if it[1].kind is not CellKind.NOT_APPLICABLE]
        return (new or held)[:1]

    def cell_of(self, row: Row, condition: Condition, age: Age, *, benefit: bool) -> Cell | None:
        """Return what the plan says in a row: the facts of each of its medicines.

        Args:
            row: the row.
            condition: the condition.
            age: the age group.
            benefit: whether the row tells how well a medicine works. Of a plan that stays, what is
                known of people who stayed belongs there.

        Returns:
            One cell. A fact that one of the medicines has is never hidden by another's gap.
        """
        leads = {
            medicine.id: lead for medicine, lead in zip(self.medicines, self.leads, strict=True)
        }
        cell = _together([(leads[item.id], cell) for item, cell in self.told(row, condition, age)])
        held = None if self.base is None else self.base.cells_of(row.id)
        if cell is None or held is None:
            return cell
        more = held.resolve(condition.id, age)
        if more.kind is not CellKind.STATED:
            return cell
        texts = (cell.detail, "" if benefit else more.text, more.detail)
        return cell.evolve(
            detail=" ".join(text for text in texts if text),
            citations=_once((*cell.citations, *more.citations)),
            signs=tuple(dict.fromkeys((*cell.signs, *more.signs))),
        )


def medicines_of(option: "Medicine | NoNewMedicine | Plan") -> tuple[Medicine, ...]:
    """Return the medicines of a column, the one that it is about first; none where it has none."""
    if isinstance(option, Plan):
        return option.medicines
    return (option,) if isinstance(option, Medicine) else ()


def main_medicines(options: "Sequence[Medicine | NoNewMedicine | Plan]") -> tuple[str, ...]:
    """Return the ids of the medicines that columns are about, each once, in their order."""
    return tuple(dict.fromkeys(held[0].id for it in options if (held := medicines_of(it))))


def plan_of(
    catalogue: Catalogue, condition: Condition, option_id: str, now: Sequence[str]
) -> Plan | None:
    """Return the plan behind an option, where something is taken now.

    Args:
        catalogue: the content.
        condition: the condition.
        option_id: id of the option.
        now: ids of the medicines that are taken now.

    Returns:
        The plan; None where nothing is taken now, and for an option that is no plan.
    """
    taken = [item for item in catalogue.published if item.id in now]
    if not taken:
        return None
    words = catalogue.words
    if option_id == STAY or option_id in now:
        base = next((item for item in condition.no_new_medicine if item.id == STAY), None)
        name = words("plan.stay", medicines=join([item.name for item in taken], words))
        return _plan(STAY, PlanKind.STAY, name, taken, words, base)
    is_added = option_id.startswith(ADD)
    medicine = _published(catalogue, option_id.removeprefix(ADD))
    if medicine is None or medicine.id in now:
        return None
    if not is_added:
        name = words("plan.switch", medicine=medicine.title)
        return _plan(medicine.id, PlanKind.SWITCH, name, [medicine], words)
    kept = join([item.name for item in taken], words)
    name = words("plan.add", kept=kept[0].upper() + kept[1:], medicine=medicine.title)
    return _plan(option_id, PlanKind.ADD, name, [medicine, *taken], words)


def can_be_added(
    catalogue: Catalogue, condition: Condition, medicine: Medicine, now: Sequence[str]
) -> bool:
    """Return whether we hold a fact that a medicine is taken on top of all that is taken now.

    Args:
        catalogue: the content.
        condition: the condition.
        medicine: the medicine.
        now: ids of the medicines that are taken now.
    """
    taken = [item for item in catalogue.published if item.id in now]
    return bool(taken) and all(_pair_is_told(catalogue, condition, medicine, it) for it in taken)


def said_against(one: Medicine, other: Medicine) -> tuple[NotWith, ...]:
    """Return what says that two medicines are not taken together; nothing where nothing does."""
    return tuple(
        not_with
        for first, second in ((one, other), (other, one))
        for not_with in first.not_with
        if second.kind in not_with.kinds
    )


def of_plan(
    results: Sequence[Result], plan: PlanKind | None, kept: Sequence[str]
) -> tuple[Result, ...]:
    """Return the results of a medicine that a plan may be told by.

    A benefit from a study that added the medicine to what is taken tells of adding it; one without
    tells of a switch. Both are of people who began it, and say nothing of going on with it. Where
    none is of the plan's kind, none is shown: it would be of another plan. A harm is told with
    every plan, since leaving it out would be kind to the plan.

    Args:
        results: the medicine's results.
        plan: what the plan does; None where nothing is taken now, and every result counts.
        kept: ids of the medicines that go on beside it.
    """
    return tuple(
        result
        for result in results
        if plan is None or result.effect is not Effect.BENEFIT or _tells_of(result, plan, kept)
    )


def _tells_of(result: Result, plan: PlanKind, kept: Sequence[str]) -> bool:
    match plan:
        case PlanKind.ADD:
            return bool(set(kept) & set(result.added_to))
        case PlanKind.SWITCH:
            return not result.added_to
        case PlanKind.STAY:
            return False


def is_benefit(catalogue: Catalogue, row: Row) -> bool:
    """Return whether a row tells how well a medicine works."""
    benefit = catalogue.row_of(Role.BENEFIT)
    return benefit is not None and row.id == benefit.id


def _plan(
    plan_id: str,
    kind: PlanKind,
    name: str,
    medicines: Sequence[Medicine],
    words: Words,
    base: NoNewMedicine | None = None,
) -> Plan:
    several = len(medicines) > 1
    leads = tuple(
        words(
            "plan.lead-kept" if kind is PlanKind.ADD and place else "plan.lead",
            medicine=item.name[0].upper() + item.name[1:],
        )
        if several
        else ""
        for place, item in enumerate(medicines)
    )
    return Plan(
        id=plan_id, kind=kind, name=name, medicines=tuple(medicines), leads=leads, base=base
    )


def _pair_is_told(
    catalogue: Catalogue, condition: Condition, medicine: Medicine, taken: Medicine
) -> bool:
    if medicine.id == taken.id or said_against(medicine, taken):
        return False
    for one, other in ((medicine, taken), (taken, medicine)):
        for row in catalogue.rows:
            cells = one.cells_of(row.id) if row.taken_with == other.id else None
            if cells is not None:
                answer = cells.resolve(condition.id, None).answer
                return isinstance(answer, YesNo) and answer.value == "yes"
    return any(
        taken.id in result.added_to
        for numbers in catalogue.numbers
        if numbers.id == medicine.id
        for result in numbers.of(condition.id)
    )


def _published(catalogue: Catalogue, medicine_id: str) -> Medicine | None:
    return next((item for item in catalogue.published if item.id == medicine_id), None)


def _together(parts: Sequence[tuple[str, Cell]]) -> Cell | None:
    """Join the cells of several medicines: each with its own words, and no fact lost."""
    if not parts:
        return None
    told = [(lead, cell) for lead, cell in parts if cell.kind is not CellKind.NOT_APPLICABLE]
    if len(told) < 2:
        lead, cell = (told or parts)[0]
        if len(parts) == 1 or (lead, cell) == parts[0]:
            return cell
        return cell.evolve(text=f"{lead} {cell.text}")
    cells = [cell for _, cell in told]
    stated = [cell for cell in cells if cell.kind is CellKind.STATED]
    first = cells[0]
    days = [cell.checked for cell in cells if cell.checked is not None]
    # A gap of one is told in its own words; beside a fact of another it is no gap of the plan.
    return Cell(
        kind=CellKind.STATED if stated else first.kind,
        text=_joined(told, "text"),
        detail=_joined(told, "detail"),
        note=_joined(told, "note"),
        searched="" if stated else _joined(told, "searched"),
        # Values of several medicines do not add up: one brand and generic copies are no answer.
        answer=first.answer if len({cell.answer for cell in cells}) == 1 else None,
        citations=_once(tuple(citation for cell in cells for citation in cell.citations)),
        signs=tuple(dict.fromkeys(sign for cell in cells for sign in cell.signs)),
        evidence=first.evidence,
        evidence_why=first.evidence_why,
        measure=first.measure,
        checked=min(days, default=None),
    )


def _joined(told: Sequence[tuple[str, Cell]], name: str) -> str:
    return " ".join(f"{lead} {text}" for lead, cell in told if (text := getattr(cell, name)))


def _once(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citations))
