"""Admission control for the websockets of Streamlit's pages.

A middleware around the websocket by which a page stays connected to the server. It reads every
message before Streamlit does, and

* accepts a socket at once, but creates a page only when the socket has requested one, so that
  silent sockets cost an open file each and nothing else;
* drops messages that no page of ours sends, and closes a socket that repeats them;
* bounds the number of pages, in total and per IP address; beyond them a new visitor gets a plain
  page that says so;
* throttles a page, or an address, that keeps the server busier than a reader does;
* lets only the browser that opened a page resume it after a lost connection;
* sends new visitors away while the process drains (see ``drain``), but those who teach;
* and deletes a page some time after its reader left, even when nobody else comes.
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

from explorer.web import bounds
from explorer.web.drain import RETURN, Drain
from explorer.web.page_connection import PageConnection, RunMeter
from explorer.web.pages import Address, Page, Pages
from explorer.web.visit_socket import REFUSED, TRY_AGAIN_LATER, Closed, Message, Socket, Wire

STREAM: Final = "/_stcore/stream"
"""End of the path of the websocket by which a page stays connected to the server."""

RETRY_SECONDS: Final = 60

TEACH: Final = "/teach"
"""End of the path of the pages of who teaches: console, room's screen and report."""

_NEVER_REFUSED: Final = (
    "/_stcore/",
    "/static/",
    "/join",
    "/read",
    "/readyz",
    "/metrics",
    "/media/",
    "/component",
)

_log = logging.getLogger(__name__)

_T = TypeVar("_T")


class _Full(Exception):
    """There is no room for one more page."""


class _Evicted(Exception):
    """Newer sockets came, and this one had waited longest."""


class Visits:
    """Middleware; see the module.

    Args:
        app: the app.
        pages: the registry of pages, with its bounds.
        wire: how the protocol on the socket is read.
        busy: returns the HTML for visitors who must come back later.
        silent: seconds after which a socket that requests no page is closed.
        refused: is told each reason for which something was refused.
        ran: is told how many seconds each run of a page took.
        drain: whether new visitors are sent away.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        pages: Pages,
        wire: Wire,
        busy: Callable[[], str],
        silent: float = bounds.SILENT,
        refused: Callable[[str], None] = lambda _: None,
        ran: Callable[[float], None] = lambda _: None,
        drain: Drain | None = None,
    ) -> None:
        self._app = app
        self._wire = wire
        self._busy = busy
        self._silent = silent
        self._drain = drain or Drain()
        self._pages = pages
        self._meter = RunMeter(pages, ran)
        self._tell_refused = refused
        self._pending: OrderedDict[object, tuple[Address, asyncio.Event]] = OrderedDict()
        self._refused: defaultdict[str, int] = defaultdict(int)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a socket, or refuse it while there is no room."""
        path = str(scope.get("path", ""))
        if scope["type"] == "websocket" and path.endswith(STREAM):
            await self._stream(scope, receive, send)
        elif (
            scope["type"] == "http"
            and _is_page(scope, path)
            and self._is_refused(path, self._pages.address(_client(scope)))
        ):
            response = HTMLResponse(
                self._busy(),
                status_code=503,
                headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"},
            )
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_refused(self, path: str, address: Address) -> bool:
        """Return whether a page is refused: there is no room, or the process drains."""
        if self._pages.is_full(address):
            return True
        if not self._drain.is_on:
            return False
        if path.rstrip("/").endswith(TEACH):  # a class goes on, whoever reloads its console
            address.taught = monotonic()
            return False
        return True

    def count(self, reason: str) -> None:
        """Count a refusal; the first, tenth, hundredth … of a reason is logged."""
        self._refused[reason] += 1
        self._tell_refused(reason)
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
        await address.throttle_socket(owner)
        protocols = _protocols(headers)
        page = self._resumed("".join(protocols[2:3]), owner)
        if page is None and self._drain.is_on and monotonic() - address.taught > RETURN:
            self.count("draining")
            await _send_on(scope, send)
            return
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

    def _resumed(self, session: str, owner: bytes) -> Page | None:
        """Return the page that a browser resumes, if it is the browser that opened it."""
        page = self._pages.by_session(session)
        if page is not None and (not owner or page.owner != owner):
            self.count("another browser's page")
            return None
        return page

    async def _first(
        self, socket: Socket, address: Address, *, returns: bool
    ) -> tuple[bytes, Message]:
        """Wait for the first message that requests something.

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
                    first = await _unless_evicted(socket.next(), evicted)
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
        """Let Streamlit serve a page until the socket is closed."""
        if self._pages.is_full(page.address):
            raise _Full
        self._pages.connect(page)
        connection = PageConnection(
            page,
            socket,
            first,
            pages=self._pages,
            meter=self._meter,
            wire=self._wire,
            count=self.count,
        )
        try:
            await self._app(scope, connection.receive, connection.send)
        finally:
            connection.close()
            self._pages.disconnect(page, was_left=socket.was_left, was_ended=socket.was_ended)


async def _send_on(scope: Scope, send: Send) -> None:
    """Refuse a handshake with 503, upon which a proxy asks the next process."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
        return
    headers = [(b"retry-after", str(RETRY_SECONDS).encode()), (b"cache-control", b"no-store")]
    await send({"type": "websocket.http.response.start", "status": 503, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b"draining"})


async def _unless_evicted(work: Coroutine[Any, Any, _T], evicted: asyncio.Event) -> _T:
    """Wait for work to be done.

    Raises:
        _Evicted: the event came first; the work was cancelled.
    """
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(evicted.wait())
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
    return scope["method"] == "GET" and not any(part in path for part in _NEVER_REFUSED)


def _protocols(headers: Headers) -> list[str]:
    """Return the values of the protocol header: the protocol, a token, and a page's session."""
    values = ",".join(headers.getlist("sec-websocket-protocol"))
    return [part.strip() for part in values.split(",")]


def _with_protocols(scope: Scope, protocols: list[str]) -> Scope:
    """Return a scope whose protocol header has only these values."""
    header = b"sec-websocket-protocol"
    headers = [item for item in scope["headers"] if item[0].lower() != header]
    if any(protocols):
        headers.append((header, ", ".join(protocols).encode("latin-1")))
    return {**scope, "headers": headers, "subprotocols": [part for part in protocols if part]}
