"""The cap on visitors: those inside stay, the next one is told to come back."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from explorer.content.load import Content
from explorer.paths import DATA
from explorer.startup import busy_page
from explorer.web.session_cap import SessionCap


async def page(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("a page")


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.receive_text()
    await socket.close()


@pytest.fixture
def client() -> TestClient:
    """Serve a small app that takes one visitor."""
    app = Starlette(
        routes=[
            Route("/", page),
            Route("/_stcore/health", page),
            Route("/join", page),
            WebSocketRoute("/_stcore/stream", stream),
        ],
        middleware=[Middleware(SessionCap, most=1, busy=lambda: "come back soon")],
    )
    return TestClient(app)


def test_a_full_server_says_to_come_back(client: TestClient) -> None:
    """While one is connected, the next gets a page with 503 and when to try again."""
    with client.websocket_connect("/_stcore/stream") as socket:
        answer = client.get("/")
        assert (answer.status_code, answer.text) == (503, "come back soon")
        assert answer.headers["Retry-After"] == "60"
        with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream"):
            pass
        socket.send_text("done")
    assert client.get("/").text == "a page"


def test_checks_and_classes_are_served_always(client: TestClient) -> None:
    """The health check and the participant page of a class answer also when it is full."""
    with client.websocket_connect("/_stcore/stream") as socket:
        assert client.get("/_stcore/health").status_code == 200
        assert client.get("/join").status_code == 200
        socket.send_text("done")


def test_the_page_for_those_who_wait_names_the_emergency_number(content: Content) -> None:
    """Someone in need is not only told to wait."""
    html = busy_page(DATA)
    assert "Call 911" in html
    assert content.catalogue.words("frame.busy") in html
