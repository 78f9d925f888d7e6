"""The stylesheet in the head of Streamlit's page."""

import gzip

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from explorer.web.first_style import FirstStyle

PAGE = "<html><head><title>t</title></head><body></head></body></html>"
BROWSER = {"Accept": "text/html,*/*", "Accept-Encoding": "gzip"}


def page(request: Request) -> Response:
    known = "If-None-Match" in request.headers
    return HTMLResponse(PAGE, status_code=304 if known else 200, headers={"ETag": '"a"'})


def client() -> TestClient:
    async def plain(_request: Request) -> Response:
        return PlainTextResponse("</head>")

    routes = [Route("/compare", page), Route("/join", page), Route("/text", plain)]
    return TestClient(FirstStyle(Starlette(routes=routes), style="b{color:red}"))


def test_a_page_gets_the_style_once_and_whole() -> None:
    """Before the end of the head, with the length that it has then."""
    answer = client().get("/compare", headers=BROWSER)
    assert answer.text.count("<style>b{color:red}") == 1
    assert answer.text.index("<style>") < answer.text.index("</head>")
    assert answer.text.endswith("<body></head></body></html>")
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.compress(answer.text.encode(), mtime=0).__len__() == int(
        answer.headers["content-length"]
    )


def test_without_compression_it_comes_as_it_is() -> None:
    """A program that takes no gzip gets none."""
    answer = client().get("/compare", headers={"Accept": "text/html", "Accept-Encoding": ""})
    assert "content-encoding" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_no_browser_keeps_an_old_style() -> None:
    """The page behind is the same for years; its answer that nothing changed is not asked for."""
    answer = client().get("/compare", headers=BROWSER | {"If-None-Match": '"a"'})
    assert answer.status_code == 200
    assert "etag" not in answer.headers


def test_other_answers_pass_as_they_are() -> None:
    """The participants' page, texts, and requests that want no page."""
    assert "<style>" not in client().get("/join", headers=BROWSER).text
    assert client().get("/text", headers=BROWSER).text == "</head>"
    assert "<style>" not in client().get("/compare", headers={"Accept": "*/*"}).text
