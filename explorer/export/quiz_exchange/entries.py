"""What every writer is given: questions in the bank's order, each with its surroundings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from explorer.domain.drawings import Drawing
from explorer.domain.lesson_plan import LessonPlan
from explorer.domain.messages import Words
from explorer.domain.option_order import printed_order
from explorer.domain.questions import AnswerOption, Audience, Bank, Question, QuestionKind, Topic
from explorer.export.quiz_csv import NoQuestions, chosen

CHOICE: Final = frozenset({QuestionKind.SINGLE, QuestionKind.TRUE_FALSE})
"""Kinds with one right option."""

PARTS: Final = frozenset({QuestionKind.ORDER, QuestionKind.SORT})
"""Kinds whose options are placed or sorted, so that a platform judges them together."""

_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class QuizEntry:
    """A question with its topic and all that a reader must see before answering."""

    topic: Topic
    question: Question
    stem: str
    """The case, the question, and for a number its unit."""
    drawing: Drawing | None = None
    """What is drawn beside the reasons: before the answer it could give the answer away."""

    @property
    def options(self) -> tuple[AnswerOption, ...]:
        """The options as paper and phone show them: a right one has no place of its own."""
        return printed_order(self.question)

    @property
    def name(self) -> str:
        """The id with its version, as a platform's lists show it."""
        return f"{self.question.id}.v{self.question.version}"

    @property
    def tags(self) -> tuple[str, ...]:
        """Words to find it by, without spaces: topic, concept, audience, level, version."""
        question = self.question
        concept = () if question.concept is None else (f"concept-{question.concept}",)
        critical = ("critical",) if question.critical else ()
        return (
            f"topic-{self.topic.id}",
            *concept,
            *critical,
            f"for-{question.audience}",
            f"level-{question.level}",
            f"version-{question.version}",
        )

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Each part to place with its reason, in the authored order."""
        return tuple((option.text, reason(option)) for option in self.question.options)


@dataclass(frozen=True)
class About:
    """What a file says of itself."""

    title: str
    """The name of the bank."""
    notes: tuple[str, ...]
    """Where it is from and what it cannot hold, a sentence each; for its comment."""
    day: date
    """The day of the content, for formats that keep the newer of two notes."""
    words: Words
    """Interface words, for files that are read in a browser."""


def entries(
    bank: Bank,
    words: Words,
    topics: Sequence[str] = (),
    audience: Audience | None = None,
    drawings: Iterable[Drawing] = (),
) -> tuple[QuizEntry, ...]:
    """Return the questions asked for.

    Args:
        bank: the questions.
        words: interface words.
        topics: ids of topics; none for all.
        audience: who is asked: questions for others are left out; None for everyone.
        drawings: those of the site, for the questions that name one.

    Raises:
        UnknownId: there is no such topic.
        NoQuestions: no question is left.
    """
    wanted = None if audience is None else {item.id for item in bank.for_audience(audience)}
    known = {str(item.id): item for item in drawings}
    found = tuple(
        QuizEntry(
            topic=topic,
            question=question,
            stem=_stem(bank, question, words),
            drawing=known.get(question.drawing or ""),
        )
        for topic in chosen(bank, words, topics)
        for question in topic.questions
        if wanted is None or question.id in wanted
    )
    if not found:
        raise NoQuestions(words("worksheet.no-questions"))
    return found


def of_plan(
    plan: LessonPlan, bank: Bank, words: Words, drawings: Iterable[Drawing] = ()
) -> tuple[QuizEntry, ...]:
    """Return the questions of a class plan that have a key, in its order; own ones are marked.

    A poll and a question for a few words have nothing that a platform could judge.

    Args:
        plan: the plan.
        bank: the questions of the site.
        words: interface words.
        drawings: those of the site.

    Raises:
        NoQuestions: none has a key.
    """
    known = {str(item.id): item for item in drawings}
    own = Topic(id="own", order=0, title=words("own.mark"))
    asked = (plan.question(item.id, bank) for item in plan.items)
    found = tuple(
        QuizEntry(
            topic=bank.topic_of(question.id) if bank.has(question.id) else own,
            question=question,
            stem=_stem(bank, question, words),
            drawing=known.get(question.drawing or ""),
        )
        for question in asked
        if question.has_key
    )
    if not found:
        raise NoQuestions(words("exchange.plan-none"))
    return tuple(sorted(found, key=lambda entry: entry.topic.order))


def reason(option: AnswerOption) -> str:
    """Return why an option is right or not, and what to do instead."""
    return f"{option.rationale} {option.action}".strip()


def sound(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)


def _stem(bank: Bank, question: Question, words: Words) -> str:
    case = bank.case_of(question) if bank.has(question.id) else None
    said = question.stem if case is None else f"{case.text} {question.stem}"
    if question.number is None or not question.number.unit:
        return sound(said)
    return sound(f"{said} {words('worksheet.number', unit=question.number.unit)}")
