"""Values that rest on sources, and the last step that gives their references numbers."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from explorer.domain.base import Frozen
from explorer.domain.sources import Citation


class CitedValue(Frozen):
    """Something that rests on sources.

    ``citations`` are as the author wrote them: the one that the text rests on comes first.
    ``references`` are their numbers on the page that shows the value; none before numbering.
    """

    citations: tuple[Citation, ...] = ()
    references: tuple[int, ...] = ()


class CitedText(CitedValue):
    """A text with its sources."""

    text: str


class Numbers(Protocol):
    """A scheme that numbers citations in the order in which they are first seen."""

    def of(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Return the numbers of citations, numbering those that are new."""


_Value = TypeVar("_Value", bound=Frozen)


def numbered(value: _Value, numbers: Numbers) -> _Value:
    """Return a value with the references of everything in it numbered.

    Args:
        value: a value that is cited, or holds cited values in fields or tuples of its own.
        numbers: the scheme; what it has not seen yet is numbered in the order of the fields.

    Returns:
        A copy; the value itself where nothing in it cites.
    """
    changes: dict[str, object] = {}
    if isinstance(value, CitedValue) and value.citations:
        changes["references"] = numbers.of(value.citations)
    for name in type(value).model_fields:
        held = getattr(value, name)
        if isinstance(held, CitedValue):
            changes[name] = numbered(held, numbers)
        elif isinstance(held, tuple) and held and isinstance(held[0], Frozen):
            items = tuple(numbered(item, numbers) for item in held)
            if any(new is not old for new, old in zip(items, held, strict=True)):
                changes[name] = items
    return value.evolve(**changes) if changes else value
