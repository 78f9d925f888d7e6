"""Measures of learning against golden data (computed by R psych and pingouin) and against scipy."""

import pytest

from explorer.domain.learning_measures import (
    Interval,
    cronbach_alpha,
    item_rest_correlation,
    normalised_gain,
    paired_interval,
    student_t,
    wilson_interval,
)

ROWS = [
    [int(mark) for mark in row]
    for row in (
        *("111111", "111101", "111010", "110100", "101001"),
        *("110000", "100100", "100001", "111110", "111100"),
    )
]


@pytest.mark.parametrize(
    ("item", "expected"), [(1, 0.3266), (2, 0.6124), (3, 0.1725), (4, 0.4166), (5, -0.1231)]
)
def test_item_rest_leaves_the_item_out_of_the_total(item: int, expected: float) -> None:
    """The golden item-rest correlations; the last is negative, item-total would be +0.24."""
    assert item_rest_correlation(ROWS, item) == pytest.approx(expected, abs=5e-5)


def test_an_item_that_all_know_has_no_correlation() -> None:
    """Undefined is None, never 0."""
    assert item_rest_correlation(ROWS, 0) is None


def test_alpha_keeps_all_items() -> None:
    """The golden alpha, equal to KR-20 with population variances."""
    assert cronbach_alpha(ROWS) == pytest.approx(0.456522, abs=5e-7)


def test_alpha_of_equal_totals_is_undefined() -> None:
    """Nobody differs: there is no reliability to state."""
    assert cronbach_alpha([[1, 0], [0, 1], [1, 0]]) is None


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(8, 10, 0.49, 0.94), (20, 30, 0.49, 0.81), (160, 200, 0.74, 0.85)],
)
def test_wilson_interval(right: int, n: int, low: float, high: float) -> None:
    """The golden intervals."""
    found = wilson_interval(right, n)
    assert found is not None
    assert (round(found.low, 2), round(found.high, 2)) == (low, high)


def test_the_intervals_agree_with_an_independent_package() -> None:
    """Wilson, Student's t, the paired interval and the item-rest correlation equal scipy's."""
    from scipy import stats

    for right, n in ((0, 7), (5, 5), (8, 10), (160, 200)):
        theirs = stats.binomtest(right, n).proportion_ci(method="wilson")
        ours = wilson_interval(right, n)
        assert ours is not None
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    for freedom in (29, 60, 199):
        assert student_t(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-4)
    differences = [-100.0] * 3 + [0.0] * 20 + [100.0] * 12
    theirs = stats.ttest_1samp(differences, 0).confidence_interval()
    ours = paired_interval(differences)
    assert ours is not None
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.01)
    assert item_rest_correlation(ROWS, 4) == pytest.approx(
        stats.pearsonr([row[4] for row in ROWS], [sum(row) - row[4] for row in ROWS]).statistic
    )


def test_a_small_class_has_an_interval_by_a_fixed_bootstrap() -> None:
    """Under 30 pairs the interval is the bootstrap's, the same at every run."""
    differences = [0.0] * 4 + [100.0] * 6
    assert (
        paired_interval(differences)
        == paired_interval(differences)
        == Interval(low=30.0, high=90.0)
    )


def test_no_spread_gives_no_interval() -> None:
    """All changed alike: a dash, not an interval of no width."""
    assert paired_interval([100.0] * 6) is None


def test_gain_is_of_the_means_and_undefined_where_all_knew() -> None:
    """Half of what could be gained was gained; with all right before there is none to gain."""
    assert normalised_gain(0.4, 0.7) == pytest.approx(0.5)
    assert normalised_gain(1.0, 0.9) is None
