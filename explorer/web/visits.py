"""The sockets of the app's pages: who gets one, what may come over it, and how fast.

A middleware around the socket by which a page stays connected to the server. It reads every
message before Streamlit does, and

* accepts a socket at once, but makes a page of it only when it has asked for one, so that sockets
  that say nothing cost a file each and nothing else;
* drops what no page of ours sends, and closes a socket that goes on with it;
* keeps the number of pages, of all and of one address, within the bounds; beyond them a new visitor
  gets a plain page that says so;
* slows a page, or an address, that keeps the server busier than anybody's reading does;
* lets a page come back after a lost line only to the browser that opened it;
* and forgets a page for good some time after it was left, also when nobody else comes.
"""

import asyncio
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any, Final, TypeVar

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Event

from explorer.web import bounds
from explorer.web.pages import Address, Page, Pages
from explorer.web.visit_socket import (
    NORMAL,
    REFUSED,
    TOO_BIG,
    TRY_AGAIN_LATER,
    Closed,
    Message,
    Socket,
    Wire,
)

STREAM: Final = "/_stcore/stream"
"""End of the address by which a page of the app stays connected to the server."""

RETRY_SECONDS: Final = 60

SHARING: Final = 4
"""Most runs by which the time of one is divided; sockets that do not read could feign more."""

_SERVED_ALWAYS: Final = ("/_stcore/", "/static/", "/join", "/readyz", "/media/", "/component")

_log = logging.getLogger(__name__)

_T = TypeVar("_T")


class _Full(Exception):
    """There is no room for one more page."""


class _Evicted(Exception):
    """Others came, and this one had waited longest."""


class Visits:
    """Middleware; see the module.

    Args:
        app: the app.
        pages: the pages that are held, with how much there may be.
        wire: how the protocol on the socket is read.
        busy: gives the HTML of the page for those who have to come back.
        silent: seconds after which a socket that asks for no page is closed.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        pages: Pages,
        wire: Wire,
        busy: Callable[[], str],
        silent: float = bounds.SILENT,
    ) -> None:
        self._app = app
        self._wire = wire
        self._busy = busy
        self._silent = silent
        self._pages = pages
        self._pending: OrderedDict[object, tuple[Address, asyncio.Event]] = OrderedDict()
        self._refused: defaultdict[str, int] = defaultdict(int)
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a socket, or turn it away while there is no room."""
        path = str(scope.get("path", ""))
        if scope["type"] == "websocket" and path.endswith(STREAM):
            await self._stream(scope, receive, send)
        elif (
            scope["type"] == "http"
            and _is_page(scope, path)
            and self._pages.is_full(self._pages.address(_client(scope)))
        ):
            answer = HTMLResponse(
                self._busy(),
                status_code=503,
                headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"},
            )
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def count(self, reason: str) -> None:
        """Count something that was refused; it is logged once, and then by powers of ten."""
        self._refused[reason] += 1
        times = self._refused[reason]
        if str(times).rstrip("0") == "1":
            _log.warning("refused on sockets: %s; times since the start: %d", reason, times)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a socket from its handshake to its end."""
        headers = Headers(scope=scope)
        address = self._pages.address(_client(scope))
        await receive()  # the handshake
        if not self._wire.is_own_origin(headers.get("origin"), headers.get("host")):
            self.count("another site's page")
            await send({"type": "websocket.close", "code": REFUSED})
            return
        if address.waiting >= bounds.WAITING:
            self.count("too many new sockets")
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            return
        owner = self._wire.owner(cookie_parser("; ".join(headers.getlist("cookie"))))
        await address.in_turn(owner)
        protocols = _protocols(headers)
        page = self._resumed("".join(protocols[2:3]), owner)
        socket = Socket(receive, send, self._wire, self.count)
        await send({"type": "websocket.accept", "subprotocol": protocols[0] or None})
        try:
            first = None
            if page is None:
                first = await self._first(socket, address, returns=len(protocols) > 2)
                page = Page(address, owner)
                protocols = protocols[:2]
            await self._serve(_with_protocols(scope, protocols), socket, page, first)
        except _Full:
            self.count("no room")
            await socket.close(TRY_AGAIN_LATER)
        except Closed:
            pass

    def _resumed(self, named: str, owner: bytes) -> Page | None:
        """Give the page that a browser comes back to, if it is the browser that opened it."""
        page = self._pages.named(named)
        if page is not None and (not owner or page.owner != owner):
            self.count("another browser's page")
            return None
        return page

    async def _first(
        self, socket: Socket, address: Address, *, returns: bool
    ) -> tuple[bytes, Message]:
        """Wait for the first message that asks for something.

        Raises:
            Closed: none came in time, too many others wait, or the browser left.
        """
        mine, evicted = object(), asyncio.Event()
        self._pending[mine] = (address, evicted)
        same = [key for key, (where, _) in self._pending.items() if where is address]
        if len(same) > bounds.PENDING_PER_ADDRESS:
            self._pending[same[0]][1].set()
        elif len(self._pending) > bounds.PENDING:
            next(iter(self._pending.values()))[1].set()
        try:
            async with asyncio.timeout(bounds.SILENT_RETURN if returns else self._silent):
                while True:
                    first = await _or_stop(socket.next(), evicted)
                    if not first[1].part:  # there is no page yet of which a part could run
                        return first
        except (TimeoutError, _Evicted):
            self.count("asked for no page")
            await socket.close(TRY_AGAIN_LATER)
            raise Closed from None
        finally:
            del self._pending[mine]

    async def _serve(
        self, scope: Scope, socket: Socket, page: Page, first: tuple[bytes, Message] | None
    ) -> None:
        """Let Streamlit serve a page, for as long as the socket stands."""
        if self._pages.is_full(page.address):
            raise _Full
        self._pages.connect(page)
        visit = _Visit(self, socket, page, first)
        try:
            await self._app(scope, visit.receive, visit.send)
        finally:
            visit.over()
            self._pages.disconnect(page, was_left=socket.was_left, was_ended=socket.was_ended)

    def belongs(self, page: Page, session: str) -> None:
        """Note under which id Streamlit keeps a page."""
        self._pages.belongs(page, session)

    async def turn(self, page: Page) -> None:
        """Wait until a page may make the server work."""
        await self._pages.turn(page)

    def weigh(self, page: Page, size: int) -> None:
        """Charge that a message was read, by its bytes."""
        self._pages.charge(page, size / bounds.READ_RATE)

    async def ask(self, page: Page) -> None:
        """Wait until a page may ask for something small, and charge it."""
        await self._pages.turn(page)
        self._pages.charge(page, bounds.RUN_LEAST / 3)

    def begins(self) -> None:
        """Note that a run begins."""
        self._running += 1

    def ends(self, page: Page, seconds: float, most: float) -> None:
        """Charge a run to its page and its address.

        Args:
            page: whose run it was.
            seconds: from the message to its end. Runs at the same time share the core, so each is
                charged with its part.
            most: the most that is charged.
        """
        part = seconds / min(SHARING, max(1, self._running))
        self._running -= 1
        self._pages.charge(page, min(max(part, bounds.RUN_LEAST), most))

    def said(self, data: bytes) -> tuple[str, bool]:
        """Read from a message to the browser whose page it is, and whether a run ended."""
        found = self._wire.said(data)
        return found.session, found.ended


class _Visit:
    """A page and its socket, as Streamlit sees them."""

    def __init__(
        self, visits: Visits, socket: Socket, page: Page, first: tuple[bytes, Message] | None
    ) -> None:
        self._visits = visits
        self._socket = socket
        self._page = page
        self._first = first
        self._began = False
        self._run: tuple[float, float] | None = None
        self._ended = asyncio.Event()
        self._place: asyncio.TimerHandle | None = None

    async def receive(self) -> Event:
        """Give Streamlit the handshake, then what may reach it, then that the socket is closed."""
        if not self._began:
            self._began = True
            return {"type": "websocket.connect"}
        try:
            data, message = self._first or await self._socket.next()
            self._first = None
            self._visits.weigh(self._page, len(data))
            if message.runs:
                await self._may_run(message)
            else:
                await self._visits.ask(self._page)
        except Closed:
            return {"type": "websocket.disconnect", "code": self._socket.code}
        return {"type": "websocket.receive", "bytes": data}

    async def send(self, event: Event) -> None:
        """Pass on what Streamlit sends, and note what it says."""
        if event["type"] == "websocket.accept":  # it was accepted before
            return
        if event["type"] == "websocket.close":
            await self._socket.close(int(event.get("code", NORMAL)))
            return
        if data := event.get("bytes"):
            session, ended = self._visits.said(data)
            if session:
                self._visits.belongs(self._page, session)
            if ended:
                self.end()
        await self._socket.write(event)

    def end(self) -> None:
        """Note that no run goes on."""
        self._leave_place()
        if self._run is not None:
            began, most = self._run
            self._run = None
            self._visits.ends(self._page, monotonic() - began, most)
        self._ended.set()

    def over(self) -> None:
        """Let go of everything: Streamlit may hold on to this until another page comes."""
        self.end()
        self._first = None
        self._socket.let_go()

    async def _may_run(self, message: Message) -> None:
        """Wait for a turn, and note that a run begins.

        Raises:
            Closed: the page would hold too much.
        """
        if not self._page.takes(message.sizes):
            self._visits.count("more values than a page has")
            self._page.is_over = True
            await self._socket.close(TOO_BIG)
            raise Closed
        await self._socket.taken.wait()
        if self._run is not None:
            await _at_most(self._ended.wait(), bounds.RUN_PATIENCE)
        self.end()
        await self._visits.turn(self._page)
        await self._take_place()
        self._visits.begins()
        self._ended.clear()
        self._run = (monotonic(), message.most)

    async def _take_place(self) -> None:
        """Take the place of the address, for as long as a run usually lasts.

        The pages of an address run one after the other: they share one core, and at the same time
        none would be faster.

        The first run of a page needs none, so that whoever comes new is served at once.
        """
        if not self._page.session:
            return
        runs = self._page.address.runs
        if not await _at_most(runs.take(-self._page.budget.left), bounds.RUN_PATIENCE):
            return
        loop = asyncio.get_running_loop()
        self._place = loop.call_later(bounds.RUN_PATIENCE, self._leave_place)

    def _leave_place(self) -> None:
        if self._place is not None:
            self._place.cancel()
            self._place = None
            self._page.address.runs.leave()


async def _at_most(work: Coroutine[Any, Any, object], seconds: float) -> bool:
    """Wait for work, and give it up after some seconds; tell whether it was done."""
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError:
        return False
    return True


async def _or_stop(work: Coroutine[Any, Any, _T], stop: asyncio.Event) -> _T:
    """Wait for work to be done.

    Raises:
        _Evicted: the event came first; the work was cancelled.
    """
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise _Evicted
    finally:
        working.cancel()
        stopping.cancel()


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _is_page(scope: Scope, path: str) -> bool:
    return scope["method"] == "GET" and not any(part in path for part in _SERVED_ALWAYS)


def _protocols(headers: Headers) -> list[str]:
    """Give what the browser wrote where it names the protocol: that, a token, and a page's id."""
    written = ",".join(headers.getlist("sec-websocket-protocol"))
    return [part.strip() for part in written.split(",")]


def _with_protocols(scope: Scope, protocols: list[str]) -> Scope:
    """Give a scope in which the browser named only these."""
    header = b"sec-websocket-protocol"
    headers = [item for item in scope["headers"] if item[0].lower() != header]
    if any(protocols):
        headers.append((header, ", ".join(protocols).encode("latin-1")))
    return {**scope, "headers": headers, "subprotocols": [part for part in protocols if part]}
