"""The questions with one right option as Aiken: plain lines, without comments and reasons."""

from collections.abc import Sequence

from explorer.domain.option_order import letter
from explorer.export.quiz_exchange.entries import CHOICE, About, QuizEntry, sound
from explorer.export.quiz_exchange.lines import fits_aiken, flat, key_letter


class NothingFits(ValueError):
    """None of the questions can be said in the format."""


def write(found: Sequence[QuizEntry], about: About) -> bytes:
    """Write what Aiken can hold, in UTF-8.

    Args:
        found: the questions.
        about: unused: the format has no name and no comment; its notes are said before.

    Raises:
        NothingFits: no question has one right option.
    """
    fitting = [entry for entry in found if entry.question.kind in CHOICE and fits_aiken(entry)]
    if not fitting:
        raise NothingFits("None of these questions has one right option, so Aiken can hold none.")
    blocks = []
    for entry in fitting:
        options = [
            f"{letter(place)}. {flat(sound(option.text))}"
            for place, option in enumerate(entry.options)
        ]
        blocks.append("\n".join([flat(entry.stem), *options, f"ANSWER: {key_letter(entry)}", ""]))
    return "\n".join(blocks).encode("utf-8")
