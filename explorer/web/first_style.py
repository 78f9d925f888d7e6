"""Our stylesheet in the head of Streamlit's page, so that nothing moves when it would come later.

Streamlit's page is empty at first. Its parts arrive one by one, each as a grey box until its script
is loaded, and our style is one of them: without this, what a reader begins to read jumps. With it
the style is there before the first part, and the parts are shown together once the last is drawn.
"""

import gzip
from functools import lru_cache
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MAIN = "[data-testid=stMainBlockContainer]"

TOGETHER: Final = (
    "@keyframes ax-together{from,to{content-visibility:hidden}}"
    f"@media screen{{{_MAIN}:not(:has(.ax-foot,[role=alert]))"
    "{animation:ax-together 4s}}"
)
"""Shown once the foot of the page is drawn, and after four seconds in any case."""

_END_OF_HEAD: Final = b"</head>"
_LEFT_OUT: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since")
"""The file behind is the same for years and the style is not, so a browser may keep neither; and it
comes as it is, to be compressed with the style in it."""


class FirstStyle:
    """Middleware that puts a stylesheet into the head of Streamlit's page.

    Args:
        app: the application behind it.
        style: the stylesheet, without its element.
    """

    def __init__(self, app: ASGIApp, style: str) -> None:
        self._app = app
        self._element = f"<style>{style}{TOGETHER}</style>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever is no page of Streamlit's passes as it is."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _asks_for_a_page(scope):
            await self._app(scope, receive, send)
            return
        takes_gzip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        scope["headers"] = [item for item in scope["headers"] if item[0] not in _LEFT_OUT]
        start: Message = {}
        body = b""

        async def send_with_style(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body", False):
                return
            headers = MutableHeaders(scope=start)
            if headers.get("content-type", "").startswith("text/html"):
                body = body.replace(_END_OF_HEAD, self._element + _END_OF_HEAD, 1)
                headers.add_vary_header("Accept-Encoding")
                if takes_gzip:
                    body = _compressed(body)
                    headers["Content-Encoding"] = "gzip"
                headers["Content-Length"] = str(len(body))
                for name in ("etag", "last-modified"):
                    if name in headers:
                        del headers[name]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, send_with_style)


@lru_cache(maxsize=4)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def _asks_for_a_page(scope: Scope) -> bool:
    path: str = scope.get("path", "")
    if path.startswith(("/static/", "/media/", "/join", "/_stcore")) or "/_stcore/" in path:
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")
