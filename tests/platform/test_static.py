"""Streamlit's static files leave the server compressed, and arrive whole in every case."""

import asyncio
import logging
import re
import tempfile
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
    cache_folder,
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


def made(source: Path, folder: Path) -> CompressedCopies:
    copies = CompressedCopies(source, folder)
    copies.make()
    return copies


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


def test_a_browser_with_brotli_gets_the_compressed_copy(source: Path, tmp_path: Path) -> None:
    """The copy is sent with its encoding, type and length, and unpacks to the same bytes."""
    status, head, body = answer(
        made(source, tmp_path / "cache"), "/static/js/a.js", accept_encoding="gzip, deflate, br"
    )
    assert (status, head["content-encoding"]) == (200, "br")
    assert head["content-type"] in {"text/javascript; charset=utf-8", "application/javascript"}
    assert head["content-length"] == str(len(body))
    assert head["cache-control"] == "public, immutable, max-age=31536000"
    assert head["vary"] == "Accept-Encoding"
    assert head["x-content-type-options"] == "nosniff"
    assert brotli.decompress(body) == SCRIPT


@pytest.mark.parametrize("accepted", ["", "gzip, deflate", "br;q=0, gzip", "zbr"])
def test_a_browser_without_brotli_gets_it_as_it_is(
    source: Path, tmp_path: Path, accepted: str
) -> None:
    """Whoever does not take brotli gets the plain answer, and caches are told of the choice."""
    status, head, body = answer(
        made(source, tmp_path / "cache"), "/static/js/a.js", accept_encoding=accepted
    )
    assert (status, body) == (200, b"plain")
    assert "content-encoding" not in head
    assert head["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path", ["/static/c.woff2", "/static/none.js", "/static/../b.css", "/b.css", "/static/js/"]
)
def test_other_paths_are_left_alone(source: Path, tmp_path: Path, path: str) -> None:
    """Fonts, unknown names and paths that climb go to the application behind."""
    found = answer(made(source, tmp_path / "cache"), path, accept_encoding="br")
    assert (found[0], found[2]) == (200, b"plain")


def test_head_gives_the_same_headers_and_no_body(source: Path, tmp_path: Path) -> None:
    """A HEAD request is told the length of the copy and gets no byte of it."""
    copies = made(source, tmp_path / "cache")
    _, whole, body = answer(copies, "/static/js/a.js", accept_encoding="br")
    status, head, nothing = answer(copies, "/static/js/a.js", method="HEAD", accept_encoding="br")
    assert (status, head, nothing) == (200, whole, b"")
    assert head["content-length"] == str(len(body))


def test_an_unchanged_file_is_not_sent_again(source: Path, tmp_path: Path) -> None:
    """A conditional request for an unchanged copy gets 304 without a body."""
    copies = made(source, tmp_path / "cache")
    _, head, _ = answer(copies, "/static/js/a.js", accept_encoding="br")
    status, again, body = answer(
        copies, "/static/js/a.js", accept_encoding="br", if_none_match=head["etag"]
    )
    assert (status, body) == (304, b"")
    assert again["cache-control"] == "public, immutable, max-age=31536000"


def test_a_second_start_finds_the_copies(
    source: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Copies are made once: the second start makes none."""
    caplog.set_level(logging.INFO)
    made(source, tmp_path / "cache")
    made(source, tmp_path / "cache")
    counts = [re.search(r"(\d+) of them new", record.message) for record in caplog.records]
    assert [count[1] for count in counts if count] == ["2", "0"]


def test_a_damaged_copy_is_made_again(source: Path, tmp_path: Path) -> None:
    """A copy that was cut off, for instance by a power failure, is replaced at the next start."""
    made(source, tmp_path / "cache")
    copy = tmp_path / "cache" / "js" / "a.js.br"
    copy.write_bytes(copy.read_bytes()[:10])
    made(source, tmp_path / "cache")
    assert brotli.decompress(copy.read_bytes()) == SCRIPT


def test_two_servers_that_start_at_once_do_no_harm(source: Path, tmp_path: Path) -> None:
    """Eight makers in the same folder leave whole copies and nothing else."""
    makers = [CompressedCopies(source, tmp_path / "cache") for _ in range(8)]
    for thread in [maker.start() for maker in makers]:
        thread.join()
    assert all(maker.has("js/a.js") and maker.has("b.css") for maker in makers)
    files = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == ["a.js.br", "b.css.br"]
    assert brotli.decompress((tmp_path / "cache/js/a.js.br").read_bytes()) == SCRIPT


def test_an_unwritable_cache_is_replaced_by_a_temporary_folder(
    source: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the cache folder cannot be made, copies go elsewhere and a line says so."""
    copies = made(source, Path("/dev/null/cache"))
    assert answer(copies, "/static/js/a.js", accept_encoding="br")[1]["content-encoding"] == "br"
    assert copies.folder.parent == Path(tempfile.gettempdir())
    assert "using a temporary folder" in caplog.text


def test_with_no_place_for_copies_files_are_sent_as_they_are(
    source: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without any folder to write to, the plain files are sent and a line says so."""
    monkeypatch.setattr(tempfile, "tempdir", "/dev/null/temporary")
    copies = made(source, Path("/dev/null/cache"))
    assert answer(copies, "/static/js/a.js", accept_encoding="br")[2] == b"plain"
    assert "static files are sent uncompressed" in caplog.text


def test_a_copy_that_has_gone_is_not_missed(source: Path, tmp_path: Path) -> None:
    """When somebody clears the cache under a running server, the plain file is sent."""
    copies = made(source, tmp_path / "cache")
    (tmp_path / "cache/js/a.js.br").unlink()
    assert answer(copies, "/static/js/a.js", accept_encoding="br")[2] == b"plain"
    assert not copies.has("js/a.js")


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


def test_the_cache_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache is under XDG_CACHE_HOME, or ~/.cache, and bears Streamlit's version."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/xdg")
    assert cache_folder("1.67.0") == Path("/var/xdg/anakinra-explorer/streamlit-1.67.0-br9")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert cache_folder("1.67.0") == Path(
        "/home/somebody/.cache/anakinra-explorer/streamlit-1.67.0-br9"
    )


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
    end = time.monotonic() + 90
    head, body = fetch(address, "br")
    while "content-encoding" not in head and time.monotonic() < end:
        time.sleep(0.3)
        head, body = fetch(address, "br")
    assert head["content-encoding"] == "br"
    assert head["cache-control"] == plain_head["cache-control"]
    assert head["content-type"] == plain_head["content-type"]
    assert brotli.decompress(body) == original
    assert len(body) < len(original) / 3
