"""What a room sees of a question: the question, what was chosen, and why."""

from typing import Any

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.class_report import SMALLEST_GROUP
from explorer.domain.option_order import letter
from explorer.domain.own_questions import is_own
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


def stem(question: Question, case: str, catalogue: Catalogue) -> str:
    """Show what was asked, without the answers: they stand in the chart."""
    return str(_module(catalogue).stem(question, case))


def ask(question: Question, case: str, catalogue: Catalogue, *, reading: bool) -> str:
    """Show a question.

    Args:
        question: what is asked.
        case: the stem it shares with others, or nothing.
        catalogue: for interface words.
        reading: show the stem only; the answers come after a moment to read.
    """
    return str(_module(catalogue).ask(question, case, reading))


class Vote(Frozen):
    """What was chosen in one vote on a question."""

    title: str
    tallies: tuple[Tally, ...]
    answered: int


def chart(
    question: Question, votes: tuple[Vote, ...], catalogue: Catalogue, *, revealed: bool
) -> str:
    """Show what was chosen as a table with bars; after a second vote the two side by side.

    Counts stand in words, not in colour alone; from ``SMALLEST_GROUP`` people on with the percent.

    Args:
        question: what was asked.
        votes: one vote, or two on the same question, the earlier one first.
        catalogue: for interface words.
        revealed: mark what is right.
    """
    return str(_module(catalogue).chart(question, votes, revealed))


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
        letter=letter,
        is_own=is_own,
        smallest=SMALLEST_GROUP,
        drawn=lambda question: catalogue.drawing(question.drawing),
    )
