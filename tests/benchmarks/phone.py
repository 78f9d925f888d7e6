"""A phone in a class, as its browser speaks: the page, its files, polling, answers by form."""

import asyncio
import html
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.benchmarks.wire import TROUBLE, Browser

EVERY = 1.5
"""Seconds between two looks of the page's script, give or take 15 %."""

PUSHED_EVERY = 20.0
"""Seconds between two looks while changes are pushed."""

WAITS = (1.5, 3, *(6,) * 100)
"""Seconds from a failed attempt to the next; the script itself never gives up, this ends a run."""

NOT_SURE = 0.1
CHANGE = 0.2
TWICE = 0.1
RELOAD = 0.5
"""Shares: of answers that are "not sure", changed later, sent twice at once; of people who lock
their phone or load the page again while a question is open."""


@dataclass
class Book:
    """What all phones measured, in seconds."""

    joins: list[float] = field(default_factory=list)
    confirmations: list[float] = field(default_factory=list)
    arrivals: dict[str, list[float]] = field(default_factory=dict)
    looks: int = 0
    pushes: int = 0
    streams: int = 0
    retries: int = 0
    late: int = 0
    doubles: int = 0
    changes: int = 0
    reloads: int = 0
    strangers: int = 0
    troubles: list[str] = field(default_factory=list)


class Phone:
    """One participant with a browser of their own.

    Args:
        base: address of the server.
        code: code of the class.
        chance: what this person chooses, and when.
        book: where times are written.
        spread: seconds within which people answer.
        push: whether the browser takes server-sent events; else it polls only.
        browser: makes a line to the server; the phone has two.
    """

    def __init__(
        self,
        base: str,
        code: str,
        chance: random.Random,
        book: Book,
        spread: float,
        *,
        push: bool = True,
        browser: Callable[[str], Browser] = Browser,
    ) -> None:
        self._browser = browser(base)
        self._other = browser(base)
        self._code = code
        self._room = f"/join?code={quote(code)}"
        self._now = f"/join/now?code={quote(code)}"
        self._events = f"/join/events?code={quote(code)}"
        self._push = push
        self._pushed = False
        self._look_at = 0.0
        self._chance = chance
        self._book = book
        self._spread = spread
        self._tag = ""
        self._sending = False
        self._locked = False
        self._tasks: set[asyncio.Task[None]] = set()
        self.step = ""
        self.confirmed: dict[str, tuple[str, ...] | None] = {}
        self.sent: dict[str, list[tuple[str, ...] | None]] = {}
        """What was sent after the last confirmation; it may have been kept all the same."""

    @property
    def token(self) -> str:
        """The value of this browser's cookie."""
        return self._browser.cookie

    async def join(self) -> None:
        """Open the QR code's link with its files, press Join, and see the room."""
        begun = time.perf_counter()
        way_in = await self._browser.get(self._room)
        await self._files(way_in.text)
        room = await self._browser.post("/join", [("code", self._code)])
        await self._files(room.text)
        if 'data-now="' not in room.text:
            self._book.troubles.append(f"a join was answered with {room.status}")
            return
        self._book.joins.append(time.perf_counter() - begun)
        found = re.search(r'data-tag="([^"]*)"', room.text)
        self._tag = html.unescape(found[1]) if found else ""
        self.step = _step(room.text)

    async def live(self) -> None:
        """Look for what is new, as the script does, until cancelled."""
        listening = asyncio.create_task(self._listen()) if self._push else None
        try:
            await self._look()
        finally:
            if listening is not None:
                listening.cancel()

    async def _look(self) -> None:
        while True:
            self._look_at = time.perf_counter() + EVERY * self._chance.uniform(0.85, 1.15)
            if self._pushed:
                self._look_at += PUSHED_EVERY - EVERY
            while time.perf_counter() < self._look_at:
                await asyncio.sleep(min(0.5, max(0.0, self._look_at - time.perf_counter())))
            if self._sending or self._locked:
                continue
            try:
                answer = await self._browser.get(self._now, {"If-None-Match": self._tag})
            except TROUBLE as error:
                self._book.troubles.append(f"a look failed: {type(error).__name__}")
                continue
            self._book.looks += 1
            if answer.status == 200 and not self._sending:
                self._take(answer.headers["etag"], answer.text)
            elif answer.status not in (200, 304):
                self._book.troubles.append(f"a look was answered with {answer.status}")

    async def _listen(self) -> None:
        """Take what is pushed; connect again with what is shown where the stream ends."""
        while True:
            try:
                asked = f"{self._events}&id={quote(self._tag)}"
                async for name, tag, text in self._browser.events(asked):
                    if name == "hello":
                        self._book.streams += 1
                        self._pushed = True
                    elif name == "state" and not self._sending:
                        self._book.pushes += 1
                        self._take(tag, text)
                        if "data-live" in text:
                            self._look_at = time.perf_counter() + self._chance.uniform(1, 5)
                    elif name == "state":
                        self._look_at = time.perf_counter() + 0.5
            except TROUBLE:
                pass
            self._pushed = False
            self._look_at = min(self._look_at, time.perf_counter() + EVERY)
            await asyncio.sleep(self._chance.uniform(1, 3))

    async def leave(self) -> None:
        """Finish what is being sent, and close the browser."""
        if self._tasks:
            await asyncio.wait(self._tasks)
        self._browser.close()
        self._other.close()

    async def _files(self, page: str) -> None:
        for name in re.findall(r'(?:href|src)="(/join/files/[^"]+)"', page):
            await self._browser.get(name, {"Accept-Encoding": "br"})

    def _take(self, tag: str, text: str) -> None:
        self._tag = tag
        step = _step(text)
        if step == self.step:
            return
        self.step = step
        self._book.arrivals.setdefault(step, []).append(time.perf_counter())
        if "data-live" in text:
            task = asyncio.create_task(self._think(step, text))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _think(self, step: str, page: str) -> None:
        await asyncio.sleep(self._chance.uniform(0, self._spread))
        await self._answer(step, page)
        if self._chance.random() < CHANGE:
            await asyncio.sleep(self._chance.uniform(0.2, 1))
            self._book.changes += 1
            await self._answer(step, page)
        if self._chance.random() < RELOAD:
            await self._reload(step)

    async def _answer(self, step: str, page: str) -> None:
        """Send until it is confirmed or refused, as the script does."""
        given = self._choose(page)
        form = [("code", self._code), ("step", step)]
        form += [("unsure", "1")] if given is None else [("given", part) for part in given]
        self.sent.setdefault(step, []).append(given)
        self._sending = True
        begun = time.perf_counter()
        try:
            copies = 2 if self._chance.random() < TWICE else 1
            self._book.doubles += copies - 1
            self._other.cookie = self._browser.cookie
            lines = (self._browser, self._other)[:copies]
            await asyncio.gather(*(self._send(line, step, form, given, begun) for line in lines))
        finally:
            self._sending = False

    async def _send(
        self,
        line: Browser,
        step: str,
        form: list[tuple[str, str]],
        given: tuple[str, ...] | None,
        begun: float,
    ) -> None:
        for wait in WAITS:
            try:
                answer = await line.post("/join/answer", form, {"X-Part": "room"})
            except TROUBLE:
                answer = None
            if answer is not None and answer.status == 200:  # it is kept, whatever is shown
                self._book.confirmations.append(time.perf_counter() - begun)
                self.confirmed[step] = given
                self.sent[step] = []
                self._tag = answer.headers["etag"]
                return
            if answer is not None and answer.status == 409:
                self._book.late += 1
                return
            if answer is not None and answer.status < 500:
                self._book.troubles.append(f"an answer was answered with {answer.status}")
                return
            self._book.retries += 1
            await asyncio.sleep(wait * self._chance.uniform(0.85, 1.15))
        self._book.troubles.append("an answer was given up")

    async def _reload(self, step: str) -> None:
        """Lock the phone for a moment, then load the page again: who is it, and what was said?"""
        self._locked = True
        await asyncio.sleep(self._chance.uniform(0.5, 2))
        page = ""
        while not page:  # who gets an error presses again
            try:
                answer = await self._browser.get(self._room)
            except TROUBLE:
                answer = None
            if answer is not None and answer.status < 500:
                page = answer.text
            else:
                await asyncio.sleep(EVERY)
        self._locked = False
        self._book.reloads += 1
        if _step(page) == step and 'class="saved"' not in page:
            self._book.strangers += 1

    def _choose(self, page: str) -> tuple[str, ...] | None:
        chance = self._chance
        if chance.random() < NOT_SURE:
            return None
        radios = re.findall(r'type="radio" name="given" value="([^"]+)"', page)
        boxes = re.findall(r'type="checkbox" name="given" value="([^"]+)"', page)
        selects = re.findall(r"<select.*?</select>", page, re.DOTALL)
        if radios:
            return (chance.choice(radios),)
        if boxes:
            return tuple(chance.sample(boxes, chance.randint(1, len(boxes))))
        if selects:
            offered = (re.findall(r'value="([^"]+)"', item) for item in selects)
            return tuple(chance.choice(values) for values in offered)
        return (str(chance.randint(1, 200)),)


def _step(page: str) -> str:
    found = re.search(r'data-step="([^"]*)"', page)
    return found[1] if found else ""
