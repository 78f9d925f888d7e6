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
    assert ": no figure we could check." in html


def test_figures_of_another_condition_are_not_shown() -> None:
    """A figure of RA never stands in a comparison for pericarditis."""
    made = compare(CATALOGUE, "pericarditis", ("anakinra", "rilonacept"))
    assert {item.result.id for part in made.figures for item in part.shown} == {"n7c", "n7a"}
