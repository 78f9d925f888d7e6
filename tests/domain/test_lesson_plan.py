"""A plan made question by question: its order, its link and file, and what is gone from it."""

import json

import pytest

from explorer.domain import lesson_plan
from explorer.domain.lesson_plan import LessonPlan
from explorer.domain.lessons import Lesson
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
    raw["items"][2]["phase"] = "later"
    raw["items"].append("x")
    found = lesson_plan.opened(json.dumps(raw), BANK)
    assert found is not None
    assert found.gone == ("What was it?", "?")
    assert found.changed == ("What about c2-x?",)
    assert ids(found.plan) == "b:c2-x f:c1-y f:q1"
    assert found.plan.teaching == lesson_plan.MOST_MINUTES


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"kind": "other"}', "[" * 30_000, " " * 40_001, "\x00"]
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
