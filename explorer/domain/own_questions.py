"""Questions that an educator writes for a class of their own: as typed, checked, and as asked.

This site has not checked them: they are marked wherever they are shown, they are kept with their
class only, and they are in none of the site's statistics. What was typed (``OwnDraft``) is kept as
typed until it has no problem; then it becomes an ``OwnQuestion``, and a class asks it as any other
question (``OwnAsked``)::

    draft = OwnDraft(kind=QuestionKind.SINGLE, stem="Where do you keep it?", options=(...))
    if not problems(draft):
        question = finished(draft)
        question.asked()
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field, model_validator

from explorer.domain.base import Frozen, Listed, Slug, Worded
from explorer.domain.grading import NUMBER
from explorer.domain.letters import MARKUP, hidden_letter, one_line
from explorer.domain.prose import Layer, Prose
from explorer.domain.questions import (
    AnswerOption,
    Audience,
    CognitiveLevel,
    Evidence,
    Number,
    Question,
    QuestionKind,
)

PREFIX: Final = "own-"
"""How the id of each own question begins; no question of the bank is named so."""

OWN_KINDS: Final = (
    QuestionKind.SINGLE,
    QuestionKind.SEVERAL,
    QuestionKind.NUMBER,
    QuestionKind.POLL,
    QuestionKind.TEXT,
)
"""Kinds that an educator may write."""

WITH_OPTIONS: Final = (QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.POLL)
"""Kinds that have options."""

MOST_OPTIONS: Final = 6
LONGEST_STEM: Final = 240
LONGEST_OPTION: Final = 120
LONGEST_REASON: Final = 300
LONGEST_UNIT: Final = 30

_NO_DATE: Final = date(9999, 12, 31)


class OwnDraftOption(Frozen):
    """An option as it was typed."""

    text: str = ""
    key: bool = False
    reason: str = ""


class OwnDraft(Frozen):
    """A question as it was typed, with all its mistakes.

    Options without any text are left out; one that is a key all the same is a mistake.
    """

    kind: Worded[QuestionKind] = QuestionKind.SINGLE
    stem: str = ""
    options: Annotated[tuple[OwnDraftOption, ...], Listed] = ()
    value: str = ""
    unit: str = ""
    tolerance: str = ""
    reason: str = ""


class OwnProblem(Frozen):
    """Why a draft cannot be asked.

    Attributes:
        field: where it is: ``stem``, ``options``, ``options.2`` (from 0), ``options.2.reason``,
            ``keys``, ``value``, ``unit``, ``tolerance`` or ``reason``.
        code: what is wrong; the words ``own.problem-CODE`` say it.
        n: a number of these words: of a limit, or of the option's place from 1.
        detail: a short piece of what was typed, escaped, or the name of a character.
    """

    field: str
    code: str
    n: int = 0
    detail: str = ""


class OwnOption(Frozen):
    """An option that has no problem."""

    id: Slug
    text: str
    key: bool = False
    reason: str = ""


class OwnNumber(Frozen):
    """The number that is right, with its unit and how far off still counts as right."""

    value: Decimal
    unit: str = ""
    tolerance: Decimal = Decimal(0)


class OwnQuestion(Frozen):
    """A question that has no problem. Its id is made of what it asks, so that it stays the same.

    ``reason`` says why what is right is right; each option may have a reason of its own.
    """

    id: Slug
    kind: Worded[QuestionKind]
    stem: str
    options: tuple[OwnOption, ...] = ()
    number: OwnNumber | None = None
    reason: str = ""

    def asked(self) -> "OwnAsked":
        """Return the question as a class asks it."""
        first_key = next((option.id for option in self.options if option.key), None)
        number = self.number
        return OwnAsked(
            id=self.id,
            version=1,
            kind=self.kind,
            audience=Audience.BOTH,
            level=CognitiveLevel.UNDERSTAND,
            stem=self.stem,
            options=tuple(
                OwnAskedOption(
                    id=option.id,
                    text=option.text,
                    key=option.key,
                    rationale=option.reason or (self.reason if option.id == first_key else ""),
                )
                for option in self.options
            ),
            number=None
            if number is None
            else OwnAskedNumber(
                value=number.value,
                unit=number.unit,
                tolerance=number.tolerance,
                rationale=self.reason,
            ),
            due=_NO_DATE,
        )

    def draft(self) -> OwnDraft:
        """Return the question as it could have been typed, to be changed."""
        number = self.number
        return OwnDraft(
            kind=self.kind,
            stem=self.stem,
            options=tuple(
                OwnDraftOption(text=option.text, key=option.key, reason=option.reason)
                for option in self.options
            ),
            value="" if number is None else format(number.value, "f"),
            unit="" if number is None else number.unit,
            tolerance="" if number is None or not number.tolerance else f"{number.tolerance:f}",
            reason=self.reason,
        )


class OwnAskedOption(AnswerOption):
    """An option of an own question; it may have no reason."""

    rationale: Annotated[str, Prose(Layer.RATIONALE)] = ""


class OwnAskedNumber(Number):
    """The number of an own question; it may have no unit and no reason."""

    unit: Annotated[str, Prose(Layer.OPTION, is_main=True)] = ""
    rationale: Annotated[str, Prose(Layer.RATIONALE)] = ""
    action: Annotated[str, Prose(Layer.RATIONALE)] = ""


class OwnAsked(Question):
    """An own question in a class: like one of the bank, without sources and without a concept."""

    options: Annotated[tuple[OwnAskedOption, ...], Listed] = ()
    number: OwnAskedNumber | None = None
    supported_by: Annotated[tuple[Evidence, ...], Listed, Field(max_length=0)] = ()

    @model_validator(mode="after")
    def _is_named_as_own(self) -> "OwnAsked":
        if not self.id.startswith(PREFIX) or self.kind not in OWN_KINDS:
            raise ValueError("no own question")
        return self


def is_own(question: Question) -> bool:
    """Return whether an educator wrote a question, so that this site has not checked it."""
    return isinstance(question, OwnAsked)


def problems(draft: OwnDraft) -> tuple[OwnProblem, ...]:
    """Return all that is wrong with a draft, field by field.

    Args:
        draft: the question as typed.

    Returns:
        Nothing where it can be asked.
    """
    return tuple(_problems(draft))


def finished(draft: OwnDraft) -> OwnQuestion:
    """Return a draft as a question.

    Args:
        draft: the question as typed.

    Raises:
        ValueError: it has a problem; ask ``problems`` first.
    """
    found = problems(draft)
    if found:
        raise ValueError(f"{found[0].field}: {found[0].code}")
    options = _options(draft)
    has_key = draft.kind is not QuestionKind.POLL
    number = None
    if draft.kind is QuestionKind.NUMBER:
        number = OwnNumber(
            value=_decimal(draft.value),
            unit=one_line(draft.unit),
            tolerance=_decimal(draft.tolerance) if one_line(draft.tolerance) else Decimal(0),
        )
    stem, reason = one_line(draft.stem), one_line(draft.reason)
    made = tuple(
        OwnOption(
            id=f"o{place}",
            text=one_line(option.text),
            key=option.key and has_key,
            reason=one_line(option.reason),
        )
        for place, (_, option) in enumerate(options, 1)
    )
    said = OwnQuestion(
        id=PREFIX, kind=draft.kind, stem=stem, options=made, number=number, reason=reason
    )
    digest = hashlib.sha256(said.model_dump_json().encode()).hexdigest()
    return said.evolve(id=f"{PREFIX}{digest[:16]}")


def _problems(draft: OwnDraft) -> Iterator[OwnProblem]:
    if draft.kind not in OWN_KINDS:
        yield OwnProblem(field="kind", code="kind")
        return
    yield from _text("stem", draft.stem, LONGEST_STEM, required=True)
    yield from _text("reason", draft.reason, LONGEST_REASON)
    if draft.kind is QuestionKind.NUMBER:
        yield from _number(draft)
    if draft.kind in WITH_OPTIONS:
        yield from _option_problems(draft)


def _options(draft: OwnDraft) -> list[tuple[int, OwnDraftOption]]:
    """Return the options that have a text, each with its place among the fields."""
    if draft.kind not in WITH_OPTIONS:
        return []
    return [(place, item) for place, item in enumerate(draft.options) if one_line(item.text)]


def _option_problems(draft: OwnDraft) -> Iterator[OwnProblem]:
    options = _options(draft)
    seen: dict[str, int] = {}
    for place, option in options:
        field = f"options.{place}"
        yield from _text(field, option.text, LONGEST_OPTION)
        yield from _text(f"{field}.reason", option.reason, LONGEST_REASON)
        same = " ".join(option.text.split()).casefold()
        if same in seen:
            yield OwnProblem(field=field, code="equal", n=seen[same] + 1)
        seen.setdefault(same, place)
    least = 3 if draft.kind is QuestionKind.SEVERAL else 2
    if len(options) < least:
        yield OwnProblem(field="options", code="few-options", n=least)
    if len(options) > MOST_OPTIONS:
        yield OwnProblem(field="options", code="many-options", n=MOST_OPTIONS)
    if draft.kind is not QuestionKind.POLL:
        yield from _key_problems(draft, options)


def _key_problems(
    draft: OwnDraft, options: list[tuple[int, OwnDraftOption]]
) -> Iterator[OwnProblem]:
    used = {place for place, _ in options}
    for place, option in enumerate(draft.options):
        if option.key and place not in used:
            yield OwnProblem(field="keys", code="key-no-option", n=place + 1)
    keys = sum(option.key for _, option in options)
    if not keys:
        yield OwnProblem(field="keys", code="no-key")
    elif draft.kind is QuestionKind.SINGLE and keys > 1:
        yield OwnProblem(field="keys", code="one-key")
    elif draft.kind is QuestionKind.SEVERAL and keys < 2:
        yield OwnProblem(field="keys", code="two-keys")
    elif draft.kind is QuestionKind.SEVERAL and keys == len(options):
        yield OwnProblem(field="keys", code="all-keys")


def _number(draft: OwnDraft) -> Iterator[OwnProblem]:
    yield from _text("unit", draft.unit, LONGEST_UNIT)
    if not one_line(draft.value):
        yield OwnProblem(field="value", code="no-key")
    elif not NUMBER.fullmatch(one_line(draft.value)):
        yield OwnProblem(field="value", code="number")
    off = one_line(draft.tolerance)
    if off and (not NUMBER.fullmatch(off) or _decimal(off) < 0):
        yield OwnProblem(field="tolerance", code="tolerance")


def _text(field: str, text: str, most: int, *, required: bool = False) -> Iterator[OwnProblem]:
    """Yield what is wrong with a text that somebody typed."""
    hidden = hidden_letter(text)
    markup = MARKUP.search(text)
    if hidden:
        yield OwnProblem(field=field, code="control", detail=f"U+{ord(hidden):04X}")
    elif required and not one_line(text):
        yield OwnProblem(field=field, code="empty")
    if markup:
        yield OwnProblem(field=field, code="markup", detail=one_line(markup[0])[:20])
    if len(one_line(text)) > most:
        yield OwnProblem(field=field, code="long", n=most)


def _decimal(typed: str) -> Decimal:
    return Decimal(one_line(typed).replace(",", "."))
