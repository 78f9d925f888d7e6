"""The steps in which a room is shown why an answer is right: each fits a screen in large letters.

The right answer and its reason come first, then the other options, then what settles it.
"""

from collections.abc import Iterable
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.questions import AnswerOption, Question

LONGEST_STEP: Final = 420
"""Characters of the options in a step; one option alone may have more."""


class ReasonStep(Frozen):
    """One step: the options whose reasons are shown, or, without any, what settles it.

    A number question has no options: its first step, without options, shows the solution.
    """

    options: tuple[str, ...] = ()
    settles: bool = False
    others: bool = False


def reason_steps(question: Question, *, has_evidence: bool) -> tuple[ReasonStep, ...]:
    """Divide the reasons of a question into steps.

    Args:
        question: the question.
        has_evidence: whether a passage or a drawing is shown after the reasons.

    Returns:
        At least one step.
    """
    first = [option for option in question.options if option.key or option.group]
    others = [option for option in question.options if not (option.key or option.group)]
    steps = [ReasonStep(options=ids) for ids in _chunks(first)] or [ReasonStep()]
    steps += [ReasonStep(options=ids, others=True) for ids in _chunks(others)]
    if has_evidence:
        steps.append(ReasonStep(settles=True))
    return tuple(steps)


def _chunks(options: Iterable[AnswerOption]) -> list[tuple[str, ...]]:
    """Divide options so that the texts of each part stay within ``LONGEST_STEP``."""
    parts: list[list[str]] = []
    used = 0
    for option in options:
        length = len(option.text) + len(option.rationale) + len(option.action)
        if not parts or used + length > LONGEST_STEP:
            parts.append([])
            used = 0
        parts[-1].append(option.id)
        used += length
    return [tuple(part) for part in parts]
