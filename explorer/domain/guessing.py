"""A panel of guessers: what readers score who know no medicine and go by the look of the options.

Each strategy points at some options of a question with one key, by form, words, place or what the
option would do, never by what is true. Where it points at several, one of them is drawn; where it
points at none, one of all. Its score is the share of questions that it is expected to get right.

The cues are those that test takers are known to use: length and detail, what options share, strong
words, and place (flaws related to testwiseness of the NBME, as listed in table 1 of
doi 10.1186/s12909-016-0559-7), and one that a review of this bank found: to choose whatever asks.
They are written down so that everybody can see them. A bank that is tuned to these ten is not yet
sound, so others may hold further ones.
"""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.lessons import Lesson, ready_lesson
from explorer.domain.questions import (
    AnswerOption,
    Audience,
    Bank,
    OptionAct,
    Question,
    QuestionKind,
)

ABOVE_CHANCE: Final = 0.07
"""How far above chance the score of a strategy over all questions may lie."""

MOST_CRITICAL: Final = 0.45
"""The highest score that a strategy may have over the critical questions."""

ACTING = re.compile(
    r"^(?:take|inject|start|use|stop|skip|go on|keep|give|have|leave out|pause|let|wait|rest|add"
    r"|move|switch|begin|cut|double|warm|clean)\b",
    re.IGNORECASE,
)
"""First words of an option that does something with the medicine or the illness."""

NEGATED = re.compile(
    r"\b(?:not?|never|none|neither|nor|without|cannot)\b|n['\u2019]t\b", re.IGNORECASE
)
SPECIFIC = re.compile(
    r"\d+|\b(?:if|when|until|before|after|unless|while|within|first|once|today|tonight|now"
    r"|with|because|since|so that)\b",
    re.IGNORECASE,
)
"""Numbers, conditions and times: what makes an option look worked out."""

CAUTION: Final = {
    OptionAct.EMERGENCY: 2,
    OptionAct.ASKS: 2,
    OptionAct.STOPS: 1,
    OptionAct.GOES_ON: -1,
    OptionAct.ALONE: -1,
    OptionAct.WAITS: -2,
}
"""How careful each act looks; an option has the sum of its acts."""


class Guesser(StrEnum):
    """A way to guess."""

    LONGEST = "longest"
    SHORTEST = "shortest"
    FIRST = "first"
    ASKS = "asks"
    MOST_CAUTIOUS = "most-cautious"
    NEVER_ACTS = "never-acts"
    NEGATED = "negated"
    MOST_SPECIFIC = "most-specific"
    SAME_LETTER = "same-letter"
    COMBINED = "combined"


class GuessScore(Frozen):
    """What a strategy scores on a set of questions, as a share from 0 to 1."""

    guesser: Guesser
    score: float


class GuessingPanel(Frozen):
    """What all strategies score on a set of questions, and what blind chance does."""

    name: str
    items: int
    chance: float
    scores: tuple[GuessScore, ...]

    @property
    def best(self) -> GuessScore:
        """The strategy with the highest score."""
        return max(self.scores, key=lambda item: item.score)


def panels(bank: Bank) -> tuple[GuessingPanel, ...]:
    """Let the panel guess through the bank and through each set that is asked as one.

    Args:
        bank: the question bank.

    Returns:
        One panel for each set that has questions with one key: the whole bank first, then the
        critical questions, then each ready lesson and each of its two forms.
    """
    return tuple(panel(name, questions) for name, questions in question_sets(bank))


def question_sets(bank: Bank) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """Return, by name, the questions with one key of each set that is asked as one.

    Args:
        bank: the question bank.
    """
    lessons = {
        "lesson for patients": ready_lesson(bank, Audience.BOTH),
        "lesson for nurses": ready_lesson(bank, Audience.NURSE),
    }
    sets = [
        ("whole bank", bank.questions),
        ("critical", tuple(item for item in bank.questions if item.critical)),
        *(item for name, lesson in lessons.items() for item in _lesson_sets(bank, name, lesson)),
    ]
    singles = ((name, single_questions(questions)) for name, questions in sets)
    return tuple((name, questions) for name, questions in singles if questions)


def _lesson_sets(
    bank: Bank, name: str, lesson: Lesson
) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    before = tuple(bank.question(item) for item in lesson.before)
    after = tuple(bank.question(item) for item in lesson.after)
    return (
        (name, (*before, *after)),
        (f"{name}, before", before),
        (f"{name}, after", after),
    )


def single_questions(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the questions in which one option is right."""
    return tuple(item for item in questions if item.kind is QuestionKind.SINGLE)


def panel(name: str, questions: Iterable[Question]) -> GuessingPanel:
    """Let each strategy guess through the questions that have one key.

    Args:
        name: what the set is called.
        questions: the set; other kinds are left out.

    Returns:
        The expected scores; all 0 where no question has one key.
    """
    singles = single_questions(questions)
    return GuessingPanel(
        name=name,
        items=len(singles),
        chance=_mean(1 / len(question.options) for question in singles),
        scores=tuple(
            GuessScore(guesser=guesser, score=_score(guesser, singles)) for guesser in Guesser
        ),
    )


def _score(guesser: Guesser, singles: tuple[Question, ...]) -> float:
    if guesser is not Guesser.SAME_LETTER:
        return _mean(_hit(question, pointed_at(guesser, question)) for question in singles)
    places = range(max((len(question.options) for question in singles), default=0))
    return max(
        (_mean(_hit(item, item.options[at : at + 1]) for item in singles) for at in places),
        default=0.0,
    )


def _hit(question: Question, pointed: tuple[AnswerOption, ...]) -> float:
    among = pointed or question.options
    return sum(option.key for option in among) / len(among)


def pointed_at(guesser: Guesser, question: Question) -> tuple[AnswerOption, ...]:
    """Return the options of a question among which a strategy draws.

    Args:
        guesser: any strategy but ``same-letter``, which is a choice over a whole set.
        question: a question with one key.
    """
    options = question.options
    if guesser is Guesser.FIRST:
        return options[:1]
    return _highest(options, _LOOKS[guesser])


def _highest(
    options: tuple[AnswerOption, ...], look: Callable[[AnswerOption], float]
) -> tuple[AnswerOption, ...]:
    most = max(look(option) for option in options)
    return tuple(option for option in options if look(option) == most)


def _length(option: AnswerOption) -> float:
    return len(option.text)


def _caution(option: AnswerOption) -> float:
    return sum(CAUTION[act] for act in option.does)


def _rests(option: AnswerOption) -> float:
    return ACTING.search(option.text) is None


_LOOKS: Final[dict[Guesser, Callable[[AnswerOption], float]]] = {
    Guesser.LONGEST: _length,
    Guesser.SHORTEST: lambda option: -_length(option),
    Guesser.ASKS: lambda option: OptionAct.ASKS in option.does,
    Guesser.MOST_CAUTIOUS: _caution,
    Guesser.NEVER_ACTS: _rests,
    Guesser.NEGATED: lambda option: NEGATED.search(option.text) is not None,
    Guesser.MOST_SPECIFIC: lambda option: len(SPECIFIC.findall(option.text)),
    Guesser.COMBINED: lambda option: _caution(option) + 2 * _rests(option),
}
"""How much each strategy likes an option; it draws among those that it likes most."""


def _mean(values: Iterable[float]) -> float:
    found = tuple(values)
    return sum(found) / len(found) if found else 0.0
