"""What a reader finds in a file: questions taken whole, and what was left out with the reason."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from explorer.domain.letters import escaped, sound

MOST_BYTES: Final = 5_000_000
"""Largest file that is read; our whole bank takes a tenth of it in the largest format."""

MOST_QUESTIONS: Final = 1000
"""Most questions in a file."""

MOST_OPTIONS: Final = 26
"""Most options of a question: each has a letter."""

LONGEST_TEXT: Final = 20_000
"""Longest text of a field as it stands in the file, with its markup."""

_NUMBER: Final = re.compile(r"\s*[+-]?(?:\d{1,12}(?:\.\d{0,9})?|\.\d{1,9})(?:[eE][+-]?[0-9])?\s*")
_SHOWN: Final = 60


class BadFile(ValueError):
    """The file as a whole cannot be read; the message is one line that says why and what to do."""


class Untaken(ValueError):
    """A question cannot be taken whole; the message says why."""


class FoundKind(StrEnum):
    """What is done with a question that was read."""

    SINGLE = "single"
    SEVERAL = "several"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True)
class FoundOption:
    """An option with whether it is right and why."""

    text: str
    key: bool
    reason: str = ""


@dataclass(frozen=True)
class FoundQuestion:
    """A question as it stands in a file, in plain text."""

    place: str
    """Where it stands: a line, a number or the name of a file in the package."""
    name: str
    kind: FoundKind
    stem: str
    options: tuple[FoundOption, ...] = ()
    value: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    reason: str = ""
    """What is said after any answer."""
    notes: tuple[str, ...] = ()
    """What means something else here than in the file."""


@dataclass(frozen=True)
class NotTaken:
    """A question that was left out as a whole."""

    place: str
    name: str
    why: str

    def __str__(self) -> str:
        named = f" ({shown(self.name)})" if self.name else ""
        return f"{self.place}{named}: not taken: {self.why}"


@dataclass(frozen=True)
class FoundFile:
    """All that was found in a file."""

    format: str
    questions: tuple[FoundQuestion, ...]
    left_out: tuple[NotTaken, ...] = ()


def shown(text: str) -> str:
    """Return a text from outside for a message: one line, nothing hidden, not long."""
    said = escaped(" ".join(text.split()))
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


def bounded(text: str) -> str:
    """Return a text of the file if it has a length that is read.

    Raises:
        Untaken: it is too long.
    """
    if len(text) > LONGEST_TEXT:
        raise Untaken(f"a text is longer than {LONGEST_TEXT:,} characters")
    return text


def plain(text: str) -> str:
    """Return a plain text without what is no letter: lines that say something, one space a gap.

    Raises:
        Untaken: it is too long.
    """
    lines = (" ".join(line.split()) for line in sound(bounded(text)).split("\n"))
    return "\n".join(line for line in lines if line)


def number(text: str) -> Decimal:
    """Return a number of the file.

    Raises:
        Untaken: it is none, or has more digits than a dose or a date needs.
    """
    try:
        if _NUMBER.fullmatch(text):
            return Decimal(text.strip())
    except InvalidOperation:
        pass
    raise Untaken(f"'{shown(text)}' is no number of up to 12 digits")


def choice(
    place: str,
    name: str,
    stem: str,
    options: Sequence[FoundOption],
    *,
    several: bool,
    reason: str = "",
    notes: Sequence[str] = (),
) -> FoundQuestion:
    """Return a question with options, if it can be asked.

    Raises:
        Untaken: it has too few or too many options, one without words, or no fitting key.
    """
    right = sum(option.key for option in options)
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise Untaken(f"it has {len(options)} options; 2 to {MOST_OPTIONS} are read")
    if not all(option.text for option in options):
        raise Untaken("an option has no words")
    if not right:
        raise Untaken("no option is marked as right")
    if not several and right > 1:
        raise Untaken(f"{right} options are right, but only one can be chosen")
    kind = FoundKind.SEVERAL if several else FoundKind.SINGLE
    return FoundQuestion(
        place, name, kind, asked(stem), tuple(options), reason=reason, notes=tuple(notes)
    )


def keyed(found: Iterable[tuple[str, str, str]], right: Set[str]) -> list[FoundOption]:
    """Return options that the file names by an id.

    Args:
        found: the id, text and reason of each.
        right: ids of those that are right.

    Raises:
        Untaken: two have the same id, or one that is right is not there.
    """
    options: dict[str, FoundOption] = {}
    for key, text, why in found:
        if key in options:
            raise Untaken(f"two options have the id '{shown(key)}'")
        options[key] = FoundOption(text, key in right, why)
    if missing := right - options.keys():
        raise Untaken(f"the right option '{shown(min(missing))}' is not there")
    return list(options.values())


def joined(texts: Iterable[str]) -> str:
    """Return texts one below the other, each once and none that is empty."""
    return "\n".join(dict.fromkeys(filter(None, texts)))


def asked(stem: str) -> str:
    """Return the words of a question.

    Raises:
        Untaken: there are none.
    """
    if not stem:
        raise Untaken("the question has no words")
    return stem


def of_weights(
    weighted: Sequence[tuple[str, Decimal, str]], *, several: bool
) -> tuple[list[FoundOption], list[str]]:
    """Return options from text, weight in percent and reason; and what the weights lose.

    Args:
        weighted: the options as they stand.
        several: whether more than one can be chosen.
    """
    notes = []
    if several:
        options = [FoundOption(text, weight > 0, why) for text, weight, why in weighted]
        if len({weight for _, weight, _ in weighted if weight > 0}) > 1:
            notes.append("the right options have different weights; here each counts the same")
    else:
        most = max((weight for _, weight, _ in weighted), default=Decimal(0))
        options = [FoundOption(text, 0 < weight == most, why) for text, weight, why in weighted]
        if any(0 < weight < most for _, weight, _ in weighted):
            notes.append("an option that was partly right counts as wrong here")
    return options, notes
