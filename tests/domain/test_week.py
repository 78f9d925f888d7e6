"""Eight weeks on a medicine: numbers only where the typed answers hold them."""

import pytest

from explorer import paths
from explorer.content.load import load
from explorer.domain.answers import Answer, AsAdvised, Once, Phase, Schedule, Span, Unit
from explorer.domain.catalogue import Age, Cell, CellKind
from explorer.domain.week import Kind, When, eight_weeks, strips

CATALOGUE = load(paths.DATA).catalogue


def cell(answer: Answer | None) -> Cell:
    """Build a stated cell with this answer."""
    return Cell(kind=CellKind.STATED, text="x", answer=answer)


def every(low: int, unit: Unit, high: int | None = None, **more: object) -> Phase:
    """Build a phase of one time in ``low`` (to ``high``) units."""
    return Phase.model_validate({"every": low, "every_max": high, "unit": unit, **more})


def plan(*phases: Phase, start: tuple[int, ...] = ()) -> Cell:
    """Build a cell with a schedule."""
    return cell(Schedule(kind="schedule", phases=phases, start_weeks=start))


@pytest.mark.parametrize(
    ("phase", "sure", "maybe"),
    [
        (every(1, Unit.DAY), (7,) * 8, (0,) * 8),
        (every(1, Unit.DAY, times=2), (14,) * 8, (0,) * 8),
        (every(1, Unit.WEEK), (1,) * 8, (0,) * 8),
        (every(2, Unit.WEEK), (1, 0, 1, 0, 1, 0, 1, 0), (0,) * 8),
        (every(8, Unit.WEEK), (1, 0, 0, 0, 0, 0, 0, 0), (0,) * 8),
        (every(4, Unit.WEEK, 8), (1, 0, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 1, 0, 0, 0)),
        (every(2, Unit.WEEK, 4), (1, 0, 0, 0, 1, 0, 0, 0), (0, 0, 1, 0, 0, 0, 1, 0)),
        (every(1, Unit.MONTH), (1, 0, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 1, 0, 0, 0)),
        (every(3, Unit.MONTH), (0,) * 8, (1, 0, 0, 0, 0, 0, 0, 0)),
    ],
)
def test_a_plan_is_drawn_as_it_is_written(
    phase: Phase, sure: tuple[int, ...], maybe: tuple[int, ...]
) -> None:
    """What is sure and what may come are told apart; no number is rounded up to a sure one."""
    strip = strips(plan(phase))[When.ANY]
    assert (strip.sure, strip.maybe) == (sure, maybe)


def test_starting_doses_stand_apart() -> None:
    """Weeks 0, 2 and 6, then every 8: three in the first eight weeks, one in later ones."""
    found = strips(plan(every(8, Unit.WEEK), start=(0, 2, 6)))
    assert found[When.FIRST].sure == (1, 0, 1, 0, 0, 0, 1, 0)
    assert found[When.LATER].sure == (1, 0, 0, 0, 0, 0, 0, 0)


def test_a_short_course_is_not_drawn_as_going_on() -> None:
    """Five days of a daily dose are five doses, in the first eight weeks only."""
    found = strips(plan(every(1, Unit.DAY, lasting=Span(value=5, unit=Unit.DAY))))
    assert found.keys() == {When.FIRST}
    assert found[When.FIRST].sure == (5, 0, 0, 0, 0, 0, 0, 0)


def test_one_dose_is_one_dose() -> None:
    """A single dose is drawn once."""
    again = Span(value=12, unit=Unit.WEEK)
    assert strips(cell(Once(kind="once", again_after=again)))[When.FIRST].high == 1


@pytest.mark.parametrize("given", [None, cell(None), cell(AsAdvised(kind="as-advised"))])
def test_no_number_is_made_up(given: Cell | None) -> None:
    """Where the sources give no times, there is no strip."""
    assert strips(given) == {}


def test_no_answer_is_said_and_never_read_as_none() -> None:
    """Adalimumab has no fixed plan of blood tests: a line in words, not an empty strip."""
    weeks = eight_weeks(CATALOGUE, CATALOGUE.medicine("adalimumab"), "ra", Age.ADULT)
    line = next(line for line in weeks.lines if line.kind is Kind.TEST)
    assert (line.said, line.strip) == ("No fixed number", None)
    assert "Your team decides." in line.text


def test_the_condition_decides() -> None:
    """Canakinumab is one visit in CAPS and two in Still's disease, each in a clinic."""
    said = {}
    for condition in ("caps", "stills"):
        weeks = eight_weeks(CATALOGUE, CATALOGUE.medicine("canakinumab"), condition, Age.ADULT)
        said[condition] = [line.said for line in weeks.lines if line.kind is not Kind.TEST]
    assert said == {"caps": ["1 dose", "1 visit"], "stills": ["2 doses", "2 visits"]}


def test_home_or_clinic_is_left_open() -> None:
    """Golimumab comes as a shot at home or a drip in a clinic: no count of visits."""
    weeks = eight_weeks(CATALOGUE, CATALOGUE.medicine("golimumab"), "ra", Age.ADULT)
    line = next(line for line in weeks.lines if line.kind is Kind.VISIT)
    assert (line.said, line.strip) == ("None at home, one for each dose in a clinic", None)


def test_all_medicines_have_all_three_lines() -> None:
    """Doses, visits and blood tests stand for every medicine in every condition, with sources."""
    for medicine in CATALOGUE.published:
        for condition in CATALOGUE.conditions:
            if medicine.is_used_in(condition.id):
                weeks = eight_weeks(CATALOGUE, medicine, condition.id, Age.ADULT)
                assert {line.kind for line in weeks.lines} == set(Kind)
                assert all(line.text for line in weeks.lines)
