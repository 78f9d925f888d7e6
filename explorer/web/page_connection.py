"""A page of Streamlit's on its socket: messages in and out, and the work that they cause."""

import asyncio
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any, Final

from starlette.types import Message as Event

from explorer.web import bounds
from explorer.web.pages import Page, Pages
from explorer.web.visit_socket import NORMAL, TOO_BIG, Closed, Message, Socket, Wire

SHARING: Final = 4
"""Most concurrent runs that share the charge; sockets that do not read could fake more."""


class RunMeter:
    """Charges the work of all pages.

    Args:
        pages: the registry, which keeps the budgets.
        ran: is told how many seconds each run took.
    """

    def __init__(self, pages: Pages, ran: Callable[[float], None] = lambda _: None) -> None:
        self._pages = pages
        self._ran = ran
        self._running = 0

    def charge_bytes(self, page: Page, size: int) -> None:
        """Charge reading a message of some bytes."""
        self._pages.charge(page, size / bounds.READ_RATE)

    async def charge_request(self, page: Page) -> None:
        """Wait until a page may send a small request that causes no run, and charge it."""
        await self._pages.throttle(page)
        self._pages.charge(page, bounds.RUN_LEAST / 3)

    async def throttle(self, page: Page) -> None:
        """Wait until a page may cause a run."""
        await self._pages.throttle(page)

    def begin(self) -> None:
        """Record that a run begins."""
        self._running += 1

    def end(self, page: Page, seconds: float, most: float) -> None:
        """Charge a run to its page and its address.

        Args:
            page: whose run it was.
            seconds: from the message to the end of the run. Concurrent runs share the core, so
                each is charged with its share.
            most: upper bound of the charge.
        """
        share = seconds / min(SHARING, max(1, self._running))
        self._running -= 1
        self._ran(seconds)
        self._pages.charge(page, min(max(share, bounds.RUN_LEAST), most))


class PageConnection:
    """The ASGI connection that Streamlit gets for a page.

    Args:
        page: the page.
        socket: the browser's socket.
        first: the first message, if it was read already.
        pages: the registry of pages.
        meter: charges the work.
        wire: how the protocol on the socket is read.
        count: counts a refusal, by its reason.
    """

    def __init__(
        self,
        page: Page,
        socket: Socket,
        first: tuple[bytes, Message] | None,
        *,
        pages: Pages,
        meter: RunMeter,
        wire: Wire,
        count: Callable[[str], None],
    ) -> None:
        self._page = page
        self._socket = socket
        self._first = first
        self._pages = pages
        self._meter = meter
        self._wire = wire
        self._count = count
        self._has_begun = False
        self._run: tuple[float, float] | None = None
        self._run_ended = asyncio.Event()
        self._release_timer: asyncio.TimerHandle | None = None

    async def receive(self) -> Event:
        """Return the handshake, then each accepted message, then the end of the connection."""
        if not self._has_begun:
            self._has_begun = True
            return {"type": "websocket.connect"}
        try:
            data, message = self._first or await self._socket.next()
            self._first = None
            self._meter.charge_bytes(self._page, len(data))
            if message.runs:
                await self._begin_run(message)
            else:
                await self._meter.charge_request(self._page)
        except Closed:
            return {"type": "websocket.disconnect", "code": self._socket.code}
        return {"type": "websocket.receive", "bytes": data}

    async def send(self, event: Event) -> None:
        """Forward a message of Streamlit's, and read from it the session and the end of a run."""
        if event["type"] == "websocket.accept":  # it was accepted before
            return
        if event["type"] == "websocket.close":
            await self._socket.close(int(event.get("code", NORMAL)))
            return
        if data := event.get("bytes"):
            found = self._wire.said(data)
            if found.session:
                self._pages.set_session(self._page, found.session)
            if found.ended:
                self.end_run()
        await self._socket.write(event)

    def end_run(self) -> None:
        """Record that no run is going on."""
        self._release_run_lock()
        if self._run is not None:
            began, most = self._run
            self._run = None
            self._meter.end(self._page, monotonic() - began, most)
        self._run_ended.set()

    def close(self) -> None:
        """Drop all references: Streamlit may keep this object until another page comes."""
        self.end_run()
        self._first = None
        self._socket.detach()

    async def _begin_run(self, message: Message) -> None:
        """Wait until a run may begin, and record it.

        Raises:
            Closed: the page would hold too much.
        """
        if not self._page.record_values(message.sizes):
            self._count("more values than a page has")
            self._page.is_over = True
            await self._socket.close(TOO_BIG)
            raise Closed
        await self._socket.taken.wait()
        if self._run is not None:
            await _with_timeout(self._run_ended.wait(), bounds.RUN_PATIENCE)
        self.end_run()
        await self._meter.throttle(self._page)
        await self._acquire_run_lock()
        self._meter.begin()
        self._run_ended.clear()
        self._run = (monotonic(), message.most)

    async def _acquire_run_lock(self) -> None:
        """Acquire the run lock of the address, for as long as a run usually lasts.

        The pages of an address run one after the other: they share one core, and concurrently none
        would be faster. The first run of a page needs no lock, so that a new visitor is served at
        once.
        """
        if not self._page.session:
            return
        lock = self._page.address.runs
        if not await _with_timeout(lock.acquire(-self._page.budget.left), bounds.RUN_PATIENCE):
            return
        loop = asyncio.get_running_loop()
        self._release_timer = loop.call_later(bounds.RUN_PATIENCE, self._release_run_lock)

    def _release_run_lock(self) -> None:
        if self._release_timer is not None:
            self._release_timer.cancel()
            self._release_timer = None
            self._page.address.runs.release()


async def _with_timeout(work: Coroutine[Any, Any, object], seconds: float) -> bool:
    """Wait for work, and cancel it after some seconds; return whether it was done."""
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError:
        return False
    return True
