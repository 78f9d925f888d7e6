"""What can be compared in a condition, and how each option is approved there."""

from collections.abc import Sequence

from explorer.domain.answer_words import join
from explorer.domain.base import Frozen
from explorer.domain.catalogue import (
    Age,
    Catalogue,
    Cell,
    Condition,
    KindId,
    Medicine,
    NoNewMedicine,
    Row,
    Subtype,
    Use,
    UseStatus,
)
from explorer.domain.comparison.model import NotAnOption
from explorer.domain.comparison.plans import (
    ADD,
    STAY,
    Plan,
    PlanKind,
    can_be_added,
    medicines_of,
    plan_of,
)
from explorer.domain.ref_kinds import RefKind

AnOption = Medicine | NoNewMedicine | Plan
"""What a column can be of."""


class Option(Frozen):
    """Something that can be put side by side in a condition."""

    id: str
    title: str
    say: str
    kind: KindId | None
    status: UseStatus | None
    status_words: str
    limits: tuple[str, ...]
    plan: PlanKind | None = None
    """What it does with what is taken now, where something is."""

    @property
    def is_offered(self) -> bool:
        """True where the option has a stated use, or needs none."""
        return self.status not in (UseStatus.AGAINST, UseStatus.NONE_FOUND)


def options_in(
    catalogue: Catalogue, condition_id: str, now: Sequence[str] = ()
) -> tuple[Option, ...]:
    """List every option of a condition: medicines by name, then those without a new medicine.

    Where something is taken now the options are plans: staying on it, adding to it, switching.

    Args:
        catalogue: the content.
        condition_id: id of the condition.
        now: ids of the medicines that are taken now.

    Returns:
        All options; those without a stated use are in the list and say so by ``is_offered``.

    Raises:
        UnknownId: there is no such condition.
    """
    condition = catalogue.condition(condition_id)
    medicines, others = _plain(catalogue, condition)
    if not any(medicine.id in now for medicine in catalogue.published):
        return medicines + others
    return _plans(catalogue, condition, now, medicines, others)


def _plain(
    catalogue: Catalogue, condition: Condition
) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """Return the medicines, and then what is no new medicine; each press asks for them again."""
    key = ("options", condition.id)
    found = catalogue.computed.get(key)
    if found is None:
        found = catalogue.computed[key] = _listed(catalogue, condition)
    return found


def _listed(
    catalogue: Catalogue, condition: Condition
) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    medicines = tuple(
        Option(
            id=medicine.id,
            title=medicine.heading,
            say=medicine.say,
            kind=medicine.kind,
            status=status_for(condition, medicine, None),
            status_words=use_phrase(catalogue, medicine, condition),
            limits=tuple(use.limits for use in medicine.uses_in(condition.id) if use.limits),
        )
        for medicine in catalogue.published
    )
    others = tuple(
        Option(
            id=item.id,
            title=item.heading,
            say="",
            kind=None,
            status=None,
            status_words="",
            limits=(),
        )
        for item in condition.no_new_medicine
    )
    return medicines, others


def preselected(catalogue: Catalogue, condition: Condition, now: Sequence[str]) -> tuple[str, ...]:
    """Return the options that are picked at first; they are plans where something is taken now.

    Args:
        catalogue: the content.
        condition: the condition.
        now: ids of the medicines that are taken now.

    Returns:
        What the condition preselects, each as the plan that it is for this person: staying on what
        is taken, else adding where we hold facts on both together, else switching.
    """
    wanted = condition.preselect.options
    if not any(medicine.id in now for medicine in catalogue.published):
        return wanted
    offered = {item.id for item in options_in(catalogue, condition.id, now) if item.is_offered}
    plans = [STAY]
    for item in wanted:
        if item not in now:
            plans.append(f"{ADD}{item}" if f"{ADD}{item}" in offered else item)
    return tuple(dict.fromkeys(item for item in plans if item in offered))


def _plans(
    catalogue: Catalogue,
    condition: Condition,
    now: Sequence[str],
    medicines: Sequence[Option],
    others: Sequence[Option],
) -> tuple[Option, ...]:
    def worded(option: Option, option_id: str) -> Option:
        plan = plan_of(catalogue, condition, option_id, now)
        if plan is None:
            return option
        return option.evolve(id=plan.id, title=plan.heading, plan=plan.kind)

    stay = tuple(worded(item, item.id) for item in others if item.id == STAY)
    rest = tuple(item for item in others if item.id != STAY)
    new = [item for item in medicines if item.id not in now]
    adds = tuple(
        worded(item, f"{ADD}{item.id}")
        for item in new
        if item.is_offered and can_be_added(catalogue, condition, catalogue.medicine(item.id), now)
    )
    switches = tuple(worded(item, item.id) if item.is_offered else item for item in new)
    return (*stay, *adds, *switches, *rest)


def option_of(
    catalogue: Catalogue, condition: Condition, option_id: str, now: Sequence[str] = ()
) -> AnOption:
    """Return an option of a condition by its id.

    Args:
        catalogue: the content.
        condition: the condition.
        option_id: id of the option.
        now: ids of the medicines that are taken now.

    Raises:
        UnknownId: there is no such medicine, or it is a draft.
        NotAnOption: the medicine has no stated use in the condition.
    """
    plan = plan_of(catalogue, condition, option_id, now)
    if plan is not None:
        for medicine in plan.medicines:
            _refuse_unused(medicine, condition)
        if plan.kind is PlanKind.ADD and not can_be_added(catalogue, condition, plan.main, now):
            raise NotAnOption(f"We hold no facts on {plan.title} in {condition.name}.")
        return plan
    for other in condition.no_new_medicine:
        if other.id == option_id:
            return other
    medicine = catalogue.medicine(option_id)
    _refuse_unused(medicine, condition)
    return medicine


def _refuse_unused(medicine: Medicine, condition: Condition) -> None:
    if not medicine.is_used_in(condition.id):
        raise NotAnOption(f"We found no use of {medicine.name} in {condition.name}.")


def uses_for(condition: Condition, medicine: Medicine, age: Age | None) -> tuple[Use, ...]:
    """Return the uses of a medicine in the forms of a condition that an age group can have.

    Args:
        condition: the condition.
        medicine: the medicine.
        age: the age group of the reader; None for the uses of every age.
    """
    of_age = {form.id for form in _forms(condition, age)}
    return tuple(
        use
        for use in medicine.uses_in(condition.id)
        if use.subtype is None or use.subtype in of_age
    )


def status_for(condition: Condition, medicine: Medicine, age: Age | None) -> UseStatus:
    """Return the strongest status of a medicine in a condition for an age group.

    An approval of a form that only another age group has does not count. Where each form is of
    one age, an approval of all forms of the reader's age is an approval, not one for a part.
    """
    uses = uses_for(condition, medicine, age)
    order = list(UseStatus)
    status = min((use.status for use in uses), key=order.index, default=UseStatus.NONE_FOUND)
    approved = {use.subtype for use in uses if use.status is UseStatus.APPROVED_PART}
    forms = _forms(condition, age)
    by_age = age is not None and all(form.age is age for form in forms)
    if status is UseStatus.APPROVED_PART and by_age and approved >= {form.id for form in forms}:
        return UseStatus.APPROVED
    return status


def _forms(condition: Condition, age: Age | None) -> list[Subtype]:
    return [form for form in condition.subtypes if age is None or form.age in (None, age)]


def use_phrase(
    catalogue: Catalogue, medicine: Medicine, condition: Condition, age: Age | None = None
) -> str:
    """Say a medicine's status in a condition, naming the forms where only some are approved.

    Args:
        catalogue: the content.
        medicine: the medicine.
        condition: the condition.
        age: the age group of the reader, so that a form of the other one is left out; None names
            the forms of every age.
    """
    status = status_for(condition, medicine, age)
    if status is not UseStatus.APPROVED_PART:
        return catalogue.words(f"use.{status}")
    names = {subtype.id: subtype.name for subtype in condition.subtypes}
    forms = [
        names[use.subtype or ""]
        for use in uses_for(condition, medicine, age)
        if use.status is UseStatus.APPROVED_PART
    ]
    return catalogue.words("use.approved-forms", forms=join(forms, catalogue.words))


def has_child_facts(catalogue: Catalogue, condition_id: str, option_ids: Sequence[str]) -> bool:
    """Return whether any cell of the options differs for children in the condition."""
    return any(
        variant.age is not None and variant.condition in (None, condition_id)
        for medicine in catalogue.published
        if medicine.id in option_ids
        for cells in medicine.cells
        for variant in cells.variants
    )


def signed_at(option: AnOption, row: Row, cell: Cell | None, condition: Condition | None) -> str:
    """Return the address at which a cell was signed as it is shown; nothing where there is none.

    What is put together of several texts was signed by nobody.

    Args:
        option: whose cell it is.
        row: its row.
        cell: the cell that is shown, or None where the option has none.
        condition: the condition; a medicine needs none.
    """
    if isinstance(option, NoNewMedicine):
        whose = "" if condition is None else condition.id
        return "/".join((RefKind.OPTION, whose, option.id, row.id))
    held = medicines_of(option)
    base = option.base if isinstance(option, Plan) else None
    if len(held) != 1 or cell is None or (base is not None and base.cells_of(row.id) is not None):
        return ""
    return "/".join((held[0].id, row.id, *filter(None, (cell.condition,))))
