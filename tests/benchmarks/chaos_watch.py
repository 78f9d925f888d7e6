"""Who looks on while something is broken: phones, console, log, readiness."""

import asyncio
import json
import random
import re
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.phone import Book, Phone
from tests.benchmarks.wire import TROUBLE, Answer, Browser

if TYPE_CHECKING:
    from playwright.async_api import Page

LOOK: Final = 0.25
"""Seconds between two looks at log, console and readiness."""

HUNG: Final = 5.0
"""Seconds after which a look at the console counts as one at a page that hangs."""

LINE: Final = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S* (?P<level>[A-Z]+) (?P<said>.*)$")

WARNING: Final = ".ax-warn[role=alert], [data-lost]"
"""What the console shows when something is wrong, the lost line to the server included."""


@dataclass
class Seen:
    """What somebody saw, and when: seconds of the benchmark's clock."""

    begun: float
    at: float
    what: str


class WatchedLine(Browser):
    """A line to the server that notes how requests ended: their status, or 0 for none.

    Args:
        base: address of the server.
        noted: how the paths of those requests begin.
        seen: where it is noted.
    """

    def __init__(self, base: str, noted: str, seen: list[Seen]) -> None:
        super().__init__(base)
        self._noted = noted
        self._seen = seen

    async def _ask(self, method: str, path: str, headers: Mapping[str, str], body: str) -> Answer:
        begun, status = time.perf_counter(), 0
        try:
            answer = await super()._ask(method, path, headers, body)
            status = answer.status
        finally:
            if path.startswith(self._noted):
                self._seen.append(Seen(begun, time.perf_counter(), str(status)))
        return answer


class WatchedPhone(Phone):
    """A phone of which is known when it was told that something failed, and when it went on."""

    def __init__(
        self, base: str, code: str, chance: random.Random, book: Book, spread: float, *, push: bool
    ) -> None:
        self.seen: list[Seen] = []
        # who is told of each change looks each 20 s only, and cannot say earlier that it works
        self.polls = not push
        noted = "/join" if self.polls else "/join/answer"
        super().__init__(
            base,
            code,
            chance,
            book,
            spread,
            push=push,
            browser=lambda address: WatchedLine(address, noted, self.seen),
        )

    def spread_over(self, seconds: float) -> None:
        """Answer the next questions within so many seconds."""
        self._spread = seconds

    def failed_after(self, begun: float) -> float | None:
        """Return after how many seconds a request of this phone failed first."""
        return _first(self.seen, begun, lambda item: item.what == "0" or item.what >= "500")

    def went_on_after(self, end: float) -> float | None:
        """Return after how many seconds a request of this phone worked first."""
        return _first(self.seen, end, lambda item: item.what != "0" and item.what < "500")


def _first(seen: list[Seen], begun: float, fits: Callable[[Seen], bool]) -> float | None:
    return next((item.at - begun for item in seen if item.at >= begun and fits(item)), None)


@dataclass
class Watch:
    """Looks at console, log and readiness while it runs.

    Args:
        app: address of the app itself, past nginx.
        log: the app's log.
        console: the console's page, where there is a browser.
        pictures: folder for pictures of it, or None.
    """

    app: str
    log: Path
    console: "Page | None"
    pictures: Path | None = None
    ready: list[Seen] = field(default_factory=list)
    warned: list[Seen] = field(default_factory=list)
    lines: list[Seen] = field(default_factory=list)

    async def run(self) -> None:
        """Look until cancelled."""
        await asyncio.gather(self._ask_readiness(), self._read_log(), self._look_at_console())

    async def picture(self, name: str) -> None:
        """Keep how the console looks now."""
        if self.console is not None and self.pictures is not None:
            file = self.pictures / f"{name.replace(' ', '-')}.png"
            await self.console.screenshot(path=file, timeout=5_000)

    async def _ask_readiness(self) -> None:
        while True:
            line, begun = Browser(self.app), time.perf_counter()
            try:
                answer = await line.get("/readyz")
                said = json.loads(answer.text) if answer.text else {}
                what = " ".join(said.get("missing", ())) or said.get("status", str(answer.status))
            except TROUBLE:
                what = "no answer"
            line.close()
            self.ready.append(Seen(begun, time.perf_counter(), what))
            await asyncio.sleep(LOOK)

    async def _read_log(self) -> None:
        read = 0
        while True:
            raw = self.log.read_bytes()
            whole = raw.rfind(b"\n") + 1
            now = time.perf_counter()
            for line in raw[read:whole].decode("utf-8", "replace").splitlines():
                self.lines.append(Seen(now, now, line))
            read = whole
            await asyncio.sleep(LOOK)

    async def _look_at_console(self) -> None:
        while self.console is not None:
            begun = time.perf_counter()
            looking = self.console.locator(WARNING).all_inner_texts()
            try:
                texts = await asyncio.wait_for(looking, HUNG)
            except TimeoutError:
                sys.stderr.write("the console's page hangs\n")
                continue
            said = " ".join(" ".join(texts).split())
            self.warned.append(Seen(begun, time.perf_counter(), said))
            await asyncio.sleep(LOOK)

    def not_ready_after(self, begun: float) -> tuple[float | None, str]:
        """Return after how many seconds ``/readyz`` said that something is missing, and what."""
        for item in self.ready:
            if item.begun >= begun and item.what != "ready":
                return item.at - begun, item.what
        return None, ""

    def console_said_after(self, begun: float, end: float) -> tuple[float | None, str]:
        """Return after how many seconds the console warned, and its words."""
        for item in self.warned:
            if begun <= item.begun <= end and item.what:
                return item.at - begun, item.what
        return None, ""

    def logged(self, begun: float, end: float) -> list[tuple[float, str, str]]:
        """Return what was logged: seconds, level or an empty text, words."""
        found = []
        for item in self.lines:
            if begun <= item.at <= end and item.what.strip():
                match = LINE.match(item.what)
                level = match["level"] if match else ""
                found.append((item.at - begun, level, match["said"] if match else item.what))
        return found
