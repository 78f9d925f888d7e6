"""The registry of rules: a rule is a function with a decorator, and nothing else lists it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, takewhile

from explorer.content.context import Context
from explorer.content.findings import Finding, Level

Check = Callable[[Context], Iterator[Finding]]


class Stage(StrEnum):
    """When a rule is applied."""

    GATE = "gate"
    """At every start: structure, sources, safety, words that may not stand anywhere."""
    LINT = "lint"
    """By ``check`` and in CI only: length, reading grade, cues, what is due."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the content.

    Attributes:
        ids: the ids that its findings may carry.
        level: the highest level that its findings may have.
        stage: when it is applied.
        excepted: whether ``exceptions.toml`` can let a text pass.
        measures: whether it measures reading grades, which needs the extra ``check``.
        check: the function itself.
    """

    ids: tuple[str, ...]
    level: Level
    stage: Stage
    excepted: bool
    measures: bool
    check: Check

    @property
    def name(self) -> str:
        """The name of its function."""
        return self.check.__name__

    def apply(self, context: Context) -> Iterator[Finding]:
        """Yield what breaks the rule, without what the data excepts.

        Args:
            context: the content under check.

        Raises:
            UndeclaredFinding: a finding has an id or a level that the rule does not declare.
        """
        for finding in self.check(context):
            if finding.rule not in self.ids or (
                finding.level is Level.ERROR and self.level is Level.WARNING
            ):
                raise UndeclaredFinding(
                    f"rule {self.name} reports '{finding.rule}' as {finding.level}, and declares "
                    f"{', '.join(self.ids)} as {self.level} at most"
                )
            if self.excepted and context.excepted(finding.rule, finding.file, finding.key):
                continue
            yield finding


class UndeclaredFinding(AssertionError):
    """A rule reports what its decorator does not declare: a fault of the rule, not of content."""


_RULES: list[Rule] = []


def rule(
    *ids: str,
    level: Level = Level.ERROR,
    stage: Stage = Stage.GATE,
    excepted: bool = False,
    measures: bool = False,
) -> Callable[[Check], Check]:
    """Register a function as a rule.

    Args:
        *ids: the ids that its findings may carry; each stands in the README of the data folder.
        level: the highest level that its findings may have.
        stage: when it is applied.
        excepted: whether ``exceptions.toml`` can let a text pass.
        measures: whether it measures reading grades.

    Returns:
        A decorator that leaves the function as it is.
    """

    def register(check: Check) -> Check:
        _RULES.append(Rule(ids, level, stage, excepted, measures, check))
        return check

    return register


def registered() -> tuple[Rule, ...]:
    """Return every rule, in the order in which their modules were read."""
    return tuple(_RULES)


FIRST = frozenset({"structure", "sourcing", "messages"})
"""Modules of the rules without which a page may fail."""


def run(
    context: Context,
    *,
    stage: Stage | None = None,
    measure: bool = True,
    modules: frozenset[str] | None = None,
    turns: Iterable[int] | None = None,
    chosen: Callable[[Rule], bool] = lambda _: True,
) -> tuple[Finding, ...]:
    """Apply the rules.

    Args:
        context: the content under check.
        stage: only the rules of this stage; all where it is None.
        measure: apply also the rules that measure reading grades.
        modules: only the rules of these modules; all where it is None.
        turns: only the rules at these places, in ascending order, where processes share the work.
        chosen: only the rules for which this holds.
    """
    applied = [
        item
        for item in _RULES
        if stage in (None, item.stage)
        and (measure or not item.measures)
        and (modules is None or item.check.__module__.rpartition(".")[2] in modules)
        and chosen(item)
    ]
    places = takewhile(lambda place: place < len(applied), count() if turns is None else turns)
    return tuple(finding for place in places for finding in applied[place].apply(context))
