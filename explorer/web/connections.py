"""uvicorn's protocols with timeouts and a bound on connections (protection against slowloris).

uvicorn waits without a limit for the first bytes of a connection and for the rest of a request, and
accepts any number of connections; a few hundred of them leave the server without open files. The
configuration of uvicorn is created by whatever starts the server (the command, ``streamlit run``,
``uvicorn``), so it is changed in the one place that all of them pass: the receive channel of the
lifespan belongs to it.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import Any, ClassVar

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from explorer.web import bounds
from explorer.web.budget import TokenBucket
from explorer.web.join.render import EVENTS
from explorer.web.visit_socket import ENDED

_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 60\r\nConnection: close\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n\r\n%b"
)

LEAST_AT_ONCE, MOST_AT_ONCE = 64, 512
"""Bounds of the listen backlog: asyncio accepts as many connections at a time as the backlog has,
and open files could run out before the first of them is counted."""

_log = logging.getLogger(__name__)


class BoundedConnections:
    """Middleware that configures uvicorn's connections when the server starts.

    Args:
        app: the app.
        most: highest number of concurrent connections.
        full: returns the text for further ones.
    """

    def __init__(self, app: ASGIApp, *, most: int, full: Callable[[], str]) -> None:
        self._app = app
        self._most = most
        self._full = full

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward everything; configure the server first when it starts."""
        if scope["type"] == "lifespan":
            config: Any = getattr(getattr(receive, "__self__", None), "config", None)
            if getattr(config, "ws_protocol_class", None) is WebSocketsSansIOProtocol:
                body = self._full().encode()
                Http.most = self._most
                Http.full = _FULL % (len(body), body)
                config.http_protocol_class = Http
                config.ws_protocol_class = WebSocket
                config.ws_max_size = bounds.MESSAGE
                config.backlog = min(MOST_AT_ONCE, max(LEAST_AT_ONCE, self._most // 4))
            else:
                _log.warning("this server's connections have no bounds: it is not uvicorn")
        await self._app(scope, receive, send)


class Http(H11Protocol):
    """A connection with timeouts for requests and responses."""

    most: ClassVar[int] = 0
    full: ClassVar[bytes] = b""
    _silent: ClassVar[dict["Http", None]] = {}
    """Connections without a request yet, oldest first."""

    _stalled: ClassVar[dict["Http", None]] = {}
    """Connections whose client does not read the response, oldest first."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._answering: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a connection; where the bound is reached, in place of an idle one.

        The oldest without a request is closed first, then the oldest whose client does not read.
        """
        super().connection_made(transport)
        _send_at_once(transport)
        if len(self.connections) > self.most:
            oldest = next(iter((*self._silent, *self._stalled)), None)
            if oldest is None:
                transport.write(self.full)
                transport.close()
                return
            oldest.transport.abort()
            self._silent.pop(oldest, None)
            self._stalled.pop(oldest, None)
        self._silent[self] = None
        self._start_timeout(bounds.HEADERS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel all timers of the connection."""
        self._stop_timeout()
        self._stop_answering()
        self._stop_stalling()
        self._silent.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse received data, and start the timeout for the missing rest."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before or self.transport.get_protocol() is not self:
            self._silent.pop(self, None)
            self._stop_timeout()
        if self.transport.get_protocol() is not self:
            self._stop_answering()
            self._stop_stalling()
            return
        if self.transport.is_closing():
            return
        if self.cycle is not before and self._answering is None:
            self._answering = self.loop.call_later(bounds.RESPONSE, self.transport.abort)
        if self.cycle is not None and not self.cycle.response_complete:
            if self.cycle.more_body:
                self._start_timeout(bounds.BODY)
            else:
                self._stop_timeout()
        else:
            self._start_timeout(bounds.HEADERS)

    def on_response_complete(self) -> None:
        """Stop the timeouts of a request that was answered."""
        self._stop_timeout()
        self._stop_answering()
        super().on_response_complete()

    def shutdown(self) -> None:
        """Close the connection once its response is sent; a stream of events has no end: now.

        The phone connects again by itself.
        """
        super().shutdown()
        if self.scope is not None and self.scope["path"].endswith(EVENTS):
            self.transport.close()

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection, and abort it where the client does not read."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(bounds.GOODBYE, self.transport.abort)

    def pause_writing(self) -> None:
        """Start the timeout for a client that does not read the response."""
        super().pause_writing()
        self._stalled[self] = None
        self._writing = self.loop.call_later(bounds.STALLED, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the timeout: the client has read something."""
        self._stop_stalling()
        super().resume_writing()

    def _stop_answering(self) -> None:
        if self._answering is not None:
            self._answering.cancel()
            self._answering = None

    def _stop_stalling(self) -> None:
        self._stalled.pop(self, None)
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None

    def _start_timeout(self, seconds: float) -> None:
        """Start the timeout for a request, unless it runs already."""
        if self._deadline is None:
            self._deadline = self.loop.call_later(seconds, self._on_timeout)

    def _stop_timeout(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _on_timeout(self) -> None:
        self._deadline = None
        if self.cycle is not None and not self.cycle.response_complete:
            self.transport.close()
        else:
            self.transport.abort()


def _send_at_once(transport: asyncio.Transport) -> None:
    """Switch off Nagle's algorithm, which holds a short body back until its head is acknowledged.

    asyncio does so only where a socket names its protocol, and Streamlit's does not: each short
    answer over a kept connection came 40 ms late, and so did short messages of a page.
    """
    sock = transport.get_extra_info("socket")
    if sock is not None and sock.family in (socket.AF_INET, socket.AF_INET6):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class WebSocket(WebSocketsSansIOProtocol):
    """A websocket that is read in small slices, interleaved with all others."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._backlog = bytearray()
        self._is_scheduled = False
        self._after_close = 0
        self._frames = TokenBucket(bounds.FRAMES, bounds.FRAMES_CREDIT)

    def data_received(self, data: bytes) -> None:
        """Buffer received data, and parse its first slice; the loop serves others in between."""
        if self.close_sent:  # only the browser's close frame, and little else, may follow
            self._after_close += len(data)
        self._backlog += data
        if max(self._after_close, len(self._backlog)) > bounds.BACKLOG:
            self.transport.abort()
        elif not self._is_scheduled:
            self._parse_slice()

    def _parse_slice(self) -> None:
        """Parse one slice, and schedule the next one."""
        self._is_scheduled = False
        data_slice = bytes(self._backlog[: bounds.SLICE])
        del self._backlog[: bounds.SLICE]
        if self.transport.is_closing() or not data_slice:
            return
        super().data_received(data_slice)
        if self.transport.is_closing():
            return
        if self._unread() > bounds.UNREAD:
            self.transport.abort()
        elif self._backlog:
            self._is_scheduled = True
            self.transport.pause_reading()
            self.loop.call_soon(self._parse_slice)
        elif not self.read_paused:
            self.transport.resume_reading()

    def handle_ping(self) -> None:
        """Respond to a ping."""
        if self._accept_frame():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """Record the response to a ping."""
        if self._accept_frame():
            super().handle_pong(event)

    def handle_cont(self, event: Frame) -> None:
        """Parse a continuation frame."""
        if self._accept_frame() and len(self.frames) < bounds.FRAGMENTS:
            super().handle_cont(event)
        else:
            self.transport.abort()

    def handle_text(self, event: Frame) -> None:
        """Parse a text frame."""
        if self._accept_frame():
            super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        """Parse a binary frame."""
        if self._accept_frame():
            super().handle_bytes(event)

    async def run_asgi(self) -> None:
        """Run the app, and abort the connection where the closing handshake does not complete."""
        await super().run_asgi()
        self.loop.call_later(bounds.GOODBYE, self.transport.abort)

    def _accept_frame(self) -> bool:
        """Count a frame; abort a socket that sends too many, or does not read."""
        self._frames.charge(1)
        unwritten = self.transport.get_write_buffer_size()
        if self._frames.left >= 0 and unwritten <= bounds.UNWRITTEN:
            return True
        self.transport.abort()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Distinguish a connection that the browser ended from one that was lost.

        A browser that is closed ends its TCP connection, often without a close frame; a phone
        without a network, or a laptop that sleeps, does not, and is detected by a ping.
        """
        was_ended = exc is None or isinstance(exc, ConnectionResetError | BrokenPipeError)
        if was_ended and not self.close_sent and self.handshake_complete:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": 1006, "reason": ENDED})
        super().connection_lost(exc)

    def _unread(self) -> int:
        """Bytes of queued messages."""
        waiting: Any = self.queue
        return sum(
            len(event.get("bytes") or event.get("text") or "")
            for event in waiting._queue  # noqa: SLF001 - asyncio has no public way to look
        )
