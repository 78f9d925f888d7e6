"""The routes of the reading edition: plain pages that need no script, no socket and no session."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final

from cachetools import LFUCache
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from explorer.web.compressed_static import CACHE_CONTROL
from explorer.web.stored_page import StoredPage, in_turn, respond, stored

ROOT: Final = "/read"

FILES: Final = f"{ROOT}/files/"

BYTES: Final = 16_000_000
"""Bytes of all pages that are kept, plain and compressed."""

HTML: Final = "text/html; charset=utf-8"

PARAMETERS: Final = ("m", "a", "now")
"""Parameters of a comparison: options, person, what is taken now. No other one changes a page."""

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
        style: returns the stylesheet of all pages.
    """

    def __init__(self, render: Render, style: Callable[[], str]) -> None:
        self._render = render
        self._make_style = style
        self._pages: LFUCache[tuple[str, ...], StoredPage] = LFUCache(BYTES, lambda it: it.size)
        self._style: StoredPage | None = None
        self._lock = Lock()

    def page(self, path: str, parameters: Mapping[str, str]) -> tuple[StoredPage, bool]:
        """Return a page, and whether it is there.

        One that says that there is none is made anew each time, so that made-up paths fill nothing.
        """
        key = (path, *(parameters.get(name, "") for name in PARAMETERS))
        with self._lock:
            known = self._pages.get(key)
        if known is not None:
            return known, True
        made = self._render(path, parameters)
        page = stored(made.html)
        if made.found and page.size <= self._pages.maxsize:
            with self._lock:
                self._pages[key] = page
        return page, made.found

    def style(self) -> StoredPage:
        """Return the stylesheet."""
        with self._lock:
            if self._style is None:
                self._style = stored(self._make_style())
            return self._style

    def address(self, name: str) -> str:
        """Return the address of a file, such as ``reading.css``, which changes with its content."""
        stem, _, suffix = name.rpartition(".")
        return f"{FILES}{stem}.{self.style().tag[1:11]}.{suffix}"


def reading_routes(pages: ReadingPages) -> list[Route]:
    """Create the routes ``/read/`` and below.

    Args:
        pages: renders and keeps the pages.
    """

    async def page(request: Request) -> Response:
        path = request.path_params["path"].strip("/")
        query = request.query_params
        parameters = {name: ",".join(query.getlist(name)) for name in PARAMETERS if name in query}
        shown, found = await in_turn(pages.page, path, parameters)
        cache = _PAGE_CACHE if found else "no-store"
        status = 200 if found else 404
        return respond(request, shown, kind=HTML, cache=cache, status=status)

    async def file(request: Request) -> Response:
        style = await in_turn(pages.style)
        if pages.address("reading.css") != FILES + request.path_params["name"]:
            return Response(status_code=404, headers={"Cache-Control": "no-store"})
        return respond(request, style, kind="text/css; charset=utf-8", cache=CACHE_CONTROL)

    async def home(_request: Request) -> Response:
        return RedirectResponse(f"{ROOT}/", status_code=307)

    methods = ["GET"]
    return [
        Route(ROOT, home, methods=methods),
        Route(FILES + "{name}", file, methods=methods),
        Route(ROOT + "/{path:path}", page, methods=methods),
    ]
