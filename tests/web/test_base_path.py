"""The site under a path of another server, whether its proxy keeps the path or takes it off."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from explorer.web.base_path import BasePath


def _echo(request: Request) -> JSONResponse:
    return JSONResponse({"path": request.url.path, "query": request.url.query})


def _redirect(request: Request) -> RedirectResponse:
    return RedirectResponse(request.query_params["to"], status_code=303)


def _cookie(_request: Request) -> Response:
    response = Response()
    response.set_cookie("one", "1", path="/join")
    response.set_cookie("two", "2", path="/")
    return response


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(socket.url.path)
    await socket.close()


def served(base: str) -> TestClient:
    """Put a few routes behind the middleware."""
    app = Starlette(
        routes=[
            Route("/echo", _echo),
            Route("/away", _redirect),
            Route("/cookie", _cookie),
            WebSocketRoute("/stream", _socket),
        ],
        middleware=[Middleware(BasePath, base=base)],
    )
    return TestClient(app, base_url="http://portal.test", follow_redirects=False)


@pytest.mark.parametrize("asked", ["/anakinra/echo?a=1", "/echo?a=1"])
def test_the_app_sees_no_path(asked: str) -> None:
    """Kept or taken off by the proxy: the app answers the same."""
    assert served("/anakinra").get(asked).json() == {"path": "/echo", "query": "a=1"}


@pytest.mark.parametrize("asked", ["/anakinra/stream", "/stream"])
def test_sockets_come_through(asked: str) -> None:
    """The app's own line to the browser is under the path too."""
    with served("/anakinra").websocket_connect(asked) as socket:
        assert socket.receive_text() == "/stream"


def test_another_path_that_starts_alike_is_not_ours() -> None:
    """/anakinra2 is another place of the portal."""
    assert served("/anakinra").get("/anakinra2/echo").status_code == 404


def test_the_path_alone_gets_its_slash() -> None:
    """Without it a browser would look for files beside the site; the query stays."""
    answer = served("/anakinra").get("/anakinra?c=ra")
    assert (answer.status_code, answer.headers["location"]) == (307, "/anakinra/?c=ra")


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("/join?code=ABC123", "/anakinra/join?code=ABC123"),
        ("http://portal.test/join", "http://portal.test/anakinra/join"),
        ("/anakinra/join", "/anakinra/join"),
        ("https://elsewhere.test/join", "https://elsewhere.test/join"),
        ("there", "there"),
    ],
)
def test_a_redirect_stays_under_the_path(to: str, expected: str) -> None:
    """Redirects within the site get the path once; others are left alone."""
    answer = served("/anakinra").get("/anakinra/away", params={"to": to})
    assert answer.headers["location"] == expected


def test_cookies_stay_under_the_path() -> None:
    """The portal's other applications never receive them."""
    answer = served("/anakinra").get("/anakinra/cookie")
    paths = [part.split("Path=")[1].split(";")[0] for part in answer.headers.get_list("set-cookie")]
    assert paths == ["/anakinra/join", "/anakinra"]


def test_without_a_path_nothing_changes() -> None:
    """At the root the middleware leaves answers as they are."""
    answer = served("").get("/cookie")
    assert "Path=/join" in answer.headers.get_list("set-cookie")[0]
    assert served("").get("/away", params={"to": "/echo"}).headers["location"] == "/echo"
