"""Check a whole data folder: can it be read, does it fit the model, does it obey the rules.

Importing this module imports every rule. A start imports it only where rules have to be applied:
see ``explorer.content.checked``.
"""

import multiprocessing
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import chain, count
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext
from pathlib import Path
from typing import Final

from explorer.content.context import Context
from explorer.content.findings import ContentError, Finding, Level, Report
from explorer.content.load import Folder, Parsed, build, read_folder
from explorer.content.rule import Rule, Stage, run
from explorer.content.rules import RULES as RULES
from explorer.content.rules.messages import words_are_what_the_code_uses
from explorer.content.rules.names import TO_WRITE_RULE
from explorer.content.rules.sourcing import UNUSED_SOURCE
from explorer.content.texts import medicine_file
from explorer.domain.catalogue import Catalogue, Status

PROCESSES: Final = 2
"""That share the rules at a start: the whole waits for them, and few machines have one core."""


def gate(
    folder: Folder, catalogue: Catalogue, today: date, meanwhile: Callable[[], None] | None = None
) -> Report:
    """Apply the rules of the gate, in forked processes where this one has something else to do.

    Args:
        folder: the folder as it was read.
        catalogue: what was built from it.
        today: the day of the check.
        meanwhile: what this process does while others, which have what was read, apply the rules.

    Returns:
        What the rules found; where a process fails or cannot be had, they are applied here.
    """
    context = Context(catalogue=catalogue, folder=folder, today=today)
    if meanwhile is None:
        return _check(context, measure=False, stage=Stage.GATE)
    if "fork" not in multiprocessing.get_all_start_methods():
        meanwhile()
        return _check(context, measure=False, stage=Stage.GATE)
    fork = multiprocessing.get_context("fork")
    words = _words(context)
    if words.errors:
        meanwhile()
        return words
    others = [
        _Other(
            fork,
            partial(run, context, stage=Stage.GATE, measure=False, turns=count(first, PROCESSES)),
        )
        for first in range(PROCESSES)
    ]
    meanwhile()
    found = [other.found() for other in others]
    if None in found:
        return _check(context, measure=False, stage=Stage.GATE)
    return _report(context.catalogue, tuple(chain.from_iterable(part or () for part in found)))


class _Other:
    """A forked process that applies its share of the rules."""

    def __init__(self, fork: ForkContext, share: Callable[[], tuple[Finding, ...]]) -> None:
        self._receiver, sender = fork.Pipe(duplex=False)
        self._process = fork.Process(
            target=_send, args=(share, sender), name="content check", daemon=True
        )
        self._process.start()
        sender.close()  # the only one left is the other's: its end is seen here

    def found(self) -> tuple[Finding, ...] | None:
        """Wait for what it found; None where it died."""
        with self._receiver:
            try:
                found: tuple[Finding, ...] | None = self._receiver.recv()
            except EOFError:
                found = None
        self._process.join()
        return found


def _send(share: Callable[[], tuple[Finding, ...]], sender: Connection) -> None:
    with sender:
        sender.send(share())


def check_whole(folder: Folder, catalogue: Catalogue, today: date, *, measure: bool) -> Report:
    """Apply every rule, those about style in a process of their own where one can be had.

    Args:
        folder: the folder as it was read.
        catalogue: what was built from it.
        today: the day for which overdue reviews are reported.
        measure: apply the rules that measure reading grades, which needs the extra ``check``.

    Raises:
        readability.NotInstalled: grades are to be measured and the tool is not there.
    """
    context = Context(catalogue=catalogue, folder=folder, today=today)
    words = _words(context)
    if words.errors:
        return words
    if not measure or "fork" not in multiprocessing.get_all_start_methods():
        return _check(context, measure=measure)
    style = partial(run, context, chosen=_is_about_style)
    other = _Other(multiprocessing.get_context("fork"), style)
    found = run(context, chosen=lambda item: not _is_about_style(item))
    rest = other.found()
    if rest is None:  # it died: what went wrong is seen here
        rest = style()
    return _report(catalogue, (*found, *rest))


def _is_about_style(item: Rule) -> bool:
    """Return whether a rule is one of the half that takes as long as the rules of the gate."""
    return item.measures or item.stage is Stage.LINT


def check_folder(
    path: Path,
    today: date,
    *,
    measure: bool = True,
    stage: Stage | None = None,
    kept: Parsed | None = None,
) -> Report:
    """Check a data folder.

    Args:
        path: the folder.
        today: the day for which overdue reviews are reported.
        measure: apply the rules that measure reading grades, which needs the extra ``check``.
        stage: apply only the rules of this stage; all where it is None.
        kept: what an earlier reading parsed; it takes in what this one does.

    Returns:
        All findings, by file and key. Rules are applied only to content that can be read.

    Raises:
        readability.NotInstalled: grades are to be measured and the tool is not there.
    """
    folder = read_folder(path, kept)
    try:
        catalogue = build(folder)
    except ContentError as error:
        return Report(findings=_sorted(error.findings))
    return check(folder, catalogue, today, measure=measure, stage=stage)


def check(
    folder: Folder,
    catalogue: Catalogue,
    today: date,
    *,
    measure: bool = True,
    stage: Stage | None = None,
    modules: frozenset[str] | None = None,
) -> Report:
    """Check content that was read and fits the model, so that what is checked can be served.

    Args:
        folder: the folder as it was read.
        catalogue: what was built from it.
        today: the day for which overdue reviews are reported.
        measure: apply the rules that measure reading grades, which needs the extra ``check``.
        stage: apply only the rules of this stage, such as ``Stage.GATE`` at a start.
        modules: apply only the rules of these modules, such as ``rule.FIRST``.

    Raises:
        readability.NotInstalled: grades are to be measured and the tool is not there.
    """
    context = Context(catalogue=catalogue, folder=folder, today=today)
    return _check(context, measure=measure, stage=stage, modules=modules)


def _check(
    context: Context,
    *,
    measure: bool = True,
    stage: Stage | None = None,
    modules: frozenset[str] | None = None,
) -> Report:
    words = _words(context)
    if words.errors:
        return words
    found = run(context, stage=stage, measure=measure, modules=modules)
    return _report(context.catalogue, found)


def _words(context: Context) -> Report:
    """Check the interface words, which other rules ask for themselves."""
    return Report(findings=_sorted(tuple(words_are_what_the_code_uses(context))))


def _report(catalogue: Catalogue, found: tuple[Finding, ...]) -> Report:
    return Report(findings=_sorted(_without_drafts(catalogue, found)))


def _without_drafts(catalogue: Catalogue, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Leave out what a draft lacks: it may have gaps, is never shown, and has a list of its own."""
    drafts = {medicine_file(item) for item in catalogue.medicines if item.status is Status.DRAFT}
    return _without_echoes(tuple(item for item in found if item.file not in drafts))


def _without_echoes(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Leave out what other rules say of a text that is still to be written."""
    stubs = {(item.file, item.key) for item in found if item.rule == TO_WRITE_RULE}
    if not stubs:
        return found
    around = {(file, key.rpartition(".")[0]) for file, key in stubs}
    sources = {key for file, key in around if file == "sources.toml"}
    return tuple(
        item
        for item in found
        if item.rule == TO_WRITE_RULE
        or not (
            (item.file, item.key) in stubs
            or (item.rule == UNUSED_SOURCE and item.key in sources)  # it cannot be cited yet
            or (item.level is Level.WARNING and (item.file, item.key) in around)
        )
    )


def _sorted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda item: (item.file, item.key, item.reason)))
