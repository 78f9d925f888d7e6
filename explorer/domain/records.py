"""What a nurse may take away from a check: a record to print, show or keep. Nothing is stored."""

from datetime import datetime
from enum import StrEnum

from explorer.domain.base import Frozen
from explorer.domain.letters import one_line
from explorer.domain.questions import Bank
from explorer.domain.quiz_result import CheckResult
from explorer.domain.quiz_run import QuizRun


class CheckVerdict(StrEnum):
    """How a check ended. One that was ended early has no result."""

    PASSED = "passed"
    NOT_PASSED = "not-passed"
    INCOMPLETE = "incomplete"


Verdict = CheckVerdict  # the former name


class RecordedConcept(Frozen):
    """A critical concept as the record names it."""

    label: str
    tries: int
    right: bool


class Record(Frozen):
    """The record of one check, complete and in words, whatever the bank becomes later.

    ``name`` may be blank: then the record leaves a line for it. ``see_educator`` names the
    concepts that were tried and never right; one that was not shown is no miss. ``minutes`` is
    None where the times of the run do not show how long it took.
    """

    name: str
    date: str
    zone: str
    content: str
    verdict: CheckVerdict
    right: int
    total: int
    percent: int
    pass_mark: int
    skipped: int
    not_shown: int
    concepts: tuple[RecordedConcept, ...]
    see_educator: tuple[str, ...]
    review_topics: tuple[str, ...]
    minutes: int | None


def record_of(
    bank: Bank, run: QuizRun, result: CheckResult, *, name: str, date: str, zone: str
) -> Record:
    """Make the record of a check.

    Args:
        bank: the questions, for the labels of their concepts.
        run: the check that was done.
        result: its result.
        name: as the nurse typed it; may be blank.
        date: when the check ended, as the record shows it.
        zone: the time zone of that date.

    Returns:
        The record.

    Raises:
        KeyError: the bank does not hold a concept of the result.
    """
    return Record(
        name=one_line(name),
        date=date,
        zone=zone,
        content=run.content,
        verdict=_verdict(result),
        right=result.right,
        total=result.total,
        percent=result.percent,
        pass_mark=result.pass_mark,
        skipped=result.skipped,
        not_shown=result.not_shown,
        concepts=tuple(
            RecordedConcept(
                label=bank.concept(item.concept).label, tries=item.tries, right=item.right
            )
            for item in result.concepts
        ),
        see_educator=tuple(
            bank.concept(item.concept).label
            for item in result.concepts
            if item.tries and not item.right
        ),
        review_topics=result.review_topics,
        minutes=_minutes(run.started, run.ended),
    )


def _verdict(result: CheckResult) -> CheckVerdict:
    if not result.complete:
        return CheckVerdict.INCOMPLETE
    return CheckVerdict.PASSED if result.passed else CheckVerdict.NOT_PASSED


def _minutes(started: str, ended: str) -> int | None:
    """Return whole minutes, at least one; None where a time is missing, unzoned or out of order."""
    try:
        first, last = datetime.fromisoformat(started), datetime.fromisoformat(ended)
    except ValueError:
        return None
    if first.tzinfo is None or last.tzinfo is None or last < first:
        return None
    return max(1, round((last - first).total_seconds() / 60))
