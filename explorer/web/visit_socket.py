"""A browser's socket, and how what comes over it is read."""

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
"""Reason by which the server's own part says that no line was lost."""

CLOSING: Final = 1.0
"""Seconds that may go into telling a browser that its socket is closed."""


class Verdict(StrEnum):
    """What is to be done with a message from a browser."""

    FINE = "fine"
    UNWANTED = "unwanted"
    TOO_LARGE = "too large"
    GARBLED = "garbled"


@dataclass(frozen=True)
class Message:
    """A message that was judged.

    ``runs`` is true where it makes the server work, and ``most`` is what this is charged with at
    the most, in seconds; ``part`` where only a part of a page is to run. ``sizes`` are the bytes of
    each value in it, by a number that names the widget. ``clean`` is the message without what no
    version of the protocol knows.
    """

    verdict: Verdict
    runs: bool = False
    part: bool = False
    most: float = bounds.RUN_CHARGE
    clean: bytes = b""
    sizes: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What a message to the browser says: whose page it is, and that a run ended."""

    session: str = ""
    ended: bool = False


@dataclass(frozen=True)
class Wire:
    """How the protocol on the socket is read; ``explorer.protocol`` has Streamlit's."""

    judge: Callable[[bytes], Message]
    said: Callable[[bytes], Said]
    owner: Callable[[dict[str, str]], bytes]
    is_own_origin: Callable[[str | None, str | None], bool]


class Closed(Exception):
    """The socket was closed, by either side."""


class Socket:
    """A browser's socket.

    Args:
        receive: of the server's, for the socket.
        send: of the server's, for the socket.
        wire: how the protocol on it is read.
        count: counts something that was refused, by its reason.
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
        """Give the next message that may reach Streamlit; what no page of ours sends is dropped.

        Raises:
            Closed: the browser left, or sent what ends the connection.
        """
        while True:
            data = await self._read()
            message = Message(Verdict.GARBLED) if data is None else self._wire.judge(data)
            if data is not None and message.verdict is Verdict.FINE:
                return message.clean or data, message
            self._count("text instead of a message" if data is None else message.verdict)
            self._bad += 1
            if message.verdict is not Verdict.UNWANTED or self._bad > bounds.BAD_MESSAGES:
                is_big = message.verdict is Verdict.TOO_LARGE
                await self.close(WRONG_KIND if data is None else TOO_BIG if is_big else REFUSED)
                raise Closed

    async def write(self, event: Event) -> None:
        """Send a message; a browser that takes nothing for long is let go."""
        if self._is_closed:
            return
        self.taken.clear()
        try:
            async with asyncio.timeout(bounds.STALLED):
                await self._send(event)
        except TimeoutError:
            await self.close(TRY_AGAIN_LATER)
        except OSError:  # the browser is gone, which is read next
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

    def let_go(self) -> None:
        """Forget the server's part of the socket, with what it has inflated."""
        self._is_closed = True
        self._receive = _nothing_more
        self._send = _to_nobody

    async def _read(self) -> bytes | None:
        """Give what comes next, or None for a text.

        Raises:
            Closed: the socket is closed.
        """
        if self._is_closed:
            raise Closed
        event = await self._receive()
        if event["type"] != "websocket.receive":
            self._is_closed = True
            self.code = int(event.get("code", NO_CODE))
            # without a code a browser's script closed it; a lost line has no reason either
            self.was_left = self.code in (NORMAL, GOING_AWAY) or (
                self.code == NO_CODE and "reason" in event
            )
            self.was_ended = event.get("reason") == ENDED
            raise Closed
        data = event.get("bytes")
        return data if isinstance(data, bytes) else None


async def _nothing_more() -> Event:
    return {"type": "websocket.disconnect", "code": NORMAL}


async def _to_nobody(_event: Event) -> None:
    """Send nothing."""
