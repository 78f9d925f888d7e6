"""How many days a year a plan asks for, worked out from the typed answers of the comparison."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from explorer.domain.answers import Choices, Phase, Schedule, Unit
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Age, Catalogue, Cell, Medicine, Role

_DAYS: Final[dict[Unit, Fraction]] = {
    Unit.HOUR: Fraction(1, 24),
    Unit.DAY: Fraction(1),
    Unit.WEEK: Fraction(7),
    Unit.MONTH: Fraction(365, 12),
    Unit.YEAR: Fraction(365),
}

_WEEKS = Fraction(364)
"""52 weeks: a year of doses, so that one every 4 weeks comes 13 times."""


class Times(Frozen):
    """How often something comes in the first year and in the next, at least and at most."""

    first: tuple[int, int]
    later: tuple[int, int]

    @property
    def figures(self) -> frozenset[int]:
        """The numbers that a sentence on it has to name: those above one."""
        return frozenset(number for number in (*self.first, *self.later) if number > 1)


def visits(catalogue: Catalogue, medicine: Medicine, condition: str, age: Age) -> Times | None:
    """Return the visits for doses, or None where the typed answers set no number.

    Args:
        catalogue: the content.
        medicine: the medicine.
        condition: id of a condition.
        age: the age group.

    Returns:
        Zero where each dose is at home; None where it depends, or the plan is the team's.
    """
    where = _cell(catalogue, Role.PLACE, medicine, condition, age)
    places = set(where.answer.values) if where and isinstance(where.answer, Choices) else set()
    if places == {"home"}:
        return Times(first=(0, 0), later=(0, 0))
    doses = _cell(catalogue, Role.DOSE_SCHEDULE, medicine, condition, age)
    if places != {"clinic"} or doses is None or not isinstance(doses.answer, Schedule):
        return None
    return _times(doses.answer, start=Fraction(0), year=_WEEKS)


def blood_tests(catalogue: Catalogue, medicine: Medicine, condition: str, age: Age) -> Times | None:
    """Return the blood tests after the first dose, or None where no plan is typed.

    Args:
        catalogue: the content.
        medicine: the medicine.
        condition: id of a condition.
        age: the age group.
    """
    cell = _cell(catalogue, Role.TEST_SCHEDULE, medicine, condition, age)
    if cell is None or not isinstance(cell.answer, Schedule):
        return None
    return _times(cell.answer, start=None, year=_DAYS[Unit.YEAR])


def _cell(
    catalogue: Catalogue, role: Role, medicine: Medicine, condition: str, age: Age
) -> Cell | None:
    row = catalogue.row_of(role)
    cells = None if row is None else medicine.cells_of(row.id)
    return None if cells is None else cells.resolve(condition, age)


def _times(schedule: Schedule, *, start: Fraction | None, year: Fraction) -> Times:
    """Count the days of a plan with its longest and with its shortest gaps.

    Args:
        schedule: the plan.
        start: day of the first time; None where it comes after the first gap, as tests do.
        year: length of a year in days. A time on the last day of a year counts for it where
            the plan starts after a gap.
    """
    counts: list[tuple[int, int]] = []
    for is_long in (True, False):
        days = list(_days(schedule, start, 2 * year, is_long=is_long))
        edge = [day < year if start is not None else day <= year for day in days]
        counts.append((sum(edge), len(edge) - sum(edge)))
    (low, later_low), (high, later_high) = counts
    return Times(
        first=(min(low, high), max(low, high)),
        later=(min(later_low, later_high), max(later_low, later_high)),
    )


def _days(
    schedule: Schedule, start: Fraction | None, until: Fraction, *, is_long: bool
) -> Iterator[Fraction]:
    """Yield the days on which something is done; a time on the last day counts for tests only."""
    begin = Fraction(0)
    if schedule.start_weeks:
        yield from (Fraction(7 * week) for week in schedule.start_weeks)
        begin = Fraction(7 * schedule.start_weeks[-1])
    elif start is not None:
        yield start
    for phase in schedule.phases:
        gap = _gap(phase, is_long=is_long)
        end = until
        if phase.lasting is not None:
            end = min(until, begin + phase.lasting.value * _DAYS[phase.lasting.unit])
        day = begin + gap
        while day < end or (start is None and day == end):
            yield from (day for _ in range(phase.times))
            day += gap
        begin = end


def _gap(phase: Phase, *, is_long: bool) -> Fraction:
    every = phase.every_max if is_long and phase.every_max is not None else phase.every
    return every * _DAYS[phase.unit]
