"""What a class came to: the points that the room missed most, and its change."""

from collections.abc import Sequence
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.class_report import ClassReport, LaterChange, PairedChange, missed_most
from explorer.domain.sessions import PlannedQuestion

SHOWN: Final = 3
"""Missed points that are shown."""


class MissedPoint(Frozen):
    """A point that many missed, what to say, and where it stands.

    ``sure`` of those who were wrong had said that they were sure.
    """

    label: str
    wrong: int
    n: int
    say: str
    sure: int = 0
    address: str = ""


class Conclusion(Frozen):
    """What a class came to. ``hidden``: too few people to show anything.

    ``changes`` and ``later`` are what the room may see: each point, then all questions; empty where
    too few people were asked in all the rounds.
    """

    hidden: bool
    missed: tuple[MissedPoint, ...]
    changes: tuple[PairedChange, ...]
    later: tuple[LaterChange, ...]


def conclude(report: ClassReport, plan: Sequence[PlannedQuestion]) -> Conclusion:
    """Draw the conclusion of a class from its report.

    Args:
        report: the report as it stands.
        plan: the questions of the class.
    """
    overall = report.overall
    planned = {item.question.id: item for item in plan}
    missed = []
    for result in missed_most(report)[:SHOWN]:
        item = planned[result.id]
        missed.append(
            MissedPoint(
                label=result.concept or result.stem,
                wrong=result.n - (result.right or 0),
                n=result.n,
                say=_what_to_say(item),
                sure=result.sure_wrong or 0,
                address=item.evidence[0].address if item.evidence else "",
            )
        )
    return Conclusion(
        hidden=report.hidden,
        missed=tuple(missed),
        changes=(*(item for item in report.concepts if not item.hidden), overall)
        if overall is not None and not overall.hidden
        else (),
        # all questions come first in the report, and last for the room
        later=tuple(item for item in (*report.later[1:], report.later[0]) if not item.hidden)
        if report.later and not report.later[0].hidden
        else (),
    )


def _what_to_say(planned: PlannedQuestion) -> str:
    """Return the reason and the action of what is right."""
    question = planned.question
    if question.number is not None:
        return f"{question.number.rationale} {question.number.action}".strip()
    right = next((option for option in question.options if option.key or option.group), None)
    return "" if right is None else f"{right.rationale} {right.action}".strip()
