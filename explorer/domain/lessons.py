"""What a class is asked: the ready lesson, or questions by topic."""

from collections.abc import Iterable

from explorer.domain.base import Frozen
from explorer.domain.questions import Audience, Bank, Kind, Question, Topic

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
    chosen = tuple(pairs(bank, audience).values())[:READY_LENGTH]
    return Lesson(
        before=tuple(first for first, _ in chosen), after=tuple(second for _, second in chosen)
    )


def pairs(bank: Bank, audience: Audience = Audience.BOTH) -> dict[str, tuple[str, str]]:
    """Give two parallel questions for each critical concept that has two for a room.

    Args:
        bank: the questions.
        audience: ``nurse`` takes the concepts for nurses only first, and then the others.

    Returns:
        Ids of the question before and the one after the teaching, by id of the concept.
    """
    concepts = [
        item for item in bank.concepts if audience is Audience.NURSE or item.audience != "nurse"
    ]
    concepts.sort(key=lambda item: item.audience != "nurse")
    found = {}
    for concept in concepts:
        questions = live(bank.of_concept(concept.id))
        if len(questions) > 1:
            found[concept.id] = (questions[0].id, questions[1].id)
    return found


def topic_questions(topic: Topic, audience: Audience, lesson: Lesson) -> tuple[str, ...]:
    """Give the questions of a topic that a room can talk about.

    Args:
        topic: the topic.
        audience: ``nurse`` leaves out what is for patients only, any other what is for nurses.
        lesson: what is asked before and after; it is not asked once more.
    """
    other = Audience.PATIENT if audience is Audience.NURSE else Audience.NURSE
    asked = {*lesson.before, *lesson.after}
    return tuple(
        question.id
        for question in live(topic.questions)
        if question.audience is not other and question.id not in asked
    )


def live(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Give the questions that can be put to a room."""
    return tuple(question for question in questions if question.kind in LIVE_KINDS)
