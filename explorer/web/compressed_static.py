"""Streamlit's own scripts and styles, sent compressed.

Streamlit sends its static files as they are: 2.7 MB before a visitor sees the first page. They are
compressed with brotli once after each start, in a thread, and kept in memory. (ServeStatic and
WhiteNoise look for compressed files beside the originals, where an installed package should not be
written to, and bring their own reader.)
"""

import hashlib
import logging
import mimetypes
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import brotli
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
    """The compressed copies of one folder's files, each in use as soon as it is made.

    Args:
        source: the folder with the originals.
    """

    def __init__(self, source: Path) -> None:
        self._source = source
        self._made: dict[str, Copy] = {}

    def get(self, name: str) -> Copy | None:
        """Return a copy, or None as long as there is none.

        Args:
            name: the original's path under the source folder, with forward slashes.
        """
        return self._made.get(name)

    def start(self) -> threading.Thread:
        """Make the copies in a thread of their own, which does not keep the program alive.

        Returns:
            The running thread.
        """
        thread = threading.Thread(target=self.make, name="compress-static", daemon=True)
        thread.start()
        return thread

    def make(self) -> None:
        """Make the copies, the smallest first: a first page needs no huge one."""
        begun = time.monotonic()
        found = [path for path in self._source.rglob("*") if path.suffix in SUFFIXES]
        try:
            for path in sorted(found, key=lambda path: (path.stat().st_size, path)):
                body = brotli.compress(path.read_bytes(), quality=QUALITY)
                etag = f'"{hashlib.blake2s(body, digest_size=9).hexdigest()}"'
                self._made[path.relative_to(self._source).as_posix()] = Copy(body, etag)
        except OSError as error:
            _log.warning("some static files are sent uncompressed: %s", error)
        _log.info(
            "static files: %d compressed copies, %.1f MB, made in %.1f s",
            len(self._made),
            sum(len(copy.body) for copy in self._made.values()) / 1e6,
            time.monotonic() - begun,
        )


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

        copy = self._copies.get(path.removeprefix(PREFIX))
        headers = Headers(scope=scope)
        if (
            copy is None
            or scope["method"] not in {"GET", "HEAD"}
            or not accepts_brotli(headers.get("accept-encoding", ""))
        ):
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
