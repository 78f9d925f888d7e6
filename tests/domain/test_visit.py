"""What matters to a reader: it moves lines to the front, and does nothing else."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from explorer.domain.catalogue import Catalogue, Move
from explorer.domain.comparison import Comparison, compare, options_in
from explorer.domain.visit import (
    MOST_CONCERNS,
    MOST_SOURCES,
    OwnPoint,
    Picked,
    Sheet,
    Sure,
    Ticked,
    Visit,
    Weight,
    in_order,
    pinned_rows,
    prompts_for,
    sheet_of,
)
from explorer.domain.who import Who
from tests.builders import small_catalogue
from tests.shipped import conditions, shipped

RA = ("methotrexate", "adalimumab", "anakinra")
FORBIDDEN = ("score", "total", "rank", "best", "points", "match", "winner", "recommend")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small_catalogue(tmp_path_factory.mktemp("small"))


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    """Draw any visit that the page could hold."""
    ids = [concern.id for concern in shipped().catalogue.concerns]
    picked = draw(st.lists(st.sampled_from(ids), unique=True, max_size=MOST_CONCERNS))
    return Visit(
        picked=tuple(Picked(concern=item, weight=draw(st.sampled_from(Weight))) for item in picked),
        move=draw(st.none() | st.sampled_from(Move)),
    )


def facts(comparison: Comparison) -> dict[str, list[tuple[str, str, str, str]]]:
    """Give what the lines say, without the order and the numbers of references."""
    return {
        line.row.id: [(cell.column, cell.kind, cell.text, cell.detail) for cell in line.cells]
        for line in comparison.rows
    }


def names_in(value: object) -> set[str]:
    """Give every key in a nested value."""
    if isinstance(value, dict):
        return set(value) | {name for item in value.values() for name in names_in(item)}
    if isinstance(value, list):
        return {name for item in value for name in names_in(item)}
    return set()


@given(visit=visits(), condition=st.sampled_from(conditions()))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_answers_change_order_and_nothing_else(visit: Visit, condition: str) -> None:
    """Whatever is picked, the same lines say the same things, and columns keep their order."""
    options = [
        option.id for option in options_in(shipped().catalogue, condition) if option.is_offered
    ][:4]
    plain = compare(shipped().catalogue, condition, options)
    moved = compare(
        shipped().catalogue,
        condition,
        options,
        pinned=pinned_rows(shipped().catalogue, visit, Who.ADULT),
    )
    assert facts(moved) == facts(plain)
    assert [column.id for column in moved.columns] == [column.id for column in plain.columns]
    assert [item.row for item in moved.main] == [item.row for item in plain.main]
    assert {line.row.id: line.difference for line in moved.rows} == {
        line.row.id: line.difference for line in plain.rows
    }


@given(visit=visits())
@settings(max_examples=40, deadline=None)
def test_picked_lines_stand_first(visit: Visit) -> None:
    """Every line of a picked concern stands before every other line."""
    picked = {item.concern for item in in_order(shipped().catalogue, visit, Who.ADULT)}
    lines = compare(
        shipped().catalogue, "ra", RA, pinned=pinned_rows(shipped().catalogue, visit, Who.ADULT)
    ).rows
    theirs = [bool(picked & set(line.row.concerns)) for line in lines]
    assert theirs == sorted(theirs, reverse=True)


@given(visit=visits())
@settings(max_examples=20, deadline=None)
def test_no_option_is_counted_or_ranked(visit: Visit) -> None:
    """The sheet holds no score, total, rank or badge; options keep the order they were given."""
    sheet = sheet_of(shipped().catalogue, "ra", RA, Who.ADULT, visit)
    names = names_in(json.loads(sheet.model_dump_json()))
    assert not [name for name in names if any(word in name for word in FORBIDDEN)]
    assert tuple(option.id for option in sheet.options) == RA


def test_a_lot_stands_before_some() -> None:
    """What matters a lot comes first, whatever the order of picking."""
    visit = Visit(
        picked=(
            Picked(concern="how-often"),
            Picked(concern="alcohol", weight=Weight.A_LOT),
        )
    )
    assert [item.concern for item in in_order(shipped().catalogue, visit, Who.ADULT)] == [
        "alcohol",
        "how-often",
    ]


def test_an_own_concern_counts_among_five() -> None:
    """Five picked and an own one are too many."""
    picked = tuple(
        Picked(concern=item)
        for item in ("how-often", "route", "home-or-clinic", "how-soon", "how-well")
    )
    assert Visit(picked=picked)
    with pytest.raises(ValidationError, match="at most 5"):
        Visit(picked=picked, own_points=(OwnPoint(text="My garden"),))


def test_a_concern_is_picked_once() -> None:
    """The same concern twice is refused."""
    with pytest.raises(ValidationError, match="twice"):
        Visit(picked=(Picked(concern="route"), Picked(concern="route")))


def test_what_the_content_no_longer_holds_is_left_out() -> None:
    """After an update, unknown ids in a kept visit do no harm."""
    kept = Visit(
        picked=(Picked(concern="route"), Picked(concern="gone")),
        ticked=(Ticked(prompt="any-aim"), Ticked(prompt="gone")),
        notes="stays",
    )
    found = kept.known(shipped().catalogue)
    assert [item.concern for item in found.picked] == ["route"]
    assert [item.prompt for item in found.ticked] == ["any-aim"]
    assert found.notes == "stays"


def headings(
    condition: str, options: tuple[str, ...], visit: Visit, who: Who = Who.ADULT
) -> list[str]:
    return [
        item.heading for item in prompts_for(shipped().catalogue, condition, options, who, visit)
    ]


def ids(condition: str, options: tuple[str, ...], visit: Visit, who: Who = Who.ADULT) -> set[str]:
    return {item.id for item in prompts_for(shipped().catalogue, condition, options, who, visit)}


def test_questions_on_own_concerns_come_first() -> None:
    """Picked concerns, then gaps, then options, then any visit."""
    found = headings("ra", RA, Visit(picked=(Picked(concern="cost"),)))
    order = ["concern:cost", "unknown", "options", "any"]
    assert list(dict.fromkeys(found)) == order


def test_questions_follow_options_condition_move_and_age() -> None:
    """A question stands only where all that it names fits."""
    plain = ids("ra", RA, Visit())
    assert {"methotrexate-day", "ra-active", "any-aim"} <= plain
    assert not {"stills-mas", "infliximab-drip", "switch-how", "child-grows", "cost-me"} & plain
    assert "switch-how" in ids("ra", RA, Visit(move=Move.SWITCH))
    assert "child-grows" in ids("stills", ("anakinra", "canakinumab"), Visit(), Who.CHILD)


def test_a_gap_in_a_cell_brings_its_question(small: Catalogue) -> None:
    """Where a line is not found for an option, the question names that option."""
    texts = {
        item.id: item.text
        for item in prompts_for(small, "ra", ("alpha", "beta"), Who.ADULT, Visit())
    }
    gaps = [
        medicine.title
        for medicine in small.published
        for cells in (medicine.cells_of("how-well"),)
        if cells and cells.resolve("ra", Who.ADULT).kind.value in ("not-found", "not-studied")
    ]
    assert gaps
    assert gaps[0] in texts["gap-how-well"]


def a_visit() -> Visit:
    return Visit(
        move=Move.SWITCH,
        picked=(
            Picked(concern="how-often", weight=Weight.SOME),
            Picked(concern="pregnancy", weight=Weight.A_LOT, why="We hope for a child"),
        ),
        own_points=(OwnPoint(text="My garden", weight=Weight.A_LOT), OwnPoint(text="My cat")),
        ticked=(Ticked(prompt="any-aim"), Ticked(prompt="switch-how", text="How do I swap?")),
        own_questions="Can I dig?\n\n  Can I fly? \n",
        notes="Sore hands",
        sure=((Sure.FACTS, True), (Sure.VALUES, False)),
    )


def sheet(visit: Visit | None = None) -> Sheet:
    return sheet_of(shipped().catalogue, "ra", RA, Who.ADULT, visit or a_visit(), ("methotrexate",))


def test_sheet_holds_what_was_entered() -> None:
    """Concerns in order with the own one in its place, questions in the reader's words, notes."""
    found = sheet()
    assert [item.label for item in found.concerns] == [
        "Pregnancy plans",
        "My garden",
        "How often I take it",
        "My cat",
    ]
    assert found.concerns[0].why == "We hope for a child"
    assert found.questions == (
        "How do I swap?",
        "What is the main thing it should do for me?",
        "Can I dig?",
        "Can I fly?",
    )
    assert (found.notes, found.unsure) == ("Sore hands", (Sure.VALUES,))
    assert found.now.startswith("methotrexate")


def test_sheet_gives_every_fact_a_source_it_lists() -> None:
    """Each stated cell, sign and mistake of a medicine has numbers, and they run without a gap."""
    found = sheet()
    numbers = [item.number for item in found.references]
    assert numbers == list(range(1, len(numbers) + 1))
    used = {
        number
        for concern in found.concerns
        for line in concern.lines
        for cell in line.cells
        for number in cell.references
    }
    for option in found.options:
        for item in (option.mistake, *option.emergency, *option.same_day):
            assert item.references
            used |= set(item.references)
    assert used <= set(numbers)


def test_sources_are_numbered_as_the_sheet_is_read() -> None:
    """Each new number is the next one: row by row, left to right; no text names more than two."""
    found = sheet()
    numbers = [number for item in found.in_reading_order() for number in item.references]
    assert list(dict.fromkeys(numbers)) == [item.number for item in found.references]
    assert max(len(item.references) for item in found.in_reading_order()) == MOST_SOURCES


def test_a_text_names_the_sources_that_it_rests_on_first() -> None:
    """The two sources of a cell are the first two that its author cited."""
    found = sheet()
    names = {item.number: item.source.id for item in found.references}
    cell = found.concerns[0].lines[0].cells[0]
    cited = list(dict.fromkeys(citation.source for citation in cell.citations))[:MOST_SOURCES]
    assert {names[number] for number in cell.references} == set(cited)


def test_sheet_says_what_is_not_to_be_combined() -> None:
    """Anakinra beside a TNF blocker carries the line."""
    pair = sheet().together[0]
    assert (pair.first, pair.second) == ("Adalimumab (Humira)", "anakinra (Kineret)")


def test_every_option_brings_its_signs() -> None:
    """No option is on the sheet without signs for now, which may be those of all, and for the day."""
    found = sheet()
    assert found.everyone
    for option in found.options:
        assert option.same_day, option.id


def test_an_option_without_a_new_medicine_says_what_it_can(tmp_path: Path) -> None:
    """Staying on what is taken now has no own signs, and says so."""
    found = sheet_of(shipped().catalogue, "ra", ("anakinra", "stay"), Who.ADULT, Visit())
    stay = found.options[1]
    assert "911" in stay.emergency[0].text
    assert stay.status


def test_a_sheet_of_nothing_still_informs() -> None:
    """Without a single answer there are options, signs and other treatments."""
    found = sheet(Visit())
    assert (found.concerns, found.questions, found.notes) == ((), (), "")
    assert found.options
    assert found.not_compared


def test_the_sheet_says_once_what_holds_for_everyone() -> None:
    """A sign that stands for whatever medicine does not stand again with each option."""
    sheet = sheet_of(shipped().catalogue, "ra", RA, Who.ADULT, Visit())
    general = {item.text for item in sheet.everyone}
    assert any("peeling rash" in text for text in general)
    assert all(item.text not in general for option in sheet.options for item in option.emergency)


def test_the_signs_that_a_child_shows_otherwise_are_on_the_sheet_of_a_child_only() -> None:
    """The sheet says once, for everyone, how a child shows an emergency."""
    for who in Who:
        sheet = sheet_of(shipped().catalogue, "dira", ("anakinra", "stay"), who, Visit())
        everyone = ["hard to wake" in item.text for item in sheet.everyone]
        each = [s.text for option in sheet.options for s in option.emergency]
        assert everyone.count(True) == (who is not Who.ADULT)
        assert not any("hard to wake" in text for text in each)


def test_a_sign_of_babies_is_on_the_sheet_of_a_child_only() -> None:
    """The sheet of an adult keeps its room for what counts for an adult."""
    told = {
        who: any(
            "baby" in item.text
            for item in sheet_of(shipped().catalogue, "ra", RA, who, Visit()).everyone
        )
        for who in Who
    }
    assert [who for who, is_told in told.items() if is_told] == [Who.CHILD]


@pytest.mark.parametrize("condition", ["caps", "mkd", "dira"])
def test_no_option_brings_a_sign_of_babies_back_for_an_adult(condition: str) -> None:
    """What the sheet of an adult leaves out for everyone does not stand with an option either."""
    catalogue = shipped().catalogue
    options = (*catalogue.condition(condition).preselect.options, "stay")
    told = {
        who: any(
            "baby under 3 months" in item.text
            for found in (sheet_of(catalogue, condition, options, who, Visit()),)
            for item in (*found.everyone, *(s for o in found.options for s in o.emergency))
        )
        for who in Who
    }
    assert [who for who, is_told in told.items() if is_told] == [Who.CHILD]
