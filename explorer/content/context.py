"""What a rule is given, and how it reports."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TypeVar

from explorer.content.findings import Finding, Level
from explorer.content.load import Folder
from explorer.content.signs import Passage, Telling, passages, tellings
from explorer.content.texts import all_cells
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.cells import Cell
from explorer.domain.facts import Fact, Item, facts, items

_V = TypeVar("_V", bound=Frozen)


class Context(Frozen):
    """The content under check, the folder it came from, and the day of the check."""

    catalogue: Catalogue
    folder: Folder
    today: date

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every value of the content with its place."""
        return tuple(items(self.catalogue))

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Every text that a reader sees."""
        return tuple(facts(self.items))

    @cached_property
    def cells(self) -> tuple[tuple[str, str, str, Cell], ...]:
        """File, key, row and cell of every cell of medicines and of the other options."""
        return tuple(all_cells(self.items))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text that may speak of a sign, outside the table and the flags."""
        return tuple(passages(self.catalogue, self.items))

    @cached_property
    def tellings(self) -> tuple[tuple[Passage, tuple[Telling, ...]], ...]:
        """Every such text with the signs that it speaks of together with how fast to act."""
        table = self.catalogue.signs
        return tuple((passage, tellings(table, passage)) for passage in self.passages)

    def each(self, kind: type[_V]) -> Iterator[tuple[Item, _V]]:
        """Yield every value of a type with its place."""
        for item in self.items:
            if isinstance(item.value, kind):
                yield item, item.value

    def excepted(self, rule: str, file: str, key: str) -> bool:
        """Return whether the data grants this text an exception from a rule."""
        return (rule, file, key) in self._exceptions

    @cached_property
    def _exceptions(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((item.rule, item.file, item.key) for item in self.catalogue.exceptions)


def error(rule: str, file: str, key: str, reason: str) -> Finding:
    """Make a finding that stops the app."""
    return Finding(file=file, key=key, level=Level.ERROR, rule=rule, reason=reason)


def warning(rule: str, file: str, key: str, reason: str) -> Finding:
    """Make a finding that is only reported."""
    return Finding(file=file, key=key, level=Level.WARNING, rule=rule, reason=reason)
