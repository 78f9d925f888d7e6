"""What a room sees of a question: the question, what was chosen, and why."""

from typing import Any

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.questions import Question
from explorer.domain.quiz_view import judge
from explorer.domain.sessions import SupportingPassage
from explorer.domain.tallies import Tally
from explorer.export import environment as html


class JoinInfo(Frozen):
    """How to join a class, and how many did."""

    address: str
    code: str
    joined: int
    answered: int = 0
    counts_answers: bool = False

    @property
    def spoken_code(self) -> str:
        """The code in groups of three, easier to read out and to type."""
        return " ".join(self.code[at : at + 3] for at in range(0, len(self.code), 3))


def style() -> str:
    """Return the stylesheet of the room's screen."""
    return html.style("class.css")


def door(numbers: JoinInfo, catalogue: Catalogue) -> str:
    """Say in large letters how to join."""
    return str(_module(catalogue).door(numbers))


def strip(numbers: JoinInfo, catalogue: Catalogue) -> str:
    """Say in a line how to join, and how many joined and answered."""
    return str(_module(catalogue).strip(numbers))


def stem(question: Question, case: str, catalogue: Catalogue) -> str:
    """Show what was asked, without the answers: they stand in the chart."""
    return str(_module(catalogue).stem(question, case))


def ask(question: Question, case: str, catalogue: Catalogue, *, reading: bool) -> str:
    """Show a question in large letters.

    Args:
        question: what is asked.
        case: the stem it shares with others, or nothing.
        catalogue: for interface words.
        reading: show the stem only; the answers come after a moment to read.
    """
    return str(_module(catalogue).ask(question, case, reading))


def chart(
    tallies: tuple[Tally, ...], answered: int, catalogue: Catalogue, *, revealed: bool
) -> str:
    """Show what was chosen as a table with bars; counts stand in words, not in colour alone.

    Args:
        tallies: counts by option.
        answered: how many people gave an answer.
        catalogue: for interface words.
        revealed: mark what is right.
    """
    return str(_module(catalogue).chart(tallies, answered, revealed))


def votes(
    now: tuple[Tally, ...],
    answered: int,
    earlier: tuple[Tally, ...],
    earlier_answered: int,
    catalogue: Catalogue,
    *,
    revealed: bool,
) -> str:
    """Show what was chosen; after a second vote the two side by side, on one scale each.

    Args:
        now: counts of this vote.
        answered: how many people gave an answer in it.
        earlier: counts of the vote before it, or nothing.
        earlier_answered: how many people gave an answer in that one.
        catalogue: for interface words.
        revealed: mark what is right.
    """
    if not earlier:
        return chart(now, answered, catalogue, revealed=revealed)
    made = _module(catalogue).votes(now, answered, earlier, earlier_answered, revealed)
    return str(made)


def reveal(
    question: Question, evidence: tuple[SupportingPassage, ...], catalogue: Catalogue
) -> str:
    """Say for each option why it is right or not and what to do, and show the evidence."""
    order = tuple(option.id for option in question.options)
    return str(_module(catalogue).reveal(question, judge(question, None, order), evidence))


def _module(catalogue: Catalogue) -> Any:
    return html.module(
        "class.html.j2",
        w=catalogue.words,
        drawn=lambda question: catalogue.drawing(question.drawing),
    )
