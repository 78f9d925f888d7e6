"""The short texts of a room: a list that the host lets the room see line by line.

A released text is named by its digest, so that a class keeps no text of a person who left it.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence

from explorer.domain.base import Frozen
from explorer.domain.grading import validation_error
from explorer.domain.questions import Question, QuestionKind
from explorer.domain.sessions import StoredAnswer


class ShortText(Frozen):
    """What people wrote, word for word the same.

    ``digest`` names it, and ``count`` says how many wrote it.
    """

    digest: str
    text: str
    count: int
    released: bool


def short_texts(
    question: Question, answers: Sequence[StoredAnswer], released: Collection[str]
) -> tuple[ShortText, ...]:
    """Return the texts of a question in an order that tells nothing of who wrote them.

    Args:
        question: the question; one of another kind has no texts.
        answers: the answers to it.
        released: digests of the texts that the room may see.
    """
    if question.kind is not QuestionKind.TEXT:
        return ()
    written = Counter(
        item.answer[0]
        for item in answers
        if item.answer and not validation_error(question, item.answer)
    )
    return tuple(
        ShortText(digest=digest(text), text=text, count=count, released=digest(text) in released)
        for text, count in sorted(written.items(), key=lambda item: (item[0].casefold(), item[0]))
    )


def digest(text: str) -> str:
    """Return what names a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
