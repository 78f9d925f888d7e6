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
from explorer.domain.questions import Audience, Bank, Question, QuestionKind

PRACTICE_LENGTH = 12
"""Questions in "12 that matter most": the eight critical concepts for everyone and four more."""

CHECK_LENGTH = 20
"""Questions in a nurse's check: the ten critical concepts and ten more."""

MOST_ATTEMPTS = 9999
"""The highest number of a check in a browser that is believed."""

Seen = Sequence[str]
"""Ids of the questions that this tab has shown, what was shown last at the end."""


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
            _step(_unseen_first(forms, self.seen, chance)[0], chance) for forms in others if forms
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


def that_matter_most(bank: Bank, seed: int) -> tuple[Question, ...]:
    """Pick twelve for a patient: one of each critical concept for everyone, and four more."""
    chance = random.Random(f"{seed}/pick")
    picked = _one_of_each_concept(bank, Audience.PATIENT, (), chance)
    rest = _others(bank, Audience.PATIENT)
    picked += _in_turn(bank, rest, PRACTICE_LENGTH - len(picked), chance)
    return tuple(picked)


def nurse_check(bank: Bank, seed: int, seen: Seen = ()) -> tuple[Question, ...]:
    """Pick twenty for a nurse's check: one of each critical concept, and ten more.

    At least half are for nurses alone, where the bank has as many. What the tab has not shown
    comes first, then what it showed longest ago; among equals the topics take turns.
    No true-false question is picked: guessing through twenty of three options happens to
    0.0025 of 100 people, through twenty true-false to 0.59 (binomial, 80 of 100 right).
    """
    chance = random.Random(f"{seed}/pick")
    picked = _one_of_each_concept(bank, Audience.NURSE, seen, chance)
    rest = _others(bank, Audience.NURSE)
    own = [question for question in rest if question.audience is Audience.NURSE]
    owed = CHECK_LENGTH // 2 - sum(item.audience is Audience.NURSE for item in picked)
    picked += _fresh_in_turn(bank, own, owed, seen, chance)
    new = [item for item in own if item.id not in seen]
    # what nobody in this tab has seen outweighs for whom it is; the half is full already
    for pool in (new, [item for item in rest if item.id not in seen], own, rest):
        left = [item for item in pool if item not in picked]
        picked += _fresh_in_turn(bank, left, CHECK_LENGTH - len(picked), seen, chance)
    return tuple(picked)


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


def _one_of_each_concept(
    bank: Bank, audience: Audience, seen: Seen, chance: random.Random
) -> list[Question]:
    """Pick one form of each critical concept of an audience."""
    concepts = dict.fromkeys(
        question.concept
        for question in bank.for_audience(audience)
        if question.critical and question.concept
    )
    return [
        _unseen_first(bank.of_concept(concept), seen, chance)[0]
        for concept in concepts
        if concept is not None
    ]


def _others(bank: Bank, audience: Audience) -> list[Question]:
    """Return what else may be drawn for an audience."""
    return [
        question
        for question in bank.for_audience(audience)
        if not question.critical and question.kind is not QuestionKind.TRUE_FALSE
    ]


def _unseen_first(
    questions: Sequence[Question], seen: Seen, chance: random.Random
) -> list[Question]:
    """Return questions in an order of chance, unseen ones first, then what was seen longest ago."""
    places = {name: place for place, name in enumerate(seen, 1)}
    mixed = list(questions)
    chance.shuffle(mixed)
    return sorted(mixed, key=lambda question: places.get(question.id, 0))


def _fresh_in_turn(
    bank: Bank, questions: Sequence[Question], most: int, seen: Seen, chance: random.Random
) -> list[Question]:
    """Draw unseen questions topic by topic in turn, then seen ones, the oldest first."""
    new = [question for question in questions if question.id not in seen]
    old = [question for question in questions if question.id in seen]
    picked = _in_turn(bank, new, most, chance)
    return picked + _unseen_first(old, seen, chance)[: max(0, most - len(picked))]


def _in_turn(
    bank: Bank, questions: Sequence[Question], most: int, chance: random.Random
) -> list[Question]:
    """Draw from one topic after the other, until there are enough or none is left."""
    by_topic: dict[str, list[Question]] = {}
    for question in questions:
        by_topic.setdefault(bank.topic_of(question.id).id, []).append(question)
    queues = list(by_topic.values())
    for queue in queues:
        chance.shuffle(queue)
    chance.shuffle(queues)
    picked: list[Question] = []
    while len(picked) < most and any(queues):
        for queue in queues:
            if queue and len(picked) < most:
                picked.append(queue.pop())
    return picked


def _step(question: Question, chance: random.Random) -> QuizStep:
    options = [option.id for option in question.options]
    chance.shuffle(options)
    in_order = [option.id for option in question.options]
    if question.kind is QuestionKind.ORDER and options == in_order:
        options.reverse()
    if question.kind is QuestionKind.TRUE_FALSE:
        options = in_order
    return QuizStep(question=question.id, options=tuple(options))
