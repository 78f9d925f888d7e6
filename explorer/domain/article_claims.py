"""What became of each claim of the article that the guide began with."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from explorer.domain.base import Frozen, Listed, Text, Worded, keyed
from explorer.domain.prose import Code, Layer, Prose


class ClaimVerdict(StrEnum):
    """What labels, guidelines and studies say of a claim."""

    CONFIRMED = "confirmed"
    NUANCE = "nuance"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    GAP = "gap"
    """The claim announced a list that was lost."""


class Outcome(StrEnum):
    """What became of a claim."""

    KEPT = "kept"
    CORRECTED = "corrected"
    LEFT_OUT = "left-out"


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"this is not a regular expression: {error}") from error
    if re.search(r"(?<!\\)[A-Z]", value):
        raise ValueError("write the pattern in small letters; capitals in the texts do not count")
    return value


ClaimId = Annotated[str, StringConstraints(pattern=r"^claim-\d{2,3}$"), Code("id")]


class Claim(Frozen):
    """One claim, in our own short words, with its outcome and the places that hold it now."""

    id: ClaimId
    claim: Annotated[Text, Prose(Layer.REFERENCE)]
    verdict: Worded[ClaimVerdict]
    fate: Worded[Outcome]
    reason: Annotated[str, Prose(Layer.RECORD)] = Field(
        default="", description="Why it was put right or left out."
    )
    places: Annotated[tuple[Annotated[str, Code("ref")], ...], Listed] = Field(
        description="Statements or cells, as in ``supported_by`` of a question."
    )
    told: Annotated[
        tuple[Annotated[str, AfterValidator(_pattern), Code("pattern")], ...], Listed
    ] = Field(default=(), description="Patterns of wordings that would repeat the claim.")

    @property
    def number(self) -> int:
        """Its place in the article."""
        return int(self.id.removeprefix("claim-"))

    @property
    def must_not_return(self) -> bool:
        """Return whether nothing backs the claim, so that no text may repeat it."""
        return self.verdict in (ClaimVerdict.CONTRADICTED, ClaimVerdict.UNSUPPORTED)


class Article(Frozen):
    """The article, and how many claims it made."""

    title: Annotated[Text, Prose(Layer.REFERENCE)]
    dated: date
    claims: int = Field(gt=0)


class ClaimTable(Frozen):
    """All claims of the article."""

    article: Article
    claims: Annotated[tuple[Claim, ...], keyed("id")]

    @cached_property
    def in_order(self) -> tuple[Claim, ...]:
        """The claims in the order of the article."""
        return tuple(sorted(self.claims, key=lambda item: item.number))

    def count(self, fate: Outcome) -> int:
        """Count the claims of a fate."""
        return sum(item.fate == fate for item in self.claims)


_BETWEEN = "\n.\n"
"""Stands between texts that are searched as one: no pattern reaches over a full stop or a line."""


@lru_cache(maxsize=1)
def _as_one(texts: tuple[str, ...]) -> tuple[str, list[int]]:
    """Join texts; each claim is looked for in the same ones."""
    starts = list(accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0))
    return _BETWEEN.join(texts), starts


def repeats(told: tuple[str, ...], texts: Sequence[str]) -> dict[int, str]:
    """Find the texts that repeat a claim.

    Args:
        told: the patterns of the claim, in small letters.
        texts: what a reader sees, each as ``normalise`` returns it. They are searched as one, which
            is many times faster than one by one.

    Returns:
        The first words found, by the place of the text.
    """
    if not told:
        return {}
    whole, starts = _as_one(tuple(texts))
    found: dict[int, str] = {}
    for pattern in told:
        for match in re.finditer(pattern, whole):
            found.setdefault(bisect_right(starts, match.start()) - 1, match[0])
    return found


@lru_cache(maxsize=1 << 14)
def normalise(text: str) -> str:
    """Return a text in small letters, with single spaces and straight apostrophes."""
    return " ".join(text.split()).replace("\u2019", "'").lower()
