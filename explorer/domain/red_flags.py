"""Warning signs as cards: what is an emergency, what needs a call today, what can wait.

A card holds every sign that the content has for an option, each once, with all conditions that it
belongs to.
"""

from collections.abc import Iterable
from typing import TypeVar

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, Medicine, RedFlag, Urgency
from explorer.domain.flag_order import in_telling_order
from explorer.domain.parents import ParentVoice
from explorer.domain.sources import Citation, Numbering

_T = TypeVar("_T")

SUBJECT = "anakinra"
"""The medicine that the guide and the claims are about; its card is on every page."""

EVERYONE = "everyone"
"""Id of the card with the signs that count whatever the medicine."""


class Sign(Frozen):
    """A sign to act on, for whom it is, and where it comes from."""

    id: str
    urgency: Urgency
    sign: str
    action: str
    options: tuple[str, ...]
    """Titles of the medicines it belongs to; empty where it counts whatever the medicine."""
    conditions: tuple[str, ...]
    """Names of the conditions it belongs to, where the caller named no condition."""
    citations: tuple[Citation, ...]
    references: tuple[int, ...] = ()

    @property
    def condition(self) -> str:
        """Names of its conditions as a reader sees them, or nothing."""
        return ", ".join(self.conditions)


class CardLevel(Frozen):
    """The signs that need help equally fast."""

    urgency: Urgency
    signs: tuple[Sign, ...]


class Mistake(Frozen):
    """The mistake that harms most with one medicine."""

    option: str
    text: str
    citations: tuple[Citation, ...]
    references: tuple[int, ...] = ()


class Card(Frozen):
    """The signs of one option, or of several, most urgent first."""

    id: str
    title: str
    """Heading of the medicine; empty on the card for everyone."""
    mistakes: tuple[Mistake, ...]
    levels: tuple[CardLevel, ...]
    nobody_answers: str
    """What to do when the team cannot be reached; belongs under the signs to call about."""

    @property
    def signs(self) -> tuple[Sign, ...]:
        """All signs, most urgent first."""
        return tuple(sign for level in self.levels for sign in level.signs)


def cards(
    catalogue: Catalogue,
    option_ids: Iterable[str],
    condition: str | None = None,
) -> tuple[Card, ...]:
    """Return the card for everyone, and one for each medicine among the options.

    Args:
        catalogue: the content.
        option_ids: medicines; options without a new medicine are left out, since the card for
            everyone is all there is to say of them.
        condition: leave out signs that belong to other conditions. Without it they are all
            there, each with the name of its condition.

    Raises:
        UnknownId: no such medicine, option or condition.
    """
    contact = catalogue.contact()
    if condition is not None:
        catalogue.condition(condition)
    without = {item.id for other in catalogue.conditions for item in other.no_new_medicine}
    medicines = [
        catalogue.medicine(option) for option in dict.fromkeys(option_ids) if option not in without
    ]
    nobody = contact.nobody_answers.text
    everyone = _card(EVERYONE, "", (), _signs(catalogue, contact.red_flags, "", None), nobody)
    return (everyone, *(_of(catalogue, medicine, condition, nobody) for medicine in medicines))


def subject(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the id of the medicine whose card is on every page, where it is published."""
    return tuple(item.id for item in catalogue.published if item.id == SUBJECT)


def numbered(card: Card, numbering: Numbering) -> Card:
    """Number the sources of a card in reading order.

    Args:
        card: a card.
        numbering: what gives the numbers on the page where the card stands.
    """
    levels = tuple(
        level.evolve(
            signs=tuple(
                sign.evolve(references=numbering.of(sign.citations)) for sign in level.signs
            )
        )
        for level in card.levels
    )
    mistakes = tuple(item.evolve(references=numbering.of(item.citations)) for item in card.mistakes)
    return card.evolve(mistakes=mistakes, levels=levels)


def told_to_parent(card: Card, voice: ParentVoice) -> Card:
    """Put the sentences of a card into the words of a parent.

    Args:
        card: a card, as a patient reads it.
        voice: the sentences that were written for parents.
    """
    levels = tuple(
        level.evolve(
            signs=tuple(
                sign.evolve(sign=voice.of(sign.sign), action=voice.of(sign.action))
                for sign in level.signs
            )
        )
        for level in card.levels
    )
    mistakes = tuple(item.evolve(text=voice.of(item.text)) for item in card.mistakes)
    nobody = voice.of(card.nobody_answers)
    return card.evolve(mistakes=mistakes, levels=levels, nobody_answers=nobody)


def signs_of(catalogue: Catalogue, medicine: Medicine) -> tuple[Sign, ...]:
    """Return the signs of a medicine as they are told: each once, with all its conditions.

    Args:
        catalogue: the content, which names the conditions.
        medicine: the medicine.
    """
    return in_telling_order(_signs(catalogue, medicine.red_flags, medicine.heading, None))


def _of(catalogue: Catalogue, medicine: Medicine, condition: str | None, nobody: str) -> Card:
    mistake = Mistake(
        option=medicine.heading,
        text=medicine.mistake.text,
        citations=medicine.mistake.citations,
    )
    signs = _signs(catalogue, medicine.red_flags, medicine.heading, condition)
    return _card(medicine.id, medicine.heading, (mistake,), signs, nobody)


def _signs(
    catalogue: Catalogue, flags: Iterable[RedFlag], option: str, condition: str | None
) -> tuple[Sign, ...]:
    joined: dict[tuple[Urgency, str, str], Sign] = {}
    for flag in flags:
        if not flag.counts_for(condition, None):
            continue
        belongs = flag.condition if condition is None else None
        sign = Sign(
            id=flag.id,
            urgency=flag.urgency,
            sign=flag.sign,
            action=flag.action,
            options=(option,) if option else (),
            conditions=(catalogue.condition(belongs).name,) if belongs else (),
            citations=flag.citations,
        )
        key = (flag.urgency, flag.sign, flag.action)
        known = joined.get(key)
        joined[key] = sign if known is None else _join(known, sign)
    return tuple(joined.values())


def _join(first: Sign, second: Sign) -> Sign:
    """Put one sign of two conditions together; what holds always keeps no condition."""
    always = not first.conditions or not second.conditions
    return first.evolve(
        conditions=() if always else _unique(first.conditions, second.conditions),
        citations=_unique(first.citations, second.citations),
    )


def _unique(first: tuple[_T, ...], second: tuple[_T, ...]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _card(
    card_id: str, title: str, mistakes: tuple[Mistake, ...], signs: tuple[Sign, ...], nobody: str
) -> Card:
    told = in_telling_order(signs)
    grouped = (
        CardLevel(urgency=urgency, signs=tuple(item for item in told if item.urgency is urgency))
        for urgency in Urgency
    )
    levels = tuple(level for level in grouped if level.signs)
    return Card(id=card_id, title=title, mistakes=mistakes, levels=levels, nobody_answers=nobody)
