"""The result of a nurse's check: what was right, which critical concepts were met, passed or not.

A check is a run in check mode (``quiz_run``); this module only reads it.

The score weighs parts: a question counts by the share of its decisions that were right
(``grading``), so that one line of six in the wrong group costs a sixth of a question. A critical
concept is met only by an answer with all parts right.
"""

from collections.abc import Iterable
from fractions import Fraction

from explorer.domain.base import Frozen
from explorer.domain.grading import grade, validation_error
from explorer.domain.questions import Bank
from explorer.domain.quiz_run import QuestionOutcome, QuizRun, outcome

TRIES = 2
"""Most tries at a critical concept: its question, then its parallel one."""


class ConceptResult(Frozen):
    """A critical concept in a check: how often it was tried, and whether it was right."""

    concept: str
    tries: int
    right: bool


class CheckResult(Frozen):
    """The result of a nurse's check.

    Passed means: every critical concept right by its second try, and at least the pass mark of
    all questions right at the first try, with parts weighed. ``right`` counts the questions with
    all parts right, ``percent`` weighs the parts, rounded down.
    """

    right: int
    total: int
    skipped: int
    not_shown: int
    percent: int
    pass_mark: int
    concepts: tuple[ConceptResult, ...]
    review_topics: tuple[str, ...]
    passed: bool
    complete: bool

    @property
    def see_educator(self) -> tuple[str, ...]:
        """Concepts that were missed twice; what was not shown is not missed."""
        return tuple(
            item.concept for item in self.concepts if not item.right and item.tries >= TRIES
        )


def check_result(bank: Bank, run: QuizRun, pass_mark: int) -> CheckResult:
    """Work out the result of a check.

    Args:
        bank: the questions.
        run: a run in check mode.
        pass_mark: percent of all questions that must be right at the first try.

    Returns:
        The result; a check that was ended early is never passed.
    """
    outcomes = [outcome(bank, run, step.question) for step in run.steps]
    right = outcomes.count(QuestionOutcome.RIGHT)
    concepts = tuple(_tried(bank, run))
    points = sum((part_score(bank, run, step.question) for step in run.steps), Fraction())
    percent = int(points * 100 // len(run.steps)) if run.steps else 0
    complete = len(run.responses) >= len(run.steps) + len(run.extra)
    topics = dict.fromkeys(
        bank.topic_of(step.question).title
        for step, became in zip(run.steps, outcomes, strict=True)
        if became is not QuestionOutcome.RIGHT
    )
    enough = points * 100 >= pass_mark * len(run.steps)
    return CheckResult(
        right=right,
        total=len(run.steps),
        skipped=outcomes.count(QuestionOutcome.SKIPPED),
        not_shown=outcomes.count(QuestionOutcome.NOT_SHOWN),
        percent=percent,
        pass_mark=pass_mark,
        concepts=concepts,
        review_topics=tuple(topics),
        passed=complete and enough and all(item.right for item in concepts),
        complete=complete,
    )


def part_score(bank: Bank, run: QuizRun, question_id: str) -> Fraction:
    """Return the share of a question's decisions that were right; 0 where it was not answered."""
    response = run.response_to(question_id)
    if response is None or response.given is None:
        return Fraction()
    question = bank.question(question_id)
    if validation_error(question, response.given):
        return Fraction()
    return grade(question, response.given).score


def twice_missed(bank: Bank, run: QuizRun) -> str | None:
    """Return the critical concept that was missed a second time just now, or None."""
    if len(run.responses) <= len(run.steps):
        return None
    last = run.responses[-1].question
    missed = outcome(bank, run, last) is not QuestionOutcome.RIGHT
    return bank.question(last).concept if missed else None


def _tried(bank: Bank, run: QuizRun) -> Iterable[ConceptResult]:
    for step in run.steps:
        question = bank.question(step.question)
        if not question.critical or question.concept is None:
            continue
        tries = [
            outcome(bank, run, asked.question)
            for asked in (*run.steps, *run.extra)
            if bank.question(asked.question).concept == question.concept
        ]
        shown = [became for became in tries if became is not QuestionOutcome.NOT_SHOWN]
        yield ConceptResult(
            concept=question.concept, tries=len(shown), right=QuestionOutcome.RIGHT in shown[:TRIES]
        )
