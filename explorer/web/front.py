"""A page's reading in front of the app: words before the app has loaded, and where it never does.

Streamlit sends the same index page for every address, empty until its scripts have run. Here it
gets the title and the reading of the page that was asked for; a small script takes the reading away
when the app's own page stands.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from cachetools import LFUCache
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.web.stored_page import StoredPage, in_turn, respond, stored

PARAMETERS: Final = ("c", "m", "a", "now")
"""Parameters of an address that choose what its page shows; no other one is read."""

BYTES: Final = 8_000_000
"""Bytes of all pages that are kept, compressed."""

SCRIPTS: Final = ("front.js", "arrival.js", "typed.js")
"""What runs beside the reading, takes the focus to a page's heading, and keeps what is being typed
when the line is lost; from ``static``."""

_MAIN = "[data-testid=stMainBlockContainer]"

TOGETHER: Final = (
    "@keyframes ax-together{from,to{content-visibility:hidden}}"
    f"@media screen{{{_MAIN}:not(:has(.ax-foot,[role=alert]))"
    "{animation:ax-together 4s}}"
)
"""Shown once the foot of the page is drawn, and after four seconds in any case."""

_HEAD: Final = re.compile(r"<head>.*?</head>", re.DOTALL)
_BODY: Final = re.compile(r"<body>.*?</body>", re.DOTALL)
_LATER: Final = re.compile(
    r'<script type="module".*?</script>|<link[^>]*rel="(?:modulepreload|stylesheet)"[^>]*>',
    re.DOTALL,
)
"""What the app needs and its reading does not: in the head it would hold back the first words."""


_COMMENT: Final = re.compile(r"<!--.*?-->\s*", re.DOTALL)
OTHERS: Final = frozenset(
    {"_stcore", "static", "media", "component", "join", "read", "readyz", "metrics", ".well-known"}
)
"""First parts of paths that are no pages of the app; what they answer goes on untouched."""

FILES: Final = frozenset({"_stcore", "static"})
"""Those of them that hold no page: where nothing stands, the index page is no answer either."""


@dataclass(frozen=True)
class FrontPage:
    """What stands before the app.

    Attributes:
        head: title, description and addresses, as HTML.
        style: stylesheet of the body.
        body: the reading, and a hidden line ``data-late`` for when the app does not come.
    """

    head: str
    style: str
    body: str


_STATIC: Final = Path(__file__).with_name("static")


def front_scripts(early: str) -> tuple[str, ...]:
    """Return the scripts that stand in a page: what runs first, if there is one, and the rest.

    Args:
        early: the one that runs before anything is drawn.
    """
    late = "".join((_STATIC / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return (early, late) if early else (late,)


Render = Callable[[str, Mapping[str, str]], FrontPage | None]
"""Makes the reading of a page of the app from its path and parameters; None where there is none."""


class Front:
    """Middleware that puts a page's reading into Streamlit's index page.

    Args:
        app: the application behind it.
        render: makes the reading of a page.
        paths: the pages of the app, without slashes; anything else goes on without a thread.
        base: path under which the site is reached; empty at the root.
        style: the app's own stylesheet. Its parts arrive one by one, and the style would be one of
            them: in the head it is there before the first, and nothing that is read jumps.
        script: runs before anything is drawn.
        missing: makes the page for a path at which there is none.
    """

    def __init__(
        self,
        app: ASGIApp,
        render: Render,
        paths: frozenset[str],
        *,
        base: str = "",
        style: str = "",
        script: str = "",
        missing: Callable[[], StoredPage],
    ) -> None:
        self._app = app
        self._paths = paths
        self._render = render
        self._pages: LFUCache[tuple[str, ...], StoredPage] = LFUCache(BYTES, lambda it: it.size)
        self._lock = Lock()
        self._missing = missing
        self._nothing: StoredPage | None = None
        self._base = base
        self._style = f"<style>{style}{TOGETHER}</style>"
        *early, late = front_scripts(script)
        self._early = "".join(f"<script>{text}</script>" for text in early)
        self._script = f"<script>{late}</script>"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is no page of the app goes on untouched."""
        path = str(scope.get("path", "")).strip("/")
        first = path.partition("/")[0]
        is_read = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if not is_read or first in OTHERS:
            here = _only_files(send) if is_read and first in FILES else send
            await self._app(scope, receive, here)
            return
        if path not in self._paths:
            await self._absent(scope, receive, send)
            return
        request = Request(scope)
        query = request.query_params
        parameters = {name: query[name] for name in PARAMETERS if name in query}
        key = (path, *(parameters.get(name, "") for name in PARAMETERS))
        with self._lock:
            page = self._pages.get(key)
        if page is None:
            front = await in_turn(self._render, path, parameters)
            if front is None:
                await self._absent(scope, receive, send)
                return
            index = await self._index(scope, receive)
            if index is None:
                await self._app(scope, receive, send)
                return
            page = await in_turn(self._fill, index, front)
            if page.size <= self._pages.maxsize:
                with self._lock:
                    self._pages[key] = page
        response = respond(request, page, kind="text/html; charset=utf-8", cache="no-cache")
        await response(scope, receive, send)

    async def _absent(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a path that is no page of ours: 404 where Streamlit would send its index page."""
        if await self._index(scope, receive) is None:
            await self._app(scope, receive, send)
            return
        if self._nothing is None:
            self._nothing = await in_turn(self._missing)
        response = respond(
            Request(scope),
            self._nothing,
            kind="text/html; charset=utf-8",
            cache="no-store",
            status=404,
        )
        await response(scope, receive, send)

    async def _index(self, scope: Scope, receive: Receive) -> str | None:
        """Return the page that the app would send, or None where it sends none."""
        plain = [
            item
            for item in scope["headers"]
            if item[0] not in {b"accept-encoding", b"if-none-match", b"if-modified-since"}
        ]
        status, kind, parts = 0, "", []

        async def collect(message: Message) -> None:
            nonlocal status, kind
            if message["type"] == "http.response.start":
                status = message["status"]
                kind = Headers(raw=message["headers"]).get("content-type", "")
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self._app({**scope, "method": "GET", "headers": plain}, receive, collect)
        if status != 200 or not kind.startswith("text/html"):
            return None
        return b"".join(parts).decode("utf-8")

    def _fill(self, index: str, front: FrontPage) -> StoredPage:
        later = "".join(_LATER.findall(index))
        head = (
            '<head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'{front.head}<link rel="shortcut icon" href="./favicon.png">'
            f'{self._style}<style id="first-style">{front.style}</style>{self._early}</head>'
        )
        body = (
            f'<body><div id="first" data-base="{self._base}">{front.body}</div>'
            f'<div id="root"></div>{self._script}{later}</body>'
        )
        filled = _BODY.sub(lambda _: body, _HEAD.sub(lambda _: head, index, count=1), count=1)
        return stored(_COMMENT.sub("", filled))


def _only_files(send: Send) -> Send:
    """Return what sends an answer on, and 404 in the place of a page: a file was asked for."""
    is_page = False

    async def sent(message: Message) -> None:
        nonlocal is_page
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            is_page = message["status"] == 200 and kind.startswith("text/html")
            if is_page:
                plain = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"9")]
                message = {**message, "status": 404, "headers": plain}
        elif is_page and message["type"] == "http.response.body":
            if message.get("more_body", False):
                return
            message = {"type": "http.response.body", "body": b"Not Found"}
        await send(message)

    return sent
