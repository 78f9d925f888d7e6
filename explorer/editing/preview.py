"""Content that is read again when a file is saved: what an editor sees while writing.

The last good content stays where a file is broken, and the findings stand on the page. Rules
without which a page may fail are applied before new content is shown; the rest follows.
"""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock, Timer

from explorer.content.check import check
from explorer.content.findings import ContentError, Finding, Level
from explorer.content.load import Content, Folder, Parsed, build, read_folder
from explorer.content.rule import FIRST, Stage
from explorer.domain.base import Frozen
from explorer.editing import drafts

MOST = 12
"""Most findings that a page lists."""


AFTER = 1.0
"""Seconds until the other rules are applied: the page is drawn first."""


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
            for item in found
            if item.level is Level.ERROR
            and (item.file not in own or item.rule.startswith("unknown"))
        )
        if stopping:
            raise ContentError(stopping)
        content = Content(catalogue=catalogue, version=read.version)
        return PreviewState(content=content, drafts=drafts.ids(read)), read

    def _check_in_the_background(self, seen: PreviewState, read: Folder) -> None:
        """Apply the other rules while the page is drawn, and add what they find."""

        def rest() -> None:
            home = build(read)
            found = drafts.without_stubs(read, check(read, home, _today(), measure=False).findings)
            with self._lock:
                if self._seen is seen and found:  # no file was saved since
                    self._seen = seen.evolve(findings=found)

        later = Timer(AFTER, rest)
        later.daemon = True
        later.start()


def _today() -> date:
    return datetime.now(tz=UTC).date()
