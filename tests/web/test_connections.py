"""Connections of the server: short answers leave at once, half-sent requests are closed."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from explorer.web import bounds
from explorer.web.connections import Http

_T = TypeVar("_T")


async def reads(_scope: Scope, receive: Receive, _send: Send) -> None:
    """An app that reads a request to its end, and answers nothing."""
    while (await receive())["type"] == "http.request":
        pass


@asynccontextmanager
async def served() -> AsyncIterator[tuple[tuple[str, int], ServerState]]:
    """Serve that app on a socket that was bound without naming its protocol, as Streamlit's is."""
    config = Config(reads, lifespan="off", log_config=None)
    config.load()
    state = ServerState()
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Http(config, state, {}), sock=bound)
    yield bound.getsockname(), state
    server.close()


def apart(work: Coroutine[Any, Any, _T]) -> _T:
    """Run something in a thread of its own: a browser of this worker may hold this one's loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_a_short_answer_is_not_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is sent at once."""
    monkeypatch.setattr(Http, "most", 10)

    async def option() -> int:
        async with served() as (address, state):
            reader, writer = await asyncio.open_connection(*address)
            while not state.connections:
                await asyncio.sleep(0)
            (held,) = state.connections
            assert isinstance(held, Http)
            found = held.transport.get_extra_info("socket")
            value = int(found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
        await reader.read()
        return value

    assert apart(option()) != 0


@pytest.mark.parametrize(
    ("sent", "limit"),
    [
        (b"", "HEADERS"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", "HEADERS"),
        (b"POST /join HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nco", "BODY"),
    ],
    ids=["nothing", "a part of the header", "a part of the body"],
)
def test_a_half_sent_request_is_closed(
    sent: bytes, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A header and a body that do not come whole end the connection when the time for it is over."""
    assert max(bounds.HEADERS, bounds.BODY) < 20
    monkeypatch.setattr(Http, "most", 10)
    for name in ("HEADERS", "BODY"):
        monkeypatch.setattr(bounds, name, 0.2 if name == limit else 60.0)

    async def waited() -> float:
        async with served() as (address, _), asyncio.timeout(30):
            reader, writer = await asyncio.open_connection(*address)
            began = time.monotonic()
            writer.write(sent)
            assert await reader.read() == b""
            writer.close()
            return time.monotonic() - began

    assert apart(waited()) >= 0.1
