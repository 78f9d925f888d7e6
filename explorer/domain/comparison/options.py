"""What can be compared in a condition, and how each option is approved there."""

from collections.abc import Sequence

from explorer.domain.answers import join
from explorer.domain.base import Frozen
from explorer.domain.catalogue import (
    Catalogue,
    Condition,
    KindId,
    Medicine,
    NoNewMedicine,
    UseStatus,
)
from explorer.domain.comparison.model import NotAnOption

AnOption = Medicine | NoNewMedicine
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

    @property
    def is_offered(self) -> bool:
        """True where the option has a stated use, or needs none."""
        return self.status not in (UseStatus.AGAINST, UseStatus.NONE_FOUND)


def options_in(catalogue: Catalogue, condition_id: str) -> tuple[Option, ...]:
    """List every option of a condition: medicines by name, then those without a new medicine.

    Args:
        catalogue: the content.
        condition_id: id of the condition.

    Returns:
        All options; those without a stated use are in the list and say so by ``is_offered``.

    Raises:
        UnknownId: there is no such condition.
    """
    condition = catalogue.condition(condition_id)
    medicines = tuple(
        Option(
            id=medicine.id,
            title=medicine.heading,
            say=medicine.say,
            kind=medicine.kind,
            status=medicine.status_in(condition_id),
            status_words=use_phrase(catalogue, medicine, condition),
            limits=tuple(use.limits for use in medicine.uses_in(condition_id) if use.limits),
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
    return medicines + others


def option_of(catalogue: Catalogue, condition: Condition, option_id: str) -> AnOption:
    """Return an option of a condition by its id.

    Raises:
        UnknownId: there is no such medicine, or it is a draft.
        NotAnOption: the medicine has no stated use in the condition.
    """
    for other in condition.no_new_medicine:
        if other.id == option_id:
            return other
    medicine = catalogue.medicine(option_id)
    if not medicine.is_used_in(condition.id):
        raise NotAnOption(f"We found no use of {medicine.name} in {condition.name}.")
    return medicine


def use_phrase(catalogue: Catalogue, medicine: Medicine, condition: Condition) -> str:
    """Say a medicine's status in a condition, naming the forms where only some are approved."""
    status = medicine.status_in(condition.id)
    if status is not UseStatus.APPROVED_PART:
        return catalogue.words(f"use.{status}")
    names = {subtype.id: subtype.name for subtype in condition.subtypes}
    forms = [
        names[use.subtype or ""]
        for use in medicine.uses_in(condition.id)
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
