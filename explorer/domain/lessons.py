"""What a class is asked: the ready lesson, or questions by topic."""

from collections.abc import Iterable

from explorer.domain.base import Frozen
from explorer.domain.questions import Audience, Bank, Kind, Question

LIVE_KINDS = (Kind.SINGLE, Kind.SEVERAL, Kind.NUMBER, Kind.SORT)
"""Kinds of question that can be put to a room; the others are for oneself."""

READY_LENGTH = 6
"""Questions of the ready lesson before the teaching, and as many after it."""


class Lesson(Frozen):
    """What is asked before and after the teaching, by id, in that order."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def ready_lesson(bank: Bank, audience: Audience = Audience.BOTH) -> Lesson:
    """Give the ready lesson: six critical concepts, each with parallel questions.

    Parallel questions ask the same in other words, so that what is measured is not the memory of
    a question.

    Args:
        bank: the questions.
        audience: ``nurse`` takes the concepts for nurses only first, and fills up with the others.

    Returns:
        The lesson, shorter where fewer concepts have two questions for a room.
    """
    concepts = [
        item for item in bank.concepts if audience is Audience.NURSE or item.audience != "nurse"
    ]
    concepts.sort(key=lambda item: item.audience != "nurse")
    pairs = []
    for concept in concepts:
        questions = live(bank.of_concept(concept.id))
        if len(questions) > 1:
            pairs.append((questions[0].id, questions[1].id))
    chosen = pairs[:READY_LENGTH]
    return Lesson(
        before=tuple(first for first, _ in chosen), after=tuple(second for _, second in chosen)
    )


def live(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Give the questions that can be put to a room."""
    return tuple(question for question in questions if question.kind in LIVE_KINDS)
