"""Questions that were read from a file as an educator's own, by the same checks as typed ones."""

from dataclasses import dataclass
from typing import Final

from explorer.domain.own_questions import (
    OwnDraft,
    OwnDraftOption,
    OwnProblem,
    OwnQuestion,
    finished,
    problems,
)
from explorer.domain.questions import QuestionKind
from explorer.quiz_import.found import FoundFile, FoundKind, FoundQuestion, NotTaken

KINDS: Final = {
    FoundKind.SINGLE: QuestionKind.SINGLE,
    FoundKind.SEVERAL: QuestionKind.SEVERAL,
    FoundKind.NUMBER: QuestionKind.NUMBER,
    FoundKind.TEXT: QuestionKind.TEXT,
}
"""How a question that was read is asked."""

_SAID: Final = {
    "control": "it holds the hidden character {detail}",
    "markup": "it holds markup: {detail}",
    "long": "it is longer than {n} characters",
    "equal": "it is the same as option {n}",
    "few-options": "there are fewer than {n}",
    "many-options": "there are more than {n}",
    "two-keys": "only one is right where several can be chosen",
    "all-keys": "all are right",
    "number": "it is no number that can be typed here",
    "tolerance": "it is no number that can be typed here",
}


@dataclass(frozen=True)
class Imported:
    """Own questions from a file, and what was left out of it."""

    format: str
    questions: tuple[OwnQuestion, ...]
    left_out: tuple[NotTaken, ...]
    notes: tuple[str, ...] = ()
    """What means something else here than in the file, with its place."""


def taken(found: FoundFile) -> Imported:
    """Return the questions of a file that can be asked; one that stands twice is taken once.

    Args:
        found: what was read.
    """
    questions: dict[str, OwnQuestion] = {}
    left_out = list(found.left_out)
    notes: list[str] = []
    for item in found.questions:
        written = draft(item)
        wrong = problems(written)
        if wrong:
            left_out.append(NotTaken(item.place, item.name, _said(wrong[0])))
            continue
        question = finished(written)
        if question.id in questions:
            left_out.append(NotTaken(item.place, item.name, "the same question stands twice"))
            continue
        questions[question.id] = question
        notes += [f"{item.place}: {note}" for note in item.notes]
    return Imported(found.format, tuple(questions.values()), tuple(left_out), tuple(notes))


def draft(found: FoundQuestion) -> OwnDraft:
    """Return a question that was read as it could have been typed.

    Args:
        found: the question.
    """
    return OwnDraft(
        kind=KINDS[found.kind],
        stem=found.stem,
        options=tuple(
            OwnDraftOption(text=option.text, key=option.key, reason=option.reason)
            for option in found.options
        ),
        value="" if found.value is None else f"{found.value:f}",
        tolerance=f"{found.tolerance:f}" if found.tolerance else "",
        reason=found.reason,
    )


def _said(problem: OwnProblem) -> str:
    part, _, place = problem.field.partition(".")
    at = place.partition(".")[0]
    where = f"option {int(at) + 1}" if at.isdecimal() else part
    why = _SAID.get(problem.code, problem.code).format(n=problem.n, detail=problem.detail)
    return f"{where}: {why}"
