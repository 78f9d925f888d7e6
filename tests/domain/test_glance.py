"""The glance: few rows, few words, and no figure beside one that it cannot be compared with."""

from itertools import combinations

import pytest

from explorer.domain.catalogue import Age, Medicine
from explorer.domain.comparison import ShownGlanceRow, compare, glance_of, options_in
from explorer.domain.comparison.options import option_of
from explorer.domain.glance import MOST_WORDS, Icon, word_count
from tests.shipped import conditions, shipped


def glance(condition: str, *options: str, age: Age = Age.ADULT) -> dict[str, ShownGlanceRow]:
    """Return the glance's rows by id."""
    catalogue = shipped().catalogue
    rows = glance_of(catalogue, compare(catalogue, condition, options, [], age=age))
    return {row.id: row for row in rows}


@pytest.mark.parametrize("condition", conditions())
@pytest.mark.parametrize("age", list(Age))
def test_every_cell_has_one_to_six_words(condition: str, age: Age) -> None:
    """Whatever is compared, for whomever: no cell is empty and none is longer than it may be."""
    offered = [o.id for o in options_in(shipped().catalogue, condition) if o.is_offered]
    for pair in combinations(offered, 2):
        for row in glance(condition, *pair, age=age).values():
            for cell in row.cells:
                assert 1 <= word_count(cell.text) <= MOST_WORDS, (pair, row.id, cell.text)


def test_a_range_counts_as_one_word() -> None:
    """ "2 to 4 weeks" is read as two words; other uses of "to" count."""
    assert word_count("every 2 to 4 weeks") == 3
    assert word_count("go to bed") == 3


def test_rows_and_order_are_the_same_for_all() -> None:
    """The rows are those of the data, in their order, whatever the options."""
    wanted = [row.id for row in shipped().catalogue.glance]
    assert 10 <= len(wanted) <= 12
    assert list(glance("ra", "anakinra", "methotrexate")) == wanted
    assert list(glance("ra", "stay", "adalimumab")) == wanted


def test_words_come_from_typed_answers() -> None:
    """A dose's gap, its place and a warning are said as the answers of their lines say them."""
    rows = glance("ra", "anakinra", "methotrexate", "adalimumab")
    assert [cell.text for cell in rows["how-often"].cells] == [
        "Every day",
        "Every week",
        "Every 2 weeks",
    ]
    assert [cell.days for cell in rows["how-often"].cells] == ["1", "7", "14"]
    assert [cell.text for cell in rows["boxed-warning"].cells] == [
        "No",
        "Yes: unborn baby, allergy, infections, organs",
        "Yes: serious infections, some cancers",
    ]
    assert [cell.text for cell in rows["tests-how-often"].cells] == [
        "1 month apart, later 3 months",
        "2 to 4 weeks apart, later 12 weeks",
        "Your team decides",
    ]
    assert rows["live-vaccines"].is_one
    assert not rows["boxed-warning"].is_one


def test_a_word_for_copies_says_what_it_is() -> None:
    """The row of copies says in the cell itself what generics and biosimilars are."""
    row = glance("ra", "methotrexate", "adalimumab")["cost-access"]
    assert [cell.text for cell in row.cells] == ["Generics (copies)", "Biosimilars (near copies)"]


def test_figures_stand_side_by_side_only_in_one_frame() -> None:
    """Same measure, time and number of people: shown. Any other: said to be apart."""
    row = glance("ra", "anakinra", "adalimumab", "methotrexate")["how-well"]
    assert [cell.text for cell in row.cells] == [
        "9 more of 100 than without",
        "29 more of 100 than without",
        "Cannot be compared",
    ]
    assert row.note.startswith("At least half better")
    assert row.is_race


def test_a_figure_never_stands_alone_beside_another_medicine() -> None:
    """Where only one of two medicines has a figure, neither cell shows one."""
    row = glance("ra", "anakinra", "methotrexate")["how-well"]
    assert {cell.text for cell in row.cells} == {"Cannot be compared"}
    assert row.note == ""


def test_different_marks_of_time_are_not_shown_side_by_side() -> None:
    """Where one length of time is to a first change and the other to none, no number is shown."""
    row = glance("pericarditis", "anakinra", "rilonacept")["time-to-work"]
    assert {cell.text for cell in row.cells} == {"Measured differently: open this line"}


def test_not_found_is_said_in_words_and_looks_like_no_answer() -> None:
    """What was not found is named so, with a sign of its own that no answer has."""
    found = 0
    for condition in conditions():
        offered = options_in(shipped().catalogue, condition)
        for option in (item.id for item in offered if item.is_offered):
            for row in glance(condition, option).values():
                for cell in row.cells:
                    unknown = cell.text in ("Not found", "Not clear from the sources")
                    found += unknown
                    assert (cell.icon is Icon.NOT_FOUND) is (unknown or cell.text == "Not studied")
    assert found > 10


def test_each_medicine_says_its_own_mistake() -> None:
    """The last row is the medicine's own mistake in few words."""
    catalogue = shipped().catalogue
    row = glance("ra", "anakinra", "methotrexate")["mistake"]
    condition = catalogue.condition("ra")
    for cell, name in zip(row.cells, ("anakinra", "methotrexate"), strict=True):
        option = option_of(catalogue, condition, name)
        assert isinstance(option, Medicine)
        assert cell.text == option.mistake.short
