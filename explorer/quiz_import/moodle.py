"""Questions in Moodle XML."""

from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from explorer.quiz_import.found import (
    MOST_QUESTIONS,
    BadFile,
    FoundFile,
    FoundKind,
    FoundOption,
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

_HTML: Final = frozenset({"html", "moodle_auto_format", "0", "1"})
_OTHER: Final = {
    "matching": "pairs to match",
    "ordering": "steps to put in order",
    "shortanswer": "a word to type that is then judged",
    "description": "a text without a question",
    "cloze": "gaps in a text",
}


def read(root: Element) -> FoundFile:
    """Return what is in a file.

    Args:
        root: the element ``quiz``.

    Raises:
        BadFile: it holds too many questions or none.
    """
    questions: list[FoundQuestion] = []
    left_out: list[NotTaken] = []
    seen: set[str] = set()
    found = [item for item in root.findall("question") if item.get("type") != "category"]
    if len(found) > MOST_QUESTIONS:
        raise BadFile(f"the file holds more than {MOST_QUESTIONS:,} questions")
    if not found:
        raise BadFile("the file holds no question")
    for at, item in enumerate(found, 1):
        place, name = f"question {at}", (item.findtext("name/text") or "").strip()
        try:
            id_number = (item.findtext("idnumber") or "").strip()
            if id_number and id_number in seen:
                raise Untaken("its id number stands twice in the file")
            seen.add(id_number)
            questions.append(_question(place, plain(name), item))
        except Untaken as why:
            left_out.append(NotTaken(place, name, str(why)))
    return FoundFile("Moodle XML", tuple(questions), tuple(left_out))


def _text(node: Element | None) -> str:
    """Return the text of an element such as ``questiontext``."""
    if node is None:
        return ""
    if node.find("file") is not None:
        raise Untaken("it carries a picture or another file; only text is read")
    said = node.findtext("text") or ""
    return of_html(said) if node.get("format", "html") in _HTML else plain(said)


def _question(place: str, name: str, item: Element) -> FoundQuestion:
    kind = item.get("type", "")
    stem, reason = _text(item.find("questiontext")), _text(item.find("generalfeedback"))
    match kind:
        case "multichoice":
            single = (item.findtext("single") or "true").strip().lower() in ("true", "1")
            weighted = [
                (_text(one), _fraction(one), _text(one.find("feedback")))
                for one in item.findall("answer")
            ]
            options, notes = of_weights(weighted, several=not single)
            return choice(
                place, name, stem, options, several=not single, reason=reason, notes=notes
            )
        case "truefalse":
            options = [
                FoundOption(
                    _text(one).capitalize(), _fraction(one) > 0, _text(one.find("feedback"))
                )
                for one in item.findall("answer")
            ]
            return choice(place, name, stem, options, several=False, reason=reason)
        case "numerical":
            return _number(place, name, asked(stem), item, reason)
        case "essay":
            return FoundQuestion(place, name, FoundKind.TEXT, asked(stem), reason=reason)
    what = _OTHER.get(kind, f"something else ('{kind[:40]}')")
    raise Untaken(f"it asks for {what}; own questions have options, a number or free words")


def _fraction(answer: Element) -> Decimal:
    return number(answer.get("fraction", "0"))


def _number(place: str, name: str, stem: str, item: Element, general: str) -> FoundQuestion:
    right: list[Element] = []
    reasons: list[str] = []
    for answer in item.findall("answer"):
        if _fraction(answer) > 0:
            right.append(answer)
        elif (answer.findtext("text") or "").strip() != "*":
            raise Untaken("a wrong number has a reason of its own")
        else:
            reasons.append(_text(answer.find("feedback")))
    if len(right) != 1:
        raise Untaken(f"{len(right)} numbers are right; one with its tolerance is read")
    value = number(right[0].findtext("text") or "")
    off = number(right[0].findtext("tolerance") or "0")
    if off < 0:
        raise Untaken("the tolerance is below zero")
    if item.find("units/unit") is not None:
        raise Untaken("its number has units to choose from; write the unit into the question")
    said = joined((_text(right[0].find("feedback")), *reasons, general))
    return FoundQuestion(
        place, name, FoundKind.NUMBER, stem, value=value, tolerance=off, reason=said
    )
