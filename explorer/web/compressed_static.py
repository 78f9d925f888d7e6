"""Streamlit's own scripts and styles, sent compressed.

Streamlit sends its static files as they are: 2.7 MB before a visitor sees the first page. Each one
is compressed with brotli when it is first asked for, and kept in memory: all of them together take
half a second and 6 MB. (ServeStatic and WhiteNoise look for compressed files beside the originals,
where an installed package should not be written to, and bring their own reader.)
"""

import hashlib
import logging
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CACHE_CONTROL: Final = "public, immutable, max-age=31536000"
"""A year, in seconds; the names of the files change with their content."""

PREFIX: Final = "/static/"
"""The address under which Streamlit serves its static files."""

QUALITY: Final = 5
"""Brotli's effort, 0 to 11. At 5 all files take half a second, at 9 five times as long for a tenth
less to send."""

SUFFIXES: Final = frozenset({".css", ".js", ".json", ".svg"})
"""What is worth compressing; fonts and pictures are compressed already."""

_log = logging.getLogger(__name__)


def accepts_brotli(accept_encoding: str) -> bool:
    """Return whether a browser takes brotli.

    Args:
        accept_encoding: the request's Accept-Encoding header, or nothing.

    Returns:
        True if ``br`` is named and not refused by ``q=0``.
    """
    for part in accept_encoding.lower().split(","):
        name, _, parameter = part.partition(";")
        if name.strip() == "br":
            _, _, weight = parameter.partition("=")
            return weight.strip() not in {"0", "0.0", "0.00", "0.000"}
    return False


@dataclass(frozen=True, slots=True)
class Copy:
    """One file, compressed."""

    body: bytes
    etag: str


class CompressedCopies:
    """The compressed copies of one folder's files, each made when it is first asked for.

    Args:
        source: the folder with the originals. No file that is not in it now is ever looked up.
    """

    def __init__(self, source: Path) -> None:
        self._files = {
            path.relative_to(source).as_posix(): path
            for path in source.rglob("*")
            if path.suffix in SUFFIXES
        }
        self._made: dict[str, Copy | None] = {}
        self._lock = Lock()

    async def get(self, name: str) -> Copy | None:
        """Return a copy, or None where there is no such file or it cannot be read.

        Args:
            name: the original's path under the source folder, with forward slashes.
        """
        if name in self._made or name not in self._files:
            return self._made.get(name)
        return await run_in_threadpool(self._make, name)

    def _make(self, name: str) -> Copy | None:
        with self._lock:  # a whole class that opens the app at once waits for one making
            if name not in self._made:
                self._made[name] = _compressed(self._files[name])
            return self._made[name]


def _compressed(path: Path) -> Copy | None:
    try:
        body = brotli.compress(path.read_bytes(), quality=QUALITY)
    except OSError as error:
        _log.warning("a static file is sent uncompressed: %s", error)
        return None
    return Copy(body, f'"{hashlib.blake2s(body, digest_size=9).hexdigest()}"')


class CompressedStatic:
    """Middleware that answers requests for static files from the compressed copies.

    Whatever has no copy, and every browser that does not take brotli, gets the response of the
    application behind it.

    Args:
        app: the application behind it.
        copies: the copies to answer from.
    """

    def __init__(self, app: ASGIApp, copies: CompressedCopies) -> None:
        self._app = app
        self._copies = copies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path: str = scope.get("path", "")
        if (
            scope["type"] != "http"
            or not path.startswith(PREFIX)
            or Path(path).suffix not in SUFFIXES
        ):
            await self._app(scope, receive, send)
            return

        async def send_varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
            await send(message)

        headers = Headers(scope=scope)
        copy = None
        if scope["method"] in {"GET", "HEAD"} and accepts_brotli(
            headers.get("accept-encoding", "")
        ):
            copy = await self._copies.get(path.removeprefix(PREFIX))
        if copy is None:
            await self._app(scope, receive, send_varying)
            return
        response = _respond(copy, path, headers.get("if-none-match", ""))
        if scope["method"] == "HEAD":
            response.body = b""  # the length in its header stays
        await response(scope, receive, send_varying)


def _respond(copy: Copy, path: str, known: str) -> Response:
    headers = {"Cache-Control": CACHE_CONTROL, "ETag": copy.etag}
    if copy.etag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
        return Response(status_code=304, headers=headers)
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Response(copy.body, headers=headers | {"Content-Encoding": "br"}, media_type=kind)
