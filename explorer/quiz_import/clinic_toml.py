"""Own questions as a file of a clinic's folder, to be completed by whoever answers for them.

What only a person can add is left empty and named: what a question rests on, and a reason for each
option. The rules of the gate refuse the file until it is there.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Final

from explorer.domain.local import PREFIX
from explorer.domain.own_questions import PREFIX as OWN
from explorer.domain.own_questions import OwnQuestion
from explorer.domain.questions import QuestionKind
from explorer.quiz_import.found import NotTaken
from explorer.quiz_import.own import Imported

_ORDER: Final = 900


def fitting(read: Imported) -> Imported:
    """Return what a clinic's folder can hold: no question without a key.

    Args:
        read: what was imported.
    """
    free = [item for item in read.questions if item.kind is QuestionKind.TEXT]
    kept = tuple(item for item in read.questions if item not in free)
    why = "free words are asked in a class only"
    out = tuple(NotTaken("question", item.stem, why) for item in free)
    return Imported(read.format, kept, (*read.left_out, *out), read.notes)


def write(read: Imported, title: str, due: date) -> str:
    """Return the file.

    Args:
        read: the questions, all of which have a key.
        title: the name of the topic.
        due: when they are to be read again.
    """
    return "\n".join((*_head(read, title), *(_question(item, due) for item in read.questions)))


def _head(read: Imported, title: str) -> Iterator[str]:
    yield f"# Read from a file of another system ({read.format}); nobody has checked it here."
    yield "# Fill in by hand: supported_by, and each reason (rationale) that is still empty."
    yield "# Until then the start refuses the file; 'anakinra-explorer check' says what is missing."
    yield f"order = {_ORDER}"
    yield f"title = {_text(title)}"
    yield ""


def _question(item: OwnQuestion, due: date) -> str:
    lines = [
        "[[questions]]",
        f"id = {_text(item.id.replace(OWN, PREFIX, 1))}",
        "version = 1",
        f"kind = {_text(item.kind)}",
        'audience = "both"',
        'level = "understand"',
        f"stem = {_text(item.stem)}",
        'supported_by = []  # such as { ref = "anakinra/storage", hash = "00000000" }',
        f"due = {due}",
    ]
    number = item.number
    if number is not None:
        lines += [
            "",
            "[questions.number]",
            f"value = {number.value:f}",
            f"unit = {_text(number.unit)}  # such as mL",
            f"tolerance = {number.tolerance:f}",
            f"rationale = {_text(item.reason)}",
            'action = ""',
        ]
    for option in item.options:
        why = option.reason or (item.reason if option.key else "")
        lines += ["", "[[questions.options]]", f"id = {_text(option.id)}"]
        lines += [f"text = {_text(option.text)}"]
        lines += ["key = true"] if option.key else []
        lines += [f"rationale = {_text(why)}"]
    return "\n".join((*lines, ""))


def _text(text: str) -> str:
    """Return a basic string of TOML: JSON's, and a DEL escaped as well."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
