"""Streamlit's static files leave the server compressed, and arrive whole in every case."""

import asyncio
import re
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import brotli
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from explorer.web.compressed_static import (
    CompressedCopies,
    CompressedStatic,
    accepts_brotli,
)
from explorer.web.security_headers import SecurityHeaders

SCRIPT = b"console.log('a line of script');\n" * 50


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a folder with a script, a style and a font, as Streamlit has them."""
    folder = tmp_path / "source"
    (folder / "js").mkdir(parents=True)
    (folder / "js" / "a.js").write_bytes(SCRIPT)
    (folder / "b.css").write_bytes(b"p{margin:0}\n" * 40)
    (folder / "c.woff2").write_bytes(b"font")
    return folder


def made(source: Path) -> CompressedCopies:
    return CompressedCopies(source)


async def plain(_request: Any) -> PlainTextResponse:
    return PlainTextResponse("plain")


def answer(
    copies: CompressedCopies, path: str, *, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Ask the middleware, before an application that always answers "plain"."""
    inner = Starlette(routes=[Route("/{rest:path}", plain)])
    app = SecurityHeaders(CompressedStatic(inner, copies))
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
    }
    messages: list[Any] = []

    async def receive() -> None:
        await asyncio.Event().wait()  # nothing more comes from this browser

    async def send(message: Any) -> None:
        messages.append(message)

    # In a thread of its own: a browser of another test may hold this one's event loop.
    worker = threading.Thread(target=lambda: asyncio.run(app(scope, receive, send)))
    worker.start()
    worker.join()
    head = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return messages[0]["status"], head, body


def test_a_browser_with_brotli_gets_the_compressed_copy(source: Path) -> None:
    """The copy is sent with its encoding, type and length, and unpacks to the same bytes."""
    status, head, body = answer(
        made(source), "/static/js/a.js", accept_encoding="gzip, deflate, br"
    )
    assert (status, head["content-encoding"]) == (200, "br")
    assert head["content-type"] in {"text/javascript; charset=utf-8", "application/javascript"}
    assert head["content-length"] == str(len(body))
    assert head["cache-control"] == "public, immutable, max-age=31536000"
    assert head["vary"] == "Accept-Encoding"
    assert head["x-content-type-options"] == "nosniff"
    assert brotli.decompress(body) == SCRIPT


@pytest.mark.parametrize("accepted", ["", "gzip, deflate", "br;q=0, gzip", "zbr"])
def test_a_browser_without_brotli_gets_it_as_it_is(source: Path, accepted: str) -> None:
    """Whoever does not take brotli gets the plain answer, and caches are told of the choice."""
    status, head, body = answer(made(source), "/static/js/a.js", accept_encoding=accepted)
    assert (status, body) == (200, b"plain")
    assert "content-encoding" not in head
    assert head["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path", ["/static/c.woff2", "/static/none.js", "/static/../b.css", "/b.css", "/static/js/"]
)
def test_other_paths_are_left_alone(source: Path, path: str) -> None:
    """Fonts, unknown names and paths that climb go to the application behind."""
    found = answer(made(source), path, accept_encoding="br")
    assert (found[0], found[2]) == (200, b"plain")


def test_head_gives_the_same_headers_and_no_body(source: Path) -> None:
    """A HEAD request is told the length of the copy and gets no byte of it."""
    copies = made(source)
    _, whole, body = answer(copies, "/static/js/a.js", accept_encoding="br")
    status, head, nothing = answer(copies, "/static/js/a.js", method="HEAD", accept_encoding="br")
    assert (status, head, nothing) == (200, whole, b"")
    assert head["content-length"] == str(len(body))


def test_an_unchanged_file_is_not_sent_again(source: Path) -> None:
    """A conditional request for an unchanged copy gets 304 without a body."""
    copies = made(source)
    _, head, _ = answer(copies, "/static/js/a.js", accept_encoding="br")
    status, again, body = answer(
        copies, "/static/js/a.js", accept_encoding="br", if_none_match=head["etag"]
    )
    assert (status, body) == (304, b"")
    assert again["cache-control"] == "public, immutable, max-age=31536000"


def test_no_file_outside_or_of_later_is_looked_up(source: Path, tmp_path: Path) -> None:
    """Only the files that were there at the start have a copy."""
    copies = made(source)
    (tmp_path / "secret.js").write_bytes(SCRIPT)
    (source / "later.js").write_bytes(SCRIPT)
    for path in ("/static/../secret.js", "/static/later.js", f"/static/{tmp_path}/secret.js"):
        assert answer(copies, path, accept_encoding="br")[2] == b"plain"


def test_a_file_that_cannot_be_read_is_said_and_sent_as_it_is(
    source: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that has gone since the start: a line is logged once, and the others have theirs."""
    copies = made(source)
    (source / "js" / "a.js").unlink()
    for _ in range(2):
        assert answer(copies, "/static/js/a.js", accept_encoding="br")[2] == b"plain"
    assert caplog.text.count("a static file is sent uncompressed") == 1
    assert "content-encoding" in answer(copies, "/static/b.css", accept_encoding="br")[1]


def test_thirty_who_ask_at_once_cost_one_compression(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A class that opens the app together gets the same copy, made once."""
    calls: list[int] = []
    whole = brotli.compress

    def compress(content: bytes, quality: int) -> bytes:
        calls.append(len(content))
        time.sleep(0.05)
        return bytes(whole(content, quality=quality))

    monkeypatch.setattr(brotli, "compress", compress)
    copies = made(source)

    async def ask() -> list[Any]:
        return await asyncio.gather(*(copies.get("js/a.js") for _ in range(30)))

    found: list[Any] = []
    worker = threading.Thread(target=lambda: found.extend(asyncio.run(ask())))
    worker.start()
    worker.join()
    assert len({id(copy) for copy in found}) == 1
    assert calls == [len(SCRIPT)]


def test_nothing_is_written(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copies are in memory: no folder of the user or of the system is touched."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = sorted(tmp_path.rglob("*"))
    assert answer(made(source), "/static/js/a.js", accept_encoding="br")[0] == 200
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("br", True),
        ("gzip, deflate, br, zstd", True),
        ("BR;q=0.5", True),
        ("br; q=0", False),
        ("gzip", False),
        ("", False),
    ],
)
def test_what_a_browser_accepts(header: str, taken: bool) -> None:
    """Brotli is taken when it is named with a weight above nothing."""
    assert accepts_brotli(header) is taken


def fetch(url: str, encoding: str) -> tuple[dict[str, str], bytes]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request) as found:
        return {name.lower(): value for name, value in found.headers.items()}, found.read()


def test_the_real_server_sends_streamlits_script_compressed(server: str) -> None:
    """Streamlit's main script arrives compressed to under a third, and is the same bytes."""
    page = fetch(f"{server}/", "identity")[1].decode()
    script = re.search(r"static/js/index\.[^\"]+\.js", page)
    assert script
    address = f"{server}/{script[0]}"
    plain_head, original = fetch(address, "gzip")
    head, body = fetch(address, "br")
    assert head["content-encoding"] == "br"
    assert head["cache-control"] == plain_head["cache-control"]
    assert head["content-type"] == plain_head["content-type"]
    assert brotli.decompress(body) == original
    assert len(body) < len(original) / 3
