"""What fits into formats that are made of lines."""

import re
from typing import Final

from explorer.domain.option_order import letter
from explorer.export.quiz_exchange.entries import QuizEntry

_MOST: Final = 26
"""Options that have a letter."""

_LIKE_AN_ANSWER: Final = re.compile(r"\s*(?:[A-Za-z]\s*[.)]|ANSWER\s*:)", re.IGNORECASE)


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def fits_aiken(entry: QuizEntry) -> bool:
    """Return whether a reader of Aiken cannot take the question for an answer."""
    return len(entry.options) <= _MOST and not _LIKE_AN_ANSWER.match(flat(entry.stem))


def key_letter(entry: QuizEntry) -> str:
    """Return the letter of the one right option."""
    place = next(place for place, option in enumerate(entry.options) if option.key)
    return letter(place)
