"""Rules on the table of harms: what one medicine of a kind has is looked for in all of the kind."""

from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.texts import cell_key, medicine_file
from explorer.domain.answers import Choices
from explorer.domain.catalogue import Age, Catalogue, Cell, CellKind, Medicine, Role
from explorer.domain.harms import Harm, HarmAnswer, HarmTold

TABLE = "harms.toml"


@rule("harm-unknown")
def names_exist(context: Context) -> Iterator[Finding]:
    """The medicines, conditions, line and value that the table names exist."""
    catalogue = context.catalogue
    medicines = {item.id for item in catalogue.medicines}
    for harm in catalogue.harms:
        if not catalogue.has_row(harm.row):
            yield _unknown(f"{harm.id}.row", f"there is no line '{harm.row}' in rows.toml")
            continue
        values = {choice.id for choice in catalogue.row(harm.row).choices}
        if harm.value is not None and harm.value not in values:
            yield _unknown(f"{harm.id}.value", f"the line '{harm.row}' has no value '{harm.value}'")
        for item in harm.medicines:
            key = f"{harm.id}.medicines.{item.medicine}"
            if item.medicine not in medicines:
                yield _unknown(key, f"there is no medicine '{item.medicine}'")
            for condition in item.conditions:
                if not catalogue.has_condition(condition):
                    yield _unknown(f"{key}.conditions", f"there is no condition '{condition}'")


def _unknown(key: str, reason: str) -> Finding:
    return error("harm-unknown", TABLE, key, f"{reason}; correct it")


@rule("harm-of-kind")
def kinds_are_whole(context: Context) -> Iterator[Finding]:
    """Where one medicine of a kind has a harm, each other of the kind has an answer on it."""
    catalogue = context.catalogue
    for harm in catalogue.harms:
        told = [
            medicine
            for medicine in catalogue.published
            if (item := harm.of(medicine.id)) is not None and item.told is HarmTold.YES
        ]
        for medicine in catalogue.published:
            beside = next((item for item in told if item.kind == medicine.kind), None)
            if beside is not None and harm.of(medicine.id) is None:
                reason = (
                    f"{beside.id} has it, and {medicine.id} is of the same kind "
                    f"({medicine.kind}); look for it in its label and add told = 'yes', 'no' or "
                    "'not-in-label', with the text that was read"
                )
                yield error("harm-of-kind", TABLE, f"{harm.id}.medicines", reason)


@rule("harm-told")
def cells_agree(context: Context) -> Iterator[Finding]:
    """A cell tells a harm where the table says yes, and not where it says otherwise."""
    catalogue = context.catalogue
    for harm in catalogue.harms:
        for medicine in catalogue.published:
            item = harm.of(medicine.id)
            if item is None:
                continue
            if item.told is HarmTold.YES:
                yield from _silent(catalogue, harm, item, medicine)
            for key, cell in _cells(medicine, harm.row):
                if item.told is not HarmTold.YES and _tells(harm, cell):
                    reason = (
                        f"it tells '{harm.id}', and {_where(harm, medicine)} says "
                        f"'{item.told}'; make them agree"
                    )
                    yield error("harm-told", medicine_file(medicine), key, reason)


@rule("harm-told")
def harms_stand_in_the_table(context: Context) -> Iterator[Finding]:
    """Each serious harm that a medicine's general cell has as a value stands in the table.

    Without that, a harm that is added to one medicine would not be looked for in its kind. What
    only the cell of one illness has is a danger of that illness.
    """
    row = context.catalogue.row_of(Role.SERIOUS_HARM)
    if row is None:
        return
    known = {
        (item.medicine, harm.value)
        for harm in context.catalogue.harms
        if harm.row == row.id and harm.value is not None
        for item in harm.medicines
    }
    for medicine in context.catalogue.published:
        cells = medicine.cells_of(row.id)
        if cells is None or not isinstance(cells.default.answer, Choices):
            continue
        for value in cells.default.answer.values:
            if (medicine.id, value) not in known:
                reason = (
                    f"'{value}' stands in no harm of {TABLE} for {medicine.id}; add it there, "
                    "and look for it in the others of its kind"
                )
                key = f"{cell_key(row.id, cells.default)}.answer"
                yield error("harm-told", medicine_file(medicine), key, reason)


def _where(harm: Harm, medicine: Medicine) -> str:
    return f"{TABLE} {harm.id}.medicines.{medicine.id}"


def _cells(medicine: Medicine, row: str) -> Iterator[tuple[str, Cell]]:
    cells = medicine.cells_of(row)
    for cell in () if cells is None else (cells.default, *cells.variants):
        if cell.kind is CellKind.STATED:
            yield cell_key(row, cell), cell


def _tells(harm: Harm, cell: Cell) -> bool:
    if harm.value is None:
        return harm.told_in(f"{cell.text} {cell.detail}")
    return isinstance(cell.answer, Choices) and harm.value in cell.answer.values


def _silent(
    catalogue: Catalogue, harm: Harm, item: HarmAnswer, medicine: Medicine
) -> Iterator[Finding]:
    """Report each cell that is shown where the harm holds and does not tell it."""
    cells = medicine.cells_of(harm.row)
    wanted = item.conditions or tuple(condition.id for condition in catalogue.conditions)
    shown = {
        cell_key(harm.row, cell): cell
        for condition in wanted
        for age in Age
        if cells is not None
        and (cell := cells.resolve(condition, age)).kind is not CellKind.NOT_APPLICABLE
    }
    for key, cell in shown.items():
        if not _tells(harm, cell):
            how = f"'{harm.value}' is not in its value" if harm.value else "no word of it tells it"
            reason = (
                f"{_where(harm, medicine)} says yes to '{harm.words}', and {how}; tell it here "
                "as in the other cells of the line"
            )
            yield error("harm-told", medicine_file(medicine), key, reason)
