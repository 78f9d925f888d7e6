"""What a format cannot carry, known before the file is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from explorer.domain.messages import Words
from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import CHOICE, PARTS, QuizEntry
from explorer.export.quiz_exchange.lines import fits_aiken


class ExchangeFormat(StrEnum):
    """A format that learning platforms read."""

    GIFT = "gift"
    MOODLE = "moodle"
    QTI21 = "qti21"
    AIKEN = "aiken"
    ANKI = "anki"
    QTI12 = "qti12"
    APKG = "apkg"
    H5P = "h5p"
    OLX = "olx"
    SCORM12 = "scorm12"
    SCORM2004 = "scorm2004"
    CMI5 = "cmi5"


@dataclass(frozen=True)
class Loss:
    """Something that a format cannot carry, and the questions that it touches."""

    reason: str
    questions: tuple[str, ...]
    """Ids of the questions, in the order of the bank."""
    left_out: bool = False
    """Whether the questions are not in the file at all."""


_Touches = Callable[[QuizEntry], bool]


def _parts(entry: QuizEntry) -> bool:
    return entry.question.kind in PARTS


def _order(entry: QuizEntry) -> bool:
    return entry.question.kind is QuestionKind.ORDER


def _several(entry: QuizEntry) -> bool:
    return entry.question.kind is QuestionKind.SEVERAL


def _several_parts(entry: QuizEntry) -> bool:
    return entry.question.kind in {*PARTS, QuestionKind.SEVERAL}


def _number(entry: QuizEntry) -> bool:
    return entry.question.number is not None


def _drawing(entry: QuizEntry) -> bool:
    return entry.question.drawing is not None


def _undrawn(entry: QuizEntry) -> bool:
    """Whether a drawing is named that whoever chose the questions did not hand over."""
    return _drawing(entry) and entry.drawing is None


def _all(_entry: QuizEntry) -> bool:
    return True


def _no_choice(entry: QuizEntry) -> bool:
    return entry.question.kind not in CHOICE


def _misread(entry: QuizEntry) -> bool:
    return entry.question.kind in CHOICE and not fits_aiken(entry)


_LIMITS: Final[dict[ExchangeFormat, tuple[tuple[str, _Touches], ...]]] = {
    ExchangeFormat.GIFT: (
        ("order-as-places", _order),
        ("reasons-together", _parts),
        ("drawing", _drawing),
        ("confidence", _all),
    ),
    ExchangeFormat.MOODLE: (
        ("ordering-type", _order),
        ("reasons-together", _parts),
        ("drawing", _undrawn),
        ("confidence", _all),
    ),
    ExchangeFormat.QTI21: (
        ("order-all-or-nothing", _order),
        ("reasons-together", _parts),
        ("drawing", _undrawn),
        ("confidence", _all),
    ),
    ExchangeFormat.AIKEN: (
        ("aiken-kind", _no_choice),
        ("aiken-misread", _misread),
        ("no-reasons", _all),
        ("no-topic", _all),
        ("drawing", _drawing),
        ("confidence", _all),
    ),
    ExchangeFormat.ANKI: (
        ("not-judged", _all),
        ("drawing", _drawing),
        ("confidence", _all),
    ),
    ExchangeFormat.QTI12: (
        ("order-as-places", _order),
        ("reasons-together", _parts),
        ("all-or-nothing", _several),
        ("no-tags", _all),
        ("drawing", _undrawn),
        ("confidence", _all),
    ),
    ExchangeFormat.APKG: (
        ("not-judged", _all),
        ("drawing", _undrawn),
        ("confidence", _all),
    ),
    ExchangeFormat.H5P: (
        ("h5p-kind", _parts),
        ("h5p-number", _number),
        ("no-topic", _all),
        ("drawing", _drawing),
        ("confidence", _all),
    ),
    ExchangeFormat.OLX: (
        ("order-as-places", _order),
        ("reasons-together", _parts),
        ("each-choice", _several),
        ("no-tags", _all),
        ("drawing", _undrawn),
        ("confidence", _all),
    ),
    ExchangeFormat.SCORM12: (
        ("all-right", _several_parts),
        ("no-topic-marks", _all),
        ("drawing", _undrawn),
        ("confidence", _all),
    ),
    ExchangeFormat.SCORM2004: (
        ("all-right", _several_parts),
        ("no-topic-marks", _all),
        ("drawing", _undrawn),
        ("confidence", _all),
    ),
    ExchangeFormat.CMI5: (
        ("all-right", _several_parts),
        ("no-topic-marks", _all),
        ("drawing", _undrawn),
        ("confidence", _all),
    ),
}

LEAVES_OUT: Final = frozenset({"aiken-kind", "aiken-misread", "h5p-kind"})
"""Reasons for which a question is not in the file at all."""


def losses(target: ExchangeFormat, found: Sequence[QuizEntry]) -> tuple[Loss, ...]:
    """Return what a format cannot carry of some questions, what is left out first.

    Args:
        target: the format.
        found: the questions asked for.
    """
    told = []
    for name, touches in _LIMITS[target]:
        touched = tuple(entry.question.id for entry in found if touches(entry))
        if touched:
            told.append(Loss(reason=name, questions=touched, left_out=name in LEAVES_OUT))
    return tuple(told)


def said(found: Sequence[Loss], total: int, words: Words, *, ids: bool = False) -> tuple[str, ...]:
    """Say in a sentence each what a format cannot carry.

    Args:
        found: what it cannot carry.
        total: how many questions were asked for.
        words: interface words.
        ids: whether to name the questions, where it is not all of them.
    """
    lines = []
    for loss in found:
        line = words(f"exchange.loss-{loss.reason}", n=len(loss.questions), total=total)
        if ids and len(loss.questions) < total:
            line = f"{line} [{', '.join(loss.questions)}]"
        lines.append(line)
    return tuple(lines)
