"""Content that is read again when a file is saved: what an editor sees while writing.

The last good content stays where a file is broken, and the findings stand on the page. Rules
without which a page may fail are applied before new content is shown; the rest follows from a
process of its own, so that the page is drawn meanwhile.
"""

import gc
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock, Timer

from explorer.content.check import check
from explorer.content.findings import ContentError, Finding, Level
from explorer.content.load import Content, Folder, Parsed, build, read_folder
from explorer.content.rule import FIRST, Stage
from explorer.content.rules.sourcing import UNUSED_SOURCE
from explorer.domain.base import Frozen
from explorer.editing import drafts

MOST = 12
"""Most findings that a page lists."""


AFTER = 1.0
"""Seconds until the other rules are applied: the page is drawn first, and a save that follows at
once is not checked for nothing."""

_LOG = logging.getLogger(__name__)


class PreviewState(Frozen):
    """What a page of the preview shows.

    Attributes:
        content: the last good content, with drafts.
        findings: what is wrong with the files as they are now.
        is_old: whether the files could not be shown, so that ``content`` is from before.
        drafts: ids of the drafts in it.
    """

    content: Content
    findings: tuple[Finding, ...] = ()
    is_old: bool = False
    drafts: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The findings as lines, the first ones where there are many."""
        shown = [str(item) for item in self.findings[:MOST]]
        more = len(self.findings) - MOST
        return (*shown, f"... {more}") if more > 0 else tuple(shown)


class Preview:
    """The content of a folder as it is now."""

    def __init__(self, folder: Path, jurisdiction: str) -> None:
        """Read the folder.

        Args:
            folder: the data folder.
            jurisdiction: whose numbers to call the texts name.

        Raises:
            ContentError: nothing of it can be shown yet.
        """
        self._folder = folder
        self._jurisdiction = jurisdiction
        self._parsed: Parsed = {}
        self._lock = RLock()
        self._timer: Timer | None = None
        self._checking: subprocess.Popen[bytes] | None = None
        self._stamp = self._look()
        self._seen, read = self._read()
        self._check_in_the_background(self._seen, read)

    def seen(self) -> PreviewState:
        """Return what to show now; read the folder again where a file was saved."""
        with self._lock:
            stamp = self._look()
            if stamp != self._stamp:
                self._stamp = stamp
                try:
                    self._seen, read = self._read()
                except ContentError as error:
                    held = self._seen
                    self._seen = held.evolve(findings=error.findings, is_old=True)
                else:
                    self._check_in_the_background(self._seen, read)
            return self._seen

    def _look(self) -> tuple[tuple[str, int, int], ...]:
        """Return name, time and size of every file: they change when one is saved."""
        found: list[tuple[str, int, int]] = []
        for where, _, names in os.walk(self._folder):
            for name in names:
                path = Path(where, name)
                try:
                    status = path.stat()
                except OSError:  # an editor replaces the file right now
                    continue
                found.append((str(path), status.st_mtime_ns, status.st_size))
        return tuple(sorted(found))

    def _read(self) -> tuple[PreviewState, Folder]:
        kept = dict(self._parsed)
        self._parsed.clear()
        with _without_collecting():
            read = read_folder(self._folder, kept)
            self._parsed |= {key: kept[key] for key in kept if key[0] in dict(read.files)}
            whole = drafts.shown(read)
            catalogue = build(whole, self._jurisdiction)
            found = check(
                whole, catalogue, _today(), measure=False, stage=Stage.GATE, modules=FIRST
            ).findings
        own = {f"medicines/{name}.toml" for name in drafts.ids(read)}
        stopping = tuple(
            item
            for item in drafts.without_stubs(read, found)
            if item.level is Level.ERROR
            and item.rule != UNUSED_SOURCE  # it breaks no page; what cites it is written next
            and (item.file not in own or item.rule.startswith("unknown"))
        )
        if stopping:
            raise ContentError(stopping)
        content = Content(catalogue=catalogue, version=read.version)
        return PreviewState(content=content, drafts=drafts.ids(read)), read

    def _check_in_the_background(self, seen: PreviewState, read: Folder) -> None:
        """Apply all rules while the page is drawn, and add what they find."""

        def rest() -> None:
            with self._lock:
                if self._seen is not seen:  # a file was saved since
                    return
                checking = self._checking = _check_process(self._folder)
            found = drafts.without_stubs(read, _findings(checking))
            with self._lock:
                if self._seen is seen and found:
                    self._seen = seen.evolve(findings=found)

        if self._timer is not None:
            self._timer.cancel()
        if self._checking is not None:
            self._checking.kill()  # of files that are no longer so
        self._timer = Timer(AFTER, rest)
        self._timer.daemon = True
        self._timer.start()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let Python's collector rest: what is read stays, and looking through it takes half the time.

    What stays is put aside for good, so that drawing a page does not wait for that either.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.freeze()


def _check_process(folder: Path) -> subprocess.Popen[bytes]:
    """Start ``check`` on a folder."""
    command = (sys.executable, "-m", "explorer.cli", "check", "--format", "json", "--data", folder)
    return subprocess.Popen(  # noqa: S603 - our own command
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _findings(checking: subprocess.Popen[bytes]) -> tuple[Finding, ...]:
    """Wait for what ``check`` finds; nothing where it was stopped by the next save."""
    said, trouble = checking.communicate()
    if said:
        found = json.loads(said)["findings"]
        return tuple(Finding.model_validate_json(json.dumps(item)) for item in found)
    if checking.returncode > 1:
        _LOG.error("the files could not be checked: %s", trouble.decode(errors="replace"))
    return ()


def _today() -> date:
    return datetime.now(tz=UTC).date()
