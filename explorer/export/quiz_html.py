"""Feedback on a question as HTML for the screen."""

from typing import Any

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.grading import Given
from explorer.domain.questions import Question
from explorer.domain.quiz_view import judge
from explorer.export.comparison_html import environment


class SupportingText(Frozen):
    """The words that settle a question, where they stand with us, and whose they are."""

    text: str
    address: str
    source: str = ""


def feedback(
    question: Question,
    given: Given | None,
    order: tuple[str, ...],
    supports: tuple[SupportingText, ...],
    catalogue: Catalogue,
) -> str:
    """Say whether an answer was right, why for each option, and what settles it."""
    judged = judge(question, given, order)
    return str(_module(catalogue).feedback(question, judged, given is not None, supports))


def settling(supports: tuple[SupportingText, ...], catalogue: Catalogue) -> str:
    """Show only what settles a question, without its key."""
    return f'<div class="ax-quiz">{_module(catalogue).settles(supports)}</div>'


def _module(catalogue: Catalogue) -> Any:
    return environment().get_template("quiz.html.j2").make_module({"w": catalogue.words})
