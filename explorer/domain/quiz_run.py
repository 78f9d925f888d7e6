"""A run through questions: what is shown in what order, what was answered, what follows.

Everything is frozen: answering gives a new run. Chance comes from a seed, time is an argument,
and a run goes to a plain dict and back, so that it can live in a browser tab.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from explorer.domain.base import Frozen
from explorer.domain.grading import Given, grade, misfit
from explorer.domain.questions import Audience, Bank, Kind, Question

PRACTICE_LENGTH = 12
"""Questions in "12 that matter most": the eight critical concepts for everyone and four more."""

CHECK_LENGTH = 20
"""Questions in a nurse's check: the ten critical concepts and ten more."""

TRIES = 2
"""Most tries at a critical concept: its question, then its parallel one."""


class Mode(StrEnum):
    """When answers are judged: at once, or at the end."""

    PRACTICE = "practice"
    CHECK = "check"


class Sureness(StrEnum):
    """How sure a reader says to be. Never scored."""

    GUESS = "guess"
    THINK = "think"
    SURE = "sure"


class Outcome(StrEnum):
    """What became of a question. The last two are no wrong answers."""

    RIGHT = "right"
    WRONG = "wrong"
    SKIPPED = "skipped"
    NOT_SHOWN = "not-shown"


class Step(Frozen):
    """A question in the order of a run, with the order of its options, both by id."""

    question: str
    options: tuple[str, ...]


class Response(Frozen):
    """What a reader did with a question. No answer means that it was skipped."""

    question: str
    given: Given | None = None
    sureness: Sureness | None = None


class Run(Frozen):
    """A run. ``extra`` holds the parallel questions that a check adds after a missed concept."""

    mode: Mode
    seed: int
    content: str
    started: str
    steps: tuple[Step, ...]
    responses: tuple[Response, ...] = ()
    extra: tuple[Step, ...] = ()
    ended: str = ""

    @property
    def current(self) -> Step | None:
        """The question to show, or None when all were shown or the run has ended."""
        if self.ended:
            return None
        position = len(self.responses)
        every = (*self.steps, *self.extra)
        return every[position] if position < len(every) else None

    @property
    def is_in_second_tries(self) -> bool:
        """True while the parallel questions of missed concepts are asked."""
        return not self.ended and len(self.responses) >= len(self.steps) and bool(self.extra)

    def response_to(self, question_id: str) -> Response | None:
        """Give what was done with a question, or None where it was not shown."""
        return next((item for item in self.responses if item.question == question_id), None)

    def answer(self, given: Given, sureness: Sureness | None = None) -> "Run":
        """Answer the current question. Raises ValueError when there is none."""
        return self._record(given, sureness)

    def skip(self) -> "Run":
        """Skip the current question. Raises ValueError when there is none."""
        return self._record(None, None)

    def end(self, at: str) -> "Run":
        """End the run; what was not shown stays not shown.

        Args:
            at: time of the end, ISO 8601 with its zone.
        """
        return self if self.ended else self.evolve(ended=at)

    def with_second_tries(self, bank: Bank) -> "Run":
        """Add, once, the parallel question of each critical concept missed at first."""
        if self.extra or len(self.responses) < len(self.steps):
            return self
        asked = {step.question for step in self.steps}
        chance = random.Random(f"{self.seed}/second")
        extra = [
            _step(other, chance)
            for concept in missed_concepts(self, bank)
            for other in bank.of_concept(concept)
            if other.id not in asked
        ]
        return self.evolve(extra=tuple(extra))

    def to_dict(self) -> dict[str, Any]:
        """Give the run as plain values."""
        return self.model_dump(mode="json")

    @staticmethod
    def from_dict(kept: Mapping[str, Any]) -> "Run":
        """Restore a run from ``to_dict``.

        Raises:
            ValueError: the values are not those of a run.
        """
        import json

        return Run.model_validate_json(json.dumps(kept))

    def _record(self, given: Given | None, sureness: Sureness | None) -> "Run":
        step = self.current
        if step is None:
            raise ValueError("There is no question to answer.")
        response = Response(question=step.question, given=given, sureness=sureness)
        return self.evolve(responses=(*self.responses, response))


class Tried(Frozen):
    """A critical concept in a check: how often it was tried, and whether it was right."""

    concept: str
    tries: int
    right: bool


class CheckResult(Frozen):
    """The result of a nurse's check.

    Passed means: every critical concept right by its second try, and at least the pass mark of
    all questions right at the first try.
    """

    right: int
    total: int
    skipped: int
    not_shown: int
    percent: int
    pass_mark: int
    concepts: tuple[Tried, ...]
    review_topics: tuple[str, ...]
    passed: bool
    complete: bool

    @property
    def see_educator(self) -> tuple[str, ...]:
        """Concepts that were missed twice; what was not shown is not missed."""
        return tuple(
            item.concept for item in self.concepts if not item.right and item.tries >= TRIES
        )


def start(mode: Mode, questions: Sequence[Question], *, seed: int, content: str, at: str) -> Run:
    """Start a run with questions and options in an order drawn from the seed.

    Args:
        mode: when answers are judged.
        questions: what is asked; those of one case stay together.
        seed: the same seed gives the same order.
        content: content version, kept with the run.
        at: time of the start, ISO 8601 with its zone.
    """
    chance = random.Random(seed)
    blocks: dict[str, list[Question]] = {}
    for question in questions:
        blocks.setdefault(question.case or question.id, []).append(question)
    order = list(blocks.values())
    chance.shuffle(order)
    steps = tuple(_step(question, chance) for block in order for question in block)
    return Run(mode=mode, seed=seed, content=content, started=at, steps=steps)


def is_sound(bank: Bank, run: Run) -> bool:
    """Tell whether a run that was kept elsewhere can be gone on with.

    Args:
        bank: the questions.
        run: as it was read.

    Returns:
        True where each question is one of the bank with all its options, the answers fit and were
        given in the order of the questions, and the times are times.
    """
    every = (*run.steps, *run.extra)
    names = [step.question for step in every]
    answered = [response.question for response in run.responses]
    return (
        bool(run.steps)
        and len(set(names)) == len(names)
        and answered == names[: len(answered)]
        and all(bank.has(name) for name in names)
        and all(_has_all_options(bank, step) for step in every)
        and not any(
            response.given is not None and misfit(bank.question(response.question), response.given)
            for response in run.responses
        )
        and {bank.question(step.question).concept for step in run.extra}
        <= {bank.question(step.question).concept for step in run.steps}
        and _is_time(run.started)
        and (not run.ended or _is_time(run.ended))
    )


def _has_all_options(bank: Bank, step: Step) -> bool:
    ours = [option.id for option in bank.question(step.question).options]
    return sorted(step.options) == sorted(ours)


def _is_time(kept: str) -> bool:
    """Tell whether a text is a time that can be moved into every time zone."""
    try:
        found = datetime.fromisoformat(kept)
    except ValueError:
        return False
    return found.tzinfo is not None and 1971 <= found.year < 9000


def that_matter_most(bank: Bank, seed: int) -> tuple[Question, ...]:
    """Pick twelve for a patient: one of each critical concept for everyone, and four more."""
    return _pick(bank, Audience.PATIENT, PRACTICE_LENGTH, seed)


def nurse_check(bank: Bank, seed: int) -> tuple[Question, ...]:
    """Pick twenty for a nurse's check: one of each critical concept, and ten more.

    No true-false question is picked: guessing through twenty of three options happens to
    0.0025 of 100 people, through twenty true-false to 0.59 (binomial, 80 of 100 right).
    """
    return _pick(bank, Audience.NURSE, CHECK_LENGTH, seed)


def outcome(bank: Bank, run: Run, question_id: str) -> Outcome:
    """Tell what became of a question in a run."""
    response = run.response_to(question_id)
    if response is None:
        return Outcome.NOT_SHOWN
    if response.given is None:
        return Outcome.SKIPPED
    question = bank.question(question_id)
    if misfit(question, response.given):
        return Outcome.WRONG
    return Outcome.RIGHT if grade(question, response.given).is_right else Outcome.WRONG


def missed(bank: Bank, run: Run) -> tuple[Question, ...]:
    """Give what was answered wrong or skipped, what was sure and wrong first."""
    found = [
        response
        for response in run.responses
        if outcome(bank, run, response.question) in (Outcome.WRONG, Outcome.SKIPPED)
    ]
    found.sort(key=lambda item: not (item.given is not None and item.sureness is Sureness.SURE))
    return tuple(bank.question(response.question) for response in found)


def sure_and_wrong(bank: Bank, run: Run) -> tuple[Question, ...]:
    """Give what a reader was sure of and got wrong: the first to look at again."""
    return tuple(
        bank.question(response.question)
        for response in run.responses
        if response.sureness is Sureness.SURE
        and outcome(bank, run, response.question) is Outcome.WRONG
    )


def missed_concepts(run: Run, bank: Bank) -> tuple[str, ...]:
    """Give the critical concepts whose first question was not answered right."""
    found: list[str] = []
    for step in run.steps:
        question = bank.question(step.question)
        if (
            question.critical
            and question.concept is not None
            and outcome(bank, run, question.id) is not Outcome.RIGHT
        ):
            found.append(question.concept)
    return tuple(dict.fromkeys(found))


def check_result(bank: Bank, run: Run, pass_mark: int) -> CheckResult:
    """Work out the result of a check.

    Args:
        bank: the questions.
        run: a run in check mode.
        pass_mark: percent of all questions that must be right at the first try.

    Returns:
        The result; a check that was ended early is never passed.
    """
    outcomes = [outcome(bank, run, step.question) for step in run.steps]
    right = outcomes.count(Outcome.RIGHT)
    concepts = tuple(_tried(bank, run))
    percent = right * 100 // len(run.steps) if run.steps else 0
    complete = len(run.responses) >= len(run.steps) + len(run.extra)
    topics = dict.fromkeys(
        bank.topic_of(step.question).title
        for step, became in zip(run.steps, outcomes, strict=True)
        if became is not Outcome.RIGHT
    )
    enough = right * 100 >= pass_mark * len(run.steps)
    return CheckResult(
        right=right,
        total=len(run.steps),
        skipped=outcomes.count(Outcome.SKIPPED),
        not_shown=outcomes.count(Outcome.NOT_SHOWN),
        percent=percent,
        pass_mark=pass_mark,
        concepts=concepts,
        review_topics=tuple(topics),
        passed=complete and enough and all(item.right for item in concepts),
        complete=complete,
    )


def _tried(bank: Bank, run: Run) -> Iterable[Tried]:
    for step in run.steps:
        question = bank.question(step.question)
        if not question.critical or question.concept is None:
            continue
        tries = [
            outcome(bank, run, asked.question)
            for asked in (*run.steps, *run.extra)
            if bank.question(asked.question).concept == question.concept
        ]
        shown = [became for became in tries if became is not Outcome.NOT_SHOWN]
        yield Tried(
            concept=question.concept, tries=len(shown), right=Outcome.RIGHT in shown[:TRIES]
        )


def _pick(bank: Bank, audience: Audience, length: int, seed: int) -> tuple[Question, ...]:
    """Pick one question of each critical concept and fill up topic by topic in turn."""
    chance = random.Random(f"{seed}/pick")
    seen = bank.for_audience(audience)
    concepts = dict.fromkeys(
        question.concept for question in seen if question.critical and question.concept
    )
    picked = [chance.choice(bank.of_concept(concept)) for concept in concepts]
    by_topic: dict[str, list[Question]] = {}
    for question in seen:
        if not question.critical and question.kind is not Kind.TRUE_FALSE:
            by_topic.setdefault(bank.topic_of(question.id).id, []).append(question)
    queues = list(by_topic.values())
    for queue in queues:
        chance.shuffle(queue)
    chance.shuffle(queues)
    while len(picked) < length and any(queues):
        for queue in queues:
            if queue and len(picked) < length:
                picked.append(queue.pop())
    return tuple(picked)


def _step(question: Question, chance: random.Random) -> Step:
    options = [option.id for option in question.options]
    chance.shuffle(options)
    in_order = [option.id for option in question.options]
    if question.kind is Kind.ORDER and options == in_order:
        options.reverse()
    if question.kind is Kind.TRUE_FALSE:
        options = in_order
    return Step(question=question.id, options=tuple(options))
