"""Choosing the questions of a class: the ready lesson, or questions by topic."""

from collections.abc import Callable, Iterable
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.questions import Audience, Bank, Question, QuestionKind, Topic

LIVE_KINDS: Final = (
    QuestionKind.SINGLE,
    QuestionKind.SEVERAL,
    QuestionKind.NUMBER,
    QuestionKind.SORT,
    QuestionKind.POLL,
    QuestionKind.TEXT,
)
"""Kinds of question that a class can answer; the others are for self-study only."""

READY_LENGTH: Final = 6
"""Questions of the ready lesson before the teaching, and as many after it."""


class Lesson(Frozen):
    """Ids of the questions before and after the teaching, in order."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def drawn(lesson: Lesson, is_swapped: Callable[[], bool]) -> Lesson:
    """Draw for each pair of parallel questions which comes before the teaching.

    Else a hard question that always comes first would show as learning.

    Args:
        lesson: pairs of questions, in one order.
        is_swapped: draws whether a pair is swapped.
    """
    pairs_drawn = [
        (after, before) if is_swapped() else (before, after)
        for before, after in zip(lesson.before, lesson.after, strict=True)
    ]
    return Lesson(
        before=tuple(before for before, _ in pairs_drawn),
        after=tuple(after for _, after in pairs_drawn),
    )


def ready_lesson(bank: Bank, audience: Audience = Audience.BOTH) -> Lesson:
    """Choose the ready lesson: six critical concepts, each with two parallel questions.

    Parallel questions ask the same in different words, so that the change does not measure the
    memory of one question.

    Args:
        bank: the question bank.
        audience: for ``nurse`` the concepts for nurses only come first, then the others.

    Returns:
        The lesson, shorter where fewer concepts have two live questions.
    """
    chosen = tuple(pairs(bank, audience).values())[:READY_LENGTH]
    return Lesson(
        before=tuple(first for first, _ in chosen), after=tuple(second for _, second in chosen)
    )


def pairs(bank: Bank, audience: Audience = Audience.BOTH) -> dict[str, tuple[str, str]]:
    """Return two parallel questions for each critical concept that has two live questions.

    Args:
        bank: the question bank.
        audience: for ``nurse`` the concepts for nurses only come first, then the others.

    Returns:
        By id of the concept, the ids of the question before and of the one after the teaching.
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
    """Return the ids of a topic's live questions for an audience.

    Args:
        topic: the topic.
        audience: ``nurse`` excludes questions for patients only; any other excludes those for
            nurses only.
        lesson: questions asked before and after; they are not asked again.
    """
    other = Audience.PATIENT if audience is Audience.NURSE else Audience.NURSE
    asked = {*lesson.before, *lesson.after}
    return tuple(
        question.id
        for question in live(topic.questions)
        if question.audience is not other and question.id not in asked
    )


def live(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the questions that a class can answer."""
    return tuple(question for question in questions if question.kind in LIVE_KINDS)
