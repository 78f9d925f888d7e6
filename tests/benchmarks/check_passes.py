"""How often a nurse's check is passed: without knowledge, with half of it, and with all of it.

Run ``python -m tests.benchmarks.check_passes``; ``--data`` names another content folder. Each row
plays whole checks with their second tries, as the quiz page does, through the code that judges a
nurse. It ends with 1 where a row misses its bar: at most 2 of 100 pass without knowledge, at least
97 of 100 with full knowledge.

Without knowledge a question with one key is answered by a strategy of the guessing panel. The parts
of other kinds are guessed: by blind chance, and in the rows called test-wise each part is right in
2 of 3 and a number in 1 of 4, far more than anything that was measured. Who knows half knows each
question with a chance of one half and guesses the rest test-wise. Who knows all still slips in 2 of
100 decisions.
"""

import argparse
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from explorer.content.load import load
from explorer.domain.grading import Answer
from explorer.domain.guessing import Guesser, pointed_at
from explorer.domain.questions import Bank, Question, QuestionKind
from explorer.domain.quiz_pick import nurse_check
from explorer.domain.quiz_result import check_result
from explorer.domain.quiz_run import QuizMode, QuizRun, start
from explorer.output import say
from explorer.paths import DATA

AT: Final = "2026-01-01T08:00:00+00:00"
PASS_MARK: Final = 80
TESTWISE_PART: Final = 2 / 3
TESTWISE_NUMBER: Final = 1 / 4
SLIP: Final = 0.02
MOST_WITHOUT: Final = 0.02
"""Bar: the share that may pass without knowledge."""
LEAST_FULL: Final = 0.97
"""Bar: the share that must pass with full knowledge."""

Reader = Callable[[Question, random.Random], Answer]


@dataclass(frozen=True)
class Passes:
    """How one kind of reader fared."""

    reader: str
    share: float
    points: float
    bar: str
    held: bool


def answer_with(question: Question, chance: random.Random, part: float, number: float) -> Answer:
    """Answer so that each decision is right with a given chance.

    Args:
        question: what is asked.
        chance: the source of chance.
        part: chance of each decision to be right.
        number: the same for a number.
    """
    options = question.options
    if question.kind is QuestionKind.NUMBER:
        assert question.number is not None
        off = 0 if chance.random() < number else 1000
        return (str(Decimal(question.number.value) + off),)
    if question.kind is QuestionKind.SEVERAL:
        chosen = tuple(item.id for item in options if (chance.random() < part) is item.key)
        return chosen or (chance.choice(options).id,)
    if question.kind is QuestionKind.ORDER:
        placed = [item.id for item in options]
        moved = [place for place in range(len(placed)) if chance.random() >= part]
        there = [placed[place] for place in moved]
        chance.shuffle(there)
        for place, name in zip(moved, there, strict=True):
            placed[place] = name
        return tuple(placed)
    if question.kind is QuestionKind.SORT:
        groups = [group.id for group in question.groups]
        return tuple(
            f"{item.id}="
            + (
                item.group
                if chance.random() < part
                else chance.choice([name for name in groups if name != item.group])
            )
            for item in options
        )
    wrong = [item.id for item in options if not item.key]
    return (next(iter(question.keys)) if chance.random() < part else chance.choice(wrong),)


def guesses(guesser: Guesser, *, testwise: bool) -> Reader:
    """Return a reader who knows nothing and goes by a strategy."""

    def read(question: Question, chance: random.Random) -> Answer:
        if question.kind is QuestionKind.SINGLE:
            among = question.options
            if guesser is not Guesser.SAME_LETTER:  # options are shuffled: a letter is chance
                among = pointed_at(guesser, question) or among
            return (chance.choice(among).id,)
        if testwise:
            return answer_with(question, chance, TESTWISE_PART, TESTWISE_NUMBER)
        part = 1 / len(question.groups) if question.kind is QuestionKind.SORT else 1 / 2
        if question.kind is QuestionKind.ORDER:
            part = 0
        return answer_with(question, chance, part, 0)

    return read


def knows(share: float, slip: float, otherwise: Reader) -> Reader:
    """Return a reader who knows a share of the questions, and guesses the rest."""

    def read(question: Question, chance: random.Random) -> Answer:
        if chance.random() < share:
            return answer_with(question, chance, 1 - slip, 1 - slip)
        return otherwise(question, chance)

    return read


def play(bank: Bank, reader: Reader, seed: int) -> QuizRun:
    """Play one check to its end."""
    chance = random.Random(f"{seed}/reader")
    run = start(QuizMode.CHECK, nurse_check(bank, seed), seed=seed, content="", at=AT)
    while run.current is not None:
        run = run.answer(reader(bank.question(run.current.question), chance))
        run = run.with_second_tries(bank)
    return run.end(AT)


def rate(bank: Bank, reader: Reader, times: int) -> tuple[float, float]:
    """Return the share of checks that are passed, and the mean points of 100."""
    results = [check_result(bank, play(bank, reader, seed), PASS_MARK) for seed in range(times)]
    return (
        sum(result.passed for result in results) / times,
        sum(result.percent for result in results) / times,
    )


def table(bank: Bank, times: int) -> list[Passes]:
    """Play every kind of reader."""
    rows = []
    for testwise in (False, True):
        tried = [
            (guesser, *rate(bank, guesses(guesser, testwise=testwise), times))
            for guesser in Guesser
        ]
        guesser, share, points = max(tried, key=lambda item: item[1:])
        name = f"no knowledge, {'test-wise parts' if testwise else 'blind parts'} ({guesser})"
        rows.append(Passes(name, share, points, "<= 2 %", share <= MOST_WITHOUT))
    best = guesses(guesser, testwise=True)
    share, points = rate(bank, knows(0.5, SLIP, best), times)
    rows.append(Passes("half knowledge", share, points, "", held=True))
    share, points = rate(bank, knows(1, SLIP, best), times)
    rows.append(Passes("full knowledge", share, points, ">= 97 %", share >= LEAST_FULL))
    return rows


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--times", type=int, default=1000)
    given = parser.parse_args()
    bank = load(given.data).catalogue.bank
    rows = table(bank, given.times)
    say(f"{'reader':<52}{'passes':>8}{'points':>8}  bar")
    for row in rows:
        said = "" if row.held else "  MISSED"
        say(f"{row.reader:<52}{row.share:>8.2%}{row.points:>8.1f}  {row.bar}{said}")
    return 0 if all(row.held for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
