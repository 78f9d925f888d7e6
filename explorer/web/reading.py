"""The routes of the reading edition: plain pages that need no script, no socket and no session."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final

import brotli
from cachetools import LFUCache
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from explorer.web.compressed_static import CACHE_CONTROL, accepts_brotli

ROOT: Final = "/read"

FILES: Final = f"{ROOT}/files/"

BYTES: Final = 16_000_000
"""Bytes of all pages that are kept, plain and compressed."""

QUALITY: Final = 5
"""Of brotli: a page is compressed while its first reader waits."""

PARAMETERS: Final = ("m", "a")
"""Parameters of a comparison: options and age. No other one changes a page."""

_PAGE_CACHE: Final = "public, max-age=300"
"""Five minutes from any cache, then asked for by its tag: a correction is soon with everybody."""


@dataclass(frozen=True)
class Reading:
    """A rendered page.

    Attributes:
        html: the whole document.
        found: False for the page that says that there is none.
    """

    html: str
    found: bool


@dataclass(frozen=True)
class _Kept:
    plain: bytes
    small: bytes
    tag: str
    found: bool

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.small)


Render = Callable[[str, Mapping[str, str]], Reading]
"""Makes a page from its path, without slashes at the ends, and its parameters."""


class ReadingPages:
    """Renders each page once and keeps it.

    Args:
        render: makes a page.
        style: the stylesheet of all pages.
    """

    def __init__(self, render: Render, style: Callable[[], str]) -> None:
        self._render = render
        self._style = style
        self._kept: LFUCache[tuple[str, ...], _Kept] = LFUCache(BYTES, lambda kept: kept.size)
        self._lock = Lock()

    def page(self, path: str, parameters: Mapping[str, str]) -> _Kept:
        """Return a page; one that there is not is made anew each time, so that it fills nothing."""
        key = (path, *(parameters.get(name, "") for name in PARAMETERS))
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None:
            return kept
        made = self._render(path, parameters)
        kept = _kept(made.html, found=made.found)
        if made.found and kept.size <= self._kept.maxsize:
            with self._lock:
                self._kept[key] = kept
        return kept

    def style(self) -> _Kept:
        """Return the stylesheet."""
        with self._lock:
            kept = self._kept.get((FILES,))
        if kept is None:
            kept = _kept(self._style(), found=True)
            with self._lock:
                self._kept[FILES,] = kept
        return kept

    def address(self, name: str) -> str:
        """Return the address of a file, such as ``reading.css``, which changes with its content."""
        stem, _, suffix = name.rpartition(".")
        return f"{FILES}{stem}.{self.style().tag[1:11]}.{suffix}"


def _kept(text: str, *, found: bool) -> _Kept:
    plain = text.encode()
    tag = hashlib.blake2s(plain, digest_size=9).hexdigest()
    return _Kept(plain, brotli.compress(plain, quality=QUALITY), f'"{tag}"', found)


def reading_routes(pages: ReadingPages) -> list[Route]:
    """Create the routes ``/read/`` and below.

    Args:
        pages: renders and keeps the pages.
    """

    async def page(request: Request) -> Response:
        path = request.path_params["path"].strip("/")
        query = request.query_params
        parameters = {name: ",".join(query.getlist(name)) for name in PARAMETERS if name in query}
        kept = await run_in_threadpool(pages.page, path, parameters)
        headers = {"Cache-Control": _PAGE_CACHE if kept.found else "no-store"}
        return _respond(request, kept, "text/html; charset=utf-8", headers)

    async def file(request: Request) -> Response:
        kept = await run_in_threadpool(pages.style)
        if pages.address("reading.css") != FILES + request.path_params["name"]:
            return Response(status_code=404, headers={"Cache-Control": "no-store"})
        return _respond(request, kept, "text/css; charset=utf-8", {"Cache-Control": CACHE_CONTROL})

    async def home(_request: Request) -> Response:
        return RedirectResponse(f"{ROOT}/", status_code=307)

    methods = ["GET"]
    return [
        Route(ROOT, home, methods=methods),
        Route(FILES + "{name}", file, methods=methods),
        Route(ROOT + "/{path:path}", page, methods=methods),
    ]


def _respond(request: Request, kept: _Kept, kind: str, headers: dict[str, str]) -> Response:
    headers = headers | {"Vary": "Accept-Encoding"}
    if kept.found:
        headers["ETag"] = kept.tag
        known = request.headers.get("if-none-match", "").split(",")
        if kept.tag in (tag.strip().removeprefix("W/") for tag in known):
            return Response(status_code=304, headers=headers)
    status = 200 if kept.found else 404
    if not accepts_brotli(request.headers.get("accept-encoding", "")):
        return Response(kept.plain, status_code=status, media_type=kind, headers=headers)
    headers["Content-Encoding"] = "br"
    return Response(kept.small, status_code=status, media_type=kind, headers=headers)
