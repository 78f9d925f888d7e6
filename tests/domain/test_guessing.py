"""The panel of guessers: what each points at, and what it scores."""

from typing import Any

import pytest

from explorer.domain.guessing import (
    Guesser,
    GuessingPanel,
    panel,
    panels,
    pointed_at,
    question_sets,
)
from explorer.domain.questions import Bank, OptionAct, Question, QuestionKind
from tests.questions import bank, question


def ask(*options: tuple[str, tuple[str, ...]], key: int = 0) -> Question:
    """Make a question from the words and acts of its options."""
    made: list[dict[str, Any]] = [
        {"id": f"o{at}", "text": text, "does": does, "key": at == key, "rationale": "Why."}
        for at, (text, does) in enumerate(options)
    ]
    return question("q", options=made)


SHOT = ask(
    ("Take it, and call them if it gets a lot worse by then", ("goes-on", "asks", "waits")),
    ("Call them now", ("asks",)),
    ("Call 911 and never take it again", ("emergency", "stops")),
    key=1,
)


@pytest.mark.parametrize(
    ("guesser", "pointed"),
    [
        (Guesser.LONGEST, {"o0"}),
        (Guesser.SHORTEST, {"o1"}),
        (Guesser.FIRST, {"o0"}),
        (Guesser.ASKS, {"o0", "o1"}),
        (Guesser.MOST_CAUTIOUS, {"o2"}),
        (Guesser.NEVER_ACTS, {"o1", "o2"}),
        (Guesser.NEGATED, {"o2"}),
        (Guesser.MOST_SPECIFIC, {"o0", "o1", "o2"}),
        (Guesser.COMBINED, {"o2"}),
    ],
)
def test_each_guesser_points_by_look_alone(guesser: Guesser, pointed: set[str]) -> None:
    """Length, place, acts, first words, negations and details are what guessers go by."""
    assert {option.id for option in pointed_at(guesser, SHOT)} == pointed


def score(found: GuessingPanel, guesser: Guesser) -> float:
    """Give the score of one guesser."""
    return next(item.score for item in found.scores if item.guesser is guesser)


def test_score_is_shared_among_those_it_draws_from() -> None:
    """Two of three options that ask, one of them right, give one half; none gives a third."""
    found = panel("all", [SHOT])
    assert score(found, Guesser.ASKS) == 0.5
    assert score(found, Guesser.MOST_CAUTIOUS) == 0
    plain = ask(("One", ()), ("Two", ()), ("Six", ()))
    assert score(panel("all", [plain]), Guesser.ASKS) == pytest.approx(1 / 3)


def test_same_letter_is_the_place_that_pays_most() -> None:
    """Keys at places two, two and one give two thirds to whoever always takes place two."""
    texts = (("One", ()), ("Two", ()), ("Six", ()))
    found = panel("all", [ask(*texts, key=1), ask(*texts, key=1), ask(*texts, key=0)])
    assert score(found, Guesser.SAME_LETTER) == pytest.approx(2 / 3)
    assert score(found, Guesser.FIRST) == pytest.approx(1 / 3)
    assert found.best.guesser in (Guesser.SAME_LETTER,)


def test_only_questions_with_one_key_are_guessed() -> None:
    """Sorting and several keys are left out; a set without any question scores nothing."""
    found = panel("all", [question("s", QuestionKind.SORT), SHOT])
    assert found.items == 1
    empty = panel("none", [question("s", QuestionKind.SORT)])
    assert (empty.items, empty.chance, empty.best.score) == (0, 0, 0)


def test_sets_are_the_bank_the_critical_and_each_form() -> None:
    """Whole bank, critical questions, and both ready lessons with what is asked before and after."""
    names = [name for name, _ in question_sets(bank())]
    assert names == [
        "whole bank",
        "critical",
        "lesson for patients",
        "lesson for patients, before",
        "lesson for patients, after",
        "lesson for nurses",
        "lesson for nurses, before",
        "lesson for nurses, after",
    ]
    assert [item.name for item in panels(bank())] == names
    assert panels(Bank()) == ()


def test_acts_are_a_closed_set() -> None:
    """An act that is not in the list is refused where the question is read."""
    assert {"asks", "stops", "goes-on", "waits", "emergency", "alone"} == set(OptionAct)
    with pytest.raises(ValueError, match="does"):
        ask(("One", ("calls",)), ("Two", ()), ("Six", ()))
