"""The record of a check, made from a run."""

from collections.abc import Callable

import pytest

from explorer.domain.questions import Bank, Question
from explorer.domain.quiz_pick import nurse_check
from explorer.domain.quiz_result import check_result
from explorer.domain.quiz_run import QuizMode, QuizRun, start
from explorer.domain.records import CheckVerdict, Record, RecordedConcept, record_of
from tests.questions import bank

STARTED = "2026-11-23T14:00:00-05:00"
ENDED = "2026-11-23T14:12:40-05:00"


def run(questions: Bank, is_right: Callable[[Question], bool], answered: int = 99) -> QuizRun:
    """Answer a check: its questions, then the second tries, at most so many."""
    made = start(QuizMode.CHECK, nurse_check(questions, 3), seed=3, content="abc123", at=STARTED)
    while made.current is not None and len(made.responses) < answered:
        asked = questions.question(made.current.question)
        made = made.answer(("a",) if is_right(asked) else ("b",))
        made = made.with_second_tries(questions)
    return made.end(ENDED)


def record(questions: Bank, made: QuizRun, name: str = "Ana") -> Record:
    result = check_result(questions, made, 80)
    return record_of(
        questions, made, result, name=name, date="2026-11-23 14:12", zone="America/New_York"
    )


def test_a_passed_check() -> None:
    """All right: passed, each concept right at one try, nothing to review."""
    questions = bank()
    made = record(questions, run(questions, lambda _: True))
    assert made.verdict is CheckVerdict.PASSED
    assert (made.right, made.total, made.percent, made.pass_mark) == (20, 20, 100, 80)
    assert len(made.concepts) == 10
    assert {(item.tries, item.right) for item in made.concepts} == {(1, True)}
    assert (made.see_educator, made.review_topics) == ((), ())
    assert (made.name, made.content, made.seconds) == ("Ana", "abc123", 760)


def test_a_concept_missed_twice_goes_to_the_educator() -> None:
    """One concept wrong at both tries: not passed, named by its label."""
    questions = bank()
    made = record(questions, run(questions, lambda item: item.concept != "concept-1"))
    label = questions.concept("concept-1").label
    assert made.verdict is CheckVerdict.NOT_PASSED
    assert RecordedConcept(label=label, tries=2, right=False, id="concept-1") in made.concepts
    assert made.see_educator == (label,)
    assert made.review_topics == ("Critical",)


def test_a_check_ended_early_has_no_result() -> None:
    """What was not shown is counted as such, and its concepts are nobody's miss."""
    questions = bank()
    made = record(questions, run(questions, lambda _: True, answered=4))
    assert made.verdict is CheckVerdict.INCOMPLETE
    assert made.not_shown == 16
    assert made.see_educator == ()


def test_a_name_is_one_line() -> None:
    """Spaces and line breaks in a typed name become single spaces; it may be blank."""
    questions = bank()
    made = run(questions, lambda _: True)
    assert record(questions, made, "  Ana \n Maria ").name == "Ana Maria"
    assert record(questions, made, " ").name == ""


@pytest.mark.parametrize(
    ("started", "ended", "seconds"),
    [
        ("2026-11-23T14:00:00-05:00", "2026-11-23T14:00:10-05:00", 10),
        ("2026-11-23T14:00:00-05:00", "2026-11-23T20:30:00+01:00", 1800),
        ("", "2026-11-23T14:00:10-05:00", None),
        ("2026-11-23T14:00:00", "2026-11-23T14:30:00-05:00", None),
        ("2026-11-23T14:00:00-05:00", "2026-11-23T13:00:00-05:00", None),
    ],
)
def test_seconds_are_known_or_left_out(started: str, ended: str, seconds: int | None) -> None:
    """The time taken needs both times with their zones, in order; it is told to the second."""
    questions = bank()
    made = run(questions, lambda _: True).evolve(started=started, ended=ended)
    assert record(questions, made).seconds == seconds


def test_a_record_names_its_questions_and_the_attempt() -> None:
    """Each question with its version and parts, second tries told apart."""
    questions = bank()
    made = run(questions, lambda item: item.concept != "concept-1").evolve(attempt=3)
    kept = record(questions, made)
    assert kept.attempt == 3
    assert len(kept.questions) == 21
    (second,) = [item for item in kept.questions if item.second]
    assert second.id in {"c1-x", "c1-y"}
    assert (second.version, second.made_right, second.decisions) == (1, 0, 1)
