"""Grading an answer: one rule for every kind of question.

The rule of partial credit: a question is a number of decisions, and its score is the share of
correct decisions. A single choice, a true-false choice and a number are one decision; with several
correct options each option is one decision (chosen or left out); in sorting each option, and in
ordering each position, is one. An answer is right only when all its decisions are correct. (This is
PrairieLearn's rule "each option is one decision", under which a wrong tick counts as much as a
missed one.)
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.questions import Question, QuestionKind

Answer = tuple[str, ...]
"""An answer to a question: option ids; ``option=group`` when sorting; the digits of a number."""


UNREADABLE: Final[Answer] = ("\N{REPLACEMENT CHARACTER}",)
"""Stands for a stored answer that cannot be read any more. It is valid for no question."""

LONGEST_TEXT: Final = 200
"""Characters of a short text."""

NUMBER: Final = re.compile(r"[+-]?(\d{1,9}([.,]\d{0,9})?|[.,]\d{1,9})")
"""A number that can be graded: up to nine digits before and after the point, no exponent."""


class AnswerGrade(Frozen):
    """The grade of an answer."""

    decisions: int
    made_right: int

    @property
    def is_right(self) -> bool:
        """True when every decision is correct."""
        return self.made_right == self.decisions

    @property
    def score(self) -> Fraction:
        """Share of correct decisions, 0 to 1, exact."""
        return Fraction(self.made_right, self.decisions)


def grade(question: Question, answer: Answer) -> AnswerGrade:
    """Grade an answer by the rule of the module.

    Args:
        question: the question.
        answer: the answer to it.

    Returns:
        The grade.

    Raises:
        ValueError: the answer is not valid for this question, or the question has no key; the
            message says why.
    """
    problem = validation_error(question, answer)
    if not question.has_key:
        problem = "A question without a key is not graded."
    if problem:
        raise ValueError(problem)
    if question.kind in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE):
        return AnswerGrade(decisions=1, made_right=int(frozenset(answer) == question.keys))
    if question.kind is QuestionKind.SEVERAL:
        chosen = frozenset(answer)
        right = sum((option.id in chosen) is option.key for option in question.options)
        return AnswerGrade(decisions=len(question.options), made_right=right)
    if question.kind is QuestionKind.ORDER:
        positions = zip(question.options, answer, strict=True)
        right = sum(option.id == placed for option, placed in positions)
        return AnswerGrade(decisions=len(question.options), made_right=right)
    if question.kind is QuestionKind.SORT:
        placed = _group_by_option(answer)
        right = sum(placed[option.id] == option.group for option in question.options)
        return AnswerGrade(decisions=len(question.options), made_right=right)
    number = question.number
    if number is None:
        raise ValueError("a number question without its number")
    difference = abs(Decimal(answer[0].replace(",", ".")) - Decimal(number.value))
    return AnswerGrade(decisions=1, made_right=int(difference <= Decimal(number.tolerance)))


def decisions_of(question: Question) -> int:
    """Return how many decisions a question asks for; none where it has no key."""
    if not question.has_key:
        return 0
    one = (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE, QuestionKind.NUMBER)
    return 1 if question.kind in one else len(question.options)


def validation_error(question: Question, answer: Answer) -> str:
    """Return why an answer is not valid for a question, or an empty string.

    The only check of validity, both for incoming answers and for stored ones. A valid answer can
    be graded.

    Args:
        question: the question.
        answer: the answer to it.

    Returns:
        A plain sentence for the person who answers.
    """
    ids = {option.id for option in question.options}
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.TRUE_FALSE | QuestionKind.POLL:
            if len(answer) != 1 or not set(answer) <= ids:
                return "Choose one answer."
        case QuestionKind.SEVERAL:
            if not answer or not set(answer) <= ids or len(set(answer)) != len(answer):
                return "Choose at least one answer."
        case QuestionKind.ORDER:
            if len(answer) != len(ids) or set(answer) != ids:
                return "Give every step its own place."
        case QuestionKind.SORT:
            placed = _group_by_option(answer)
            groups = {group.id for group in question.groups}
            if set(placed) != ids or len(answer) != len(ids) or not set(placed.values()) <= groups:
                return "Put every line into a group."
        case QuestionKind.NUMBER:
            if len(answer) != 1 or not NUMBER.fullmatch(answer[0]):
                return "Type a number, such as 3 or 2.5."
        case QuestionKind.TEXT:
            if len(answer) != 1 or not 0 < len(answer[0]) <= LONGEST_TEXT:
                return f"Type a short text, of at most {LONGEST_TEXT} characters."
    return ""


def _group_by_option(answer: Answer) -> dict[str, str]:
    return dict(item.split("=", 1) for item in answer if "=" in item)
