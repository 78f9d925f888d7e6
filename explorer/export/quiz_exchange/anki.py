"""The questions as Anki's notes in a text file, whose first lines say how to read it.

Each note has a GUID of its own, so that a later file updates the note and keeps its schedule.
"""

from collections.abc import Sequence
from html import escape
from typing import Final

from explorer.domain.option_order import letter
from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import PARTS, About, QuizEntry, reason, sound
from explorer.export.quiz_exchange.lines import flat

GUID: Final = "anakinra-explorer-"
"""What every GUID begins with, so that it meets no other deck's."""


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write one line a note: GUID, deck, tags, front, back.

    Args:
        found: the questions.
        about: name of the deck, in which each topic is one, and the comments.
    """
    head = ["#separator:tab", "#html:true", "#notetype:Basic"]
    head += ["#guid column:1", "#deck column:2", "#tags column:3"]
    said = [f"# {flat(note)}" for note in about.notes]
    lines = [
        "\t".join(
            (
                f"{GUID}{entry.question.id}",
                deck(about.title, entry),
                " ".join(entry.tags),
                front(entry),
                back(entry),
            )
        )
        for entry in found
    ]
    return "\n".join([*head, *said, *lines, ""]).encode("utf-8")


def deck(title: str, entry: QuizEntry) -> str:
    """Return the name of the deck of a question: its topic in the deck of the bank."""
    return f"{_level(title)}::{_level(entry.topic.title)}"


def _level(title: str) -> str:
    """Return a level of a deck's name; two colons would begin a new level, a quote a cell."""
    return flat(sound(title)).replace("::", ": :").replace('"', "”")


def _said(text: str) -> str:
    """Return a text as HTML on one line; Anki reads a quote as the start of a quoted cell."""
    return escape(flat(sound(text)))


def front(entry: QuizEntry) -> str:
    """Return the question with its options as HTML on one line."""
    groups = ", ".join(_said(group.label) for group in entry.question.groups)
    placed = f"<p>{groups}</p>" if groups else ""
    options = "".join(f"<li>{_said(option.text)}</li>" for option in entry.options)
    listed = f'<ol type="A">{options}</ol>' if options else ""
    return f"<p>{_said(entry.stem)}</p>{placed}{listed}"


def back(entry: QuizEntry) -> str:
    """Return the key and the reasons as HTML on one line."""
    question = entry.question
    if question.number is not None:
        number = question.number
        off = f" ± {number.tolerance}" if number.tolerance else ""
        why = f"{number.rationale} {number.action}"
        return f"<p><b>{number.value}{off} {_said(number.unit)}</b></p><p>{_said(why)}</p>"
    letters = {option.id: letter(place) for place, option in enumerate(entry.options)}
    if question.kind is QuestionKind.ORDER:
        key = ", ".join(letters[option.id] for option in question.options)
    elif question.kind is QuestionKind.SORT:
        labels = {group.id: _said(group.label) for group in question.groups}
        key = "; ".join(f"{letters[item.id]}: {labels[item.group]}" for item in entry.options)
    else:
        key = ", ".join(letters[option.id] for option in entry.options if option.key)
    shown = question.options if question.kind in PARTS else entry.options
    reasons = "".join(
        f"<li><b>{letters[option.id]}</b>: {_said(reason(option))}</li>" for option in shown
    )
    return f"<p><b>{key}</b></p><ul>{reasons}</ul>"
