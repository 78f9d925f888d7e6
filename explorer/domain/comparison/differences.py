"""What differs between options, worked out from typed answers and never from prose."""

from collections.abc import Sequence

from explorer.domain.answer_words import phrase
from explorer.domain.answers import AnswerType, Unknown, comparable, is_open
from explorer.domain.catalogue import Age, Catalogue, Cell, CellKind, Condition, Row
from explorer.domain.comparison.model import (
    MAIN_LIMIT,
    Difference,
    DifferencePart,
    MainDifference,
    NotTogether,
)
from explorer.domain.comparison.options import AnOption, use_phrase, uses_for
from explorer.domain.comparison.plans import Plan, is_benefit, medicines_of, said_against
from explorer.domain.who import Who


def cell_of(
    catalogue: Catalogue, option: AnOption, row: Row, condition: Condition, age: Age
) -> Cell | None:
    """Return an option's cell of a row for a condition and age; None where it has none."""
    if isinstance(option, Plan):
        return option.cell_of(row, condition, age, benefit=is_benefit(catalogue, row))
    cells = option.cells_of(row.id)
    return None if cells is None else cells.resolve(condition.id, age)


def _told_of(
    option: AnOption, row: Row, cell: Cell | None, condition: Condition, age: Age
) -> tuple[Cell, ...]:
    """Return the cells behind an option's cell: those of each medicine of a plan, else its own.

    What does not apply to one medicine of a plan is left out where another one holds the answer.
    """
    if not isinstance(option, Plan) or not option.kept:
        return () if cell is None else (cell,)
    held = tuple(cell for _, cell in option.told(row, condition, age))
    return tuple(cell for cell in held if cell.kind is not CellKind.NOT_APPLICABLE) or held


def difference_of(
    row: Row,
    options: Sequence[AnOption],
    cells: Sequence[Cell | None],
    condition: Condition,
    age: Age,
) -> Difference:
    """Compare the medicines of a row; options without a medicine have nothing to compare.

    Plans are the same where the answers of their medicines are, whichever medicine gives which.

    Args:
        row: the row.
        options: the options, in any order.
        cells: the cell of each option, in the same order.
        condition: the condition.
        age: the age group.
    """
    columns = [
        told
        for option, cell in zip(options, cells, strict=True)
        if medicines_of(option) and (told := _told_of(option, row, cell, condition, age))
    ]
    if row.answer is AnswerType.WORDS or len(columns) < 2:
        return Difference.WORDS
    known = {
        frozenset(_compared_by(row, cell) for cell in told)
        for told in columns
        if all(_is_known(cell) for cell in told)
    }
    if len(known) > 1:
        return Difference.DIFFERENT
    settled = all(
        cell.kind is CellKind.NOT_APPLICABLE or not is_open(cell.answer)
        for told in columns
        for cell in told
    )
    return Difference.SAME if settled else Difference.UNCLEAR


def _compared_by(row: Row, cell: Cell) -> tuple[str, object]:
    return row.measure_of(cell), cell.kind if cell.answer is None else comparable(cell.answer)


def _is_known(cell: Cell) -> bool:
    if cell.kind is CellKind.NOT_APPLICABLE:
        return True
    return cell.answer is not None and not isinstance(cell.answer, Unknown)


def main_differences(
    catalogue: Catalogue,
    condition: Condition,
    options: Sequence[AnOption],
    age: Age,
    who: Who | None = None,
) -> tuple[MainDifference, ...]:
    """Return the few rows that differ most for a reader's day, in the content's order.

    Args:
        catalogue: the content.
        condition: the condition.
        options: the options shown.
        age: the age group.
        who: for whom; lines that do not concern them are left out.

    Returns:
        At most ``MAIN_LIMIT`` differences; how the approvals differ comes first.
    """
    found = _use_difference(catalogue, condition, options, age)
    ranked = sorted(
        (row for row in catalogue.rows if row.main is not None and row.fits(who)),
        key=lambda row: row.main or 0,
    )
    for row in ranked:
        cells = [cell_of(catalogue, option, row, condition, age) for option in options]
        if difference_of(row, options, cells, condition, age) is not Difference.DIFFERENT:
            continue
        mixed = len({row.measure_of(cell) for cell in cells if _has_answer(cell)}) > 1
        found.append(
            MainDifference(
                row=row.id,
                short=row.short,
                parts=tuple(
                    _part(catalogue, option, row, cell, condition, age, mixed=mixed)
                    for option, cell in zip(options, cells, strict=True)
                    if cell is not None
                ),
            )
        )
        if len(found) == MAIN_LIMIT:
            break
    return tuple(found)


def answer_phrase(catalogue: Catalogue, row: Row, cell: Cell, *, measured: bool) -> str:
    """Say a cell's typed answer in a few words.

    Args:
        catalogue: for the words.
        row: the row of the cell.
        cell: the cell; one without a typed answer gives an empty text.
        measured: name the measure, since cells beside this one may have another.
    """
    if cell.answer is None:
        return ""
    said = phrase(cell.answer, catalogue.words, row.choices, either=row.either)
    measure = row.measure_of(cell) if measured and not isinstance(cell.answer, Unknown) else ""
    return catalogue.words("answer.measured", answer=said, measure=measure) if measure else said


def said_of_each(
    catalogue: Catalogue, option: AnOption, row: Row, condition: Condition, age: Age
) -> str:
    """Say the typed answers of a plan whose medicines differ, each by its name.

    Args:
        catalogue: for the words.
        option: the option.
        row: the row.
        condition: the condition.
        age: the age group.

    Returns:
        An empty text for what is no plan of several medicines, or where nothing is typed.
    """
    if not isinstance(option, Plan) or not option.kept:
        return ""
    said = [
        catalogue.words(
            "plan.answer",
            medicine=medicine.name,
            said=answer_phrase(catalogue, row, cell, measured=False),
        )
        for medicine, cell in option.told(row, condition, age)
        if cell.answer is not None
    ]
    return "; ".join(said)


def alternatives(options: Sequence[AnOption]) -> tuple[NotTogether, ...]:
    """Return the pairs of options that are alternatives and not to be combined."""
    shown = (medicine for option in options for medicine in medicines_of(option))
    medicines = tuple({medicine.id: medicine for medicine in shown}.values())
    found: list[NotTogether] = []
    for position, first in enumerate(medicines):
        for second in medicines[position + 1 :]:
            against = said_against(first, second)
            if against:
                found.append(
                    NotTogether(
                        first=first.heading,
                        second=second.title,
                        why=next((item.why for item in against if item.why), ""),
                        citations=tuple(place for item in against for place in item.citations),
                    )
                )
    return tuple(found)


def _use_difference(
    catalogue: Catalogue, condition: Condition, options: Sequence[AnOption], age: Age
) -> list[MainDifference]:
    """Say first how the approvals differ, where they do."""
    headed = [
        (option.heading, medicines_of(option)[0]) for option in options if medicines_of(option)
    ]
    said = [use_phrase(catalogue, medicine, condition, age) for _, medicine in headed]
    if len(set(said)) < 2:
        return []
    parts = tuple(
        DifferencePart(
            title=heading,
            sentence=f"{heading}: {text}",
            citations=tuple(
                citation for use in uses_for(condition, medicine, age) for citation in use.citations
            ),
        )
        for (heading, medicine), text in zip(headed, said, strict=True)
    )
    return [MainDifference(row="use", short=catalogue.words("compare.main-use"), parts=parts)]


def _has_answer(cell: Cell | None) -> bool:
    return cell is not None and cell.answer is not None


def _part(
    catalogue: Catalogue,
    option: AnOption,
    row: Row,
    cell: Cell,
    condition: Condition,
    age: Age,
    *,
    mixed: bool,
) -> DifferencePart:
    each = said_of_each(catalogue, option, row, condition, age)
    if cell.answer is not None:
        said = answer_phrase(catalogue, row, cell, measured=mixed)
    elif each:
        said = each
    else:
        said = catalogue.words(f"kind-short.{cell.kind}")
    return DifferencePart(
        title=option.heading,
        sentence=row.difference.format(medicine=option.heading, answer=said),
        citations=cell.citations,
    )
