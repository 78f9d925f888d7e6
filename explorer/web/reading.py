"""The routes of the reading edition: plain pages that need no script, no socket and no session."""

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final

from cachetools import LFUCache
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from explorer.web.compressed_static import CACHE_CONTROL
from explorer.web.stored_page import SMALLEST, SpareTime, StoredPage, in_turn, respond, stored

ROOT: Final = "/read"

FILES: Final = f"{ROOT}/files/"

BYTES: Final = 16_000_000
"""Bytes of all pages that are kept, compressed: those without a choice, and 500 with one."""

OFFLINE: Final = "anakinra-explorer.zip"
"""The name under which a browser keeps the file to take along."""

HTML: Final = "text/html; charset=utf-8"

KINDS: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
"""Media types of the files."""

PARAMETERS: Final = ("m", "a", "now")
"""Parameters of a comparison: options, person, what is taken now. No other one changes a page."""

WARM_AFTER: Final = 60.0
"""Seconds after the start when the making of pages that nobody has opened begins: until then the
first readers have the machine for themselves."""

WARM_PAUSE: Final = 0.25
"""Seconds between two such pages."""

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


Render = Callable[[str, Mapping[str, str]], Reading]
"""Makes a page from its path, without slashes at the ends, and its parameters."""


class ReadingPages:
    """Renders each page once and keeps it.

    Args:
        render: makes a page.
        files: makers of the files of all pages, by name.
        taken: makers of the files that a reader may take along, by name.
    """

    def __init__(
        self,
        render: Render,
        files: Mapping[str, Callable[[], str]],
        taken: Mapping[str, Callable[[], bytes]] | None = None,
    ) -> None:
        self._render = render
        self._makers = files
        self._taken = taken or {}
        self._made: dict[str, bytes] = {}
        self._files: dict[str, StoredPage] = {}
        self._pages: LFUCache[tuple[str, ...], StoredPage] = LFUCache(BYTES, lambda it: it.size)
        self._lock = Lock()
        self._spare = SpareTime()

    def page(self, path: str, parameters: Mapping[str, str]) -> tuple[StoredPage, bool]:
        """Return a page, and whether it is there.

        One that says that there is none is made anew each time, so that made-up paths fill nothing.
        """
        known = self.kept(path, parameters)
        if known is not None:
            return known, True
        made = self._render(path, parameters)
        page = stored(made.html)
        if made.found and page.size <= self._pages.maxsize:
            with self._lock:
                self._pages[_key(path, parameters)] = page
            if not parameters:  # of those there are some dozens; of choices, any number
                self._spare.compress(page, lambda smaller: self._replace(path, smaller))
        return page, made.found

    def _replace(self, path: str, smaller: StoredPage) -> None:
        with self._lock:
            if _key(path, {}) in self._pages:
                self._pages[_key(path, {})] = smaller

    def kept(self, path: str, parameters: Mapping[str, str]) -> StoredPage | None:
        """Return a page that is kept, without rendering anything."""
        with self._lock:
            return self._pages.get(_key(path, parameters))

    def file(self, name: str) -> StoredPage:
        """Return a file, such as ``reading.css``. Raises KeyError where there is none."""
        with self._lock:
            if name not in self._files:
                self._files[name] = stored(self._makers[name](), quality=SMALLEST)
            return self._files[name]

    def address(self, name: str) -> str:
        """Return the address of a file, which changes with its content."""
        stem, _, suffix = name.rpartition(".")
        return f"{FILES}{stem}.{self.file(name).tag[1:11]}.{suffix}"

    def taken(self, name: str) -> bytes | None:
        """Return a file that a reader may take along, made once; None where there is none."""
        if name not in self._taken:
            return None
        with self._lock:
            known = self._made.get(name)
        made = known if known is not None else self._taken[name]()
        with self._lock:
            self._made[name] = made
        return made

    def named(self, address: str) -> str:
        """Return the name of the file at an address, or nothing where there is none now."""
        return next((name for name in self._makers if self.address(name) == address), "")


async def warm(
    pages: ReadingPages,
    paths: Iterable[str],
    *,
    after: float = WARM_AFTER,
    pause: float = WARM_PAUSE,
) -> None:
    """Make the pages that nobody has opened yet, so that no reader waits for their making.

    Args:
        pages: renders and keeps them.
        paths: which; those that take parameters are made without any.
        after: seconds from now when it begins.
        pause: seconds between two pages, in which readers come first.
    """
    await asyncio.sleep(after)
    for path in await in_turn(tuple, paths):
        if pages.kept(path, {}) is None:
            await in_turn(pages.page, path, {})
            await asyncio.sleep(pause)


def _key(path: str, parameters: Mapping[str, str]) -> tuple[str, ...]:
    return (path, *(parameters.get(name, "") for name in PARAMETERS))


class OfflineCopy:
    """The one file to take along: made when it is first asked for, and kept.

    Args:
        make: makes it; seconds of work.
    """

    def __init__(self, make: Callable[[], bytes]) -> None:
        self._make = make
        self._made = b""
        self._making = asyncio.Lock()

    async def answer(self, request: Request) -> Response:
        """Send the file; who asks while it is made waits without holding a thread."""
        async with self._making:
            if not self._made:
                self._made = await asyncio.to_thread(self._make)
        tag = f'"{hashlib.blake2s(self._made, digest_size=9).hexdigest()}"'
        headers = {
            "Cache-Control": _PAGE_CACHE,
            "ETag": tag,
            "Content-Disposition": f'attachment; filename="{OFFLINE}"',
        }
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(self._made, media_type="application/zip", headers=headers)


class ReadingEdition:
    """Middleware that answers for everything under ``/read``; the rest goes on to the app.

    Its pages are compressed already and hold no session. Behind it stand Streamlit's own layers for
    that, which take longer than such an answer does.

    Args:
        app: the application behind it.
        routes: those of ``reading_routes``.
    """

    def __init__(self, app: ASGIApp, routes: list[Route]) -> None:
        self._app = app
        self._edition = ExceptionMiddleware(Router(routes))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "")
        is_ours = scope["type"] == "http" and (path == ROOT or path.startswith(f"{ROOT}/"))
        await (self._edition if is_ours else self._app)(scope, receive, send)


def reading_routes(pages: ReadingPages, offline: Callable[[], bytes] | None = None) -> list[Route]:
    """Create the routes ``/read/`` and below.

    Args:
        pages: renders and keeps the pages.
        offline: makes the file to take along; without it there is none.
    """

    async def page(request: Request) -> Response:
        path = request.path_params["path"].strip("/")
        query = request.query_params
        parameters = {name: ",".join(query.getlist(name)) for name in PARAMETERS if name in query}
        kept = pages.kept(path, parameters)
        # Only what nobody asked for before waits for its turn.
        shown, found = (kept, True) if kept else await in_turn(pages.page, path, parameters)
        cache = _PAGE_CACHE if found else "no-store"
        status = 200 if found else 404
        return respond(request, shown, kind=HTML, cache=cache, status=status)

    async def file(request: Request) -> Response:
        name = await in_turn(pages.named, FILES + request.path_params["name"])
        if not name:
            return Response(status_code=404, headers={"Cache-Control": "no-store"})
        kind = KINDS[name.rpartition(".")[2]]
        return respond(request, pages.file(name), kind=kind, cache=CACHE_CONTROL)

    async def taken(request: Request) -> Response:
        name = request.path_params["name"]
        made = await in_turn(pages.taken, name)
        if made is None:
            return Response(status_code=404, headers={"Cache-Control": "no-store"})
        headers = {
            "Cache-Control": _PAGE_CACHE,
            "Content-Disposition": f'attachment; filename="{name}"',
        }
        return Response(made, media_type="application/octet-stream", headers=headers)

    async def home(_request: Request) -> Response:
        return RedirectResponse(f"{ROOT}/", status_code=307)

    methods = ["GET"]
    whole = []
    if offline is not None:
        copy = OfflineCopy(offline)
        whole.append(Route(f"{ROOT}/offline.zip", copy.answer, methods=methods))
    return [
        Route(ROOT, home, methods=methods),
        Route(FILES + "{name}", file, methods=methods),
        Route(f"{ROOT}/files-of-questions/{{name}}", taken, methods=methods),
        *whole,
        Route(ROOT + "/{path:path}", page, methods=methods),
    ]
