"""The picture of a result shows exactly its figure, and says it in words."""

import re

import pytest

from explorer import paths
from explorer.content.load import load
from explorer.domain.comparison import compare
from explorer.domain.numbers import Group, Result
from explorer.export import comparison_html
from explorer.export.icon_array import svg

CATALOGUE = load(paths.DATA).catalogue
RESULTS = [result for numbers in CATALOGUE.numbers for result in numbers.results]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.id)
def test_icons_equal_the_figure(result: Result) -> None:
    """Filled figures are the count, and all figures are the people, in both groups."""
    for group in (result.drug, result.without):
        drawn = svg(group)
        on, off = (
            re.search(f'id="{name}" d="([^"]*)"', drawn)[1].count("h0") for name in ("on", "off")
        )
        assert (on, on + off) == (group.count, group.of)


def test_at_least_fourteen_results_are_shipped() -> None:
    """The content holds what the pictures need."""
    assert len(RESULTS) >= 14


def test_icons_fill_from_the_bottom() -> None:
    """One of twenty is in the lower row, at the left."""
    assert 'id="on" d="M6 18h0"' in svg(Group(count=1, of=20))


def test_figures_say_what_they_show() -> None:
    """The picture has a sentence, the heading warns of a race, and a gap is named."""
    made = compare(CATALOGUE, "ra", ("anakinra", "adalimumab"))
    html = comparison_html.pieces(made, CATALOGUE)["figures"]
    assert "Separate studies, different people: not a race" in html
    assert 'alt="On anakinra: 38 of 100 improved this much, 62 did not."' in html
    assert "Adalimumab (Humira" in html.split("What can go wrong?")[1]
    assert ": no figure we could check for a picture." in html


def test_a_benefit_without_a_checked_harm_says_so_beside_it() -> None:
    """Infliximab's picture carries the sentence; anakinra, with harms drawn, does not."""
    made = compare(CATALOGUE, "ra", ("anakinra", "infliximab"))
    pictures = comparison_html.pieces(made, CATALOGUE)["figures"].split("<details")[0]
    said = pictures.split('<div class="ax-figure">')
    missing = [
        part.split("<")[1] for part in said if "for harm, there is no figure we could check" in part
    ]
    assert missing == [
        "h4>Infliximab (Remicade): At least 50 percent better on a score of joints and symptoms"
    ]


def test_what_folic_acid_did_is_no_harm_of_methotrexate() -> None:
    """Where both groups took it, the missing figure of harm is still named."""
    made = compare(CATALOGUE, "ra", ("anakinra", "methotrexate"))
    benefit, harm = made.figures
    assert [item.no_harm for item in benefit.shown if item.result.id == "n2a2"] == [True]
    assert harm.without == (CATALOGUE.medicine("methotrexate").heading,)


def test_pictures_of_1000_are_named_as_such() -> None:
    """Where both scales are on screen, the section and the picture say so."""
    made = compare(CATALOGUE, "ra", ("anakinra", "adalimumab"))
    html = comparison_html.pieces(made, CATALOGUE)["figures"]
    assert html.count("These two pictures show 1000 people each, not 100.") == 1
    assert "Some pictures show 100 people or fewer, and some show 1000." in html


def test_people_who_had_already_improved_are_named() -> None:
    """A withdrawal trial carries its label, in the picture's words and in the table."""
    made = compare(CATALOGUE, "pericarditis", ("anakinra", "rilonacept"))
    html = comparison_html.pieces(made, CATALOGUE)["figures"]
    assert html.count("These people had already improved.") == 4


def test_only_one_count_of_serious_infections_is_shipped() -> None:
    """The pooled count is drawn; the single trial's and the count without a baseline are not."""
    ids = {result.id for result in RESULTS}
    assert "n1e" in ids
    assert not {"n1f", "n6a", "n1i"} & ids


def test_figures_of_another_condition_are_not_shown() -> None:
    """A figure of RA never stands in a comparison for pericarditis."""
    made = compare(CATALOGUE, "pericarditis", ("anakinra", "rilonacept"))
    assert {item.result.id for part in made.figures for item in part.shown} == {"n7c", "n7a"}
