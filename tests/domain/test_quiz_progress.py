"""A quiz that a tab held is gone on with as it is, or made to fit with its answers."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.grading import validation_error
from explorer.domain.quiz_pick import nurse_check, that_matter_most
from explorer.domain.quiz_progress import QuizProgress, is_sound, restore
from explorer.domain.quiz_run import QuizMode, QuizResponse, QuizRun, start
from tests.questions import bank

BANK = bank()
AT = "2026-11-23T10:00:00+01:00"
NOW = "2026-11-27T12:00:00+00:00"

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


def practice(seed: int = 1) -> QuizRun:
    questions = that_matter_most(BANK, seed)
    return start(QuizMode.PRACTICE, questions, seed=seed, content="v1", at=AT)


def check(seed: int = 1) -> QuizRun:
    return start(QuizMode.CHECK, nurse_check(BANK, seed), seed=seed, content="v1", at=AT)


def held(run: QuizRun, phase: str = "ask") -> dict[str, Any]:
    return {"phase": phase, "run": run.model_dump(mode="json")}


@given(st.integers(0, 2**31), st.lists(st.sampled_from(["a", "skip"]), max_size=12))
def test_what_fits_is_taken_up_unchanged(seed: int, moves: list[str]) -> None:
    """A sound run comes back as it was, and nothing is said."""
    run = practice(seed)
    for move in moves:
        run = run.skip() if move == "skip" else run.answer((move,))
    found = restore(BANK, json.dumps(held(run)), NOW)
    assert found.progress == QuizProgress(phase="ask", run=run)
    assert not found.changed


@given(
    st.sampled_from(
        [practice(), practice().skip().answer(("a",)), check(), check().answer(("b",))]
    ),
    st.lists(
        st.tuples(
            st.sampled_from(
                ["phase", *QuizProgress.model_fields, *QuizRun.model_fields, "unknown"]
            ),
            ANYTHING,
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_whatever_comes_back_is_sound(run: QuizRun, changes: list[tuple[str, Any]]) -> None:
    """Any part may be anything: the result can be gone on with, or there is none."""
    kept = held(run)
    for name, value in changes:
        target = (
            kept if name in ("phase", "run") or not isinstance(kept["run"], dict) else kept["run"]
        )
        target[name] = value
    found = restore(BANK, json.dumps(kept), NOW)
    if found.progress is not None:
        assert is_sound(BANK, found.progress.run)
        assert found.progress.fits_its_phase
        again = restore(BANK, found.progress.model_dump_json(), NOW)
        assert again.progress == found.progress
        assert not again.changed


@given(
    st.sets(st.integers(0, 11)), st.lists(st.sampled_from(["a", "b", "skip", "odd"]), max_size=12)
)
def test_each_answer_that_fits_stays(gone: set[int], moves: list[str]) -> None:
    """Questions that are gone and answers that do not fit take nothing else with them."""
    run = practice()
    for move in moves:
        run = run.skip() if move == "skip" else run.answer(("1E9",) if move == "odd" else (move,))
    kept = held(run)
    for place in gone:
        kept["run"]["steps"][place]["question"] = f"gone-{place}"
        if place < len(run.responses):
            kept["run"]["responses"][place]["question"] = f"gone-{place}"
    expected = {
        response.question: response
        for place, response in enumerate(run.responses)
        if place not in gone
        and not (
            response.given and validation_error(BANK.question(response.question), response.given)
        )
    }
    found = restore(BANK, json.dumps(kept), NOW)
    if len(gone) == len(run.steps):
        assert found.progress is None
        return
    assert found.progress is not None
    assert {item.question: item for item in found.progress.run.responses} == expected


def test_a_check_with_a_question_that_is_gone_is_not_gone_on_with() -> None:
    """Its record would name twenty questions and rest on fewer."""
    kept = held(check().answer(("a",)))
    kept["run"]["steps"][3]["question"] = "gone"
    assert restore(BANK, json.dumps(kept), NOW).progress is None


def test_answers_stand_in_the_order_of_the_questions() -> None:
    """One that was asked between others and lost its answer is asked again, later."""
    run = practice().answer(("a",)).answer(("zzz",)).answer(("a",))
    found = restore(BANK, json.dumps(held(run, "feedback")), NOW).progress
    assert found is not None
    asked = [step.question for step in run.steps]
    assert [item.question for item in found.run.responses] == [asked[0], asked[2]]
    assert found.run.current is not None
    assert found.run.current.question == asked[1]
    assert found.phase == "feedback"


@pytest.mark.parametrize("text", ["", "{", "null", "[" * 5000, '{"run": {"steps": 1}}'])
def test_what_is_no_run_is_none(text: str) -> None:
    """Nothing is made up from a text that holds no question of ours."""
    assert restore(BANK, text, NOW).progress is None


def test_a_time_that_is_none_is_now() -> None:
    """A run that lost its start goes on from now, and an end that is no time is no end."""
    kept = held(practice().answer(("a",)), "done")
    kept["run"] |= {"started": "yesterday", "ended": "now"}
    found = restore(BANK, json.dumps(kept), NOW).progress
    assert found is not None
    assert (found.run.started, found.run.ended, found.phase) == (NOW, "", "ask")
    assert isinstance(found.run.responses[0], QuizResponse)
