"""A page of the app without a browser: what Streamlit's own script says over its socket."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

_T = TypeVar("_T")

COMPARE = "c=ra&m=anakinra,methotrexate"


def browser_cookie(base: str) -> str:
    """Give the cookie that the server gives to a new browser, as a header."""
    with urlopen(f"{base}/_stcore/health") as answer:
        return str(answer.headers["Set-Cookie"]).split(";")[0]


def run(work: Coroutine[Any, Any, _T]) -> _T:
    """Run something in a loop of its own, in a thread of its own.

    The tests in a browser leave a running loop in the main thread.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


class Tab:
    """One socket, and what has come over it.

    Args:
        socket: the open socket.
        base: address of the server.
    """

    def __init__(self, socket: ClientConnection, base: str) -> None:
        self.socket = socket
        self.base = base
        self.session = ""
        self.texts: list[bytes] = []

    async def send(self, message: BackMsg) -> None:
        """Send a message."""
        await self.socket.send(message.SerializeToString())

    async def rerun(
        self, page: str = "compare", query: str = COMPARE, widgets: Iterable[WidgetState] = ()
    ) -> None:
        """Ask for a run of a page, as the first look at it or a press does."""
        message = BackMsg()
        state = message.rerun_script
        state.page_name = page
        state.query_string = query
        state.context_info.url = f"{self.base}/{page}?{query}"
        state.widget_states.widgets.extend(widgets)
        await self.send(message)

    async def finished(self) -> int:
        """Wait until a run ends; give how many messages came."""
        count = 0
        async for data in self.socket:
            assert isinstance(data, bytes)
            count += 1
            self.texts.append(data)
            message = ForwardMsg()
            message.ParseFromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
            if kind == "script_finished":
                return count
        raise ConnectionError("the socket closed before the run ended")

    async def look(self, page: str = "compare", query: str = COMPARE) -> int:
        """Open a page and wait until it is drawn."""
        await self.rerun(page, query)
        return await self.finished()


@asynccontextmanager
async def tab(
    base: str,
    *,
    cookie: str = "",
    session: str = "",
    origin: str | None = None,
    address: str = "127.0.0.1",
    others: Mapping[str, str] | None = None,
    named: str = "",
) -> AsyncIterator[Tab]:
    """Open a socket as the app's script does.

    Args:
        base: address of the server.
        cookie: the browser's cookie, as a header.
        session: id of a page that it wants to come back to.
        origin: what a browser would say of the page that opens it.
        address: where it comes from; all of 127.0.0.0/8 is this machine.
        others: further headers.
        named: host of the address that the browser has, where a proxy stands before the server.
    """
    asked = urlsplit(base)
    stream = f"ws://{named or asked.netloc}/_stcore/stream"
    token = cookie.partition("=")[2]
    protocols = ["streamlit", token or "none"]
    if session:
        protocols.append(session)
    headers = ({"Cookie": cookie} if cookie else {}) | dict(others or {})
    async with connect(
        stream,
        host=asked.hostname,
        port=asked.port,
        local_addr=(address, 0),
        subprotocols=protocols,  # type: ignore[arg-type]
        additional_headers=headers,
        origin=origin,  # type: ignore[arg-type]
        max_size=None,
        open_timeout=10,
    ) as socket:
        yield Tab(socket, base)
