"""Rules about lists: a key at an end of a row of figures, a usual dose, words in two columns."""

import re
from collections.abc import Iterator
from decimal import Decimal

from explorer.content.context import Context, warning
from explorer.content.findings import Finding, Level
from explorer.content.rule import Stage, rule
from explorer.content.rules.questions.common import asked, content_words, folded
from explorer.content.rules.questions.facts import amounts
from explorer.content.support import supporting_text
from explorer.domain.catalogue import Catalogue
from explorer.domain.questions import AnswerOption, Question, QuestionKind
from explorer.domain.refs import NoRef, Ref

FIGURE = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?(?![\w.,]*\d)")
FEWEST = 3


@rule("q40-extreme", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def keys_are_not_at_an_end(context: Context) -> Iterator[Finding]:
    """Where options stand for figures of the stem, the key is not simply the extreme one (Q40)."""
    for file, question in asked(context.catalogue):
        if question.kind is not QuestionKind.SINGLE:
            continue
        figures = {option.id: _figure_of(option, question) for option in question.options}
        values = [value for value in figures.values() if value is not None]
        if len(values) < max(FEWEST, len(question.options)) or len(set(values)) < FEWEST:
            continue
        key = next(iter(question.keys))
        if figures[key] in (min(values), max(values)):
            word = "lowest" if figures[key] == min(values) else "highest"
            reason = (
                f"the key has the {word} figure of all, so no line need be known; "
                "put others beyond it, or values just off the line"
            )
            yield warning("q40-extreme", file, f"{question.id}.{key}", reason)


def _figure_of(option: AnswerOption, question: Question) -> Decimal | None:
    """Return the one figure that the stem gives right after it names the option."""
    at = question.stem.find(option.text.rstrip("."))
    if at < 0:
        return None
    rest = re.split(r"(?<=[.;?!])\s", question.stem[at + len(option.text) :], maxsplit=1)[0]
    found = FIGURE.findall(rest)
    return Decimal(found[-1]) if found else None


@rule("q41-standard-dose", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def numbers_are_no_standard_dose(context: Context) -> Iterator[Finding]:
    """A number to work out is not the usual dose, which is right without any working (Q41).

    The usual dose is what the row says that the question rests on where no condition is named.
    """
    for file, question in asked(context.catalogue):
        number = question.number
        if number is None:
            continue
        usual = {
            amount
            for support in question.supported_by
            for amount in amounts(_usual(context.catalogue, support.ref))
        }
        if amounts(f"{number.value} {number.unit}") & usual:
            reason = (
                f"{number.value} {number.unit} is the usual dose, so a reader who works nothing "
                "out is right too; choose figures that give another"
            )
            yield warning("q41-standard-dose", file, question.id, reason)


def _usual(catalogue: Catalogue, ref: str) -> str:
    """Return what a row says without a condition, for a support that names one."""
    try:
        found = Ref.parse(ref)
    except NoRef:
        return ""
    if not found.row or found.condition is None:
        return ""
    return supporting_text(catalogue, "/".join(found.parts[:2])) or ""


@rule("q42-group-words", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def groups_share_no_words(context: Context) -> Iterator[Finding]:
    """No line can be sorted because it shares words with its own label and no other (Q42)."""
    for file, question in asked(context.catalogue):
        labels = {group.id: _words(group.label) for group in question.groups}
        for option in question.options if labels else ():
            own = _words(option.text) & labels[option.group]
            others = set().union(*(words for name, words in labels.items() if name != option.group))
            for word in sorted(own - others):
                reason = f"'{word}' stands in this line and in the label of its group only"
                yield warning("q42-group-words", file, f"{question.id}.{option.id}", reason)


def _words(text: str) -> set[str]:
    return content_words(text) | {word for word in folded(text).split() if word.isdigit()}
