"""Rules about how a question is written: one clear thing to ask, options alike in form."""

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from explorer.content.context import Context, error, warning
from explorer.content.findings import Finding, Level
from explorer.content.rule import Stage, rule
from explorer.content.rules.questions.common import (
    CHOSEN,
    asked,
    folded,
    reasons,
)
from explorer.domain.base import Frozen
from explorer.domain.questions import Question, QuestionKind

NEARLY = 0.9
"""Likeness from which two options are reported as near-duplicates."""

FEWEST_STEM_WORDS = 6

NAMES_OPTIONS = re.compile(
    r"\b(?:all|none|both|neither|any) of (?:the above|these|the other|the options|the answers)"
    r"|\b(?i:both )?(?-i:[A-E] and [A-E])\b|\b(?:options?|answers?|choices?) (?-i:[A-E]|[1-5])\b"
    r"|\b(?:the )?(?:above|below) (?:options?|answers?|choices?)|\b(?:answers?|options?) above\b",
    re.IGNORECASE,
)
NAMES_A_PLACE = re.compile(
    NAMES_OPTIONS.pattern + r"|\b(?-i:[A-E]) (?:is|was) (?:wrong|right|correct|false|true)\b"
    r"|\b(?:first|second|third|fourth|last|top|bottom|middle) (?:one|option|answer|choice)\b",
    re.IGNORECASE,
)

SUBORDINATE = re.compile(
    r"^(?:if|when|after|before|because|while)\b[^,]*,|\b(?:if|when|who|that|because|while)\b.*",
    re.IGNORECASE,
)
NEGATIVE = re.compile(r"\b(?:except|never|not)\b|n['\u2019]t\b|(?<!at )\bleast\b", re.IGNORECASE)
MARKED = re.compile(r"\b(?:EXCEPT|NEVER|NOT|LEAST)\b")
NEGATED = re.compile(r"\b(?:not|never|cannot)\b|n['\u2019]t\b", re.IGNORECASE)

WHICH_IS_TRUE = re.compile(
    r"\bwhich (?:of (?:these|the following) )?(?:statements? )?(?:is|are) (?:true|correct|right)\b",
    re.IGNORECASE,
)
ENDS_ASKING = re.compile(r"\?(?:\s+(?:choose|mark|pick|tick)\b[^?]*)?$", re.IGNORECASE)

VALUE = re.compile(
    r"(?:about )?(?P<low>\d+(?:\.\d+)?)(?:\s*(?:to|-|\u2013)\s*(?P<high>\d+(?:\.\d+)?))?"
    r"\s*(?P<unit>[^\d]*)",
    re.IGNORECASE,
)


@rule("q03-same", stage=Stage.LINT)
def options_differ(context: Context) -> Iterator[Finding]:
    """No two options say the same, and none nearly so (Q03)."""
    for file, question in asked(context.catalogue):
        for one, other in combinations(question.options, 2):
            first, second = folded(one.text), folded(other.text)
            key = f"{question.id}.{other.id}"
            if first == second:
                yield error("q03-same", file, key, f"this is the same option as '{one.id}'")
            elif _nearly(first, second):
                yield warning("q03-same", file, key, f"this is nearly the option '{one.id}'")


def _nearly(first: str, second: str) -> bool:
    telling = re.compile(r"\d+|\b(?:not|never|no|without|before|after)\b")
    if telling.findall(first) != telling.findall(second):
        return False
    return SequenceMatcher(None, first, second).ratio() >= NEARLY


@rule("q04-names-options", stage=Stage.LINT, excepted=True)
def options_stand_alone(context: Context) -> Iterator[Finding]:
    """No option speaks of the others or of a letter, since their order changes (Q04)."""
    for file, question in asked(context.catalogue):
        for option in question.options:
            found = NAMES_OPTIONS.search(option.text)
            if found:
                reason = f"'{found[0]}' names other options; each stands alone"
                yield error("q04-names-options", file, f"{question.id}.{option.id}", reason)


@rule("q19-names-a-place", stage=Stage.LINT, excepted=True)
def reasons_name_no_place(context: Context) -> Iterator[Finding]:
    """A rationale never names a letter or a place, since the order changes (Q19)."""
    for file, question in asked(context.catalogue):
        for place, text in reasons(question):
            found = NAMES_A_PLACE.search(text)
            if found:
                reason = f"'{found[0]}' names a letter or place; options are shuffled"
                yield error("q19-names-a-place", file, f"{question.id}.{place}", reason)


@rule("q05-negative", stage=Stage.LINT, excepted=True)
def stems_are_positive(context: Context) -> Iterator[Finding]:
    """A stem asks for what is, and is never negative twice with an option (Q05)."""
    for file, question in asked(context.catalogue):
        if question.kind not in CHOSEN:
            continue
        asks = SUBORDINATE.sub("", _last_sentence(question.stem))
        found = NEGATIVE.search(asks)
        if not found:
            continue
        if any(NEGATED.search(option.text) for option in question.options):
            reason = f"'{found[0]}' in the stem and a negative option make a double negative"
            yield error("q05-negative", file, f"{question.id}.stem", reason)
        elif not MARKED.search(asks):
            reason = f"'{found[0]}' makes the stem negative; turn it round or write it in capitals"
            yield warning("q05-negative", file, f"{question.id}.stem", reason)


def _last_sentence(stem: str) -> str:
    asking = [part for part in re.split(r"(?<=[.!?])\s+", stem) if part.endswith("?")]
    return asking[-1] if asking else stem


@rule("q08-alike", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def options_are_alike(context: Context) -> Iterator[Finding]:
    """Options share their form: end mark, numbers, and the way that they begin (Q08)."""
    for file, question in asked(context.catalogue):
        if question.kind not in CHOSEN:
            continue
        texts = [option.text for option in question.options]
        for what, pattern in FORMS.items():
            having = sum(pattern.search(text) is not None for text in texts)
            if 0 < having < len(texts):
                reason = f"only {having} of {len(texts)} options {what}"
                yield warning("q08-alike", file, question.id, reason)


FORMS = {
    "end with a full stop": re.compile(r"\.$"),
    "end with a question mark": re.compile(r"\?$"),
    "have a number": re.compile(r"\b(?!(?:911|112|999)\b)\d"),
    "begin with yes or no": re.compile(r"^(?:yes|no)\b(?!\s+\w+ing)", re.IGNORECASE),
    "begin with 'to'": re.compile(r"^to \w", re.IGNORECASE),
    "begin with a capital letter": re.compile(r"^[A-Z0-9]"),
}
"""Features that all options of a question have, or none."""


@rule("q09-grammar", "q13-stem", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def stems_ask_clearly(context: Context) -> Iterator[Finding]:
    """A stem is a whole question that can be answered with the options hidden (Q09, Q13)."""
    for file, question in asked(context.catalogue):
        if question.kind not in CHOSEN:
            continue
        key = f"{question.id}.stem"
        if not ENDS_ASKING.search(question.stem):
            yield warning("q13-stem", file, key, "the stem does not end in a question mark")
        if len(question.stem.split()) < FEWEST_STEM_WORDS:
            reason = f"the stem has fewer than {FEWEST_STEM_WORDS} words"
            yield warning("q13-stem", file, key, reason)
        if WHICH_IS_TRUE.search(question.stem):
            reason = "'which is true?' can't be answered with the options hidden"
            yield warning("q13-stem", file, key, reason)
        if question.kind is QuestionKind.SINGLE and re.search(
            r"\bwhich (?:of (?:these|the following) )?are\b", question.stem, re.IGNORECASE
        ):
            reason = "the stem asks for several, and one option is right"
            yield warning("q09-grammar", file, key, reason)
        if re.search(r"\ban?\s*(?:\.\.\.|\u2026|_+|:)?$", question.stem.strip()):
            reason = "the stem's last word, 'a' or 'an', gives options away"
            yield warning("q09-grammar", file, key, reason)


class Value(Frozen):
    """An option that is a number or a range."""

    low: Decimal
    high: Decimal
    decimals: int
    unit: str


@rule("q14-numbers", stage=Stage.LINT, excepted=True)
def numbers_are_orderly(context: Context) -> Iterator[Finding]:
    """Options that are numbers stand in order, in one unit, and ranges don't overlap (Q14)."""
    for file, question in asked(context.catalogue):
        values = _values(question)
        if not values:
            continue
        if any(_overlap(one, other) for one, other in combinations(values, 2)):
            yield error("q14-numbers", file, question.id, "two options overlap")
        lows = [value.low for value in values]
        if len({value.unit for value in values}) == 1 and not (
            all(a < b for a, b in pairwise(lows)) or all(a > b for a, b in pairwise(lows))
        ):
            yield warning("q14-numbers", file, question.id, "the numbers are not in order")
        if len({value.unit for value in values}) > 1:
            yield warning("q14-numbers", file, question.id, "the numbers have different units")
        if len({value.decimals for value in values}) > 1:
            yield warning("q14-numbers", file, question.id, "the numbers have different decimals")


def _values(question: Question) -> list[Value]:
    """Return the options as numbers, or nothing where one of them is not."""
    if question.kind not in CHOSEN:
        return []
    matches = [VALUE.fullmatch(option.text.strip()) for option in question.options]
    return [_value(match) for match in matches if match] if all(matches) else []


def _value(match: re.Match[str]) -> Value:
    low, high = Decimal(match["low"]), Decimal(match["high"] or match["low"])
    decimals = len(match["low"].partition(".")[2])
    unit = folded(match["unit"]).split(" ")[0]
    return Value(low=low, high=high, decimals=decimals, unit=unit.removesuffix("s"))


def _overlap(one: Value, other: Value) -> bool:
    """Return whether two ranges of one unit share a value; single numbers are compared as texts."""
    if one.unit != other.unit or (one.low == one.high and other.low == other.high):
        return False
    return one.low <= other.high and other.low <= one.high


@rule("q27-words", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def questions_need_no_dashes(context: Context) -> Iterator[Finding]:
    """A long dash hides two thoughts in one sentence; write two (Q27)."""
    for fact in context.facts:
        if fact.item.within(Question) and "\u2014" in fact.text:
            reason = "a long dash joins two thoughts; write two sentences"
            yield warning("q27-words", fact.file, fact.key, reason)
