"""One medicine in full: every use, every cell with its variants, every citation, no choice made."""

from explorer.domain.base import Frozen
from explorer.domain.catalogue import (
    Catalogue,
    Cell,
    CellKind,
    Condition,
    Group,
    KindId,
    Medicine,
    Row,
    Use,
)
from explorer.domain.citing import CitedText
from explorer.domain.compare_url import Choice, write
from explorer.domain.comparison import PAGE_LIMITS, ColumnFlag, ComparedCell, compared_cell
from explorer.domain.figures import Figures, figures_of
from explorer.domain.numbers import Effect
from explorer.domain.red_flags import signs_of
from explorer.domain.sources import Numbering, Reference


class ProfileUse(Frozen):
    """A use in a condition or in one form of it."""

    condition: str
    subtype: str
    use: Use
    references: tuple[int, ...]


class ProfileCondition(Frozen):
    """All uses in one condition, and the address of a comparison there."""

    id: str
    name: str
    uses: tuple[ProfileUse, ...]
    compare: str


class ProfileCell(Frozen):
    """A cell and for whom it holds, in words; nothing where it holds for everyone."""

    whom: str
    cell: ComparedCell


class ProfileRow(Frozen):
    """A line: its general cell, and what differs by condition or age.

    A general cell without a fact stands last, since it only speaks of conditions not named.
    """

    row: Row
    cells: tuple[ProfileCell, ...]


class ProfileGroup(Frozen):
    """The lines under one question of a patient."""

    group: Group
    rows: tuple[ProfileRow, ...]


class ProfileKinds(Frozen):
    """Kinds of medicine that this one is not taken together with."""

    kinds: tuple[KindId, ...]
    why: str
    references: tuple[int, ...]


class ProfileFigures(Frozen):
    """What is drawn for one condition."""

    condition: str
    parts: tuple[Figures, ...]


class Profile(Frozen):
    """Everything that the site holds on one medicine."""

    medicine: Medicine
    mistake: CitedText
    red_flags: tuple[ColumnFlag, ...]
    not_with: tuple[ProfileKinds, ...]
    used: tuple[ProfileCondition, ...]
    not_used: tuple[ProfileCondition, ...]
    groups: tuple[ProfileGroup, ...]
    figures: tuple[ProfileFigures, ...]
    references: tuple[Reference, ...]


def profile(catalogue: Catalogue, medicine_id: str) -> Profile:
    """Gather all that is held on a medicine, with references numbered in reading order.

    Args:
        catalogue: the content.
        medicine_id: id of a published medicine.

    Raises:
        UnknownId: there is no such medicine, or it is a draft.
    """
    medicine = catalogue.medicine(medicine_id)
    numbering = Numbering(catalogue.source)
    names = {condition.id: condition.name for condition in catalogue.conditions}
    mistake = CitedText(
        text=medicine.mistake.text, references=numbering.of(medicine.mistake.citations)
    )
    red_flags = tuple(
        ColumnFlag(
            urgency=sign.urgency,
            sign=sign.sign,
            action=sign.action,
            references=numbering.of(sign.citations),
            condition=sign.condition,
        )
        for sign in signs_of(catalogue, medicine)
    )
    not_with = tuple(
        ProfileKinds(kinds=item.kinds, why=item.why, references=numbering.of(item.citations))
        for item in medicine.not_with
    )
    conditions = [
        _condition(medicine, condition, numbering)
        for condition in sorted(
            catalogue.conditions, key=lambda item: not medicine.is_used_in(item.id)
        )
    ]
    used = sum(medicine.is_used_in(condition.id) for condition in catalogue.conditions)
    groups = tuple(
        ProfileGroup(
            group=group,
            rows=tuple(
                ProfileRow(row=row, cells=_cells(catalogue, medicine, row, names, numbering))
                for row in catalogue.rows
                if row.group == group.id and medicine.cells_of(row.id) is not None
            ),
        )
        for group in catalogue.groups
    )
    figures = [
        ProfileFigures(
            condition=condition.name,
            parts=tuple(
                figures_of(catalogue, condition, (medicine.id,), effect, numbering)
                for effect in Effect
            ),
        )
        for condition in catalogue.conditions
        if medicine.is_used_in(condition.id)
    ]
    return Profile(
        medicine=medicine,
        mistake=mistake,
        red_flags=red_flags,
        not_with=not_with,
        used=tuple(conditions[:used]),
        not_used=tuple(conditions[used:]),
        groups=groups,
        figures=tuple(figures),
        references=numbering.references(),
    )


def _condition(medicine: Medicine, condition: Condition, numbering: Numbering) -> ProfileCondition:
    subtypes = {subtype.id: subtype.name for subtype in condition.subtypes}
    return ProfileCondition(
        id=condition.id,
        name=condition.name,
        uses=tuple(
            ProfileUse(
                condition=condition.name,
                subtype=subtypes.get(use.subtype or "", ""),
                use=use,
                references=numbering.of(use.citations),
            )
            for use in medicine.uses_in(condition.id)
        ),
        compare=_compare(medicine, condition),
    )


def _compare(medicine: Medicine, condition: Condition) -> str:
    """Return the address of the condition's comparison with this medicine in it."""
    options = condition.preselect.options
    if medicine.id not in options:
        options = (medicine.id, *options)[: PAGE_LIMITS[1]]
    parameters = write(Choice(condition=condition.id, options=options))
    return "compare?" + "&".join(f"{name}={value}" for name, value in parameters.items())


def _cells(
    catalogue: Catalogue,
    medicine: Medicine,
    row: Row,
    names: dict[str, str],
    numbering: Numbering,
) -> tuple[ProfileCell, ...]:
    cells = medicine.cells_of(row.id)
    if cells is None:
        return ()

    def shown(cell: Cell, whom: str) -> ProfileCell:
        return ProfileCell(whom=whom, cell=compared_cell(catalogue, medicine, row, cell, numbering))

    general = cells.default
    is_stated = general.kind is CellKind.STATED
    key = "medicine.in-general" if is_stated else "medicine.otherwise"
    first = () if not is_stated and cells.variants else (general,)
    last = () if first else (general,)
    found: list[ProfileCell] = []
    for cell in (*first, *cells.variants, *last):
        if cell is general:
            found.append(shown(cell, catalogue.words(key) if cells.variants else ""))
        else:
            age = "" if cell.age is None else catalogue.words(f"age.{cell.age}")
            names_given = [part for part in (names.get(cell.condition or "", ""), age) if part]
            found.append(shown(cell, catalogue.words("medicine.for", whom=", ".join(names_given))))
    return tuple(found)
