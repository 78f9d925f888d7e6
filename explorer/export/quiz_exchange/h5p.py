"""The questions as an H5P Question Set: content that names its libraries, without their program.

The platform needs the libraries in these versions; it installs them from H5P's hub.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.aiken import NothingFits
from explorer.export.quiz_exchange.entries import PARTS, About, QuizEntry, reason
from explorer.export.quiz_exchange.markup import packed, paragraph, xml

_SET: Final = ("H5P.QuestionSet", 1, 20)
_CHOICE: Final = ("H5P.MultiChoice", 1, 16)
_BLANKS: Final = ("H5P.Blanks", 1, 14)

_MOST_NUMBERS: Final = 41
"""Most numbers that are listed as right; where a tolerance has more, only the number itself is."""


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write the package.

    Args:
        found: the questions.
        about: name of the set, and what stands in its comment for authors.

    Raises:
        NothingFits: all are of kinds that a question set does not have.
    """
    fitting = [entry for entry in found if entry.question.kind not in PARTS]
    if not fitting:
        raise NothingFits("A question set of H5P has no ordering and no sorting.")
    head = {
        "title": about.title,
        "language": "en",
        "defaultLanguage": "en",
        "mainLibrary": _SET[0],
        "embedTypes": ["iframe"],
        "license": "U",
        "authorComments": "\n".join(about.notes)[:5000],
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": major, "minorVersion": minor}
            for name, major, minor in (_SET, _CHOICE, _BLANKS)
        ],
    }
    content = {
        "introPage": {"showIntroPage": False},
        "progressType": "textual",
        "passPercentage": 50,
        "questions": [_question(entry) for entry in fitting],
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "endGame": {"showResultPage": True, "showSolutionButton": True, "showRetryButton": True},
        "override": {"checkButton": True},
    }
    return packed({"h5p.json": _json(head), "content/content.json": _json(content)})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _question(entry: QuizEntry) -> dict[str, Any]:
    is_number = entry.question.kind is QuestionKind.NUMBER
    name, major, minor = _BLANKS if is_number else _CHOICE
    return {
        "library": f"{name} {major}.{minor}",
        "subContentId": str(uuid5(NAMESPACE_URL, f"anakinra-explorer/{entry.question.id}")),
        "metadata": {
            "title": entry.name,
            "license": "U",
            "contentType": "Fill in the Blanks" if is_number else "Multiple Choice",
        },
        "params": _number(entry) if is_number else _choice(entry),
    }


def _choice(entry: QuizEntry) -> dict[str, Any]:
    several = entry.question.kind is QuestionKind.SEVERAL
    return {
        "question": paragraph(entry.stem),
        "answers": [
            {
                "text": paragraph(option.text),
                "correct": option.key,
                "tipsAndFeedback": {
                    "tip": "",
                    "chosenFeedback": paragraph(reason(option)) if reason(option) else "",
                    "notChosenFeedback": paragraph(reason(option)) if option.key else "",
                },
            }
            for option in entry.options
        ],
        "behaviour": {
            "enableRetry": True,
            "enableSolutionsButton": True,
            "enableCheckButton": True,
            "type": "multi" if several else "single",
            "singlePoint": False,
            "randomAnswers": entry.question.kind is not QuestionKind.TRUE_FALSE,
            "showSolutionsRequiresInput": True,
            "confirmCheckDialog": False,
            "confirmRetryDialog": False,
            "autoCheck": False,
            "passPercentage": 100,
            "showScorePoints": True,
        },
    }


def _number(entry: QuizEntry) -> dict[str, Any]:
    number = entry.question.number
    if number is None:
        raise ValueError(f"{entry.question.id}: a number question without its number")
    right = "/".join(_right(Decimal(number.value), Decimal(number.tolerance)))
    return {
        "text": paragraph(entry.stem),
        "questions": [f"<p>*{right}*</p>"],
        "overallFeedback": [
            {"from": 0, "to": 99, "feedback": xml(f"{number.rationale} {number.action}")},
            {"from": 100, "to": 100, "feedback": xml(number.rationale)},
        ],
        "behaviour": {
            "enableRetry": True,
            "enableSolutionsButton": True,
            "enableCheckButton": True,
            "autoCheck": False,
            "caseSensitive": False,
            "showSolutionsRequiresInput": True,
            "separateLines": False,
            "confirmCheckDialog": False,
            "confirmRetryDialog": False,
            "acceptSpellingErrors": False,
        },
    }


def _right(value: Decimal, off: Decimal) -> list[str]:
    """Return the numbers within the tolerance, in steps of their last digit, the right one first.

    A blank compares texts and knows no tolerance.
    """
    exponents = [part.as_tuple().exponent for part in (value, off) if part]
    step = Decimal(1).scaleb(min((int(item) for item in exponents), default=0))
    count = int(off / step)
    if 2 * count + 1 > _MOST_NUMBERS:
        count = 0
    near = [value + sign * step * at for at in range(1, count + 1) for sign in (-1, 1)]
    return [f"{item:f}" for item in (value, *near)]
