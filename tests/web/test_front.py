"""A page's reading in front of the app's own index page."""

from collections.abc import Iterator, Mapping

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from explorer.web.front import Front, FrontPage
from explorer.web.stored_page import stored

INDEX = """<!-- a licence --><!DOCTYPE html><html lang="en"><head><title>Streamlit</title>
<link rel="service-desc" href="./agent.json" />
<script type="module" crossorigin src="./static/js/index.js"></script>
<link rel="modulepreload" crossorigin href="./static/js/more.js">
<link rel="stylesheet" crossorigin href="./static/css/index.css"></head>
<body><noscript><p>You need to enable JavaScript to run this app.</p></noscript>
<div id="root"></div></body></html>"""

asked: list[tuple[str, dict[str, str]]] = []


def _render(path: str, parameters: Mapping[str, str]) -> FrontPage | None:
    asked.append((path, dict(parameters)))
    if path == "other":
        return None
    return FrontPage(head="<title>Ours</title>", style="p{color:red}", body=f"<h1>{path}</h1>")


async def _index(request: Request) -> Response:
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    return HTMLResponse(INDEX)


@pytest.fixture
def browser() -> Iterator[TestClient]:
    """Open a browser on an app that sends one index page for every address."""
    asked.clear()
    app = Starlette(
        routes=[
            Route(
                "/static/there.js",
                lambda _: Response("let x", media_type="text/javascript"),
            ),
            Route("/busy", lambda _: PlainTextResponse("busy", status_code=503)),
            Route("/{path:path}", _index),
        ],
        middleware=[
            Middleware(
                Front,
                render=_render,
                paths=frozenset({"compare", "other", "busy"}),
                missing=lambda: stored("<title>None here</title>"),
            )
        ],
    )
    with TestClient(app) as client:
        yield client


def test_words_come_before_what_the_app_needs(browser: TestClient) -> None:
    """Title and reading are ours; scripts and stylesheet follow them; nothing is lost."""
    page = browser.get("/compare?c=ra").text
    assert "<title>Ours</title>" in page
    order = ["<h1>compare</h1>", 'id="root"', "js/index.js", "js/more.js", "css/index.css"]
    places = [page.index(text) for text in order]
    assert places == sorted(places)


def test_streamlits_own_words_are_gone(browser: TestClient) -> None:
    """No "enable JavaScript", no link for programs, no title of another product."""
    page = browser.get("/compare").text
    for text in ("Streamlit", "enable JavaScript", "service-desc", "licence"):
        assert text not in page


@pytest.mark.parametrize("path", ["/other", "/nowhere", "/compare/deeper", "/index.html"])
def test_where_there_is_no_page_it_says_so(browser: TestClient, path: str) -> None:
    """A made-up address is not found, in our words; nobody sees the title of another product."""
    page = browser.get(path)
    assert (page.status_code, page.text) == (404, "<title>None here</title>")
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/static/js/none.js", "/_stcore/nothing"])
def test_a_file_that_is_not_there_is_no_page(browser: TestClient, path: str) -> None:
    """Where Streamlit would send its index page for a file, the answer is 404."""
    for asked_for in (browser.get(path), browser.head(path)):
        assert asked_for.status_code == 404
        assert "Streamlit" not in asked_for.text


def test_a_file_that_is_there_is_sent_on(browser: TestClient) -> None:
    """Its bytes, its kind and its status are as the app sends them."""
    found = browser.get("/static/there.js")
    assert (found.status_code, found.text) == (200, "let x")


def test_only_the_choice_is_read(browser: TestClient) -> None:
    """Other parameters never reach the reading, and fill no memory."""
    browser.get("/compare?c=ra&m=anakinra&x=secret")
    browser.get("/compare?c=ra&m=anakinra&y=secret")
    assert asked == [("compare", {"c": "ra", "m": "anakinra"})]


def test_what_is_no_page_goes_on(browser: TestClient) -> None:
    """What the app answers on its own routes is as it is, and so is any other method."""
    assert browser.get("/join/x").text == INDEX
    assert browser.post("/compare").status_code == 405


def test_a_page_that_the_app_refuses_stays_refused(browser: TestClient) -> None:
    """A busy server says so, with its own status."""
    answer = browser.get("/busy")
    assert (answer.status_code, answer.text) == (503, "busy")


def test_a_known_page_is_not_sent_again(browser: TestClient) -> None:
    """The tag is that of the whole page; what a browser knows of the app's page is not asked."""
    first = browser.get("/compare")
    again = browser.get("/compare", headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["cache-control"] == "no-cache"


def test_a_phone_of_a_class_never_waits_for_a_reading(browser: TestClient) -> None:
    """What is no page of the app is not even asked about: phones look every second and a half."""
    browser.get("/join/now?code=ABC123")
    assert asked == []


def test_a_head_has_no_body(browser: TestClient) -> None:
    """Probes get the headers only."""
    answer = browser.head("/compare")
    assert (answer.status_code, answer.content) == (200, b"")
