"""Answers a question of the quiz by keys, and knows it only by what is said: ``answer`` in a route.

It answers rightly, so that a check leads straight to its record, and presses on as soon as what it
needs is given to the voice, as one who knows the way.
"""

import re
from typing import Protocol

from explorer.domain.questions import Bank, Question, QuestionKind

TABS = 12
"""Presses of Tab after which a control counts as out of reach."""

SAVED = r"question \d+ of \d+ .|passed|of 100"
"""What is said once an answer is saved: the next question, or the end."""

RADIO, BOX, SAVE = "radio button", "check box", "save my answer"


class Press(Protocol):
    """Presses keys or types, and returns what is said until some words have come."""

    def __call__(self, key: str, until: str = "", *, types: bool = False) -> str: ...


class NotAnsweredError(AssertionError):
    """What was said does not lead to an answer."""


def asked(bank: Bank, said: str) -> Question:
    """Return the question that was read out: the one whose case and words were all said.

    Args:
        bank: every question.
        said: what was said.

    Raises:
        NotAnsweredError: it is none that we have.
    """
    heard = _words(said)

    def told(question: Question) -> str:
        case = bank.case_of(question)
        return _words(f"{'' if case is None else case.text} {question.stem}")

    found = [one for one in bank.questions if told(one) in heard]
    if not found:
        raise NotAnsweredError(f"no question of ours: {said!r}")
    return max(found, key=lambda one: len(told(one)))


def answer(question: Question, press: Press) -> str:
    """Answer a question rightly, save the answer, and return what is said after that.

    Args:
        question: the question that has the focus.
        press: presses a key.

    Raises:
        NotAnsweredError: a control or an option was not heard.
    """
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.TRUE_FALSE:
            right = next(option.text for option in question.options if option.key)
            _mark(press, _tab_to(press, RADIO), right, len(question.options))
        case QuestionKind.SEVERAL:
            wanted = [option.text for option in question.options if option.key]
            said = _tab_to(press, BOX)
            for place in range(len(question.options)):
                said = press("x", BOX) if place else said
                if any(_ends_with(said, BOX, text) for text in wanted):
                    press("space", "checked")
        case QuestionKind.SORT:
            labels = {group.id: group.label for group in question.groups}
            for _ in question.options:
                said = _tab_to(press, RADIO)
                lines = [one for one in question.options if _words(one.text) in _words(said)]
                if not lines:
                    raise NotAnsweredError(f"no line of {question.id}: {said!r}")
                line = max(lines, key=lambda one: len(one.text))
                _mark(press, said, labels[line.group], len(labels))
        case QuestionKind.ORDER:
            for place, option in enumerate(question.options, start=1):
                _tab_to(press, f"place {place} ")  # the one before may still be saying its choice
                press(option.text, "list with 1 item", types=True)
                press("Return", "collapsed")
        case QuestionKind.NUMBER:
            assert question.number is not None
            _tab_to(press, "entry")
            press(str(question.number.value), types=True)
        case _:
            raise NotAnsweredError(f"{question.id}: nobody answers a {question.kind} here")
    _tab_to(press, SAVE)
    return press("Return", SAVED)


def _tab_to(press: Press, role: str) -> str:
    """Press Tab until a control of a kind is named, and return what was said at it."""
    said = ""
    for _ in range(TABS):
        said = press("Tab", "button|box|entry|link")
        if role in said.casefold():
            return said
    raise NotAnsweredError(f"{TABS} presses of Tab lead to no {role}; last said: {said!r}")


def _mark(press: Press, said: str, text: str, most: int) -> None:
    """Go on from one radio button to the next until the wanted one is named, and choose it."""
    for _ in range(most):
        if _ends_with(said, RADIO, text):
            press("space", "selected")
            return
        said = press("r", RADIO)
    raise NotAnsweredError(f"{text!r} is not among the radio buttons; last said: {said!r}")


def _ends_with(said: str, role: str, text: str) -> bool:
    """Return whether a control's name, which is said before its kind, is this text."""
    name = (
        said.casefold().rpartition(role)[0].removesuffix("not selected ").removesuffix("selected ")
    )
    return _words(name).endswith(_words(text))


def _words(text: str) -> str:
    """Return a text as its words alone: a reader leaves out signs, or names them."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
