"""The websocket of a browser, and the interface for parsing its messages."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from starlette.types import Message as Event
from starlette.types import Receive, Send

from explorer.web import bounds

NORMAL, GOING_AWAY, NO_CODE = 1000, 1001, 1005
WRONG_KIND, REFUSED, TOO_BIG, TRY_AGAIN_LATER = 1003, 1008, 1009, 1013
"""Close codes of a websocket (IANA registry)."""

ENDED: Final = "the browser ended the connection"
"""Reason that our server protocol sets where a connection was ended and not lost."""

CLOSING: Final = 1.0
"""Timeout in seconds for sending a close frame."""


class MessageVerdict(StrEnum):
    """What to do with a message from a browser."""

    FINE = "fine"
    UNWANTED = "unwanted"
    TOO_LARGE = "too large"
    GARBLED = "garbled"


@dataclass(frozen=True)
class Message:
    """A parsed and checked message from a browser.

    ``runs`` is True where it causes a run of the page's script, and ``most`` is the upper bound of
    what the run is charged, in seconds; ``part`` is True where only a fragment runs. ``sizes`` are
    the bytes of each value, by a number for the widget. ``clean`` is the message without fields
    that no version of the protocol has.
    """

    verdict: MessageVerdict
    runs: bool = False
    part: bool = False
    most: float = bounds.RUN_CHARGE
    clean: bytes = b""
    sizes: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ServerMessage:
    """What a message to the browser contains: the session, and the end of a run."""

    session: str = ""
    ended: bool = False


@dataclass(frozen=True)
class Wire:
    """Parser of the protocol on the socket; ``explorer.protocol`` has Streamlit's.

    ``judge`` checks a message from a browser, ``said`` reads one to a browser, ``owner`` identifies
    a browser by its cookies, and ``is_own_origin`` compares the headers Origin and Host.
    """

    judge: Callable[[bytes], Message]
    said: Callable[[bytes], ServerMessage]
    owner: Callable[[dict[str, str]], bytes]
    is_own_origin: Callable[[str | None, str | None], bool]


class Closed(Exception):
    """The socket was closed, by either side."""


class Socket:
    """A browser's websocket.

    Args:
        receive: the server's ASGI callable for the socket.
        send: the server's ASGI callable for the socket.
        wire: parser of the protocol on it.
        count: counts a refusal, by its reason.
    """

    def __init__(
        self, receive: Receive, send: Send, wire: Wire, count: Callable[[str], None]
    ) -> None:
        self._receive = receive
        self._send = send
        self._wire = wire
        self._count = count
        self._bad = 0
        self._is_closed = False
        self.code = NORMAL
        self.was_left = False
        self.was_ended = False
        self.taken = asyncio.Event()
        self.taken.set()

    async def next(self) -> tuple[bytes, Message]:
        """Return the next accepted message; messages that no page of ours sends are dropped.

        Raises:
            Closed: the browser left, or sent what ends the connection.
        """
        while True:
            data = await self._read()
            message = Message(MessageVerdict.GARBLED) if data is None else self._wire.judge(data)
            if data is not None and message.verdict is MessageVerdict.FINE:
                return message.clean or data, message
            self._count("text instead of a message" if data is None else message.verdict)
            self._bad += 1
            if message.verdict is not MessageVerdict.UNWANTED or self._bad > bounds.BAD_MESSAGES:
                is_big = message.verdict is MessageVerdict.TOO_LARGE
                await self.close(WRONG_KIND if data is None else TOO_BIG if is_big else REFUSED)
                raise Closed

    async def write(self, event: Event) -> None:
        """Send a message; the socket is closed if the browser does not read it in time."""
        if self._is_closed:
            return
        self.taken.clear()
        try:
            async with asyncio.timeout(bounds.STALLED):
                await self._send(event)
        except TimeoutError:
            await self.close(TRY_AGAIN_LATER)
        except OSError:  # the connection is gone, which the next read reports
            pass
        finally:
            self.taken.set()

    async def close(self, code: int) -> None:
        """Close the socket."""
        if self._is_closed:
            return
        self._is_closed = True
        self.code = code
        with contextlib.suppress(TimeoutError, OSError, RuntimeError):
            async with asyncio.timeout(CLOSING):
                await self._send({"type": "websocket.close", "code": code})

    def detach(self) -> None:
        """Drop the references to the server's connection, with its inflated messages."""
        self._is_closed = True
        self._receive = _receive_disconnect
        self._send = _send_nothing

    async def _read(self) -> bytes | None:
        """Return the next binary message, or None for a text message.

        Raises:
            Closed: the socket is closed.
        """
        if self._is_closed:
            raise Closed
        event = await self._receive()
        if event["type"] != "websocket.receive":
            self._is_closed = True
            self.code = int(event.get("code", NO_CODE))
            # a close without a code is by a script; a lost connection has no reason either
            self.was_left = self.code in (NORMAL, GOING_AWAY) or (
                self.code == NO_CODE and "reason" in event
            )
            self.was_ended = event.get("reason") == ENDED
            raise Closed
        data = event.get("bytes")
        return data if isinstance(data, bytes) else None


async def _receive_disconnect() -> Event:
    return {"type": "websocket.disconnect", "code": NORMAL}


async def _send_nothing(_event: Event) -> None:
    """Send nothing."""


# old names, until all callers use the new ones
Verdict = MessageVerdict
Said = ServerMessage
