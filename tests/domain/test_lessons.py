"""The ready lesson for a class."""

from explorer.domain.lessons import LIVE_KINDS, drawn, live, ready_lesson
from explorer.domain.questions import Audience, QuestionKind
from tests.questions import bank, question
from tests.shipped import shipped


def test_the_shipped_lesson_asks_six_concepts_twice_in_other_words() -> None:
    """Six before, six after, the same concepts in the same order, no question twice."""
    held = shipped().catalogue.bank
    lesson = ready_lesson(held)
    concepts = [held.question(item).concept for item in lesson.before]
    assert len(set(concepts)) == 6
    assert [held.question(item).concept for item in lesson.after] == concepts
    assert len({*lesson.before, *lesson.after}) == 12
    asked = [held.question(item) for item in (*lesson.before, *lesson.after)]
    assert all(item.critical and item.kind in LIVE_KINDS for item in asked)
    assert all(item.audience is not Audience.NURSE for item in asked)


def test_nurses_are_asked_what_only_nurses_must_know() -> None:
    """The nurse lesson starts with the concepts for nurses only."""
    made = bank()
    concepts = tuple(
        item.evolve(audience=Audience.NURSE) if place > 7 else item
        for place, item in enumerate(made.concepts)
    )
    lesson = ready_lesson(made.evolve(concepts=concepts), Audience.NURSE)
    assert lesson.before[:2] == ("c9-x", "c10-x")


def test_ordering_is_not_for_a_room() -> None:
    """Putting steps in order is self-paced only."""
    asked = (question("a"), question("b", QuestionKind.ORDER), question("c", QuestionKind.NUMBER))
    assert [item.id for item in live(asked)] == ["a", "c"]


def test_chance_decides_which_of_two_questions_comes_first() -> None:
    """A swapped pair stays a pair at its place; an easy second form cannot always show as a gain."""
    lesson = ready_lesson(bank())
    first = iter([True] + [False] * 9)
    swapped = drawn(lesson, lambda: next(first))
    assert (swapped.before[0], swapped.after[0]) == (lesson.after[0], lesson.before[0])
    assert (swapped.before[1:], swapped.after[1:]) == (lesson.before[1:], lesson.after[1:])
    assert drawn(lesson, lambda: False) == lesson
