"""The picture of eight weeks: as many marks as times, the same scale for all."""

import re

import pytest

from explorer.domain.comparison import compare
from explorer.domain.week import Strip, StripKind
from explorer.export import comparison_html
from explorer.export.week_strip import svg
from tests.shipped import shipped


@pytest.mark.parametrize("kind", StripKind)
def test_marks_equal_the_times(kind: StripKind) -> None:
    """Filled marks are what is sure, outlined ones what may come; eight boxes stand always."""
    drawn = svg(Strip(sure=(7, 0, 1, 0, 0, 0, 0, 14), maybe=(0, 1, 0, 0, 0, 0, 0, 0)), kind)
    assert drawn.count('class="sure"') == 22
    assert drawn.count('class="maybe"') == 1
    assert re.findall(r">(\d)</text>", drawn) == list("12345678")


def test_no_mark_leaves_its_box() -> None:
    """Fourteen marks fit into a week's box."""
    drawn = svg(Strip(sure=(14,) * 8, maybe=(0,) * 8), StripKind.DOSE)
    marks = [
        (float(x), float(y), float(r))
        for x, y, r in re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', drawn)
    ]
    assert len(marks) == 112
    assert all(r <= y <= 40 - r for _, y, r in marks)
    assert all(r <= x % 44 <= 40 - r for x, _, r in marks)


def test_strips_have_words_and_one_scale() -> None:
    """Every strip has a sentence, and all have the same width."""
    made = compare(shipped().catalogue, "ra", ("anakinra", "methotrexate"))
    html = comparison_html.pieces(made, shipped().catalogue)["weeks"]
    assert 'alt="Anakinra (Kineret), Any eight weeks: 56 doses: 7 each week."' in html
    assert len(set(re.findall(r"viewBox=%22([^%]*)%22", html))) == 1
    assert html.count("<img") == html.count('alt="') == 7


def test_an_option_without_a_medicine_is_named() -> None:
    """Staying on what one takes has no strip, and that is said."""
    made = compare(shipped().catalogue, "ra", ("anakinra", "stay"))
    html = comparison_html.pieces(made, shipped().catalogue)["weeks"]
    assert "there is no new medicine here, so there is nothing to draw." in html
