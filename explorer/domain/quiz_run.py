"""A run through questions: what is shown in what order, what was answered, what follows.

Everything is frozen: answering returns a new run. Chance comes from a seed and time is an argument.
A run goes to JSON and back, so that it can live in a browser tab (``quiz_progress``); its result is
worked out in ``quiz_result``.
"""

import random
from collections.abc import Sequence
from enum import StrEnum

from pydantic import Field

from explorer.domain.base import Frozen
from explorer.domain.grading import Answer, grade, validation_error
from explorer.domain.questions import Bank, Question, QuestionKind
from explorer.domain.quiz_pick import Seen, unseen_first

MOST_ATTEMPTS = 9999
"""The highest number of a check in a browser that is believed."""


class QuizMode(StrEnum):
    """When answers are judged: at once, or at the end."""

    PRACTICE = "practice"
    CHECK = "check"


class Sureness(StrEnum):
    """How sure a reader says to be. Never scored."""

    GUESS = "guess"
    THINK = "think"
    SURE = "sure"


class QuestionOutcome(StrEnum):
    """What became of a question. The last two are no wrong answers."""

    RIGHT = "right"
    WRONG = "wrong"
    SKIPPED = "skipped"
    NOT_SHOWN = "not-shown"


class QuizStep(Frozen):
    """A question in the order of a run, with the order of its options, both by id."""

    question: str
    options: tuple[str, ...]


class QuizResponse(Frozen):
    """What a reader did with a question. No answer means that it was skipped."""

    question: str
    given: Answer | None = None
    sureness: Sureness | None = None


class QuizRun(Frozen):
    """A run.

    ``extra`` holds the parallel questions that a check adds after a missed concept, ``seen`` what
    the tab had shown before the run. ``attempt`` counts the checks begun in this browser; 0 where
    the browser has not told it.
    """

    mode: QuizMode
    seed: int
    content: str
    started: str
    steps: tuple[QuizStep, ...]
    responses: tuple[QuizResponse, ...] = ()
    extra: tuple[QuizStep, ...] = ()
    ended: str = ""
    seen: tuple[str, ...] = ()
    attempt: int = Field(default=0, ge=0, le=MOST_ATTEMPTS)

    @property
    def shown(self) -> tuple[str, ...]:
        """What this tab has shown so far, before the run and in it; last seen last."""
        mine = [response.question for response in self.responses]
        if self.current is not None:
            mine.append(self.current.question)
        before = [name for name in dict.fromkeys(self.seen) if name not in mine]
        return (*before, *mine)

    @property
    def current(self) -> QuizStep | None:
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

    def response_to(self, question_id: str) -> QuizResponse | None:
        """Return what was done with a question, or None where it was not shown."""
        return next((item for item in self.responses if item.question == question_id), None)

    def answer(self, given: Answer, sureness: Sureness | None = None) -> "QuizRun":
        """Answer the current question. Raises ValueError when there is none."""
        return self._record(given, sureness)

    def skip(self) -> "QuizRun":
        """Skip the current question. Raises ValueError when there is none."""
        return self._record(None, None)

    def end(self, at: str) -> "QuizRun":
        """End the run; what was not shown stays not shown.

        Args:
            at: time of the end, ISO 8601 with its zone.
        """
        return self if self.ended else self.evolve(ended=at)

    def with_second_tries(self, bank: Bank) -> "QuizRun":
        """Add, once, one parallel question of each critical concept missed at first.

        A form that the tab has not shown comes before one that it has.
        """
        if self.extra or len(self.responses) < len(self.steps):
            return self
        asked = {step.question for step in self.steps}
        chance = random.Random(f"{self.seed}/second")
        others = (
            [other for other in bank.of_concept(concept) if other.id not in asked]
            for concept in missed_concepts(self, bank)
        )
        extra = tuple(
            _step(unseen_first(forms, self.seen, chance)[0], chance) for forms in others if forms
        )
        return self.evolve(extra=extra)

    def _record(self, given: Answer | None, sureness: Sureness | None) -> "QuizRun":
        step = self.current
        if step is None:
            raise ValueError("There is no question to answer.")
        response = QuizResponse(question=step.question, given=given, sureness=sureness)
        return self.evolve(responses=(*self.responses, response))


def start(
    mode: QuizMode,
    questions: Sequence[Question],
    *,
    seed: int,
    content: str,
    at: str,
    seen: Seen = (),
) -> QuizRun:
    """Start a run with questions and options in an order drawn from the seed.

    Args:
        mode: when answers are judged.
        questions: what is asked; those of one case stay together.
        seed: the same seed gives the same order.
        content: content version, kept with the run.
        at: time of the start, ISO 8601 with its zone.
        seen: what this tab has shown before.
    """
    chance = random.Random(seed)
    blocks: dict[str, list[Question]] = {}
    for question in questions:
        blocks.setdefault(question.case or question.id, []).append(question)
    order = list(blocks.values())
    chance.shuffle(order)
    steps = tuple(_step(question, chance) for block in order for question in block)
    return QuizRun(mode=mode, seed=seed, content=content, started=at, steps=steps, seen=tuple(seen))


def outcome(bank: Bank, run: QuizRun, question_id: str) -> QuestionOutcome:
    """Return what became of a question in a run."""
    response = run.response_to(question_id)
    if response is None:
        return QuestionOutcome.NOT_SHOWN
    if response.given is None:
        return QuestionOutcome.SKIPPED
    question = bank.question(question_id)
    if validation_error(question, response.given):
        return QuestionOutcome.WRONG
    return (
        QuestionOutcome.RIGHT if grade(question, response.given).is_right else QuestionOutcome.WRONG
    )


def missed(bank: Bank, run: QuizRun) -> tuple[Question, ...]:
    """Return what was answered wrong or skipped, what was sure and wrong first."""
    found = [
        response
        for response in run.responses
        if outcome(bank, run, response.question) in (QuestionOutcome.WRONG, QuestionOutcome.SKIPPED)
    ]
    found.sort(key=lambda item: not (item.given is not None and item.sureness is Sureness.SURE))
    return tuple(bank.question(response.question) for response in found)


def sure_and_wrong(bank: Bank, run: QuizRun) -> tuple[Question, ...]:
    """Return what a reader was sure of and got wrong: the first to look at again."""
    return tuple(
        bank.question(response.question)
        for response in run.responses
        if response.sureness is Sureness.SURE
        and outcome(bank, run, response.question) is QuestionOutcome.WRONG
    )


def missed_concepts(run: QuizRun, bank: Bank) -> tuple[str, ...]:
    """Return the critical concepts whose first question was not answered right."""
    found: list[str] = []
    for step in run.steps:
        question = bank.question(step.question)
        if (
            question.critical
            and question.concept is not None
            and outcome(bank, run, question.id) is not QuestionOutcome.RIGHT
        ):
            found.append(question.concept)
    return tuple(dict.fromkeys(found))


def _step(question: Question, chance: random.Random) -> QuizStep:
    options = [option.id for option in question.options]
    chance.shuffle(options)
    in_order = [option.id for option in question.options]
    if question.kind is QuestionKind.ORDER and options == in_order:
        options.reverse()
    if question.kind is QuestionKind.TRUE_FALSE:
        options = in_order
    return QuizStep(question=question.id, options=tuple(options))
