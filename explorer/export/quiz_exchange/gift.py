r"""The questions as GIFT, which Moodle and many other tools read.

Texts are HTML, said once before each question, so that no text can look like a weight (``%50%``),
an arrow or a format of its own. ``\ ~ = # { } :`` are escaped on top, as Moodle's exporter does.
"""

from collections.abc import Sequence
from typing import Final

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import About, QuizEntry, reason, sound
from explorer.export.quiz_exchange.lines import flat
from explorer.export.quiz_exchange.markup import listed, paragraph

_ESCAPED: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"})


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write the questions as GIFT, in UTF-8.

    Args:
        found: the questions.
        about: name of the bank, and what the file says of itself in its first comment.
    """
    parts = ["".join(f"// {flat(note)}\n" for note in about.notes)]
    topic = ""
    for entry in found:
        if entry.topic.id != topic:
            topic = entry.topic.id
            parts.append(
                f"$CATEGORY: $course$/top/{_level(about.title)}/{_level(entry.topic.title)}\n"
            )
        parts.append(_question(entry))
    return "\n".join(parts).encode("utf-8")


def weight(count: int) -> str:
    """Return one of ``count`` equal shares of 100, as Moodle writes it."""
    return f"{100 / count:.5f}".rstrip("0").rstrip(".")


def _level(title: str) -> str:
    """Return a level of a category's path; a slash is doubled, and a backslash means nothing."""
    return flat(sound(title)).replace("\\", " ").replace("/", "//")


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _question(entry: QuizEntry) -> str:
    tags = " ".join(f"[tag:{tag}]" for tag in entry.tags)
    body = "\n".join(("", *(f"\t{line}" for line in _answers(entry)), ""))
    about = f"// [id:{entry.name}] {tags}\n::{_text(entry.name)}::[html]"
    return f"{about}{_text(paragraph(entry.stem))}{{{body}}}\n"


def _answers(entry: QuizEntry) -> list[str]:
    question = entry.question
    if question.number is not None:
        number = question.number
        why = _text(paragraph(number.rationale))
        wrong = _text(paragraph(f"{number.rationale} {number.action}"))
        return [f"#=%100%{number.value}:{number.tolerance}#{why}", f"~#{wrong}"]
    if question.kind is QuestionKind.ORDER:
        places = {option.id: str(place) for place, option in enumerate(question.options, 1)}
        return [*_pairs(entry, places), _reasons(entry)]
    if question.kind is QuestionKind.SORT:
        labels = {group.id: group.label for group in question.groups}
        groups = {option.id: labels[option.group] for option in question.options}
        return [*_pairs(entry, groups), _reasons(entry)]
    share = weight(len(question.keys))
    several = question.kind is QuestionKind.SEVERAL
    lines = []
    for option in entry.options:
        if several:
            sign = f"~%{share}%" if option.key else f"~%-{share}%"
        else:
            sign = "=" if option.key else "~"
        why = reason(option)
        told = f"#{_text(paragraph(why))}" if why else ""
        lines.append(f"{sign}{_text(paragraph(option.text))}{told}")
    return lines


def _pairs(entry: QuizEntry, answers: dict[str, str]) -> list[str]:
    """Return the pairs of a matching question; its right side is plain text to every reader."""
    return [
        f"={_text(paragraph(option.text))} -> {_text(flat(sound(answers[option.id])))}"
        for option in entry.options
    ]


def _reasons(entry: QuizEntry) -> str:
    return f"####{_text(listed(entry.reasons))}"
