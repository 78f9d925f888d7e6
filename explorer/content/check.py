"""Check a whole data folder: can it be read, does it fit the model, does it obey the rules."""

import multiprocessing
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import chain, count
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext
from pathlib import Path
from typing import Final

from explorer.content.context import Context
from explorer.content.findings import ContentError, Finding, Level, Report
from explorer.content.load import Content, Folder, build, read_folder
from explorer.content.local import read_local
from explorer.content.rule import Stage, run
from explorer.content.rules import RULES as RULES
from explorer.content.rules.jurisdiction import what_lacks
from explorer.content.rules.messages import words_are_what_the_code_uses
from explorer.content.rules.names import TO_WRITE_RULE
from explorer.content.texts import medicine_file
from explorer.domain.catalogue import HOME, Catalogue, Status


def read_checked(
    folder: Path,
    today: date | None = None,
    *,
    jurisdiction: str = HOME,
    meanwhile: Callable[[], None] | None = None,
    local: Path | None = None,
) -> Content:
    """Read a data folder once, and check exactly what was read.

    Only the rules of the gate are applied: structure, sources, safety and words. Style and reading
    grades are for those who write, and are left to ``anakinra-explorer check``.

    Args:
        folder: the data folder.
        today: the day for which reviews count as overdue; by default the current one.
        jurisdiction: whose numbers the texts name. The texts are checked as they are written, for
            the home jurisdiction; another one must be whole beside it.
        meanwhile: what this process does while a second one applies the rules to what was read.
            Without it, and where a process cannot be forked, nothing runs beside.
        local: a clinic's own folder, read and checked beside it.

    Returns:
        The content, which has no error.

    Raises:
        ContentError: the content has errors; it carries all of them.
    """
    read = read_folder(folder)
    catalogue = build(read)
    day = today or datetime.now(tz=UTC).date()
    context = Context(catalogue=catalogue, folder=read, today=day)
    if meanwhile is None:
        report = _check(context, measure=False, stage=Stage.GATE)
    else:
        report = _beside(context, meanwhile)
    errors = tuple(item for item in report.findings if item.level is Level.ERROR)
    if errors:
        raise ContentError(errors)
    if jurisdiction != HOME:
        lacks = tuple(what_lacks(read, catalogue, jurisdiction))
        if lacks:
            raise ContentError(lacks)
        catalogue = build(read, jurisdiction)
    if local is None:
        return Content(catalogue=catalogue, version=read.version)
    contact = read.parsed("contacts.toml").get(jurisdiction)
    own, version = read_local(
        local,
        catalogue,
        contact,
        lambda found: check(read, found, day, measure=False, stage=Stage.GATE),
    )
    return Content(catalogue=catalogue.evolve(local=own), version=f"{read.version}-{version}")


PROCESSES: Final = 2
"""That share the rules at a start: the whole waits for them, and few machines have one core."""


def _beside(context: Context, meanwhile: Callable[[], None]) -> Report:
    """Apply the rules of the gate in forked processes, which have what was read, beside this one.

    Args:
        context: the content under check.
        meanwhile: what this process does until then.

    Returns:
        What the rules found; where a process fails or cannot be had, they are applied here.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        meanwhile()
        return _check(context, measure=False, stage=Stage.GATE)
    fork = multiprocessing.get_context("fork")
    words = _words(context)
    if words.errors:
        meanwhile()
        return words
    others = [_Other(fork, context, first) for first in range(PROCESSES)]
    meanwhile()
    found = [other.found() for other in others]
    if None in found:
        return _check(context, measure=False, stage=Stage.GATE)
    return _report(context.catalogue, tuple(chain.from_iterable(part or () for part in found)))


class _Other:
    """A forked process that applies its share of the rules: from one on, each ``PROCESSES``-th."""

    def __init__(self, fork: ForkContext, context: Context, first: int) -> None:
        self._receiver, sender = fork.Pipe(duplex=False)
        self._process = fork.Process(
            target=_send, args=(context, first, sender), name="content check", daemon=True
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


def _send(context: Context, first: int, sender: Connection) -> None:
    turns = count(first, PROCESSES)
    with sender:
        sender.send(run(context, stage=Stage.GATE, measure=False, turns=turns))


def check_folder(
    path: Path, today: date, *, measure: bool = True, stage: Stage | None = None
) -> Report:
    """Check a data folder.

    Args:
        path: the folder.
        today: the day for which overdue reviews are reported.
        measure: apply the rules that measure reading grades, which needs the extra ``check``.
        stage: apply only the rules of this stage; all where it is None.

    Returns:
        All findings, by file and key. Rules are applied only to content that can be read.

    Raises:
        readability.NotInstalled: grades are to be measured and the tool is not there.
    """
    folder = read_folder(path)
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
    return tuple(
        item
        for item in found
        if item.rule == TO_WRITE_RULE
        or not (
            (item.file, item.key) in stubs
            or (item.level is Level.WARNING and (item.file, item.key) in around)
        )
    )


def _sorted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda item: (item.file, item.key, item.reason)))
