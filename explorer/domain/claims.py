"""What became of each claim of the article that the guide began with."""

import re
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from explorer.domain.base import Frozen, Listed, Text, Worded, keyed


class Verdict(StrEnum):
    """What labels, guidelines and studies say of a claim."""

    CONFIRMED = "confirmed"
    NUANCE = "nuance"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    GAP = "gap"
    """The claim announced a list that was lost."""


class Fate(StrEnum):
    """What became of a claim."""

    KEPT = "kept"
    CORRECTED = "corrected"
    LEFT_OUT = "left-out"


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"this is not a regular expression: {error}") from error
    return value


ClaimId = Annotated[str, StringConstraints(pattern=r"^claim-\d{2,3}$")]


class Claim(Frozen):
    """One claim, in our own short words, with what became of it and where that stands."""

    id: ClaimId
    claim: Text
    verdict: Worded[Verdict]
    fate: Worded[Fate]
    reason: str = Field(default="", description="Why it was put right or left out.")
    places: Annotated[tuple[str, ...], Listed] = Field(
        description="Statements or cells, as in ``supported_by`` of a question."
    )
    told: Annotated[tuple[Annotated[str, AfterValidator(_pattern)], ...], Listed] = Field(
        default=(), description="Patterns of wordings that would repeat the claim."
    )

    @property
    def number(self) -> int:
        """Its place in the article."""
        return int(self.id.removeprefix("claim-"))

    @property
    def must_not_return(self) -> bool:
        """Tell whether nothing backs the claim, so that no text may repeat it."""
        return self.verdict in (Verdict.CONTRADICTED, Verdict.UNSUPPORTED)


class Article(Frozen):
    """The article, and how many claims it made."""

    title: Text
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

    def count(self, fate: Fate) -> int:
        """Count the claims of a fate."""
        return sum(item.fate == fate for item in self.claims)


def repeated(told: tuple[str, ...], text: str) -> str | None:
    """Give the words of a text that repeat a claim.

    Args:
        told: the patterns of the claim.
        text: what a reader sees; runs of white space count as one space, curly apostrophes as
            straight ones, and case does not count.

    Returns:
        The first words found, or None.
    """
    plain = re.sub(r"\s+", " ", text).replace("\u2019", "'")
    for pattern in told:
        found = re.search(pattern, plain, re.IGNORECASE)
        if found:
            return found[0]
    return None
