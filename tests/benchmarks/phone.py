"""A phone in a class, as its browser speaks: the page, its files, polling, answers by form."""

import asyncio
import html
import random
import re
import time
from dataclasses import dataclass, field

import httpx2

EVERY = 1.5
"""Seconds between two looks of the page's script, give or take 15 %."""

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
    """

    def __init__(
        self, base: str, code: str, chance: random.Random, book: Book, spread: float
    ) -> None:
        self._client = httpx2.AsyncClient(
            base_url=base, verify=False, timeout=8, follow_redirects=True, trust_env=False
        )
        self._code = code
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
        return str(self._client.cookies["participant"])

    async def join(self) -> None:
        """Open the QR code's link with its files, press Join, and see the room."""
        begun = time.perf_counter()
        way_in = await self._client.get("/join", params={"code": self._code})
        await self._files(way_in.text)
        room = await self._client.post("/join", data={"code": self._code})
        await self._files(room.text)
        if 'id="room" data-now=' not in room.text:
            self._book.troubles.append(f"a join was answered with {room.status_code}")
            return
        self._book.joins.append(time.perf_counter() - begun)
        found = re.search(r'data-tag="([^"]*)"', room.text)
        self._tag = html.unescape(found[1]) if found else ""
        self.step = _step(room.text)

    async def live(self) -> None:
        """Look for what is new, as the script does, until cancelled."""
        while True:
            await asyncio.sleep(EVERY * self._chance.uniform(0.85, 1.15))
            if self._sending or self._locked:
                continue
            try:
                answer = await self._client.get(
                    "/join/now", params={"code": self._code}, headers={"If-None-Match": self._tag}
                )
            except httpx2.HTTPError as error:
                self._book.troubles.append(f"a look failed: {type(error).__name__}")
                continue
            self._book.looks += 1
            if answer.status_code == 200 and not self._sending:
                self._take(answer)
            elif answer.status_code not in (200, 304):
                self._book.troubles.append(f"a look was answered with {answer.status_code}")

    async def leave(self) -> None:
        """Finish what is being sent, and close the browser."""
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._client.aclose()

    async def _files(self, page: str) -> None:
        for name in re.findall(r'(?:href|src)="(/join/files/[^"]+)"', page):
            await self._client.get(name, headers={"Accept-Encoding": "br"})

    def _take(self, answer: httpx2.Response) -> None:
        self._tag = answer.headers["etag"]
        step = _step(answer.text)
        if step == self.step:
            return
        self.step = step
        self._book.arrivals.setdefault(step, []).append(time.perf_counter())
        if "data-live" in answer.text:
            task = asyncio.create_task(self._think(step, answer.text))
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
        data: dict[str, str | list[str]] = {"code": self._code, "step": step}
        if given is None:
            data["unsure"] = "1"
        else:
            data["given"] = list(given)
        self.sent.setdefault(step, []).append(given)
        self._sending = True
        begun = time.perf_counter()
        try:
            copies = 2 if self._chance.random() < TWICE else 1
            self._book.doubles += copies - 1
            await asyncio.gather(*(self._send(step, data, given, begun) for _ in range(copies)))
        finally:
            self._sending = False

    async def _send(
        self,
        step: str,
        data: dict[str, str | list[str]],
        given: tuple[str, ...] | None,
        begun: float,
    ) -> None:
        for wait in (1.5, 3, 6, 10, 0):
            try:
                answer = await self._client.post(
                    "/join/answer", data=data, headers={"X-Part": "room"}
                )
            except httpx2.HTTPError:
                answer = None
            if answer is not None and answer.status_code == 200:  # it is kept, whatever is shown
                self._book.confirmations.append(time.perf_counter() - begun)
                self.confirmed[step] = given
                self.sent[step] = []
                self._tag = answer.headers["etag"]
                return
            if answer is not None and answer.status_code == 409:
                self._book.late += 1
                return
            if answer is not None and answer.status_code < 500:
                self._book.troubles.append(f"an answer was answered with {answer.status_code}")
                return
            self._book.retries += 1
            await asyncio.sleep(wait)
        self._book.troubles.append("an answer was given up")

    async def _reload(self, step: str) -> None:
        """Lock the phone for a moment, then load the page again: who is it, and what was said?"""
        self._locked = True
        await asyncio.sleep(self._chance.uniform(0.5, 2))
        page = (await self._client.get("/join", params={"code": self._code})).text
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
