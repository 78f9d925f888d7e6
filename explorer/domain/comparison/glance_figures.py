"""Figures of studies in the glance: only those of one frame stand beside each other."""

from collections import Counter
from collections.abc import Sequence

from explorer.domain.catalogue import Catalogue, Cell, Condition, Row
from explorer.domain.comparison.options import AnOption
from explorer.domain.comparison.plans import Plan, medicines_of, of_plan
from explorer.domain.messages import Words
from explorer.domain.numbers import SHARED, Result


def figures_in_one_frame(
    catalogue: Catalogue,
    condition: Condition,
    options: Sequence[AnOption],
    row: Row,
    cells: Sequence[Cell | None],
) -> tuple[str, tuple[Result | None, ...]]:
    """Return what the figures of a row count, and the figure of each option that fits the frame.

    A frame is one measure, one time and one number of people. Figures of other frames, and those
    of people who all took the medicine, are left to the row that opens.

    Args:
        catalogue: for the results.
        condition: the condition.
        options: the options, in any order.
        row: the row, which tells an effect.
        cells: the cell of each option, in the same order.

    Returns:
        What the figures count, empty where none stand side by side, and a figure or None for
        each option.
    """
    held = {item.id: item for item in catalogue.numbers}
    found: list[Result | None] = []
    for option, cell in zip(options, cells, strict=True):
        taken = medicines_of(option)
        numbers = held.get(taken[0].id) if taken else None
        if numbers is None or cell is None:
            found.append(None)
            continue
        plan = option.kind if isinstance(option, Plan) else None
        fitting_plan = of_plan(numbers.of(condition.id), plan, [item.id for item in taken[1:]])
        found.append(_first(fitting_plan, row, cell))
    frames = Counter(_frame(result) for result in found if result is not None)
    frames.pop(None, None)
    medicines = sum(bool(medicines_of(option)) for option in options)
    if not frames:
        return "", (None,) * len(found)
    frame, count = frames.most_common(1)[0]
    if count < min(2, medicines) or frame is None:
        return "", (None,) * len(found)
    note = "" if row.definition is None else row.definition.label(frame[0])
    fitting = tuple(
        result if result is not None and _frame(result) == frame else None for result in found
    )
    said = note or row.short
    return catalogue.words("glance.frame", measure=said[0].upper() + said[1:]), fitting


def _first(results: Sequence[Result], row: Row, cell: Cell) -> Result | None:
    """Return the result that a cell states first, by its measure."""
    own = [item for item in results if item.row == row.id and not item.both_took_it]
    return next((item for item in own if item.measure == cell.measure), None)


def _frame(result: Result) -> tuple[str | None, str, int] | None:
    if result.drug.of != result.without.of or result.drug.of not in SHARED:
        return None
    return result.measure, result.time, result.drug.of


def difference_in_few_words(result: Result, words: Words) -> str:
    """Say how many more or fewer people it happened to than in the comparison group.

    Args:
        result: a result whose two groups are of one size.
        words: interface words.
    """
    more = result.drug.count - result.without.count
    if more == 0:
        return words("glance.no-difference", of=result.drug.of)
    key = "glance.more" if more > 0 else "glance.fewer"
    return words(key, n=abs(more), of=result.drug.of)
