"""The sockets of the app's pages: who gets one, what may come over it, and how long it is held."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocket, WebSocketDisconnect

from explorer.content.load import Content
from explorer.web import bounds
from explorer.web.bounds import Bounds
from explorer.web.busy import busy_page
from explorer.web.pages import Page, Pages
from explorer.web.visit_socket import Message, MessageVerdict, ServerMessage, Wire
from explorer.web.visits import Visits
from tests.hostile.tab import run

LIMITS = Bounds(
    open_files=1000, pages=2, pages_per_address=2, held=10, connections=10, address_share=1.0
)

Open = Callable[..., AbstractContextManager[WebSocketTestSession]]


class Streamlit:
    """What stands behind: it gives each page an id, or takes up the one that is named."""

    def __init__(self) -> None:
        self.count = 0
        self.got: list[bytes] = []
        self.forgotten: list[str] = []

    async def stream(self, socket: WebSocket) -> None:
        protocols = socket.headers.get("sec-websocket-protocol", "").split(", ")
        await socket.accept()
        if len(protocols) > 2:
            session = protocols[2]
        else:
            self.count += 1
            session = f"page-{self.count}"
        await socket.send_bytes(f"session {session}".encode())
        try:
            while True:
                self.got.append(await socket.receive_bytes())
                await socket.send_bytes(b"ended")
        except WebSocketDisconnect:
            pass


def judge(data: bytes) -> Message:
    """Judge as the wire does: by the first word."""
    word, _, size = data.decode().partition(" ")
    if word == "run":
        sizes = {1: int(size)} if size else {}
        return Message(MessageVerdict.FINE, runs=True, sizes=sizes)
    kinds = {"garbled": MessageVerdict.GARBLED, "large": MessageVerdict.TOO_LARGE}
    return Message(kinds.get(word, MessageVerdict.UNWANTED))


def said(data: bytes) -> ServerMessage:
    """Read what Streamlit says."""
    word, _, session = data.decode().partition(" ")
    return ServerMessage(session=session, ended=word == "ended")


WIRE = Wire(
    judge=judge,
    said=said,
    owner=lambda cookies: cookies.get("browser", "").encode(),
    is_own_origin=lambda origin, host: origin in (None, f"http://{host}"),
)


async def page(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("a page")


@pytest.fixture
def behind() -> Streamlit:
    """Give what stands behind the middleware."""
    return Streamlit()


@pytest.fixture
def client(behind: Streamlit, request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """Serve a small app that takes two visitors; a parameter is how long a socket may be silent."""
    app = Starlette(
        routes=[
            Route("/", page),
            Route("/_stcore/health", page),
            Route("/join", page),
            WebSocketRoute("/_stcore/stream", behind.stream),
        ],
        middleware=[
            Middleware(
                Visits,
                pages=Pages(LIMITS, behind.forgotten.append, kept=0.4, left=0.1),
                wire=WIRE,
                busy=lambda: "come back soon",
                silent=getattr(request, "param", 0.2),
            )
        ],
    )
    with TestClient(app) as made:
        yield made


def stream(
    client: TestClient, browser: str = "", session: str = "", origin: str = ""
) -> WebSocketTestSession:
    """Open a socket as a page does."""
    headers = {"origin": origin} if origin else {}
    if browser:
        headers["cookie"] = f"browser={browser}"
    protocols = ["streamlit", "token", session] if session else ["streamlit", "token"]
    return client.websocket_connect("/_stcore/stream", subprotocols=protocols, headers=headers)


def asked(socket: WebSocketTestSession) -> str:
    """Ask for a page, and give the id of it."""
    socket.send_bytes(b"run")
    named = socket.receive_bytes().decode().removeprefix("session ")
    assert socket.receive_bytes() == b"ended"
    return named


def closed(socket: WebSocketTestSession) -> int:
    """Wait until a socket is closed, and give the code."""
    while True:
        try:
            socket.receive_bytes()
        except WebSocketDisconnect as found:
            return found.code


def test_a_full_server_says_to_come_back(client: TestClient) -> None:
    """While there is no room, the next one gets a page with 503, and one more page is not served."""
    with stream(client) as one, stream(client) as other:
        asked(one)
        asked(other)
        answer = client.get("/")
        assert (answer.status_code, answer.text) == (503, "come back soon")
        assert answer.headers["Retry-After"] == "60"
        with stream(client) as third:
            third.send_bytes(b"run")
            assert closed(third) == 1013
        other.send_bytes(b"run")
        assert other.receive_bytes() == b"ended"
    assert client.get("/").text == "a page"


def test_checks_and_classes_are_served_always(client: TestClient) -> None:
    """The health check and the participant page of a class answer also when it is full."""
    with stream(client) as one, stream(client) as other:
        asked(one)
        asked(other)
        assert client.get("/_stcore/health").status_code == 200
        assert client.get("/join").status_code == 200


def test_a_socket_that_asks_for_nothing_takes_no_room_and_is_closed(
    client: TestClient, behind: Streamlit
) -> None:
    """It never becomes a page of Streamlit's."""
    with stream(client) as silent, stream(client) as other, stream(client) as third:
        asked(other)
        asked(third)
        assert closed(silent) == 1013
    assert behind.count == 2


@pytest.mark.parametrize("client", [20.0], indirect=True)
def test_silent_sockets_of_one_address_are_few(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest goes when there are more than an address may have.

    They may be fewer here: an address that opens as many as the product allows is slowed.
    """
    monkeypatch.setattr(bounds, "PENDING_PER_ADDRESS", 5)
    with ExitStack() as stack:
        opened = [
            stack.enter_context(stream(client)) for _ in range(bounds.PENDING_PER_ADDRESS + 1)
        ]
        began = time.monotonic()
        assert closed(opened[0]) == 1013
        assert time.monotonic() - began < 10  # before its own time was over
        asked(opened[-1])


@pytest.mark.parametrize(("sent", "code"), [(b"garbled", 1008), (b"large", 1009), ("a text", 1003)])
def test_what_is_no_message_ends_the_socket(
    client: TestClient, behind: Streamlit, sent: bytes | str, code: int
) -> None:
    """Garbled messages and texts close the socket, and Streamlit never sees them."""
    with stream(client) as socket:
        asked(socket)
        if isinstance(sent, str):
            socket.send_text(sent)
        else:
            socket.send_bytes(sent)
        assert closed(socket) == code
    assert behind.got == [b"run"]


def test_a_message_that_no_page_sends_is_dropped(client: TestClient, behind: Streamlit) -> None:
    """The page goes on, but not with somebody who sends them without end."""
    with stream(client) as socket:
        asked(socket)
        for _ in range(bounds.BAD_MESSAGES):
            socket.send_bytes(b"clear_cache")
        socket.send_bytes(b"run")
        assert socket.receive_bytes() == b"ended"
        socket.send_bytes(b"clear_cache")
        assert closed(socket) == 1008
    assert behind.got == [b"run", b"run"]


def test_a_page_that_would_hold_too_much_is_closed_and_forgotten(
    client: TestClient, behind: Streamlit
) -> None:
    """The newest value of each widget counts, and the sum of them is bounded."""
    with stream(client) as socket:
        named = asked(socket)
        for _ in range(3):
            socket.send_bytes(f"run {bounds.ALL_VALUES - 1}".encode())
            assert socket.receive_bytes() == b"ended"
        socket.send_bytes(f"run {bounds.ALL_VALUES + 1}".encode())
        assert closed(socket) == 1009
    assert behind.forgotten == [named]


def test_a_page_comes_back_only_to_its_browser(client: TestClient) -> None:
    """The id of a page, which stands in no log, is not enough; nor is a browser without a cookie."""
    with stream(client, browser="mine") as socket:
        named = asked(socket)
    with stream(client, browser="mine", session=named) as socket:
        assert socket.receive_bytes().decode() == f"session {named}"
    for browser in ("other", ""):
        with stream(client, browser=browser, session=named) as socket:
            assert asked(socket) != named


def test_a_page_without_a_cookie_is_nobodys(client: TestClient) -> None:
    """Programs without a cookie share none, so none of them comes back to another's page."""
    with stream(client) as socket:
        named = asked(socket)
    with stream(client, session=named) as socket:
        assert asked(socket) != named


def test_another_sites_page_gets_no_socket(client: TestClient) -> None:
    """A socket from a page of another site is refused before it is accepted."""
    with pytest.raises(WebSocketDisconnect), stream(client, origin="http://evil.example"):
        pass


def test_a_closed_page_is_forgotten_by_a_timer(client: TestClient, behind: Streamlit) -> None:
    """Nobody else has to come for it."""
    with stream(client, browser="mine") as socket:
        named = asked(socket)
    assert behind.forgotten == []
    end = time.monotonic() + 30
    while not behind.forgotten and time.monotonic() < end:
        time.sleep(0.05)
    assert behind.forgotten == [named]


def test_a_page_that_came_back_is_not_forgotten(client: TestClient, behind: Streamlit) -> None:
    """The timer of its first line ends when its browser is there again."""
    with stream(client, browser="mine") as socket:
        named = asked(socket)
    with stream(client, browser="mine", session=named) as socket:
        socket.receive_bytes()
        time.sleep(0.3)
        assert behind.forgotten == []


def test_whoever_has_most_of_the_held_pages_loses_the_oldest() -> None:
    """Nobody pushes out the pages of others, neither by their number nor by what they hold."""

    async def hold() -> list[str]:
        gone: list[str] = []
        pages = Pages(LIMITS, gone.append, kept=60, left=60)

        def lost(name: str, address: str, size: int = 0) -> None:
            page = Page(pages.address(address), b"mine")
            page.record_values({1: size})
            pages.connect(page)
            pages.set_session(page, name)
            pages.disconnect(page, was_left=False)

        lost("a reader's", "192.0.2.1", 100)
        for number in range(3):
            lost(f"small-{number}", "192.0.2.2")
        for number in range(40):
            lost(f"large-{number}", f"198.51.100.{number}", 10_000)
        return gone

    gone = run(hold())
    assert gone[0] == "small-0"
    assert "a reader's" not in gone
    assert len(gone) == 44 - LIMITS.held


def test_a_page_that_never_rests_is_slowed(client: TestClient) -> None:
    """What it may cause at once is used up, and then each run waits."""
    with stream(client) as socket:
        asked(socket)
        began = time.monotonic()
        runs = int(bounds.RUN_CREDIT / bounds.RUN_LEAST) + 5
        for _ in range(runs):
            socket.send_bytes(b"run")
            assert socket.receive_bytes() == b"ended"
        assert time.monotonic() - began > 2 * bounds.RUN_LEAST / bounds.RUN_SHARE


def test_the_page_for_those_who_wait_names_the_emergency_number(content: Content) -> None:
    """Someone in need is not only told to wait."""
    html = busy_page(content.catalogue)
    assert "Call 911" in html
    assert content.catalogue.words("frame.busy") in html
