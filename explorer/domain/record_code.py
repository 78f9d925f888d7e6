"""The lines of a record and its check code, so that a typing error or a changed figure is seen.

The lines say all that a record says, as ``part: value``. The code is computed from them alone, by
SHA-256 over canonical JSON (sorted keys, no spaces), in the letters of Crockford's base 32, which
leave out those that look like digits. Its first eight characters stand for the whole; then each
part has two of its own, so that a code that does not fit can say where. There is no secret in it:
whoever changes a record can compute a new code, so it is no signature.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.letters import sound
from explorer.domain.records import Record

PARTS: Final = (
    "name",
    "date",
    "result",
    "points",
    "seconds",
    "attempt",
    "content",
    "questions",
)
"""What a record's lines begin with, in their order; the code follows."""

CODE: Final = "code"
WHOLE: Final = 8
"""Characters of the code for the record as a whole: 40 bits."""

EACH: Final = 2
"""Characters for each part: 1 in 1,024 changes of a part goes without naming it."""

LENGTH: Final = WHOLE + EACH * len(PARTS)
LONGEST: Final = 20_000
"""Most characters of lines that are read."""

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans("OIL", "011")
_LINE: Final = re.compile(rf"\s*({'|'.join((*PARTS, CODE))})\s*:(.*)", re.IGNORECASE)
_UNSEEN_MARKS: Final = re.compile("[\u00ad\u200b\u2060]")
"""Where a word may break; a PDF gives them back."""
_UNSEEN: Final = re.compile("[\\s\u00ad\u200b-\u200d\u2060]")
_QUESTION: Final = re.compile(r"(second)?([a-z0-9-]+)\.v[0-9]+=([0-9]+)/([1-9][0-9]*)")
_RESULT: Final = re.compile(r"([a-z-]+);([0-9]+)of([0-9]+)right;([0-9]+)of100;")


class Misfit(Frozen):
    """A part of a record that does not fit: its name, or ``code`` or ``lines``, and what is wrong.

    ``reason`` is ``missing``, ``twice``, ``too-long``, ``mistyped`` (the code is not one),
    ``changed`` (the part does not fit the code), ``whole`` (every part fits, the start of the code
    does not) or ``sums`` (the result does not follow from the questions).
    """

    part: str
    reason: str


def lines_of(record: Record) -> dict[str, str]:
    """Return what a record says, by part, without the code.

    Args:
        record: the record.
    """
    points = (
        f"{item.id or item.label} {'right' if item.right else 'missed'} ({item.tries})"
        for item in record.concepts
    )
    asked = (
        f"{'second ' if item.second else ''}{item.id}.v{item.version} = "
        f"{item.made_right}/{item.decisions}"
        for item in record.questions
    )
    return {
        "name": record.name,
        "date": f"{record.date} {record.zone}",
        "result": f"{record.verdict}; {record.right} of {record.total} right; "
        f"{record.percent} of 100; mark {record.pass_mark}; skipped {record.skipped}; "
        f"not shown {record.not_shown}",
        "points": "; ".join(points),
        "seconds": "" if record.seconds is None else str(record.seconds),
        "attempt": str(record.attempt) if record.attempt else "",
        "content": record.content,
        "questions": "; ".join(asked),
    }


def code_of(lines: Mapping[str, str]) -> str:
    """Return the check code of a record's lines, in groups of four.

    Args:
        lines: value by part; a part that is not there counts as empty.
    """
    plain = {part: _plain(lines.get(part, "")) for part in PARTS}
    code = _digest(plain, WHOLE)
    code += "".join(_digest({part: value}, EACH) for part, value in plain.items())
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def text_of(record: Record) -> str:
    """Return the lines of a record with its code, as a text that ``verify`` reads.

    Args:
        record: the record.
    """
    lines = lines_of(record)
    said = [f"{part}: {value}".rstrip() for part, value in lines.items()]
    return "\n".join([*said, f"{CODE}: {code_of(lines)}", ""])


def verify(text: str) -> tuple[Misfit, ...]:
    """Compute the code of a record's lines again, and say which part does not fit.

    A line may run on in the next; spaces, hyphens of the code and small or capital letters do not
    count. Nothing of it proves who was at the keyboard.

    Args:
        text: the lines with the code, as printed, pasted or typed.

    Returns:
        What does not fit; nothing where all does.
    """
    if len(text) > LONGEST:
        return (Misfit(part="lines", reason="too-long"),)
    found, twice = _read(text)
    if twice:
        return tuple(Misfit(part=part, reason="twice") for part in twice)
    missing = [part for part in (*PARTS, CODE) if part not in found]
    if missing:
        return tuple(Misfit(part=part, reason="missing") for part in missing)
    given = _plain(found.pop(CODE)).upper().replace("-", "").translate(_READ_AS)
    if len(given) != LENGTH or not set(given) <= set(_LETTERS):
        return (Misfit(part=CODE, reason="mistyped"),)
    ours = code_of(found).replace("-", "")
    changed = [
        Misfit(part=part, reason="changed")
        for part, at in zip(PARTS, range(WHOLE, LENGTH, EACH), strict=True)
        if given[at : at + EACH] != ours[at : at + EACH]
    ]
    if changed and given[:WHOLE] == ours[:WHOLE]:  # the whole fits, so the code was mistyped
        return (Misfit(part=CODE, reason="mistyped"),)
    if not changed and given != ours:
        return (Misfit(part=CODE, reason="whole"),)
    return tuple(changed) or _sums(found)


def _sums(found: Mapping[str, str]) -> tuple[Misfit, ...]:
    """Hold the result against the questions: their parts give the points."""
    result = _RESULT.match(_plain(found["result"]))
    asked = [_QUESTION.fullmatch(item) for item in _plain(found["questions"]).split(";") if item]
    read = [item for item in asked if item is not None]
    first = [(int(item[3]), int(item[4])) for item in read if not item[1]]
    if result is None or not first or len(read) < len(asked):
        return (Misfit(part="result", reason="sums"),)
    points = sum((Fraction(made, every) for made, every in first), Fraction())
    right = sum(made == every for made, every in first)
    told = tuple(int(result[place]) for place in (2, 3, 4))
    fits = told == (right, len(first), int(points * 100 // len(first)))
    return () if fits else (Misfit(part="result", reason="sums"),)


def _read(text: str) -> tuple[dict[str, str], list[str]]:
    """Read lines by part; what begins with no part belongs to the line before it."""
    found: dict[str, str] = {}
    twice: list[str] = []
    part = ""
    for line in _UNSEEN_MARKS.sub("", sound(text)).split("\n"):
        start = _LINE.fullmatch(line)
        if start is None:
            if part and part != CODE:
                found[part] += " " + line
            continue
        part = start[1].lower()
        if part in found:
            twice.append(part)
        found[part] = start[2]
    return found, twice


def _plain(value: str) -> str:
    """Return what counts of a value: neither spaces, which paper moves, nor capitals."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", value)).casefold()


def _digest(lines: Mapping[str, str], length: int) -> str:
    """Return the first characters of a digest, five bits each."""
    canonical = json.dumps(lines, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    bits = int.from_bytes(hashlib.sha256(canonical.encode("utf-8", "replace")).digest(), "big")
    return "".join(_LETTERS[(bits >> (256 - 5 * place)) & 31] for place in range(1, length + 1))
