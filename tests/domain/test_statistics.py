"""Class statistics against golden data (computed by R psych and pingouin) and against scipy."""

from datetime import UTC, datetime

import pytest

from explorer.domain.questions import Kind
from explorer.domain.statistics import (
    Asked,
    FourWay,
    Interval,
    Phase,
    Report,
    alpha,
    change,
    exact_mcnemar,
    item_rest,
    normalised_gain,
    paired_interval,
    report,
    student_t,
    tallies,
    wilson,
)
from tests.questions import question

ROWS = [
    [int(mark) for mark in row]
    for row in (
        *("111111", "111101", "111010", "110100", "101001"),
        *("110000", "100100", "100001", "111110", "111100"),
    )
]


def asked(name: str, phase: Phase, right: str, wrong: str = "", unsure: str = "") -> Asked:
    """Put a question to people named by single letters."""
    item = question(name, concept=name[0])
    answers = [(who, ("a",)) for who in right] + [(who, ("b",)) for who in wrong]
    return Asked(
        question=item,
        phase=phase,
        shown=frozenset(right + wrong + unsure),
        answers=tuple(answers + [(who, ()) for who in unsure]),
    )


def made(*items: Asked, people: int = 8) -> Report:
    return report(
        items,
        {"x": "Concept x"},
        code="ABC234",
        title="Lesson",
        opened=datetime(2026, 11, 25, 9, tzinfo=UTC),
        content="abc123",
        people=people,
    )


@pytest.mark.parametrize(
    ("item", "expected"), [(1, 0.3266), (2, 0.6124), (3, 0.1725), (4, 0.4166), (5, -0.1231)]
)
def test_item_rest_leaves_the_item_out_of_the_total(item: int, expected: float) -> None:
    """The golden item-rest correlations; the last is negative, item-total would be +0.24."""
    assert item_rest(ROWS, item) == pytest.approx(expected, abs=5e-5)


def test_an_item_that_all_know_has_no_correlation() -> None:
    """Undefined is None, never 0."""
    assert item_rest(ROWS, 0) is None


def test_alpha_keeps_all_items() -> None:
    """The golden alpha, equal to KR-20 with population variances."""
    assert alpha(ROWS) == pytest.approx(0.456522, abs=5e-7)


def test_alpha_of_equal_totals_is_undefined() -> None:
    """Nobody differs: there is no reliability to state."""
    assert alpha([[1, 0], [0, 1], [1, 0]]) is None


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(8, 10, 0.49, 0.94), (20, 30, 0.49, 0.81), (160, 200, 0.74, 0.85)],
)
def test_wilson_interval(right: int, n: int, low: float, high: float) -> None:
    """The golden intervals."""
    found = wilson(right, n)
    assert found is not None
    assert (round(found.low, 2), round(found.high, 2)) == (low, high)


def test_the_intervals_agree_with_an_independent_package() -> None:
    """Wilson, Student's t, the paired interval and McNemar's exact p as scipy gives them."""
    from scipy import stats

    for right, n in ((0, 7), (5, 5), (8, 10), (160, 200)):
        theirs = stats.binomtest(right, n).proportion_ci(method="wilson")
        ours = wilson(right, n)
        assert ours is not None
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    for freedom in (29, 60, 199):
        assert student_t(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-4)
    differences = [-100.0] * 3 + [0.0] * 20 + [100.0] * 12
    theirs = stats.ttest_1samp(differences, 0).confidence_interval()
    ours = paired_interval(differences)
    assert ours is not None
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.01)
    assert exact_mcnemar(9, 2) == pytest.approx(stats.binomtest(2, 11).pvalue, abs=1e-12)
    assert item_rest(ROWS, 4) == pytest.approx(
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


def test_change_is_on_pairs_only() -> None:
    """People who left or came late play no part in the change."""
    before = dict.fromkeys("abcdef", 0.0) | {"a": 1.0, "gone": 1.0}
    after = dict.fromkeys("abcdef", 1.0) | {"b": 0.0, "late": 0.0}
    found = change("x", before, after)
    assert (found.n_before, found.n_after, found.pairs) == (7, 7, 6)
    assert found.four == FourWay(right_right=1, wrong_right=4, right_wrong=0, wrong_wrong=1)
    assert found.before == pytest.approx(1 / 6)
    assert found.points == pytest.approx(400 / 6)
    assert found.gain == pytest.approx(0.8)
    assert found.exact_p == pytest.approx(0.125)


def test_fewer_than_five_pairs_are_hidden() -> None:
    """Four pairs: counts only."""
    found = change("x", dict.fromkeys("abcd", 0.0), dict.fromkeys("abcd", 1.0))
    assert found.hidden
    assert (found.before, found.after, found.points, found.four, found.gain) == (None,) * 5


def test_who_joined_late_was_not_shown() -> None:
    """The late joiner is missing in the first question, not wrong."""
    found = made(asked("x1", Phase.BEFORE, "abcde", "f", "g"), asked("x2", Phase.AFTER, "abcdefgh"))
    first, second = found.questions
    assert (first.n, first.right, first.not_shown, first.not_sure) == (7, 5, 1, 1)
    assert (second.n, second.right, second.not_shown) == (8, 8, 0)
    assert [(item.label, item.pairs) for item in found.concepts] == [("Concept x", 7)]


def test_a_shown_question_without_an_answer_counts_as_not_right() -> None:
    """Shown and not answered is in n, and among the unsure."""
    item = asked("x1", Phase.FREE, "abcdef").evolve(shown=frozenset("abcdefg"))
    first = made(item).questions[0]
    assert (first.n, first.right, first.not_sure) == (7, 6, 1)


def test_a_question_answered_by_four_is_hidden() -> None:
    """Nothing but the number of people is in the report."""
    first = made(asked("x1", Phase.FREE, "abc", "d")).questions[0]
    assert first.hidden
    assert (first.n, first.right, first.share, first.interval, first.tallies) == (
        4,
        None,
        None,
        None,
        (),
    )


def test_reliability_waits_for_thirty_people() -> None:
    """29 people are too few; with 30 alpha and correlations are there."""
    people = [chr(200 + place) for place in range(30)]
    for size, few in ((29, True), (30, False)):
        some = "".join(people[:size])
        found = made(
            asked("x1", Phase.BEFORE, some[:20], some[20:]),
            asked("y1", Phase.BEFORE, some[5:], some[:5]),
            people=size,
        )
        assert [item.few for item in found.reliability] == [few]
        assert (found.reliability[0].alpha is None) is few
        assert (found.questions[0].item_rest is None) is few


def test_overall_change_is_on_people_shown_everything() -> None:
    """One joined after the first question: not in the overall pairs."""
    found = made(
        asked("x1", Phase.BEFORE, "abcde"),
        asked("y1", Phase.BEFORE, "", "abcdef"),
        asked("x2", Phase.AFTER, "abcdef"),
    )
    assert found.overall is not None
    assert (found.overall.pairs, found.overall.before, found.overall.after) == (5, 0.5, 1.0)
    assert found.overall.four is None


def test_no_after_round_no_change() -> None:
    """Without an after round there is nothing to compare."""
    found = made(asked("x1", Phase.BEFORE, "abcdef"))
    assert (found.overall, found.concepts) == (None, ())


def test_tallies_count_each_kind() -> None:
    """Options chosen; for a number right and other; for sorting what is where it belongs."""
    several = tallies(question("s", Kind.SEVERAL), [("a", "b"), ("a",), ()])
    assert [(item.option, item.count) for item in several] == [
        ("a", 2),
        ("b", 1),
        ("c", 0),
        ("d", 0),
    ]
    number = tallies(question("n", Kind.NUMBER), [("100",), ("100.0",), ("90",)])
    assert [(item.option, item.count) for item in number] == [("right", 2), ("other", 1)]
    placed = tallies(question("o", Kind.SORT), [("a=now", "b=now", "c=now")])
    assert [(item.option, item.count) for item in placed] == [("a", 1), ("b", 0), ("c", 1)]
