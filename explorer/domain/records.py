"""What a nurse may take away from a check: a record to print, show or keep. Nothing is stored."""

from datetime import datetime
from enum import StrEnum

from explorer.domain.base import Frozen
from explorer.domain.grading import decisions_of, grade, validation_error
from explorer.domain.letters import one_line
from explorer.domain.questions import Bank
from explorer.domain.quiz_result import CheckResult
from explorer.domain.quiz_run import QuizRun


class CheckVerdict(StrEnum):
    """How a check ended. One that was ended early has no result."""

    PASSED = "passed"
    NOT_PASSED = "not-passed"
    INCOMPLETE = "incomplete"


class RecordedConcept(Frozen):
    """A critical concept as the record names it."""

    label: str
    tries: int
    right: bool
    id: str = ""


class RecordedQuestion(Frozen):
    """A question as the record keeps it; ``second`` where it was a second try."""

    id: str
    version: int
    made_right: int
    decisions: int
    second: bool = False


class Record(Frozen):
    """The record of one check, complete and in words, whatever the bank becomes later.

    ``name`` may be blank: then the record leaves a line for it. ``see_educator`` names the
    concepts that were tried and never right; one that was not shown is no miss. ``seconds`` is
    None where the times of the run do not show how long it took. ``attempt`` counts the checks
    that were begun in this browser, by whomever; 0 where the browser keeps no count.
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
    seconds: int | None
    attempt: int = 0
    questions: tuple[RecordedQuestion, ...] = ()


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
                label=bank.concept(item.concept).label,
                tries=item.tries,
                right=item.right,
                id=item.concept,
            )
            for item in result.concepts
        ),
        see_educator=tuple(
            bank.concept(item.concept).label
            for item in result.concepts
            if item.tries and not item.right
        ),
        review_topics=result.review_topics,
        seconds=_seconds(run.started, run.ended),
        attempt=run.attempt,
        questions=(
            *(_recorded(bank, run, step.question) for step in run.steps),
            *(_recorded(bank, run, step.question, second=True) for step in run.extra),
        ),
    )


def _recorded(bank: Bank, run: QuizRun, name: str, *, second: bool = False) -> RecordedQuestion:
    question, response = bank.question(name), run.response_to(name)
    decisions = decisions_of(question)
    made = 0
    if response is not None and response.given is not None:
        fits = not validation_error(question, response.given)
        made = grade(question, response.given).made_right if fits else 0
    return RecordedQuestion(
        id=name, version=question.version, made_right=made, decisions=decisions, second=second
    )


def _verdict(result: CheckResult) -> CheckVerdict:
    if not result.complete:
        return CheckVerdict.INCOMPLETE
    return CheckVerdict.PASSED if result.passed else CheckVerdict.NOT_PASSED


def _seconds(started: str, ended: str) -> int | None:
    """Return whole seconds; None where a time is missing, unzoned or out of order."""
    try:
        first, last = datetime.fromisoformat(started), datetime.fromisoformat(ended)
    except ValueError:
        return None
    if first.tzinfo is None or last.tzinfo is None or last < first:
        return None
    return round((last - first).total_seconds())
