"""The order in which signs are told: those with one thing to do stand together, below it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar

from explorer.domain.catalogue import Urgency

MOST_TOLD: Final = 2
"""What is to be done for more signs of one urgency than this is said once, above them."""


class ToldSign(Protocol):
    """A sign with its urgency and what to do."""

    @property
    def urgency(self) -> Urgency:
        """How fast help is needed."""

    @property
    def action(self) -> str:
        """What to do; empty where the urgency says it."""


_Sign = TypeVar("_Sign", bound=ToldSign)


def shared_actions(signs: Iterable[ToldSign]) -> tuple[str, ...]:
    """Return what is to be done for several signs alike: said with each, it hides the signs.

    Args:
        signs: signs of one urgency.
    """
    counted = Counter(sign.action for sign in signs if sign.action)
    return tuple(action for action, times in counted.items() if times > MOST_TOLD)


def in_telling_order(signs: Sequence[_Sign]) -> tuple[_Sign, ...]:
    """Return signs by urgency, those that share what is to be done first, else as they come.

    Args:
        signs: signs of one medicine, illness or country.
    """
    found: list[_Sign] = []
    for urgency in Urgency:
        listed = [sign for sign in signs if sign.urgency is urgency]
        shared = shared_actions(listed)
        rank = {action: place for place, action in enumerate(shared)}
        found += sorted(listed, key=lambda sign: rank.get(sign.action, len(rank)))
    return tuple(found)
