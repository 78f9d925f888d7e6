"""Plans: what a person does with what is taken now, each a column with all its facts."""

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.domain.catalogue import Age, CellKind, Medicine
from explorer.domain.compare_url import Choice, Dropped, read, write
from explorer.domain.comparison import (
    ADD,
    STAY,
    Comparison,
    Difference,
    GlanceCell,
    NotAnOption,
    PinnedRows,
    PlanKind,
    compare,
    glance_of,
    of_plan,
    options_in,
    preselected,
)
from explorer.domain.glance import Icon
from explorer.domain.numbers import Effect
from explorer.domain.who import Who
from tests.shipped import shipped

MTX = ("methotrexate",)


def taken_in(condition: str) -> list[str]:
    """Give what may be taken in a condition."""
    return [item.id for item in shipped().catalogue.published if item.is_used_in(condition)]


def offered(condition: str, now: tuple[str, ...]) -> list[str]:
    """Give the ids of the plans and options that are offered."""
    return [item.id for item in options_in(shipped().catalogue, condition, now) if item.is_offered]


@lru_cache(maxsize=64)
def compared(
    condition: str, options: tuple[str, ...], now: tuple[str, ...] = (), who: Who | None = None
) -> Comparison:
    return compare(shipped().catalogue, condition, options, who=who, now=now)


def texts(comparison: Comparison, column: str) -> dict[str, str]:
    """Give what a column says in each row."""
    return {
        row.row.id: cell.text
        for row in comparison.rows
        for cell in row.cells
        if cell.column == column
    }


def told(cell: GlanceCell) -> list[tuple[str, str]]:
    """Give name and words of each medicine of a plan."""
    return [(part.name, part.text) for part in cell.each]


@pytest.mark.slow
@pytest.mark.parametrize("condition", [item.id for item in shipped().catalogue.conditions])
def test_no_plan_hides_a_fact_that_a_medicine_in_it_has(condition: str) -> None:
    """Over all that may be taken and all plans: "does not apply" only where no medicine says more."""
    catalogue = shipped().catalogue
    hidden = []
    for taken in taken_in(condition):
        for option in offered(condition, (taken,)):
            made = compared(condition, (option,), (taken,))
            held = [catalogue.medicine(item) for item in made.columns[0].medicines]
            for row in made.rows if held else ():
                kinds = {kind_in(item, row.row.id, condition) for item in held}
                if row.cells[0].kind is CellKind.NOT_APPLICABLE and CellKind.STATED in kinds:
                    hidden.append((taken, option, row.row.id))
    assert hidden == []


def kind_in(medicine: Medicine, row: str, condition: str) -> CellKind | None:
    """Give the kind of a medicine's own cell."""
    cells = medicine.cells_of(row)
    return None if cells is None else cells.resolve(condition, Age.ADULT).kind


def test_staying_on_a_medicine_says_what_the_medicine_says() -> None:
    """Each line of "Stay on methotrexate" is methotrexate's own, with its mistake and its signs."""
    stay, own = compared("ra", (STAY,), MTX), compared("ra", MTX)
    assert texts(stay, STAY) == texts(own, "methotrexate")
    assert stay.columns[0].title == "Stay on methotrexate"
    assert stay.columns[0].mistake == own.columns[0].mistake
    assert stay.columns[0].red_flags == own.columns[0].red_flags


def test_adding_tells_the_facts_and_sources_of_both() -> None:
    """Each stated line of either stands in the column; of lines on the new one, its own only."""
    plan = compared("ra", ("add-anakinra",), MTX)
    both = {name: compared("ra", (name,)) for name in ("anakinra", "methotrexate")}
    said = texts(plan, "add-anakinra")
    for row in plan.rows:
        names = tuple(both) if row.row.kept else ("anakinra",)
        assert all(texts(both[name], name)[row.row.id] in said[row.row.id] for name in names)
    column = plan.columns[0]
    assert "once a WEEK" in (column.mistake.text if column.mistake else "")
    signs = [(flag.sign, flag.action) for flag in column.red_flags]
    assert len(set(signs)) == len(signs)
    wanted = {
        (flag.sign, flag.action) for made in both.values() for flag in made.columns[0].red_flags
    }
    assert set(signs) == wanted


def test_a_plan_of_two_medicines_names_each_in_the_glance() -> None:
    """A no of the one is never read as a yes of the other: each stands beside its own sign."""
    plan = compared("ra", ("add-anakinra",), MTX)
    rows = {row.id: row.cells[0] for row in glance_of(shipped().catalogue, plan)}
    assert rows["pregnancy"].text == "Anakinra: Ask first. Methotrexate: No."
    assert [part.icon for part in rows["pregnancy"].each] == [Icon.DEPENDS, Icon.NO]
    assert rows["boxed-warning"].text == (
        "Anakinra: No. Methotrexate: Yes: unborn baby, allergy, infections, organs."
    )
    assert [part.icon for part in rows["boxed-warning"].each] == [Icon.NONE, Icon.BOXED]
    assert [part.days for part in rows["how-often"].each] == ["1", "7"]


def test_medicines_of_a_plan_have_one_order_in_every_row() -> None:
    """The order of a column never flips from row to row or from column to column: new one first."""
    catalogue = shipped().catalogue
    for condition in catalogue.conditions:
        for taken in taken_in(condition.id):
            plans = [it for it in offered(condition.id, (taken,)) if it.startswith(ADD)]
            for plan in plans:
                made = compared(condition.id, (plan,), (taken,))
                order = [catalogue.medicine(it).name for it in made.columns[0].medicines]
                for row in glance_of(catalogue, made):
                    names = [part.name.lower() for part in row.cells[0].each]
                    assert names == [name for name in order if name in names], (plan, row.id)


def test_plans_differ_where_the_answers_of_their_medicines_do() -> None:
    """The line that opens and the summary above say the same of plans of several medicines."""
    both = compared("ra", (STAY, "add-adalimumab", "add-anakinra"), MTX)
    found = {row.row.id: row.difference for row in both.rows}
    assert found["route"] is found["how-often"] is Difference.DIFFERENT
    assert found["live-vaccines"] is Difference.SAME
    glance = [row for row in glance_of(shipped().catalogue, both) if row.id in found]
    assert {row.id for row in glance if row.differs} == {
        row.id for row in glance if found[row.id] is Difference.DIFFERENT
    }


def test_what_cannot_be_compared_has_no_picture_of_people() -> None:
    """Filled dots over "cannot be compared" would say that some were counted."""
    three = compared("ra", (STAY, "add-adalimumab", "add-anakinra"), MTX)
    cells = {row.id: row.cells for row in glance_of(shipped().catalogue, three)}["how-well"]
    assert [cell.is_answer for cell in cells] == [False, True, True]
    assert [cell.icon for cell in cells] == [Icon.DASH, Icon.PEOPLE, Icon.PEOPLE]


def test_a_yes_of_a_plan_names_whose_it_is() -> None:
    """Where both medicines carry a boxed warning, each is named; one 'no' stands for the plan."""
    plan = compared("ra", ("add-adalimumab",), MTX)
    rows = {row.id: row.cells[0] for row in glance_of(shipped().catalogue, plan)}
    assert told(rows["boxed-warning"]) == [
        ("Adalimumab", "Yes: serious infections, some cancers"),
        ("Methotrexate", "Yes: unborn baby, allergy, infections, organs"),
    ]
    assert {part.icon for part in rows["boxed-warning"].each} == {Icon.BOXED}
    assert rows["live-vaccines"].text == "No"


def test_the_time_to_work_of_what_is_kept_counts_from_its_start() -> None:
    """Who stays does not begin anew; a plan that begins tells the bare time."""
    both = compared("ra", (STAY, "adalimumab"), MTX)
    cells = {row.id: row.cells for row in glance_of(shipped().catalogue, both)}["time-to-work"]
    assert [cell.text for cell in cells] == ["3 to 8 weeks from its start", "2 to 4 weeks"]


def test_what_is_kept_is_said_in_every_plan() -> None:
    """Beside "every day" of the new medicine stands "every week" of methotrexate, at any time."""
    both = compared("ra", (STAY, "add-anakinra"), MTX)
    rows = {row.id: row.cells for row in glance_of(shipped().catalogue, both)}
    assert told(rows["how-often"][1]) == [("Anakinra", "Every day"), ("Methotrexate", "Every week")]
    assert told(rows["where"][1]) == [("Anakinra", "At home"), ("Methotrexate", "As now")]


def test_only_what_goes_on_unchanged_is_left_to_the_ear() -> None:
    """How, where and copies show the new medicine alone; a 'no', a time or a mistake shows both."""
    both = compared("ra", (STAY, "add-anakinra"), MTX)
    cells = {row.id: row.cells[1] for row in glance_of(shipped().catalogue, both)}
    assert {row for row, cell in cells.items() if cell.unseen} == {"route", "where", "cost-access"}
    assert cells["where"].unseen == ("Methotrexate",)


def test_a_plan_without_the_column_of_what_is_taken_now_shows_both() -> None:
    """Nothing is left out for the eye that stands nowhere else on the page."""
    plan = compared("ra", ("add-anakinra", "adalimumab"), MTX)
    assert not any(
        cell.unseen for row in glance_of(shipped().catalogue, plan) for cell in row.cells
    )


def test_alternatives_are_never_added_to_each_other() -> None:
    """Anakinra is not added to a TNF blocker, in no condition and either way round."""
    catalogue = shipped().catalogue
    for condition in catalogue.conditions:
        for taken in taken_in(condition.id):
            kinds = {
                kind for not_with in catalogue.medicine(taken).not_with for kind in not_with.kinds
            }
            added = [item for item in offered(condition.id, (taken,)) if item.startswith(ADD)]
            assert not [
                item for item in added if catalogue.medicine(item.removeprefix(ADD)).kind in kinds
            ]
    with pytest.raises(NotAnOption):
        compare(catalogue, "ra", ("add-anakinra",), now=("adalimumab",))


def test_a_switch_from_an_alternative_says_that_they_are_not_taken_together() -> None:
    """Staying on adalimumab beside a switch to anakinra carries the warning."""
    made = compared("ra", (STAY, "anakinra"), ("adalimumab",))
    assert [(pair.first, pair.second) for pair in made.not_together] == [
        ("Adalimumab (Humira)", "anakinra (Kineret)")
    ]


def test_a_benefit_is_of_the_plan_and_a_harm_of_every_plan() -> None:
    """What was added to methotrexate tells of adding; leaving a harm out would be kind to a plan."""
    numbers = next(item for item in shipped().catalogue.numbers if item.id == "anakinra")
    results = numbers.of("ra")
    harms = {item.id for item in results if item.effect is Effect.HARM}
    for plan, kept in ((PlanKind.ADD, MTX), (PlanKind.SWITCH, ())):
        shown = of_plan(results, plan, kept)
        assert harms <= {item.id for item in shown}
        benefits = [item for item in shown if item.effect is Effect.BENEFIT]
        assert benefits
        assert {"methotrexate" in item.added_to for item in benefits} == {plan is PlanKind.ADD}
    stay = of_plan(results, PlanKind.STAY, ())  # all were of people who began it
    assert {item.id for item in stay} == harms


def test_what_is_preselected_becomes_the_plan_of_the_person() -> None:
    """What is taken is stayed on; the rest is added where we hold facts on both, else a switch."""
    catalogue = shipped().catalogue
    condition = catalogue.condition("ra")
    assert preselected(catalogue, condition, ()) == condition.preselect.options
    assert preselected(catalogue, condition, MTX) == (STAY, "add-adalimumab", "add-anakinra")
    assert preselected(catalogue, condition, ("adalimumab",)) == (
        STAY,
        "add-methotrexate",
        "anakinra",
    )


def test_older_addresses_open_the_same_choice() -> None:
    """Without what is taken now, the columns are the medicines that the address names."""
    catalogue = shipped().catalogue
    choice, dropped = read(catalogue, {"c": "ra", "m": "methotrexate,anakinra,stay", "a": "child"})
    assert (choice.options, choice.who) == (("methotrexate", "anakinra", "stay"), Who.CHILD)
    assert dropped == Dropped()
    assert [column.plan for column in compared("ra", choice.options).columns] == [None] * 3


def test_an_address_with_a_plan_is_read_back() -> None:
    """What is taken is no rival of itself, and what does not exist is named."""
    catalogue = shipped().catalogue
    told = {"c": "ra", "m": "methotrexate,add-anakinra,add-flu", "now": "methotrexate,flu"}
    choice, dropped = read(catalogue, told)
    assert choice == Choice(condition="ra", options=(STAY, "add-anakinra"), now=MTX)
    assert (dropped.options, dropped.now) == (("add-flu",), ("flu",))
    assert read(catalogue, write(choice)) == (choice, Dropped())
    assert read(catalogue, {"c": "ra", "m": "add-anakinra,stay"})[1].options == ("add-anakinra",)


ROWS = [row.id for row in shipped().catalogue.rows]


@given(pinned=st.lists(st.sampled_from(ROWS), max_size=4, unique=True), who=st.sampled_from(Who))
@settings(max_examples=12, deadline=None)
def test_picks_never_change_facts_columns_or_the_order_of_plans(
    pinned: list[str], who: Who
) -> None:
    """Whatever is picked by whom, each line says the same in the same columns."""
    options = (STAY, "add-anakinra", "adalimumab", "no-new-medicine")
    plain = compared("ra", options, MTX, who)
    picked = compare(
        shipped().catalogue,
        "ra",
        options,
        who=who,
        now=MTX,
        pinned=[PinnedRows(id="mine", title="Mine", rows=tuple(pinned))],
    )
    assert [column.id for column in picked.columns] == [column.id for column in plain.columns]
    assert facts(picked) == facts(plain)


def facts(comparison: Comparison) -> dict[str, list[tuple[str, str, str]]]:
    """Give what the lines say, without their order."""
    return {
        row.row.id: [(cell.column, cell.text, cell.detail) for cell in row.cells]
        for row in comparison.rows
    }


@pytest.mark.parametrize("condition", ["stills", "ra"])
def test_a_parent_reads_of_the_child_and_nothing_for_adults(condition: str) -> None:
    """No line on pregnancy or alcohol for a child under 12, and no "I" or "my" in a question."""
    options = shipped().catalogue.condition(condition).preselect.options
    made = compared(condition, options, (), Who.CHILD)
    assert not {"pregnancy", "breastfeeding", "alcohol", "older-adults"} & {
        row.row.id for row in made.rows
    }
    stay = compared(condition, (STAY, "no-new-medicine"), MTX, Who.CHILD)
    assert not [f for column in stay.columns for f in column.red_flags if "pregnant" in f.sign]
    asked = [row.row.question for row in made.rows]
    asked += [row.ask for row in glance_of(shipped().catalogue, made)]
    asked += [item.group.question for item in made.groups]
    words = {word.strip("?,") for text in asked for word in text.replace("my child", "").split()}
    assert not {"I", "my", "me"} & words
    assert {"pregnancy", "alcohol"} <= {
        row.row.id for row in compared(condition, options, (), Who.CHILD_TEEN).rows
    }
