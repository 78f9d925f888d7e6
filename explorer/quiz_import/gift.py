"""Questions in GIFT, Moodle's format of lines."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from explorer.quiz_import.found import (
    MOST_OPTIONS,
    MOST_QUESTIONS,
    BadFile,
    FoundFile,
    FoundKind,
    FoundQuestion,
    NotTaken,
    Untaken,
    asked,
    choice,
    joined,
    number,
    of_weights,
    plain,
)
from explorer.quiz_import.html_text import of_html

NO_BRACES: Final = (
    "no question was found; in a file of lines, GIFT is read, with its answers in braces, such as "
    "{=yes ~no}"
)
"""Said of a file of lines that is no GIFT, such as Aiken."""

_LONGEST: Final = 100_000
"""Longest question with its answers, in characters."""

_PRIVATE: Final = 0xF0000
"""Signs of the format that are escaped stand here while a question is taken apart."""

_ESCAPED: Final = re.compile(r"\\([~=#{}:\\n])")
_HIDDEN: Final = re.compile(f"[{chr(_PRIVATE)}-{chr(_PRIVATE + 0xFF)}]")
_TITLE: Final = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT: Final = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_WEIGHT: Final = re.compile(r"\s*%([^%]*)%")
_ANSWER: Final = re.compile(r"([=~])([^=~]*)")
_YES_NO: Final = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#(.*))?", re.DOTALL | re.IGNORECASE)
_HTML: Final = frozenset({"html", "moodle"})


def read(text: str) -> FoundFile:
    """Return what is in a file.

    Args:
        text: the whole file.

    Raises:
        BadFile: it holds too many questions or none.
    """
    if "{" not in _ESCAPED.sub("", text):
        raise BadFile(NO_BRACES)
    questions: list[FoundQuestion] = []
    left_out: list[NotTaken] = []
    for count, (line, block) in enumerate(_blocks(text), 1):
        if count > MOST_QUESTIONS:
            raise BadFile(f"the file holds more than {MOST_QUESTIONS:,} questions")
        place = f"line {line}"
        title = ""
        try:
            if len(block) > _LONGEST:
                raise Untaken(f"it is longer than {_LONGEST:,} characters")
            if _HIDDEN.search(block):
                raise Untaken("it holds letters for private use, which have no meaning")
            hidden = _ESCAPED.sub(_hide, block)
            found = _TITLE.match(hidden)
            title = plain(_show(found[1])) if found else ""
            rest = hidden[found.end() :] if found else hidden
            questions.append(_question(place, title, rest))
        except Untaken as why:
            left_out.append(NotTaken(place, title, str(why)))
    if not questions and not left_out:
        raise BadFile(NO_BRACES)
    return FoundFile("GIFT", tuple(questions), tuple(left_out))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each question with its first line; comments and categories are none of it."""
    start, lines = 0, list[str]()
    for at, line in enumerate([*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""], 1):
        said = line.strip()
        if said.startswith(("//", "$CATEGORY:")):
            continue
        if said:
            start = start if lines else at
            lines.append(line)
        elif lines:
            yield start, "\n".join(lines)
            lines = []


def _hide(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else chr(_PRIVATE + ord(found[1]))


def _show(text: str) -> str:
    return _HIDDEN.sub(lambda found: chr(ord(found[0]) - _PRIVATE), text)


def _text(text: str, kind: str) -> str:
    """Return a text in the format that it names, else in the question's."""
    named = _FORMAT.match(text)
    if named:
        text, kind = text[named.end() :], named[1]
    said = _show(text)
    return of_html(said) if kind in _HTML else plain(said)


def _question(place: str, name: str, text: str) -> FoundQuestion:
    named = _FORMAT.match(text)
    kind = named[1] if named else "moodle"
    text = text[named.end() :] if named else text
    before, opened, rest = text.partition("{")
    inside, closed, after = rest.partition("}")
    if not opened:
        raise Untaken("there are no answers in braces")
    if not closed:
        raise Untaken("the brace { is never closed")
    if "{" in inside or "{" in after or "}" in after:
        raise Untaken("there is more than one set of answers")
    stem = _text(f"{before} ___ {after}" if after.strip() else before, kind)
    body, _, general = inside.partition("####")
    reason = _text(general, kind)
    body = body.strip()
    if not body:
        return FoundQuestion(place, name, FoundKind.TEXT, asked(stem), reason=reason)
    if body.startswith("#"):
        return _number(place, name, asked(stem), body[1:], reason, kind)
    said = _YES_NO.fullmatch(body)
    if said:
        return _yes_no(place, name, stem, said, reason, kind)
    if "~" not in body:
        what = "pairs to match" if "->" in body else "a word to type that is then judged"
        raise Untaken(f"it asks for {what}; own questions have options, a number or free words")
    weighted = [_option(sign, part, kind) for sign, part in _answers(body)]
    several = "=" not in body
    options, notes = of_weights(weighted, several=several)
    return choice(place, name, stem, options, several=several, reason=reason, notes=notes)


def _answers(body: str) -> list[tuple[str, str]]:
    found = _ANSWER.findall(body)
    if "".join(sign + part for sign, part in found) != body:
        raise Untaken("the answers do not begin with = or ~")
    if len(found) > MOST_OPTIONS:
        raise Untaken(f"it has {len(found)} options; 2 to {MOST_OPTIONS} are read")
    return found


def _weight(text: str, *, right: bool) -> tuple[Decimal, str]:
    found = _WEIGHT.match(text)
    if found:
        return number(found[1]), text[found.end() :]
    return Decimal(100 if right else 0), text


def _option(sign: str, part: str, kind: str) -> tuple[str, Decimal, str]:
    weight, rest = _weight(part, right=sign == "=")
    text, _, why = rest.partition("#")
    return _text(text, kind), weight, _text(why, kind)


def _yes_no(
    place: str, name: str, stem: str, said: re.Match[str], reason: str, kind: str
) -> FoundQuestion:
    """Return true or false; the feedback for a wrong answer stands first."""
    wrong, _, right = (said[2] or "").partition("#")
    is_true = said[1].upper().startswith("T")
    why = {True: _text(right, kind), False: _text(wrong, kind)}
    options, _ = of_weights(
        [
            (text, Decimal(100 if key else 0), why[key])
            for text, key in (("True", is_true), ("False", not is_true))
        ],
        several=False,
    )
    return choice(place, name, stem, options, several=False, reason=reason)


def _number(place: str, name: str, stem: str, body: str, general: str, kind: str) -> FoundQuestion:
    """Return a number to give: ``3:0.5``, ``2.5..3.5``, or one right answer among weighted ones."""
    parts = _ANSWER.findall(body) if body.strip()[:1] in ("=", "~") else [("=", body)]
    right: list[tuple[str, str]] = []
    reasons: list[str] = []
    for sign, part in parts:
        weight, rest = _weight(part, right=sign == "=")
        said, _, why = rest.partition("#")
        if weight > 0:
            right.append((said, _text(why, kind)))
        elif said.strip() not in ("", "*"):
            raise Untaken("a wrong number has a reason of its own")
        else:
            reasons.append(_text(why, kind))
    if len(right) != 1:
        raise Untaken(f"{len(right)} numbers are right; one with its tolerance is read")
    (given, why) = right[0]
    low, between, high = given.partition("..")
    if between:
        least, most = number(low), number(high)
        value, off = (least + most) / 2, (most - least) / 2
    else:
        at, _, tolerance = given.partition(":")
        value, off = number(at), number(tolerance) if tolerance.strip() else Decimal(0)
    if off < 0:
        raise Untaken("the tolerance is below zero")
    told = joined((why, *reasons, general))
    return FoundQuestion(
        place, name, FoundKind.NUMBER, stem, value=value, tolerance=off, reason=told
    )
