"""Connections of the server: short answers leave at once."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from explorer.web.connections import Http


async def nothing(scope: object, receive: object, send: object) -> None:
    """An app that is never asked."""


def test_a_short_answer_is_not_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket that was bound without naming its protocol, as Streamlit's is, sends at once too."""
    monkeypatch.setattr(Http, "most", 10)
    config = Config(nothing, lifespan="off", log_config=None)
    state = ServerState()

    async def option() -> int:
        config.load()
        bound = socket.socket()
        bound.bind(("127.0.0.1", 0))
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Http(config, state, {}), sock=bound)
        reader, writer = await asyncio.open_connection(*bound.getsockname())
        while not state.connections:
            await asyncio.sleep(0)
        (held,) = state.connections
        assert isinstance(held, Http)
        found = held.transport.get_extra_info("socket")
        value = int(found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()
        server.close()
        await reader.read()
        return value

    with ThreadPoolExecutor(
        1
    ) as apart:  # a browser of this worker may hold the loop of this thread
        assert apart.submit(asyncio.run, option()).result() != 0
