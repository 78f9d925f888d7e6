"""What the bank holds and how it might give itself away, in numbers for a report."""

from collections import Counter
from collections.abc import Iterable
from math import comb

from explorer.content.rules.questions.common import folded, wrong
from explorer.domain.base import Frozen
from explorer.domain.questions import (
    BANK_KINDS,
    Audience,
    Bank,
    CognitiveLevel,
    Question,
    QuestionKind,
)

Counts = tuple[tuple[str, int], ...]

CHANGED_AFTER = "; changed after it"
"""How the reader of an older wording ends; see "A question" in ``data/README.md``."""

WRITER = "its automated writer"
"""How a second pass by the writer begins, which is no second reader."""


class Cueing(Frozen):
    """How often the key is the only longest or shortest option, and how likely that is."""

    items: int
    chance: float
    longest: int
    longest_p: float
    shortest: int
    shortest_p: float


class BankReport(Frozen):
    """Questions by topic, audience, kind and level, and the cues of the bank."""

    items: int
    critical: int
    by_topic: Counts
    by_audience: Counts
    by_kind: Counts
    by_level: Counts
    by_readers: Counts
    true_keys: int
    cueing: Cueing


def bank_report(bank: Bank) -> BankReport:
    """Count the bank and test its cues.

    Args:
        bank: all questions.

    Returns:
        The numbers.
    """
    questions = bank.questions
    topics = sorted(bank.topics, key=lambda topic: topic.order)
    return BankReport(
        items=len(questions),
        critical=sum(question.critical for question in questions),
        by_topic=tuple((topic.id, len(topic.questions)) for topic in topics),
        by_audience=_counted(Audience, (question.audience for question in questions)),
        by_kind=_counted(BANK_KINDS, (question.kind for question in questions)),
        by_level=_counted(CognitiveLevel, (question.level for question in questions)),
        by_readers=_by_readers(questions),
        true_keys=sum(_is_true(question) for question in questions),
        cueing=cueing_of(questions),
    )


def readers_of(question: Question) -> frozenset[str]:
    """Return who has read a question as it reads now, and did not write it.

    Args:
        question: any question.
    """
    others = (item.by for item in question.reads if not item.by.startswith(WRITER))
    return frozenset(name for name in others if not name.endswith(CHANGED_AFTER))


def people_of(question: Question) -> frozenset[str]:
    """Return which readers of a question as it reads now are people, not programs.

    Args:
        question: any question.
    """
    return readers_of(question) & {item.by for item in question.reads if item.human}


def cueing_of(questions: Iterable[Question]) -> Cueing:
    """Test by the exact binomial whether the length of the key gives it away.

    Args:
        questions: those with one key are counted, the others left out.

    Returns:
        The counts and the chance of so many or more. Where questions have different numbers of
        options the chance is their mean, which spreads a little wider than the truth and so
        accuses a little less readily.
    """
    single = [question for question in questions if question.kind is QuestionKind.SINGLE]
    chance = sum(1 / len(question.options) for question in single) / len(single) if single else 0.0
    longest = sum(_key_length(question) > _lengths(question)[-1] for question in single)
    shortest = sum(_key_length(question) < _lengths(question)[0] for question in single)
    return Cueing(
        items=len(single),
        chance=chance,
        longest=longest,
        longest_p=tail(len(single), longest, chance),
        shortest=shortest,
        shortest_p=tail(len(single), shortest, chance),
    )


def tail(n: int, k: int, p: float) -> float:
    """Return the chance of k or more successes in n tries, each with probability p."""
    return min(1.0, sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1)))


def _lengths(question: Question) -> list[int]:
    return sorted(len(option.text) for option in wrong(question))


def _key_length(question: Question) -> int:
    return next(len(option.text) for option in question.options if option.key)


def _is_true(question: Question) -> bool:
    return question.kind is QuestionKind.TRUE_FALSE and any(
        option.key and folded(option.text) in ("true", "yes") for option in question.options
    )


def _by_readers(questions: Iterable[Question]) -> Counts:
    counts = Counter(min(len(readers_of(question)), 2) for question in questions)
    return (("two or more", counts[2]), ("one", counts[1]), ("none", counts[0]))


def _counted(words: Iterable[str], found: Iterable[str]) -> Counts:
    counts = Counter(found)
    return tuple((str(word), counts[word]) for word in words)
