"""Judging an answer: one stated rule for every kind of question.

The rule of part credit: a question is a number of decisions, and its score is the share of
decisions made right. A single choice, a true-false choice and a number are one decision; with
several right answers each option is one decision (chosen or left); in sorting each option, and in
ordering each place, is one. A question is right only when all its decisions are. (The rule is
PrairieLearn's "each option is one decision", which counts a wrong tick as much as a missed one.)
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.questions import Kind, Question

Given = tuple[str, ...]
"""An answer: option ids; for sorting ``option=group``; for a number its digits."""


UNREADABLE: Final[Given] = ("\N{REPLACEMENT CHARACTER}",)
"""Stands for an answer that was kept and cannot be read any more. It fits no question."""

NUMBER: Final = re.compile(r"[+-]?(\d{1,9}([.,]\d{0,9})?|[.,]\d{1,9})")
"""A number that can be judged: nine digits before the point and nine behind it, no exponent."""


class Grade(Frozen):
    """How an answer was judged."""

    decisions: int
    made_right: int

    @property
    def is_right(self) -> bool:
        """True when every decision is right."""
        return self.made_right == self.decisions

    @property
    def score(self) -> Fraction:
        """Share of decisions made right, 0 to 1, exact."""
        return Fraction(self.made_right, self.decisions)


def grade(question: Question, given: Given) -> Grade:
    """Judge an answer.

    Args:
        question: what was asked.
        given: the answer.

    Returns:
        The grade by the module's rule.

    Raises:
        ValueError: the answer is not one to this question; the message says why.
    """
    problem = misfit(question, given)
    if problem:
        raise ValueError(problem)
    if question.kind in (Kind.SINGLE, Kind.TRUE_FALSE):
        return Grade(decisions=1, made_right=int(frozenset(given) == question.keys))
    if question.kind is Kind.SEVERAL:
        chosen = frozenset(given)
        right = sum((option.id in chosen) is option.key for option in question.options)
        return Grade(decisions=len(question.options), made_right=right)
    if question.kind is Kind.ORDER:
        places = zip(question.options, given, strict=True)
        right = sum(option.id == placed for option, placed in places)
        return Grade(decisions=len(question.options), made_right=right)
    if question.kind is Kind.SORT:
        placed = _sorted_into(given)
        right = sum(placed[option.id] == option.group for option in question.options)
        return Grade(decisions=len(question.options), made_right=right)
    number = question.number
    if number is None:
        raise ValueError("a number question without its number")
    off = abs(Decimal(given[0].replace(",", ".")) - Decimal(number.value))
    return Grade(decisions=1, made_right=int(off <= Decimal(number.tolerance)))


def misfit(question: Question, given: Given) -> str:
    """Say in a plain sentence why an answer cannot be judged, or give nothing.

    This is the one question of what fits, asked when an answer comes in and when a kept one is
    read; what fits can be judged.

    Args:
        question: what was asked.
        given: the answer.
    """
    ids = {option.id for option in question.options}
    match question.kind:
        case Kind.SINGLE | Kind.TRUE_FALSE:
            if len(given) != 1 or not set(given) <= ids:
                return "Choose one answer."
        case Kind.SEVERAL:
            if not given or not set(given) <= ids or len(set(given)) != len(given):
                return "Choose at least one answer."
        case Kind.ORDER:
            if len(given) != len(ids) or set(given) != ids:
                return "Give every step its own place."
        case Kind.SORT:
            placed = _sorted_into(given)
            groups = {group.id for group in question.groups}
            if set(placed) != ids or len(given) != len(ids) or not set(placed.values()) <= groups:
                return "Put every line into a group."
        case Kind.NUMBER:
            if len(given) != 1 or not NUMBER.fullmatch(given[0]):
                return "Type a number, such as 3 or 2.5."
    return ""


def _sorted_into(given: Given) -> dict[str, str]:
    return dict(item.split("=", 1) for item in given if "=" in item)
