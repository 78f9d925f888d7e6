"""The routes of the reading edition: caching, compression, and what is not there."""

import asyncio
import inspect
import time
from collections.abc import Iterator, Mapping
from threading import Thread

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from explorer.web.reading import Reading, ReadingPages, reading_routes, warm
from explorer.web.security_headers import SecurityHeaders


class Renderer:
    """Renders short pages and notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []

    def __call__(self, path: str, parameters: Mapping[str, str]) -> Reading:
        """Render a page; one called "none" is not there."""
        self.asked.append((path, dict(parameters)))
        return Reading(html=f"<p>{path} {sorted(parameters.items())}</p>", found=path != "none")


@pytest.fixture
def renderer() -> Renderer:
    """Return a renderer that was not asked for anything."""
    return Renderer()


@pytest.fixture
def browser(renderer: Renderer) -> Iterator[TestClient]:
    """Open a browser on the routes behind our headers."""
    pages = ReadingPages(renderer, {"reading.css": lambda: "p{color:red}"})
    app = Starlette(routes=reading_routes(pages), middleware=[Middleware(SecurityHeaders)])
    with TestClient(app, follow_redirects=False) as client:
        yield client


def test_a_file_to_take_along_is_made_once() -> None:
    """It comes as a file with its name, the second time from memory; another name is not there."""
    made: list[str] = []

    def make() -> bytes:
        made.append("a")
        return b"PK\x03\x04"

    app = Starlette(
        routes=reading_routes(ReadingPages(lambda *_: Reading("", True), {}, {"a.zip": make}))
    )
    with TestClient(app) as client:
        for _ in range(2):
            answer = client.get("/read/files-of-questions/a.zip")
            assert answer.content == b"PK\x03\x04"
            assert answer.headers["content-disposition"] == 'attachment; filename="a.zip"'
        assert client.get("/read/files-of-questions/b.zip").status_code == 404
    assert made == ["a"]


def test_a_page_is_rendered_once(browser: TestClient, renderer: Renderer) -> None:
    """A second reader gets the same bytes, and a known tag gets none."""
    first, second = browser.get("/read/guide"), browser.get("/read/guide/")
    assert first.text == second.text == "<p>guide []</p>"
    assert renderer.asked == [("guide", {})]
    again = browser.get("/read/guide", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age" in first.headers["cache-control"]


def test_a_kept_page_gets_smaller() -> None:
    """What is asked for again is compressed further in spare time; its words stay the same."""
    pages = ReadingPages(lambda *_: Reading(inspect.getsource(inspect), found=True), {})
    first, _ = pages.page("guide", {})
    end = time.monotonic() + 10
    while pages.kept("guide", {}) is first and time.monotonic() < end:
        time.sleep(0.01)
    smaller = pages.kept("guide", {})
    assert smaller is not None
    assert (smaller.plain, smaller.tag) == (first.plain, first.tag)
    assert len(smaller.small) < len(first.small)


def test_pages_that_nobody_opened_are_made_ahead(renderer: Renderer) -> None:
    """Each page is made once, and what a reader has opened already is not made again."""
    pages = ReadingPages(renderer, {})
    pages.page("guide", {})
    made = warm(pages, ("guide", "none", "signs"), after=0, pause=0)
    # A thread of its own: a browser's test in this process may have left a loop running here.
    worker = Thread(target=lambda: asyncio.run(made))
    worker.start()
    worker.join()
    assert [path for path, _ in renderer.asked] == ["guide", "none", "signs"]
    assert pages.kept("signs", {}) is not None


def test_the_file_to_take_along_is_made_once(renderer: Renderer) -> None:
    """It is made when it is asked for, sent as a file, and not sent again to who has it."""
    made: list[bytes] = []

    def make() -> bytes:
        made.append(b"PK")
        return made[0]

    app = Starlette(routes=reading_routes(ReadingPages(renderer, {}), make))
    with TestClient(app) as client:
        assert not made
        first = client.get("/read/offline.zip")
        tag = {"If-None-Match": first.headers["etag"]}
        assert client.get("/read/offline.zip", headers=tag).status_code == 304
    assert (first.content, made) == (b"PK", [b"PK"])
    assert first.headers["content-disposition"] == 'attachment; filename="anakinra-explorer.zip"'


def test_only_known_parameters_make_a_page(browser: TestClient, renderer: Renderer) -> None:
    """Options may come one by one, as a form sends them; anything else changes nothing."""
    browser.get("/read/compare/ra?m=anakinra&m=methotrexate&a=child&x=1")
    browser.get("/read/compare/ra?m=anakinra,methotrexate&a=child&y=2")
    assert renderer.asked == [("compare/ra", {"m": "anakinra,methotrexate", "a": "child"})]


def test_pages_are_sent_small(browser: TestClient) -> None:
    """A browser that takes brotli gets it, another one the plain page."""
    with browser.stream("GET", "/read/guide", headers={"Accept-Encoding": "br"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "br"
    assert brotli.decompress(raw) == b"<p>guide []</p>"
    plain = browser.get("/read/guide", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "Accept-Encoding"


def test_what_is_not_there_is_not_kept(browser: TestClient, renderer: Renderer) -> None:
    """It is answered with 404 and may not be cached; made-up paths fill no memory."""
    for _ in range(2):
        answer = browser.get("/read/none")
        assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert len(renderer.asked) == 2


def test_the_stylesheet_has_a_name_of_its_content(browser: TestClient, renderer: Renderer) -> None:
    """It may be cached for a year; a name of another version is not found."""
    address = ReadingPages(renderer, {"reading.css": lambda: "p{color:red}"}).address("reading.css")
    answer = browser.get(address)
    assert answer.text == "p{color:red}"
    assert "immutable" in answer.headers["cache-control"]
    assert browser.get("/read/files/reading.0000000000.css").status_code == 404


def test_nothing_runs_on_a_page(browser: TestClient) -> None:
    """The policy is that of our own pages: no inline script, no inline style."""
    policy = browser.get("/read/guide").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy


def test_the_root_gets_its_slash(browser: TestClient) -> None:
    """/read leads to /read/."""
    answer = browser.get("/read")
    assert (answer.status_code, answer.headers["location"]) == (307, "/read/")
