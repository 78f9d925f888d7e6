"""What is signed off today: lines whose present text a clinician found right."""

from datetime import date
from functools import cached_property
from typing import Annotated

from explorer.domain.base import Frozen, Text, Worded
from explorer.domain.prose import Code
from explorer.domain.signatures import ReviewerRole

EVERYTHING = "all"
"""Id of the count over all lines."""


class SignedLine(Frozen):
    """A line whose present text stands signed."""

    ref: Annotated[Text, Code("ref")]
    role: Worded[ReviewerRole]
    on: date


class SignedCount(Frozen):
    """How many lines of a part stand signed: a medicine, the guide, a section, the quiz, all."""

    id: Annotated[Text, Code("part of the content")]
    signed: int
    lines: int


class SignOff(Frozen):
    """All that stands signed; empty where nobody has signed anything."""

    signed: tuple[SignedLine, ...] = ()
    counts: tuple[SignedCount, ...] = ()

    @cached_property
    def _by_ref(self) -> dict[str, SignedLine]:
        return {line.ref: line for line in self.signed}

    @cached_property
    def _by_part(self) -> dict[str, SignedCount]:
        return {count.id: count for count in self.counts}

    @property
    def roles(self) -> tuple[ReviewerRole, ...]:
        """The roles of those who signed, each once."""
        held = {line.role for line in self.signed}
        return tuple(role for role in ReviewerRole if role in held)

    def of(self, ref: str) -> SignedLine | None:
        """Return the signature under a line, or None where its present text has none.

        Args:
            ref: the address of the line.
        """
        return self._by_ref.get(ref)

    def count(self, part: str) -> SignedCount | None:
        """Return how many lines of a part stand signed, or None where none does.

        Args:
            part: id of a medicine, a part of the site such as ``guide`` or ``glossary``, a
                section of one (``guide/<section>``, ``conditions/<condition>``), or ``all``.
        """
        found = self._by_part.get(part)
        return found if found is not None and found.signed else None
