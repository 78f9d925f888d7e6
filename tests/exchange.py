"""What the tests of files for other systems share: the banks, and texts as a reader sees them."""

import html
import re
from datetime import date

from explorer.domain.questions import Question, QuestionKind
from explorer.export.quiz_exchange.entries import reason
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import Prepared, prepare
from tests import torture
from tests.shipped import shipped

DAY = date(2026, 11, 28)
CHOICE = (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE, QuestionKind.SEVERAL)


def of(bank: str, target: ExchangeFormat) -> Prepared:
    """Prepare the shipped bank, or the one that is hard to write."""
    content = shipped()
    catalogue = content.catalogue
    asked = torture.bank() if bank == "torture" else catalogue.bank
    drawings = torture.DRAWINGS if bank == "torture" else catalogue.drawings
    return prepare(target, asked, catalogue.words, "abc", day=DAY, drawings=drawings)


def plain(markup: str | None) -> str:
    """Read HTML as text, as a browser would."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup or ""))


def spaced(text: str) -> str:
    """Set runs of spaces aside, which HTML does not show."""
    return " ".join(text.split())


def told(question: Question) -> set[tuple[str, bool, str]]:
    """Give each option with whether it is right and why."""
    return {
        (spaced(option.text), option.key, spaced(reason(option))) for option in question.options
    }


def unmarked(text: str) -> str:
    """Undo the marks of GIFT that gift-pegjs leaves in the right side of a pair, a fault of its own.

    A text that holds such a mark itself is read as the sign, there as in Moodle.
    """
    return re.sub(r"&&(\d{3});", lambda found: chr(int(found[1])), text)
