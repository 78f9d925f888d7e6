"""What the wording rules of the bank say of a question that an educator wrote: advice, no refusal.

The same functions that check the bank read a bank of this one question. Its findings are sentences
that name the words in question; the educator may ask it all the same.
"""

from datetime import date
from functools import cached_property
from typing import Final

from explorer.content.context import Context
from explorer.content.load import Folder
from explorer.content.rules import wording
from explorer.content.rules.questions import form
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.facts import Item, within
from explorer.domain.own_questions import OwnQuestion
from explorer.domain.questions import Bank, Topic

_RULES: Final = (
    wording.texts_fit,
    wording.sentences_are_short,
    wording.words_are_kind,
    form.options_differ,
    form.options_stand_alone,
    form.reasons_name_no_place,
    form.stems_are_positive,
    form.options_are_alike,
    form.stems_ask_clearly,
    form.numbers_are_orderly,
)

_NO_FOLDER: Final = Folder(files=(), unreadable=(), stray=(), version="")


class WordingAdvice(Frozen):
    """What could be worded better.

    Attributes:
        field: as in ``OwnProblem``: ``stem``, ``options.2``, or empty for the whole.
        rule: id of the rule.
        reason: a sentence.
    """

    field: str
    rule: str
    reason: str


class _OfOneQuestion(Context):
    """The context of a bank of one question, without the walk over all content."""

    topic: Topic

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The texts of the question only."""
        return tuple(within(self.topic, _FILE))


_FILE: Final = "own"


def advice(question: OwnQuestion, catalogue: Catalogue) -> tuple[WordingAdvice, ...]:
    """Return what the wording rules say of a question.

    Args:
        question: one without problems.
        catalogue: for the banned words.
    """
    asked = question.asked()
    topic = Topic(id="own", order=1, title="Own", questions=(asked,))
    context = _OfOneQuestion(
        catalogue=catalogue.evolve(bank=Bank(topics=(topic,))),
        folder=_NO_FOLDER,
        today=date.min,
        topic=topic,
    )
    found = [finding for check in _RULES for finding in check(context)]
    return tuple(
        dict.fromkeys(
            WordingAdvice(
                field=_field(finding.key.removeprefix(asked.id).strip("."), question),
                rule=finding.rule,
                reason=finding.reason,
            )
            for finding in found
            if not finding.key.startswith("title")
        )
    )


def _field(key: str, question: OwnQuestion) -> str:
    """Return the field of a draft for the key of a finding."""
    first, _, rest = key.partition(".")
    for place, option in enumerate(question.options):
        if first == option.id:
            return (
                f"options.{place}.reason" if rest in ("rationale", "action") else f"options.{place}"
            )
    return first if first in ("stem", "reason") else ""
