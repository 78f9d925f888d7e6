"""The self-check as a page that a learning platform runs: content, style and script, all inside.

It asks each question, says why, and reports score and completion. Nothing is passed or failed: the
platform may set its own mark.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

from explorer.domain.questions import Question, QuestionKind
from explorer.export import line_drawings
from explorer.export.environment import TEMPLATES, environment
from explorer.export.quiz_exchange.entries import About, QuizEntry
from explorer.export.quiz_exchange.markup import picture_file, picture_files

PAGE: Final = "index.html"
_FILES: Final = ("course.css", "course.js")
OFFLINE: Final = "'none'"
ANYWHERE: Final = "*"
"""Where the page may connect to: SCORM is spoken by a script, cmi5 over an address."""


def files(
    found: Sequence[QuizEntry], about: About, connect: str = OFFLINE
) -> dict[str, str | bytes]:
    """Return the files of the page by name.

    Args:
        found: the questions.
        about: name of the page, and its words.
        connect: where it may connect to.
    """
    text = (
        environment()
        .get_template("course.html.j2")
        .render(
            w=about.words,
            title=about.title,
            entries=found,
            notes=about.notes,
            letters=ascii_lowercase,
            placed={entry.question.id: _placed(entry.question) for entry in found},
            groups={entry.question.id: _grouped(entry.question) for entry in found},
            connect=connect,
            version=version(found),
            picture_file=picture_file,
            size=line_drawings.size,
        )
    )
    return {PAGE: text, **{name: _static(name) for name in _FILES}, **picture_files(found)}


def version(found: Sequence[QuizEntry]) -> str:
    """Return what names exactly these questions, so that answers to others are not taken up."""
    names = " ".join(entry.name for entry in found)
    return hashlib.sha256(names.encode()).hexdigest()[:8]


@lru_cache(maxsize=4)
def _static(name: str) -> bytes:
    return (TEMPLATES / name).read_bytes()


def _placed(question: Question) -> dict[str, int]:
    """Return the right place of each step, or the group of each part, from 1."""
    if question.kind is QuestionKind.ORDER:
        return {option.id: place for place, option in enumerate(question.options, 1)}
    groups = {group.id: place for place, group in enumerate(question.groups, 1)}
    return {option.id: groups[option.group] for option in question.options if option.group}


def _grouped(question: Question) -> dict[str, str]:
    labels = {group.id: group.label for group in question.groups}
    return {option.id: labels[option.group] for option in question.options if option.group}
