"""One rule of judging for every kind of question."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.grading import grade, validation_error
from explorer.domain.questions import Kind
from tests.questions import option, question

IDS = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("kind", "answer", "score"),
    [
        (Kind.SINGLE, ("a",), Fraction(1)),
        (Kind.SINGLE, ("b",), Fraction(0)),
        (Kind.TRUE_FALSE, ("true",), Fraction(1)),
        (Kind.SEVERAL, ("a", "b"), Fraction(1)),
        (Kind.SEVERAL, ("a",), Fraction(3, 4)),
        (Kind.SEVERAL, ("a", "b", "c", "d"), Fraction(1, 2)),
        (Kind.ORDER, ("a", "b", "c"), Fraction(1)),
        (Kind.ORDER, ("a", "c", "b"), Fraction(1, 3)),
        (Kind.SORT, ("a=now", "b=later", "c=now"), Fraction(1)),
        (Kind.SORT, ("a=later", "b=later", "c=now"), Fraction(2, 3)),
        (Kind.NUMBER, ("100",), Fraction(1)),
        (Kind.NUMBER, ("100.0",), Fraction(1)),
        (Kind.NUMBER, ("99",), Fraction(0)),
    ],
)
def test_each_option_is_one_decision(kind: Kind, answer: tuple[str, ...], score: Fraction) -> None:
    """The score is the share of decisions made right."""
    judged = grade(question("q", kind), answer)
    assert judged.score == score
    assert judged.is_right is (score == 1)


def test_a_number_within_its_tolerance_is_right() -> None:
    """A number as far off as the tolerance is right, further off is not."""
    asked = question(
        "q",
        Kind.NUMBER,
        number={"value": 30, "unit": "minutes", "tolerance": 5, "rationale": "r", "action": "a"},
    )
    assert grade(asked, ("35",)).is_right
    assert not grade(asked, ("35.1",)).is_right


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [
        (Kind.SINGLE, (), "Choose one answer."),
        (Kind.SINGLE, ("a", "b"), "Choose one answer."),
        (Kind.SINGLE, ("z",), "Choose one answer."),
        (Kind.SEVERAL, (), "Choose at least one answer."),
        (Kind.ORDER, ("a", "a", "b"), "Give every step its own place."),
        (Kind.ORDER, ("a",), "Give every step its own place."),
        (Kind.SORT, ("a=now",), "Put every line into a group."),
        (Kind.SORT, ("a=now", "b=never", "c=now"), "Put every line into a group."),
        (Kind.NUMBER, ("many",), "Type a number, such as 3 or 2.5."),
        (Kind.NUMBER, ("nan",), "Type a number, such as 3 or 2.5."),
        (Kind.NUMBER, ("inf",), "Type a number, such as 3 or 2.5."),
    ],
)
def test_an_unfinished_answer_is_named(kind: Kind, answer: tuple[str, ...], said: str) -> None:
    """What cannot be judged yet gets a plain sentence, and judging it is refused."""
    assert validation_error(question("q", kind), answer) == said
    with pytest.raises(ValueError, match=said[:10]):
        grade(question("q", kind), answer)


@given(st.sets(st.sampled_from(IDS), min_size=1))
def test_several_counts_wrong_ticks_and_missed_ones_alike(chosen: set[str]) -> None:
    """For any set of ticks the score is one minus the share of wrong decisions."""
    judged = grade(question("q", Kind.SEVERAL), tuple(chosen))
    wrong = len(chosen ^ {"a", "b"})
    assert judged.score == 1 - Fraction(wrong, 4)


@given(st.permutations(["a", "b", "c"]))
def test_only_the_authored_order_is_right(order: list[str]) -> None:
    """Any other order is not right, whatever its share."""
    assert grade(question("q", Kind.ORDER), tuple(order)).is_right is (order == ["a", "b", "c"])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"options": [option("a", key=True), option("b", key=True)]}, "exactly one key"),
        ({"options": [option("a", key=True)]}, "at least two options"),
        ({"options": [option("a", key=True), option("a")]}, "the same id"),
        ({"groups": [{"id": "x", "label": "X"}]}, "only a sorting question"),
    ],
)
def test_a_question_that_cannot_be_judged_is_refused(more: dict[str, object], said: str) -> None:
    """A question whose parts do not fit its kind does not load."""
    with pytest.raises(ValueError, match=said):
        question("q", **more)
