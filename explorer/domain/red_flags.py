"""Warning signs as cards: what is an emergency, what needs a call today, what can wait.

A card holds every sign that the content has for an option. Where cards are merged into one, no
sign is lost, and a sign that two medicines place differently stands at the more urgent place
(the upward rule).
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, Medicine, RedFlag, Urgency
from explorer.domain.sources import Citation, Numbering

_T = TypeVar("_T")

SUBJECT = "anakinra"
"""The medicine that the guide is about; its card stands on every page."""

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


class Level(Frozen):
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
    """Heading of the medicine; empty on the card for everyone and on a merged one."""
    mistakes: tuple[Mistake, ...]
    levels: tuple[Level, ...]
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
    *,
    jurisdiction: str = "us",
) -> tuple[Card, ...]:
    """Give the card for everyone, and one for each medicine among the options.

    Args:
        catalogue: the content.
        option_ids: medicines; options without a new medicine are left out, since the card for
            everyone is all there is to say of them.
        condition: leave out signs that belong to other conditions. Without it they are all
            there, each with the name of its condition.
        jurisdiction: whose contacts and general signs.

    Raises:
        UnknownId: no such medicine, option, condition or jurisdiction.
    """
    contact = catalogue.contact(jurisdiction)
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
    """Give the id of the medicine whose card stands on every page, where it is published."""
    return tuple(item.id for item in catalogue.published if item.id == SUBJECT)


def merged(found: Sequence[Card]) -> Card:
    """Merge cards into one without losing a sign.

    Args:
        found: cards as ``cards`` gives them.

    Returns:
        One card. The same sign with the same action stands once, with all medicines that it
        belongs to, at the most urgent place that any of them gives it.
    """
    order = list(Urgency)
    joined: dict[tuple[str, str], Sign] = {}
    for sign in (sign for card in found for sign in card.signs):
        key = (sign.sign.casefold(), sign.action.casefold())
        known = joined.get(key)
        joined[key] = sign if known is None else _join(known, sign, order)
    return _card(
        "+".join(card.id for card in found),
        "",
        tuple(mistake for card in found for mistake in card.mistakes),
        tuple(joined.values()),
        found[0].nobody_answers if found else "",
    )


def numbered(card: Card, numbering: Numbering) -> Card:
    """Number the sources of a card in reading order.

    Args:
        card: a card, merged or not.
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
        if condition is not None and flag.condition not in (None, condition):
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
        joined[key] = sign if known is None else _join(known, sign, list(Urgency))
    return tuple(joined.values())


def _join(first: Sign, second: Sign, order: Sequence[Urgency]) -> Sign:
    """Put two wordings of the same sign together; who is free of a limit keeps it free."""
    for_all = not first.options or not second.options
    always = not first.conditions or not second.conditions
    return first.evolve(
        urgency=min(first.urgency, second.urgency, key=order.index),
        options=() if for_all else _unique(first.options, second.options),
        conditions=() if always else _unique(first.conditions, second.conditions),
        citations=_unique(first.citations, second.citations),
        references=tuple(sorted({*first.references, *second.references})),
    )


def _unique(first: tuple[_T, ...], second: tuple[_T, ...]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _card(
    card_id: str, title: str, mistakes: tuple[Mistake, ...], signs: tuple[Sign, ...], nobody: str
) -> Card:
    grouped = (
        Level(urgency=urgency, signs=tuple(item for item in signs if item.urgency is urgency))
        for urgency in Urgency
    )
    levels = tuple(level for level in grouped if level.signs)
    return Card(id=card_id, title=title, mistakes=mistakes, levels=levels, nobody_answers=nobody)
