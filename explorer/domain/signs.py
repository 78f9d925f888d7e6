"""The one table of warning signs: how fast each needs help, and what happens to the medicine.

Everything that tells a sign (flags, cards, the guide, the quiz, cells) names it here. It may add
words of its own or ask for more, never for less: the table is the floor.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded, keyed
from explorer.domain.prose import Code, Layer, Prose
from explorer.domain.sources import Citation


class Urgency(StrEnum):
    """How fast a sign needs help."""

    EMERGENCY = "emergency"
    SAME_DAY = "same-day"
    NEXT_VISIT = "next-visit"


class DoseAction(StrEnum):
    """What happens to the medicine while a sign is there, the weakest first."""

    GO_ON = "go-on"
    HOLD = "hold"
    STOP = "stop"


def faster(first: Urgency, second: Urgency) -> bool:
    """Return whether the first urgency asks for help sooner than the second."""
    order = list(Urgency)
    return order.index(first) < order.index(second)


def stronger(first: DoseAction, second: DoseAction) -> bool:
    """Return whether the first action keeps the medicine further away than the second."""
    order = list(DoseAction)
    return order.index(first) > order.index(second)


def fastest(found: tuple[Urgency, ...]) -> Urgency:
    """Return the most urgent of some urgencies, of which there is at least one."""
    return min(found, key=list(Urgency).index)


def strongest(found: tuple[DoseAction, ...]) -> DoseAction:
    """Return the strongest of some actions; going on where there is none."""
    return max(found, key=list(DoseAction).index, default=DoseAction.GO_ON)


class Danger(StrEnum):
    """A danger that is an emergency whatever the words, the medicine and the language."""

    BREATHING = "breathing"
    CHEST = "chest"
    MIND = "mind"
    """Confusion, fainting, a seizure."""
    ALLERGY = "allergy"
    SKIN = "skin"
    """A rash that spreads, blisters or peels, or comes with fever."""


class DangerSigns(Frozen):
    """The signs of the table that tell a danger; each of them is an emergency."""

    id: Worded[Danger]
    signs: Annotated[tuple[Slug, ...], Listed, Field(min_length=1)]


Pattern = Annotated[Text, Code("pattern")]
"""A regular expression, compared without regard to case."""


class _Pattern(Frozen):
    """Words by which a text is seen to tell something, as regular expressions."""

    spotted_by: Annotated[tuple[Pattern, ...], Listed] = ()

    @model_validator(mode="after")
    def _patterns_compile(self) -> Self:
        """Refuse a pattern that is no regular expression."""
        _joined(self.spotted_by)
        return self

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return _joined(self.spotted_by)

    def told_in(self, text: str) -> bool:
        """Return whether a text tells this sign."""
        return _seen(self._pattern, text)


class AgeBand(_Pattern):
    """Another urgency of a sign below an age."""

    under_months: int = Field(ge=1)
    words: Annotated[Text, Prose(Layer.CORE)]
    urgency: Worded[Urgency]
    medicine: Worded[DoseAction]
    citations: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]


class WarningSign(_Pattern):
    """A sign, how fast it needs help whatever the medicine, and what happens to the medicine."""

    id: Slug
    words: Annotated[Text, Prose(Layer.CORE)] = Field(description="The sign, told to an adult.")
    child: Annotated[str, Prose(Layer.CORE)] = Field(
        default="", description="The sign in a child or baby, where it differs."
    )
    urgency: Worded[Urgency]
    medicine: Worded[DoseAction]
    kinds: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Kinds of medicine of which each one has a flag for it."
    )
    ages: Annotated[tuple[AgeBand, ...], Listed] = ()
    citations: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]


class Told(Frozen):
    """Words by which a text is seen to say how fast, or what happens to the medicine."""

    emergency: Annotated[tuple[Pattern, ...], Listed] = ()
    same_day: Annotated[tuple[Pattern, ...], Listed] = Field(default=(), alias="same-day")
    next_visit: Annotated[tuple[Pattern, ...], Listed] = Field(default=(), alias="next-visit")
    continued: Annotated[tuple[Pattern, ...], Listed] = ()
    hold: Annotated[tuple[Pattern, ...], Listed] = ()
    stop: Annotated[tuple[Pattern, ...], Listed] = ()

    @model_validator(mode="after")
    def _patterns_compile(self) -> Self:
        """Refuse a pattern that is no regular expression."""
        for found in (
            self.emergency,
            self.same_day,
            self.next_visit,
            self.continued,
            self.hold,
            self.stop,
        ):
            _joined(found)
        return self

    @cached_property
    def _urgencies(self) -> tuple[tuple[Urgency, re.Pattern[str] | None], ...]:
        return (
            (Urgency.EMERGENCY, _joined(self.emergency)),
            (Urgency.SAME_DAY, _joined(self.same_day)),
            (Urgency.NEXT_VISIT, _joined(self.next_visit)),
        )

    @cached_property
    def _actions(self) -> tuple[tuple[DoseAction, re.Pattern[str] | None], ...]:
        return ((DoseAction.STOP, self._stop), (DoseAction.HOLD, self._hold))

    @cached_property
    def _stop(self) -> re.Pattern[str] | None:
        return _joined(self.stop)

    @cached_property
    def _hold(self) -> re.Pattern[str] | None:
        return _joined(self.hold)

    @cached_property
    def _continued(self) -> re.Pattern[str] | None:
        return _joined(self.continued)

    def goes_on(self, sentence: str) -> bool:
        """Return whether a sentence goes on with what the one before it said."""
        return _seen(self._continued, sentence)

    def urgency(self, text: str) -> Urgency | None:
        """Return the most urgent call that a text makes, or None where it makes none."""
        return _most_urgent(self._urgencies, text)

    def action(self, text: str) -> DoseAction | None:
        """Return the strongest word of a text on the medicine, or None where it has none."""
        return next((action for action, words in self._actions if _seen(words, text)), None)

    def only_holds(self, text: str) -> bool:
        """Return whether holding is the strongest word of a text on the medicine."""
        return _seen(self._hold, text) and not _seen(self._stop, text)


class SignTable(Frozen):
    """All signs, and the words by which free text is compared with them."""

    told: Told
    upward: Annotated[tuple[DangerSigns, ...], keyed("id")] = Field(
        default=(), description="Which signs tell a danger that is always an emergency."
    )
    signs: Annotated[tuple[WarningSign, ...], keyed("id")]

    @cached_property
    def _by_id(self) -> dict[str, WarningSign]:
        return {sign.id: sign for sign in self.signs}

    def get(self, sign_id: str) -> WarningSign | None:
        """Return a sign by id, or None where the table has no such sign."""
        return self._by_id.get(sign_id)

    def named(self, sign_ids: Iterable[str]) -> tuple[WarningSign, ...]:
        """Return the signs of some ids, without those that the table does not have."""
        return tuple(self._by_id[item] for item in sign_ids if item in self._by_id)

    def only_of_the_young(self, sign_ids: Iterable[str], text: str) -> bool:
        """Return whether words speak of a baby or child below an age, and of nobody else.

        Args:
            sign_ids: the signs that the words name.
            text: the words.
        """
        return any(band.told_in(text) for sign in self.named(sign_ids) for band in sign.ages)

    def told_in(self, text: str) -> tuple[WarningSign, ...]:
        """Return the signs that a text tells."""
        return tuple(sign for sign in self.signs if sign.told_in(text))


@lru_cache(maxsize=1 << 14)
def _most_urgent(
    urgencies: tuple[tuple[Urgency, re.Pattern[str] | None], ...], text: str
) -> Urgency | None:
    """Return the most urgent call of a text; kept, as a check after an edit meets it again."""
    return next((urgency for urgency, words in urgencies if _seen(words, text)), None)


@lru_cache(maxsize=256)
def _joined(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """Join patterns into one.

    Raises:
        ValueError: one is no regular expression; the message names it.
    """
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"'{pattern}' is no pattern: {error}") from None
    whole = "|".join(f"(?:{item})" for item in patterns)
    return re.compile(_ESCAPED.sub(_small, whole)) if patterns else None


_ESCAPED: Final = re.compile(r"\\.|[^\\]+")


def _small(part: re.Match[str]) -> str:
    r"""Put letters in small ones, and leave \B or \S as they are."""
    return part[0] if part[0].startswith("\\") else part[0].lower()


def _seen(pattern: re.Pattern[str] | None, text: str) -> bool:
    """Return whether a joined pattern is in a text; twice as fast as with ``re.IGNORECASE``."""
    return pattern is not None and pattern.search(text.lower()) is not None
