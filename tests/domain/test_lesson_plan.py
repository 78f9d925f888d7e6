"""A plan made question by question: its order, its link and file, and what is gone from it."""

import json

import pytest

from explorer.domain import lesson_plan
from explorer.domain.lesson_plan import LessonPlan
from explorer.domain.lessons import Lesson
from explorer.domain.own_questions import OwnDraft, OwnDraftOption, finished
from explorer.domain.sessions import TeachingPhase
from tests.questions import bank

BANK = bank()
PLAN = LessonPlan(name="Ward 4 (evening)", teaching=15)
for made, phase in (
    ("c1-y", TeachingPhase.AFTER),
    ("q1", TeachingPhase.FREE),
    ("c1-x", TeachingPhase.BEFORE),
    ("c2-x", TeachingPhase.BEFORE),
):
    PLAN = PLAN.with_question(made, phase)


def ids(plan: LessonPlan) -> str:
    return " ".join(f"{item.phase.value[0]}:{item.id}" for item in plan.items)


@pytest.mark.parametrize(
    ("moved", "by", "now"),
    [
        ("c2-x", -1, "b:c2-x b:c1-x a:c1-y f:q1"),
        ("c2-x", 1, "b:c1-x a:c2-x a:c1-y f:q1"),
        ("c1-y", -1, "b:c1-x b:c2-x b:c1-y f:q1"),
        ("c1-x", -1, "b:c1-x b:c2-x a:c1-y f:q1"),
        ("q1", 1, "b:c1-x b:c2-x a:c1-y f:q1"),
        ("gone", 1, "b:c1-x b:c2-x a:c1-y f:q1"),
    ],
)
def test_a_question_moves_within_its_part_and_over_its_edge(moved: str, by: int, now: str) -> None:
    """Questions stand part by part, whatever the order of ticking; the ends hold."""
    assert ids(PLAN.moved(moved, by)) == now


def test_a_plan_is_read_back_from_its_link_and_its_file() -> None:
    """Both hold the order, the name and the minutes of teaching."""
    for read in (
        lesson_plan.opened_fragment(lesson_plan.as_fragment(PLAN, BANK), BANK),
        lesson_plan.opened(lesson_plan.as_text(PLAN, BANK), BANK),
    ):
        assert read == lesson_plan.OpenedPlan(plan=PLAN)


def test_what_is_gone_or_changed_in_an_older_plan_is_named() -> None:
    """In its own words where the file has them; the rest is taken, also of another format."""
    raw = json.loads(lesson_plan.as_text(PLAN, BANK)) | {"version": 99, "teaching": 9999}
    raw["items"][0] |= {"id": "no-more", "stem": "What\nwas it?"}
    raw["items"][1]["version"] = 7
    raw["items"][2]["phase"] = "someday"
    raw["items"].append("x")
    found = lesson_plan.opened(json.dumps(raw), BANK)
    assert found is not None
    assert found.gone == ("What was it?", "?")
    assert found.changed == ("What about c2-x?",)
    assert ids(found.plan) == "b:c2-x f:c1-y f:q1"
    assert found.plan.teaching == lesson_plan.MOST_MINUTES


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"kind": "other"}', "[" * 30_000, " " * 120_001, "\x00"]
)
def test_what_is_no_plan_is_refused(text: str) -> None:
    """Broken, foreign and too long texts, as a file and as a link."""
    assert lesson_plan.opened(text, BANK) is None
    assert lesson_plan.opened_fragment(f"plan={text}é", BANK) is None


def test_only_pairs_on_the_same_points_are_drawn_by_chance() -> None:
    """The order of the points stays as the host made it, before and after."""
    lesson = Lesson(before=("c1-x", "c2-x"), after=("c2-y", "c1-y"))
    assert lesson_plan.is_paired(lesson, BANK)
    assert lesson_plan.drawn_pairs(lesson, BANK, iter((True, False)).__next__) == Lesson(
        before=("c1-y", "c2-x"), after=("c2-y", "c1-x")
    )
    for before, after in ((("c1-x",), ("c2-y",)), (("q1",), ("q2",)), ((), ())):
        assert not lesson_plan.is_paired(Lesson(before=before, after=after), BANK)


SINGLE = OwnDraft(
    stem="Where is it kept?",
    options=(OwnDraftOption(text="Fridge", key=True), OwnDraftOption(text="Shelf")),
)


def test_own_questions_stand_in_the_link_and_in_the_file() -> None:
    """They come back whole, in their place, with the choices of the host."""
    plan = PLAN.with_own(finished(SINGLE), TeachingPhase.BEFORE).evolve(later=True, sureness=True)
    assert ids(plan).split()[2].startswith("b:own-")
    for read in (
        lesson_plan.opened_fragment(lesson_plan.as_fragment(plan, BANK), BANK),
        lesson_plan.opened(lesson_plan.as_text(plan, BANK), BANK),
    ):
        assert read == lesson_plan.OpenedPlan(plan=plan)
    assert lesson_plan.is_paired(plan.lesson, BANK) == lesson_plan.is_paired(PLAN.lesson, BANK)


def test_an_own_question_of_a_file_that_cannot_be_asked_comes_back_as_typed() -> None:
    """One with a mistake is kept for its educator; one of a kind of a later version is named."""
    raw = json.loads(lesson_plan.as_text(LessonPlan(), BANK))
    broken = SINGLE.evolve(options=SINGLE.options[:1])
    raw["items"] = [
        {"id": "own-1", "own": broken.model_dump(mode="json"), "phase": "before"},
        {"id": "own-2", "own": {"kind": "sketch", "stem": "Draw it"}, "stem": "Draw it"},
    ]
    found = lesson_plan.opened(json.dumps(raw), BANK)
    assert found == lesson_plan.OpenedPlan(plan=LessonPlan(), gone=("Draw it",), unsound=(broken,))


def test_a_changed_own_question_keeps_its_place() -> None:
    """It takes the place of the old one, and is taken out with its text."""
    plan = PLAN.with_own(finished(SINGLE), TeachingPhase.BEFORE)
    other = finished(SINGLE.evolve(stem="Where was it kept?"))
    changed = plan.with_own(other, TeachingPhase.FREE, instead_of=plan.own[0].id)
    assert changed.own == (other,)
    assert ids(changed) == f"b:c1-x b:c2-x a:c1-y f:{other.id} f:q1"
    assert changed.without(other.id) == PLAN


def test_the_round_weeks_later_asks_the_same_points() -> None:
    """By the question after the teaching, or by its partner, as chance has it; own ones again."""
    lesson = Lesson(before=("c1-x", "c2-x"), after=("c2-y", "own-1", "c1-y"))
    drawn = lesson_plan.later_round(lesson, BANK, iter((True, True, False)).__next__)
    assert drawn == ("c2-x", "own-1", "c1-y")
