"""The picture of a result shows exactly its figure, and says it in words."""

import re
from itertools import pairwise

from explorer.domain.comparison import compare
from explorer.domain.numbers import Result, TrialArm
from explorer.export import comparison_html
from explorer.export.icon_array import svg
from tests.shipped import shipped


def results() -> list[Result]:
    return [item for numbers in shipped().catalogue.numbers for item in numbers.results]


def dots(path: str) -> int:
    """Count the figures of dotted lines, one each twelve units from a line's start."""
    return sum(int(length) // 12 + 1 for length in re.findall(r"h(\d+)", path))


def test_icons_equal_the_figure() -> None:
    """Filled figures are the count, and all figures are the people, in both groups."""
    for result in results():
        for group in (result.drug, result.without):
            drawn = svg(group)
            on, off = (
                dots(re.search(f'id="{name}" d="([^"]*)"', drawn)[1]) for name in ("on", "off")
            )
            assert (on, on + off) == (group.count, group.of)


def test_at_least_fourteen_results_are_shipped() -> None:
    """The content holds what the pictures need."""
    assert len(results()) >= 14


def test_icons_fill_from_the_bottom() -> None:
    """One of twenty is in the lower row, at the left."""
    assert 'id="on" d="M6 18h1"' in svg(TrialArm(count=1, of=20))


def test_a_thousand_stand_in_blocks_of_a_hundred() -> None:
    """Five rows of twenty, a gap, and so on: ten blocks, two side by side, the first filled first."""
    drawn = svg(TrialArm(count=118, of=1000))
    rows = re.findall(r"M(\d+) (\d+)h(\d+)", drawn)
    heights = sorted({int(y) for _, y, _ in rows}, reverse=True)
    steps = [one - next_one for one, next_one in pairwise(heights)]
    assert steps == ([12] * 4 + [20]) * 4 + [12] * 4
    assert {int(x) for x, _, _ in rows if int(x) in (6, 254)} == {6, 254}
    filled = re.search(r'id="on" d="([^"]*)"', drawn)
    assert filled is not None
    counts = [int(length) // 12 + 1 for length in re.findall(r"h(\d+)", filled[1])]
    assert counts == [20, 20, 20, 20, 20, 18]
    assert filled[1].rpartition("M")[2].startswith("254 ")


def test_figures_say_what_they_show() -> None:
    """The picture has a sentence, the heading warns of a race, and a gap is named."""
    made = compare(shipped().catalogue, "ra", ("anakinra", "adalimumab"))
    html = comparison_html.pieces(made, shipped().catalogue)["figures"]
    assert "Separate studies, different people: not a race" in html
    assert 'alt="On anakinra: 38 of 100 improved this much, 62 did not."' in html
    assert "Adalimumab (Humira" in html.split("What can go wrong?")[1]
    assert "Adalimumab (Humira), Serious infections: no picture. The text counts" in html


def test_a_benefit_without_a_harm_says_why_beside_it() -> None:
    """Canakinumab's picture carries the sentence; rilonacept, with harms drawn, does not."""
    made = compare(shipped().catalogue, "caps", ("canakinumab", "rilonacept"))
    pictures = comparison_html.pieces(made, shipped().catalogue)["figures"].split("<details")[0]
    said = pictures.split('<div class="ax-figure">')
    missing = [part.split("<")[1] for part in said if "no picture of harm." in part]
    assert missing == ["h4>Canakinumab (Ilaris): Illness flared"]


def test_where_nothing_is_drawn_the_reasons_still_stand() -> None:
    """DIRA has no picture at all: each line says why, and there is no key to dots."""
    made = compare(shipped().catalogue, "dira", ("anakinra", "rilonacept"))
    html = comparison_html.pieces(made, shipped().catalogue)["figures"]
    assert html.count(": no picture.") == 6
    assert "Each dot is one person" not in html


def test_what_folic_acid_did_is_no_harm_of_methotrexate() -> None:
    """Where both groups took it, the missing picture of its own harm has its reasons."""
    made = compare(shipped().catalogue, "ra", ("anakinra", "methotrexate"))
    benefit, harm = made.figures
    beside = [item.no_harm for item in benefit.shown if item.result.id == "n2a"]
    assert len(beside) == 1
    assert "The text gives the difference" in beside[0]
    assert [line.split(":")[0].split(", ")[-1] for line in harm.without] == [
        "Common side effects",
        "Serious infections",
    ]


def test_pictures_of_1000_are_named_as_such() -> None:
    """Where both scales are on screen, the section, the picture and the table say so."""
    made = compare(shipped().catalogue, "ra", ("anakinra", "adalimumab"))
    html = comparison_html.pieces(made, shipped().catalogue)["figures"]
    assert html.count("These show 1000 people each, not 100.") == 4
    assert "Some pictures show 100 people or fewer, and some show 1000." in html


def test_people_who_had_already_improved_are_named() -> None:
    """A withdrawal trial carries its label, in the picture's words and in the table."""
    made = compare(shipped().catalogue, "pericarditis", ("anakinra", "rilonacept"))
    html = comparison_html.pieces(made, shipped().catalogue)["figures"]
    assert html.count("These people had already improved.") == 4


def test_only_one_count_of_serious_infections_is_shipped() -> None:
    """The pooled count is drawn; the single trial's and the count without a baseline are not."""
    ids = {result.id for result in results()}
    assert "n1e" in ids
    assert not {"n1f", "n6a", "n1i"} & ids


def test_figures_of_another_condition_are_not_shown() -> None:
    """A figure of RA never stands in a comparison for pericarditis."""
    made = compare(shipped().catalogue, "pericarditis", ("anakinra", "rilonacept"))
    assert {item.result.id for part in made.figures for item in part.shown} == {"n7c", "n7a"}
