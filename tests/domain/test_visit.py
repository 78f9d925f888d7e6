"""What matters to a reader: it moves lines to the front, and does nothing else."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from explorer.domain.catalogue import Catalogue, Move, Urgency
from explorer.domain.comparison import Comparison, compare, glance_of, options_in
from explorer.domain.visit import (
    MOST_CONCERNS,
    SAFETY_ROWS,
    OwnPoint,
    Picked,
    Sheet,
    SheetSign,
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


@pytest.mark.slow
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


def test_sheet_says_a_row_in_the_words_of_the_glance() -> None:
    """A picked row stands as the glance says it, once, and the rows of safety stand after it."""
    found = sheet()
    lines = {line.row: line for line in found.lines}
    assert list(lines) == ["pregnancy", "how-often", *SAFETY_ROWS]
    comparison = compare(shipped().catalogue, "ra", RA, who=Who.ADULT, now=("methotrexate",))
    glance = {row.id: row for row in glance_of(shipped().catalogue, comparison)}
    for row in ("pregnancy", "how-often"):
        assert [cell.text for cell in lines[row].cells] == [cell.text for cell in glance[row].cells]


def test_a_no_stands_behind_its_question() -> None:
    """ "Pregnancy plans: No" would read as the reader's own answer; other lines keep their name."""
    visit = Visit(picked=(Picked(concern="pregnancy"), Picked(concern="how-often")))
    labels = [concern.lines[0].label for concern in sheet(visit).concerns]
    assert set(labels) == {"Can I take it while pregnant?", "How often I take it"}


def test_figures_that_fit_no_frame_are_told_whole_where_a_point_matters_a_lot() -> None:
    """Else the sheet says that they cannot be compared, as the glance does."""
    said = {}
    for weight in Weight:
        visit = Visit(picked=(Picked(concern="serious-infection", weight=weight),))
        line = sheet(visit).concerns[0].lines[0]
        said[weight] = [cell.text for cell in line.cells]
    assert all(text == "Cannot be compared" for text in said[Weight.SOME])
    assert any("of 1000" in text for text in said[Weight.A_LOT])


def test_a_plan_on_the_sheet_names_each_of_its_medicines() -> None:
    """A cell under "methotrexate plus anakinra" tells both doses, each with whose it is."""
    visit = Visit(picked=(Picked(concern="how-often"),))
    made = sheet_of(
        shipped().catalogue, "ra", ("stay", "add-anakinra"), Who.ADULT, visit, ("methotrexate",)
    )
    cells = [cell.text for cell in made.concerns[0].lines[0].cells]
    assert cells == ["Every week", "Anakinra: Every day. Methotrexate: Every week."]


def test_sheet_says_what_is_not_to_be_combined() -> None:
    """Anakinra beside a TNF blocker carries the line."""
    pair = sheet().together[0]
    assert (pair.first, pair.second) == ("Adalimumab (Humira)", "anakinra (Kineret)")


def told(signs: tuple[SheetSign, ...]) -> str:
    """Return signs as one text."""
    return " ".join(" ".join((sign.text, *(item.text for item in sign.more))) for sign in signs)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


@pytest.mark.parametrize("condition", conditions())
@pytest.mark.parametrize("who", [Who.ADULT, Who.CHILD])
def test_no_emergency_of_any_option_is_left_out(condition: str, who: Who) -> None:
    """Each sentence of each sign to call about now is on the sheet, said or in its heading."""
    catalogue = shipped().catalogue
    options = tuple(item.id for item in options_in(catalogue, condition) if item.is_offered)
    for at in range(0, len(options), 3):
        chosen = options[at : at + 3]
        found = sheet_of(catalogue, condition, chosen, who, Visit())
        said = told(found.signs.emergency)
        heading = {
            catalogue.words(f"sheet.{key}")
            for key in ("no-more", "no-more-child", "stop", "steroid")
        }
        compared = compare(catalogue, condition, chosen, who=who)
        young = [
            flag.sign
            for flag in (*catalogue.contact().red_flags, *catalogue.condition(condition).red_flags)
            if who is Who.ADULT
            and (flag.age or catalogue.signs.only_of_the_young(flag.signs, flag.sign))
        ]
        for column in compared.columns:
            for flag in column.red_flags:
                told_apart = "ending your life" in flag.sign  # on a line of its own
                if flag.urgency is not Urgency.EMERGENCY or flag.sign in young or told_apart:
                    continue
                for sentence in sentences(f"{flag.sign} {flag.action}"):
                    explains = sentence.startswith("It may be ")
                    assert sentence in said or sentence in heading or explains, sentence


def test_what_is_taken_now_brings_all_its_signs_and_its_whole_mistake() -> None:
    """No sentence of methotrexate's is lost; what is only thought about brings a few words."""
    catalogue = shipped().catalogue
    found = sheet()
    taken = catalogue.medicine("methotrexate")
    said = told(found.signs.same_day) + " ".join(item.text for item in found.signs.each)
    for flag in taken.red_flags:
        if flag.urgency is Urgency.SAME_DAY and flag.counts_for("ra", Who.ADULT.age):
            for sentence in sentences(f"{flag.sign} {flag.action}"):
                assert sentence in said, sentence
    mistakes = {item.name: item.said.text for item in found.mistakes}
    assert mistakes["methotrexate"] == taken.mistake.text
    assert mistakes["anakinra"] == catalogue.medicine("anakinra").mistake.short


def test_a_sign_of_several_medicines_stands_once() -> None:
    """What all tell alike has no name, and what one adds stands behind it under its name."""
    signs = sheet().signs
    begins = [sentences(sign.text)[0] for sign in (*signs.emergency, *signs.same_day)]
    assert len(begins) == len(set(begins))
    infection = next(it for it in signs.same_day if it.text.startswith("Signs of infection"))
    assert infection.names == ()
    catalogue = shipped().catalogue
    found = sheet_of(catalogue, "ra", ("tocilizumab",), Who.ADULT, Visit(), ("tocilizumab",))
    infection = next(it for it in found.signs.same_day if it.text.startswith("Signs of infection"))
    assert infection.more[0].text.startswith("Call even if you have no fever")


def test_a_further_sign_is_no_note_on_another_one() -> None:
    """Swollen ankles do not stand in brackets behind yellow skin: they have a line of their own."""
    signs = sheet().signs
    liver = next(it for it in signs.same_day if it.text.startswith("Yellow skin"))
    assert liver.more == ()
    further = next(
        it for it in signs.same_day if it.text.startswith("Much less or much more urine")
    )
    assert further.names == ("methotrexate",)
    assert further.text.endswith("call 911.")


def test_every_sign_and_mistake_of_a_medicine_rests_on_sources() -> None:
    """The sheet shows no source numbers, and holds nothing without a source."""
    found = sheet()
    for item in (*found.signs.emergency, *found.signs.same_day):
        assert item.citations, item.text
    assert all(item.said.citations for item in found.mistakes)


def test_an_option_without_a_new_medicine_says_what_it_can() -> None:
    """Staying on what nobody named has signs of its own, and says so."""
    found = sheet_of(shipped().catalogue, "ra", ("anakinra", "stay"), Who.ADULT, Visit())
    assert "its own signs" in found.unknown_signs[0].text
    assert "steroid" in found.unknown_signs[0].text
    assert "medicine taken now" in found.mistakes[-1].said.text


def test_a_sheet_of_nothing_still_informs() -> None:
    """Without a single answer there are options, signs, the missed dose and too much."""
    found = sheet(Visit())
    assert (found.concerns, found.questions, found.notes) == ((), (), "")
    assert found.options
    assert [line.row for line in found.lines] == list(SAFETY_ROWS)
    assert found.signs.emergency


def test_the_signs_that_a_child_shows_otherwise_are_on_the_sheet_of_a_child_only() -> None:
    """The sheet says once how a child shows an emergency."""
    for who in Who:
        made = sheet_of(shipped().catalogue, "dira", ("anakinra", "stay"), who, Visit())
        assert told(made.signs.emergency).count("hard to wake") == (who is not Who.ADULT)


@pytest.mark.parametrize("condition", ["ra", "caps", "mkd", "dira"])
def test_a_sign_of_babies_is_on_the_sheet_of_a_child_only(condition: str) -> None:
    """The sheet of an adult keeps its room for what counts for an adult, whatever the option."""
    catalogue = shipped().catalogue
    options = (*catalogue.condition(condition).preselect.options, "stay")
    shown = [
        who
        for who in Who
        if "baby under 3 months"
        in told(sheet_of(catalogue, condition, options, who, Visit()).signs.emergency)
    ]
    assert shown == [Who.CHILD]


def test_what_is_taken_keeps_its_own_rule_on_the_sheet() -> None:
    """Too much is told of each medicine: a plan that adds never hides the sterner rule."""
    found = sheet_of(
        shipped().catalogue,
        "ra",
        ("stay", "add-adalimumab", "add-anakinra"),
        Who.ADULT,
        Visit(),
        ("methotrexate",),
    )
    (line,) = (line for line in found.safety if line.row == "too-much")
    assert line.is_by_medicine
    (cell,) = line.cells
    assert cell.text == (
        "Methotrexate: Treat it as an emergency and call Poison Help."
        " Adalimumab, Anakinra: Call your team and call Poison Help."
    )
