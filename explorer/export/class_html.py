"""What a room sees of a question: the question, what was chosen, and why."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.questions import Question
from explorer.domain.quiz_view import judge
from explorer.domain.statistics import Tally
from explorer.export.comparison_html import environment
from explorer.export.quiz_html import SupportingText


@lru_cache(maxsize=1)
def style() -> str:
    """Give the stylesheet of the room's screen."""
    return (Path(__file__).with_name("templates") / "class.css").read_text(encoding="utf-8")


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


def reveal(question: Question, supports: tuple[SupportingText, ...], catalogue: Catalogue) -> str:
    """Say for each option why it is right or not and what to do, and show what settles it."""
    order = tuple(option.id for option in question.options)
    return str(_module(catalogue).reveal(question, judge(question, None, order), supports))


def _module(catalogue: Catalogue) -> Any:
    return environment().get_template("class.html.j2").make_module({"w": catalogue.words})
