"""What the rules of questions share: every question with its file, and words to compare."""

import re
from collections.abc import Iterator

from explorer.content.texts import question_file
from explorer.domain.catalogue import Catalogue
from explorer.domain.questions import Kind, Option, Question

CHOSEN = (Kind.SINGLE, Kind.SEVERAL)
"""Kinds whose options are authored texts of which some are right."""

STOP_WORDS = frozenset(
    [
        "about",
        "after",
        "again",
        "also",
        "another",
        "because",
        "been",
        "before",
        "being",
        "between",
        "could",
        "does",
        "doing",
        "done",
        "each",
        "from",
        "have",
        "having",
        "into",
        "more",
        "most",
        "must",
        "need",
        "next",
        "none",
        "only",
        "other",
        "over",
        "same",
        "should",
        "some",
        "such",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "under",
        "until",
        "very",
        "want",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "will",
        "with",
        "would",
        "your",
        "yours",
        "take",
        "takes",
        "taking",
        "medicine",
        "team",
    ]
)
"""Words that say nothing of their own, and the few that every question here uses."""


def asked(catalogue: Catalogue) -> Iterator[tuple[str, Question]]:
    """Yield every question with its file."""
    for topic in catalogue.bank.topics:
        for question in topic.questions:
            yield question_file(topic), question


def wrong(question: Question) -> tuple[Option, ...]:
    """Return the options that are not right, in questions with keys."""
    return tuple(option for option in question.options if not option.key)


def key_texts(question: Question) -> tuple[tuple[str, str], ...]:
    """Return what a question holds to be right, as pairs of the place and the text.

    In ordering and sorting every option is part of it; of a true statement it is the stem.
    """
    if question.number is not None:
        return (("number", f"{question.number.value} {question.number.unit}"),)
    if question.kind is Kind.TRUE_FALSE:
        said = {folded(option.text) for option in question.options if option.key}
        return (("stem", question.stem),) if said & {"true", "yes"} else ()
    right = question.options if question.kind not in CHOSEN else ()
    return tuple((item.id, item.text) for item in question.options if item.key or item in right)


def reasons(question: Question) -> tuple[tuple[str, str], ...]:
    """Return every rationale and action with its place."""
    placed: list[tuple[str, str]] = []
    for option in question.options:
        placed += [
            (f"{option.id}.rationale", option.rationale),
            (f"{option.id}.action", option.action),
        ]
    if question.number is not None:
        placed += [
            ("number.rationale", question.number.rationale),
            ("number.action", question.number.action),
        ]
    return tuple((place, text) for place, text in placed if text)


def folded(text: str) -> str:
    """Fold case, space and punctuation, so that only the words are compared."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def content_words(text: str, leave_out: frozenset[str] = frozenset()) -> set[str]:
    """Return the words of a text that carry meaning, without their common endings."""
    found = {word for word in folded(text).split() if len(word) >= 4}
    return {_root(word) for word in found - STOP_WORDS - leave_out}


def _root(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 5 else word.removesuffix("s")
