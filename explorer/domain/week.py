"""What eight weeks on a medicine ask of a person: doses, visits for them, and blood tests.

Everything rests on the typed answers of the comparison, and all medicines get the same scale.
Where an answer gives no number, none is made up: the line says so in words.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from fractions import Fraction

from explorer.domain.answer_words import join, phrase
from explorer.domain.answers import Choices, Once, Phase, Schedule, Span, Unit
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Age, Catalogue, Cell, CellKind, Medicine, Role
from explorer.domain.messages import Words
from explorer.domain.sources import Citation

WEEKS = 8
"""Weeks of a strip: the longest usual gap between doses in the content."""

_WEEK = 7
_ALL = Fraction(WEEKS * _WEEK)

_DAYS: dict[Unit, tuple[Fraction, Fraction]] = {
    Unit.HOUR: (Fraction(1, 24), Fraction(1, 24)),
    Unit.DAY: (Fraction(1), Fraction(1)),
    Unit.WEEK: (Fraction(_WEEK), Fraction(_WEEK)),
    Unit.MONTH: (Fraction(28), Fraction(31)),
    Unit.YEAR: (Fraction(365), Fraction(366)),
}
"""Shortest and longest length of a unit in days."""


class StripKind(StrEnum):
    """What a strip counts."""

    DOSE = "dose"
    VISIT = "visit"
    TEST = "test"


class When(StrEnum):
    """Which eight weeks a strip shows."""

    ANY = "any"
    FIRST = "first"
    LATER = "later"


class Strip(Frozen):
    """Times in each of eight weeks: those that are sure, and those that may come on top."""

    sure: tuple[int, ...]
    maybe: tuple[int, ...]

    @property
    def low(self) -> int:
        """Fewest times in the eight weeks."""
        return sum(self.sure)

    @property
    def high(self) -> int:
        """Most times in the eight weeks."""
        return self.low + sum(self.maybe)


NONE = Strip(sure=(0,) * WEEKS, maybe=(0,) * WEEKS)
"""Eight weeks in which nothing is asked."""


class WeekLine(Frozen):
    """One line of a medicine's eight weeks; without a strip where no number is known."""

    kind: StripKind
    when: When
    label: str
    said: str
    spoken: str
    text: str
    strip: Strip | None
    citations: tuple[Citation, ...]


class EightWeeks(Frozen):
    """The lines of one medicine."""

    id: str
    title: str
    lines: tuple[WeekLine, ...]


def eight_weeks(
    catalogue: Catalogue, medicine: Medicine, condition_id: str, age: Age
) -> EightWeeks:
    """Work out what a medicine asks in eight weeks, in a condition and at an age.

    Args:
        catalogue: for the lists of values and the words.
        medicine: the medicine.
        condition_id: id of the condition.
        age: the age group.

    Returns:
        Doses, visits to a clinic for them, and blood tests. The first eight weeks stand apart
        where they differ from later ones.
    """
    cells = {
        role: cells.resolve(condition_id, age)
        for role in (Role.DOSE_SCHEDULE, Role.ROUTE, Role.PLACE, Role.TEST_SCHEDULE)
        if (row := catalogue.row_of(role)) is not None
        and (cells := medicine.cells_of(row.id)) is not None
    }
    words = catalogue.words
    route, doses = cells.get(Role.ROUTE), cells.get(Role.DOSE_SCHEDULE)
    how = words("week.dose-label")
    row = catalogue.row_of(Role.ROUTE)
    if row is not None and route is not None and route.answer is not None:
        how += ": " + phrase(route.answer, words, row.choices, either=row.either)
    return EightWeeks(
        id=medicine.id,
        title=medicine.heading,
        lines=(
            *_counted(StripKind.DOSE, how, doses, words),
            *_visits(cells.get(Role.PLACE), doses, words),
            *_counted(
                StripKind.TEST, words("week.test-label"), cells.get(Role.TEST_SCHEDULE), words
            ),
        ),
    )


def strips(cell: Cell | None) -> dict[When, Strip]:
    """Return the strips of a cell's typed answer, or none where it holds no number.

    Returns:
        One strip for any eight weeks, one for the first eight and one for later, or only the
        first eight where nothing comes after.
    """
    answer = None if cell is None else cell.answer
    match answer:
        case Once():
            return {When.FIRST: _spread([], [Fraction(0)] * answer.doses, answer.doses)}
        case Schedule():
            last = _phase(answer.phases[-1])
            first = _start(answer) if answer.start_weeks else _phase(answer.phases[0])
            if len(answer.phases) == 1 and _length(answer.phases[0].lasting) < _ALL:
                return {When.FIRST: first}
            return {When.ANY: last} if first == last else {When.FIRST: first, When.LATER: last}
        case _:
            return {}


def _counted(kind: StripKind, label: str, cell: Cell | None, words: Words) -> Iterator[WeekLine]:
    if cell is None:
        return
    found = strips(cell)
    for when, strip in found.items():
        yield _line(kind, when, label, _count(kind, strip, words), strip, cell, words)
    if not found:
        why = words("week.open") if cell.kind is CellKind.STATED else words(f"kind.{cell.kind}")
        yield _line(kind, When.ANY, label, why, None, cell, words)


def _visits(where: Cell | None, doses: Cell | None, words: Words) -> Iterator[WeekLine]:
    """Return the visits for a dose: none at home, one a dose in a clinic, or it depends."""
    if where is None:
        return
    kind, label = StripKind.VISIT, words("week.visit-label")
    places = set(where.answer.values) if isinstance(where.answer, Choices) else set()
    found = {When.ANY: NONE} if places == {"home"} else {}
    if places == {"clinic"}:
        found = strips(doses)
    for when, strip in found.items():
        yield _line(kind, when, label, _count(kind, strip, words), strip, where, words)
    if not found:
        key = {0: "open", 1: "visit-as-doses"}.get(len(places), "visit-depends")
        yield _line(kind, When.ANY, label, words(f"week.{key}"), None, where, words)


def _line(
    kind: StripKind,
    when: When,
    label: str,
    said: str,
    strip: Strip | None,
    cell: Cell,
    words: Words,
) -> WeekLine:
    return WeekLine(
        kind=kind,
        when=when,
        label=label,
        said=said,
        spoken="" if strip is None else _places(strip, words),
        text=cell.text,
        strip=strip,
        citations=cell.citations,
    )


def _count(kind: StripKind, strip: Strip, words: Words) -> str:
    """Say how many times in all, and how many each week where that is the same."""
    if strip.low != strip.high:
        key = "or" if strip.high == strip.low + 1 else "range"
        return words(f"week.{kind}-{key}", low=strip.low, high=strip.high)
    if strip.low == 0:
        return words(f"week.{kind}-none")
    if strip.low == 1:
        return words(f"week.{kind}-one")
    if len(set(strip.sure)) == 1:
        return words(f"week.{kind}-each", n=strip.low, each=strip.sure[0])
    return words(f"week.{kind}-many", n=strip.low)


def _places(strip: Strip, words: Words) -> str:
    """Say in which weeks marks are drawn; nothing where that adds nothing."""
    parts: list[str] = []
    maybe = "perhaps-also" if strip.low else "perhaps"
    for key, times in (("drawn", strip.sure), (maybe, strip.maybe)):
        weeks = [str(week) for week, count in enumerate(times, 1) if count]
        if weeks and len(weeks) < WEEKS:
            parts.append(words(f"week.{key}", weeks=join(weeks, words)))
    return " ".join(parts)


def _phase(phase: Phase) -> Strip:
    """Draw eight weeks of one phase, or all of it where it is shorter."""
    window = min(_ALL, _length(phase.lasting))
    short, long = _period(phase)
    often = _days(Fraction(0), short, window, phase.times)
    return _spread([], often, int(window // long) * phase.times)


def _start(schedule: Schedule) -> Strip:
    """Draw the first eight weeks: the starting doses, and what follows on them."""
    phase = schedule.phases[-1]
    short, long = _period(phase)
    first = [Fraction(week * _WEEK) for week in schedule.start_weeks if week < WEEKS]
    last = Fraction(schedule.start_weeks[-1] * _WEEK)
    seldom = _days(last + long, long, _ALL, phase.times)
    return _spread(first, _days(last + short, short, _ALL, phase.times), len(seldom))


def _spread(fixed: Sequence[Fraction], often: Sequence[Fraction], low: int) -> Strip:
    """Put days into weeks.

    Args:
        fixed: days that are sure.
        often: days of the plan with the shortest gaps.
        low: how many of these are sure also with the longest gaps; they are spread out evenly.

    Returns:
        The strip.
    """
    sure, maybe = [0] * WEEKS, [0] * WEEKS
    for day in fixed:
        sure[int(day // _WEEK)] += 1
    count = len(often)
    for place, day in enumerate(often):
        is_sure = -(-(place + 1) * low // count) > -(-place * low // count)
        (sure if is_sure else maybe)[int(day // _WEEK)] += 1
    return Strip(sure=tuple(sure), maybe=tuple(maybe))


def _days(start: Fraction, gap: Fraction, end: Fraction, times: int) -> list[Fraction]:
    days: list[Fraction] = []
    while start < end:
        days += [start] * times
        start += gap
    return days


def _period(phase: Phase) -> tuple[Fraction, Fraction]:
    """Return the shortest and the longest gap between two times, in days."""
    short, long = _DAYS[phase.unit]
    return phase.every * short, (phase.every_max or phase.every) * long


def _length(span: Span | None) -> Fraction:
    """Return the longest length of a span in days; without a span, no end within the strip."""
    return _ALL if span is None else span.value * _DAYS[span.unit][1]
