"""Feedback on a question as HTML for the screen."""

from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.grading import Answer
from explorer.domain.questions import Question
from explorer.domain.quiz_view import judge
from explorer.domain.sessions import SupportingPassage
from explorer.export import environment as html


def feedback(
    question: Question,
    given: Answer | None,
    order: tuple[str, ...],
    evidence: tuple[SupportingPassage, ...],
    catalogue: Catalogue,
) -> str:
    """Say whether an answer was right, why for each option, and the evidence for it."""
    judged = judge(question, given, order)
    return str(_module(catalogue).feedback(question, judged, given is not None, evidence))


def passages(evidence: tuple[SupportingPassage, ...], catalogue: Catalogue) -> str:
    """Show only the passages that support the answer to a question, without its key."""
    return f'<div class="ax-quiz">{_module(catalogue).passages(evidence)}</div>'


def _module(catalogue: Catalogue) -> Any:
    return html.module(
        "quiz.html.j2",
        w=catalogue.words,
        drawn=lambda question: catalogue.drawing(question.drawing),
    )
