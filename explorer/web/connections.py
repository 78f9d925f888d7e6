"""Connections that say nothing, or not all, are closed: uvicorn's own protocols, with bounds.

uvicorn waits for ever for the first bytes of a connection and for the rest of a request, and takes
any number of connections; a few hundred of them leave the server without open files. Whoever starts
the server (the command, ``streamlit run``, ``uvicorn``) makes uvicorn's configuration, so it is met
where all of them pass: the lifespan's channel, which belongs to it.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, ClassVar

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from explorer.web import bounds
from explorer.web.budget import Budget
from explorer.web.visit_socket import ENDED

_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 60\r\nConnection: close\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n\r\n%b"
)

LEAST_AT_ONCE, MOST_AT_ONCE = 64, 512
"""Connections that are taken before those that wait are looked at again: asyncio takes as many as
the backlog has, and open files could run out before the first of them is counted."""

_log = logging.getLogger(__name__)


class BoundedConnections:
    """Middleware that puts the bounds on uvicorn's connections when the server starts.

    Args:
        app: the app.
        most: connections at once.
        full: words for those who come while there are as many.
    """

    def __init__(self, app: ASGIApp, *, most: int, full: Callable[[], str]) -> None:
        self._app = app
        self._most = most
        self._full = full

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; at the start, see to the server first."""
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
    """A connection that is closed when no whole request comes in time."""

    most: ClassVar[int] = 0
    full: ClassVar[bytes] = b""
    _silent: ClassVar[dict["Http", None]] = {}
    """Connections on which no request has begun, the oldest first."""

    _stalled: ClassVar[dict["Http", None]] = {}
    """Connections that do not take their answer, the oldest first."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._answering: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, in place of an idle one where there are as many.

        The oldest that has asked for nothing goes first, then the oldest that does not take its
        answer.
        """
        super().connection_made(transport)
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
        self._await(bounds.HEADERS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        self._stop_answering()
        self._stop_stalling()
        self._silent.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, and wait only so long for what is missing."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before or self.transport.get_protocol() is not self:
            self._silent.pop(self, None)
            self._stop_waiting()
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
                self._await(bounds.BODY)
            else:
                self._stop_waiting()
        else:
            self._await(bounds.HEADERS)

    def on_response_complete(self) -> None:
        """Wait for the next request as uvicorn does."""
        self._stop_waiting()
        self._stop_answering()
        super().on_response_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection, and cut it where what was written is not taken."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(bounds.GOODBYE, self.transport.abort)

    def pause_writing(self) -> None:
        """Wait only so long for a browser that does not take what is there for it."""
        super().pause_writing()
        self._stalled[self] = None
        self._writing = self.loop.call_later(bounds.STALLED, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: it has taken something."""
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

    def _await(self, seconds: float) -> None:
        """Close the connection after some time; a time that runs already goes on."""
        if self._deadline is None:
            self._deadline = self.loop.call_later(seconds, self._late)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        self._deadline = None
        if self.cycle is not None and not self.cycle.response_complete:
            self.transport.close()
        else:
            self.transport.abort()


class WebSocket(WebSocketsSansIOProtocol):
    """A websocket that is read a little at a time, in turn with all others."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._backlog = bytearray()
        self._planned = False
        self._after = 0
        self._frames = Budget(bounds.FRAMES, bounds.FRAMES_CREDIT)

    def data_received(self, data: bytes) -> None:
        """Take what came, and look at the first slice of it; others have their turn in between."""
        if self.close_sent:  # what still comes is the browser's own goodbye, and little else
            self._after += len(data)
        self._backlog += data
        if max(self._after, len(self._backlog)) > bounds.BACKLOG:
            self.transport.abort()
        elif not self._planned:
            self._look()

    def _look(self) -> None:
        """Look at one slice, and plan to look at the next one."""
        self._planned = False
        piece = bytes(self._backlog[: bounds.SLICE])
        del self._backlog[: bounds.SLICE]
        if self.transport.is_closing() or not piece:
            return
        super().data_received(piece)
        if self.transport.is_closing():
            return
        if self._unread() > bounds.UNREAD:
            self.transport.abort()
        elif self._backlog:
            self._planned = True
            self.transport.pause_reading()
            self.loop.call_soon(self._look)
        elif not self.read_paused:
            self.transport.resume_reading()

    def handle_ping(self) -> None:
        """Answer a ping."""
        if self._may_go_on():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """Note the answer to a ping."""
        if self._may_go_on():
            super().handle_pong(event)

    def handle_cont(self, event: Frame) -> None:
        """Take a further part of a message."""
        if self._may_go_on() and len(self.frames) < bounds.FRAGMENTS:
            super().handle_cont(event)
        else:
            self.transport.abort()

    def handle_text(self, event: Frame) -> None:
        """Take a text."""
        if self._may_go_on():
            super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        """Take a message."""
        if self._may_go_on():
            super().handle_bytes(event)

    async def run_asgi(self) -> None:
        """Run the app, and cut the connection when nobody takes leave of it."""
        await super().run_asgi()
        self.loop.call_later(bounds.GOODBYE, self.transport.abort)

    def _may_go_on(self) -> bool:
        """Count a frame; a socket with too many, or that takes nothing, is cut."""
        self._frames.charge(1)
        unwritten = self.transport.get_write_buffer_size()
        if self._frames.left >= 0 and unwritten <= bounds.UNWRITTEN:
            return True
        self.transport.abort()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell a browser that ended its side of the connection from a line that fell silent.

        A browser that is closed ends its connection, often without a word of the protocol; a phone
        without a network, or a laptop that sleeps, does not, and is found out by a ping.
        """
        was_ended = exc is None or isinstance(exc, ConnectionResetError | BrokenPipeError)
        if was_ended and not self.close_sent and self.handshake_complete:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": 1006, "reason": ENDED})
        super().connection_lost(exc)

    def _unread(self) -> int:
        """Bytes of messages that wait to be read."""
        waiting: Any = self.queue
        return sum(
            len(event.get("bytes") or event.get("text") or "")
            for event in waiting._queue  # noqa: SLF001 - asyncio names no other way to look
        )
