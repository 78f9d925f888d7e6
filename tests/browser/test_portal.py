"""The site as a part of a hospital's portal: under a path, and in a frame."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.classroom import ClassRoom
from tests.servers import Server
from tests.stripping_proxy import stripping_proxy

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATH = "/anakinra"
CHOICE = "compare?c=ra&m=anakinra,methotrexate"


@contextmanager
def portal(folder: Path, framed: str) -> Iterator[str]:
    """Serve a page of another origin that frames an address of ours."""
    (folder / "index.html").write_text(
        f'<!doctype html><title>Portal</title><iframe src="{framed}" width=900 height=700></iframe>'
    )

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def under_a_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server that knows its path, with a database that the test can write to."""
    folder = tmp_path_factory.mktemp("portal")
    found = Server(
        folder=folder,
        database=f"sqlite:///{folder}/classes.sqlite3",
        environment={"EXPLORER_BASE_PATH": PATH},
    )
    try:
        found.start()
        yield found
    finally:
        found.close()


@pytest.mark.parametrize("way", ["kept", "taken off"])
def test_a_page_and_a_phone_under_a_path(
    chromium: "Browser", under_a_path: Server, way: str
) -> None:
    """Whether the proxy keeps the path or not: the comparison stands, a phone joins and answers."""
    with stripping_proxy(PATH, under_a_path.port) as stripped:
        base = stripped if way == "taken off" else f"{under_a_path.base}{PATH}"
        context = chromium.new_context()
        page = context.new_page()
        missing: list[str] = []
        page.on("response", lambda got: missing.append(got.url) if got.status >= 400 else None)
        page.goto(f"{base}/{CHOICE}")
        page.get_by_role("heading", name="Rheumatoid arthritis").first.wait_for()
        page.get_by_text("Kineret").first.wait_for(state="attached")
        room = ClassRoom(base, under_a_path.database)
        page.goto(room.link)
        page.get_by_role("button", name="Join").click()
        page.get_by_role("heading", name="You are in").wait_for()
        assert {cookie["path"] for cookie in context.cookies() if "join" in cookie["path"]} == {
            f"{PATH}/join"
        }
        room.press("next", "show")
        page.get_by_text("Text b.").click()
        page.get_by_role("button", name="Send my answer").click()
        page.get_by_text("Your answer is saved.").wait_for()
        assert page.request.get(f"{base}/readyz").json()["status"] == "ready"
        assert [url for url in missing if "_stcore" not in url] == []
        room.close()
        context.close()


def test_a_frame_needs_leave(chromium: "Browser", tmp_path: Path) -> None:
    """The portal that is named shows the comparison; another shows nothing; no class in a frame."""
    server = Server(folder=tmp_path)
    with portal(tmp_path, f"{server.base}/{CHOICE}") as allowed:
        server.set("EXPLORER_FRAME_ANCESTORS", allowed.rstrip("/"))
        context = chromium.new_context()
        try:
            server.start()
            page = context.new_page()
            page.goto(allowed)
            frame = page.frame_locator("iframe")
            frame.get_by_text("Kineret").first.wait_for(state="attached")
            page.evaluate(
                "url => { document.querySelector('iframe').src = url; }", f"{server.base}/teach"
            )
            frame.get_by_text("A class is led in a window of its own").wait_for()
            assert frame.get_by_role("button", name="Open").count() == 0
            refused: list[str] = []
            page.on("console", lambda message: refused.append(message.text))
            page.goto(allowed.replace("127.0.0.1", "localhost"))
            page.wait_for_function("() => window.frames.length === 1")
            page.wait_for_timeout(1000)
            assert any("frame-ancestors" in text for text in refused)
        finally:
            context.close()
            server.close()
