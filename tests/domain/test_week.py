"""Eight weeks on a medicine: numbers only where the typed answers hold them."""

import pytest

from explorer.content.context import Context
from explorer.content.load import Content, Folder
from explorer.content.rules.structure import roles_have_rows
from explorer.domain.answers import Answer, AsAdvised, Once, Phase, Schedule, Span, Unit
from explorer.domain.catalogue import Age, Catalogue, Cell, CellKind
from explorer.domain.week import StripKind, When, eight_weeks, strips
from tests.builders import TODAY


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
    """A single dose is drawn once, two doses on one day twice in the first week."""
    again = Span(value=12, unit=Unit.WEEK)
    assert strips(cell(Once(kind="once", again_after=again)))[When.FIRST].high == 1
    assert strips(cell(Once(kind="once", doses=2)))[When.FIRST].sure == (2, *(0,) * 7)


@pytest.mark.parametrize("given", [None, cell(None), cell(AsAdvised(kind="as-advised"))])
def test_no_number_is_made_up(given: Cell | None) -> None:
    """Where the sources give no times, there is no strip."""
    assert strips(given) == {}


def test_no_answer_is_said_and_never_read_as_none(content: Content) -> None:
    """Adalimumab has no fixed plan of blood tests: a line in words, not an empty strip."""
    weeks = eight_weeks(
        content.catalogue, content.catalogue.medicine("adalimumab"), "ra", Age.ADULT
    )
    line = next(line for line in weeks.lines if line.kind is StripKind.TEST)
    assert (line.said, line.strip) == ("No fixed number", None)
    assert "Your team decides." in line.text


def test_the_condition_decides(content: Content) -> None:
    """Canakinumab is one visit in CAPS and two in Still's disease, each in a clinic."""
    said = {}
    for condition in ("caps", "stills"):
        weeks = eight_weeks(
            content.catalogue, content.catalogue.medicine("canakinumab"), condition, Age.ADULT
        )
        said[condition] = [line.said for line in weeks.lines if line.kind is not StripKind.TEST]
    assert said == {"caps": ["1 dose", "1 visit"], "stills": ["2 doses", "2 visits"]}


def test_home_or_clinic_is_left_open(content: Content) -> None:
    """Golimumab comes as a shot at home or a drip in a clinic: no count of visits."""
    weeks = eight_weeks(content.catalogue, content.catalogue.medicine("golimumab"), "ra", Age.ADULT)
    line = next(line for line in weeks.lines if line.kind is StripKind.VISIT)
    assert (line.said, line.strip) == ("None at home, one for each dose in a clinic", None)


def test_all_medicines_have_all_three_lines(content: Content) -> None:
    """Doses, visits and blood tests stand for every medicine in every condition, with sources."""
    for medicine in content.catalogue.published:
        for condition in content.catalogue.conditions:
            if medicine.is_used_in(condition.id):
                weeks = eight_weeks(content.catalogue, medicine, condition.id, Age.ADULT)
                assert {line.kind for line in weeks.lines} == set(StripKind)
                assert all(line.text for line in weeks.lines)


def lines(catalogue: Catalogue) -> list[str]:
    """Give what the eight weeks of anakinra say in RA."""
    weeks = eight_weeks(catalogue, catalogue.medicine("anakinra"), "ra", Age.ADULT)
    return [f"{line.kind}: {line.label}: {line.said}" for line in weeks.lines]


def roles(catalogue: Catalogue) -> list[str]:
    """Give the findings on the roles of rows."""
    folder = Folder(files=(), unreadable=(), stray=(), version="x")
    context = Context(catalogue=catalogue, folder=folder, today=TODAY)
    return [str(item) for item in roles_have_rows(context)]


def renamed(catalogue: Catalogue, row: str) -> Catalogue:
    """Give a row another id everywhere but in its role."""
    medicines = tuple(
        medicine.evolve(
            cells=tuple(
                cells.evolve(row="renamed") if cells.row == row else cells
                for cells in medicine.cells
            )
        )
        for medicine in catalogue.medicines
    )
    rows = tuple(item.evolve(id="renamed") if item.id == row else item for item in catalogue.rows)
    return catalogue.evolve(rows=rows, medicines=medicines)


@pytest.mark.parametrize("row", ["how-often", "route", "where", "tests-how-often"])
def test_a_row_may_have_another_id(content: Content, row: str) -> None:
    """A row renamed everywhere keeps the picture; renamed but in its role, it is an error."""
    before = lines(content.catalogue)
    assert before[0] == "dose: Doses: a shot under the skin: 56 doses: 7 each week"
    changed = renamed(content.catalogue, row)
    (line,) = roles(changed)
    assert line.endswith(f"error: there is no row '{row}'")
    given = tuple(item.evolve(row="renamed") if item.row == row else item for item in changed.roles)
    changed = changed.evolve(roles=given)
    assert roles(changed) == []
    assert lines(changed) == before


def test_a_role_that_is_left_out_is_an_error(content: Content) -> None:
    """No role is forgotten: a row, or the word that there is none."""
    first, *rest = content.catalogue.roles
    assert roles(content.catalogue.evolve(roles=tuple(rest))) == [
        (
            "rows.toml: roles.dose-schedule: error: name the row of this role "
            '(the doses of the eight weeks), or say "" for none'
        )
    ]
    none = first.evolve(row="")
    assert roles(content.catalogue.evolve(roles=(none, *rest))) == []


def test_a_value_that_the_picture_needs_may_not_be_renamed(content: Content) -> None:
    """The list of places has "home" and "clinic", or visits could not be counted."""
    rows = tuple(
        row.evolve(choices=tuple(item for item in row.choices if item.id != "home"))
        if row.id == "where"
        else row
        for row in content.catalogue.rows
    )
    assert roles(content.catalogue.evolve(rows=rows)) == [
        (
            "rows.toml: roles.place: error: the list of 'where' has no value 'home', "
            "which this role needs"
        )
    ]
