"""A cap on how many people one server serves at once, so that those inside are served well."""

from collections.abc import Callable

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

STREAM = "/_stcore/stream"
"""End of the address by which a page of the app stays connected to the server."""

RETRY_SECONDS = 60
TRY_AGAIN_LATER = 1013
"""Close code of a websocket (IANA registry): the server is overloaded, try again later."""

_SERVED_ALWAYS = ("/_stcore/", "/static/", "/join", "/readyz", "/media/", "/component")


class SessionCap:
    """Middleware: beyond the cap a new visitor gets a page that says to come back soon."""

    def __init__(self, app: ASGIApp, *, most: int, busy: Callable[[], str]) -> None:
        """Wrap an app.

        Args:
            app: The app.
            most: Most pages that are connected at once.
            busy: Gives the HTML of the page for those who have to come back.
        """
        self._app = app
        self._most = most
        self._busy = busy
        self._connected = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or turn it away while the server is full."""
        path = str(scope.get("path", ""))
        if scope["type"] == "websocket" and path.endswith(STREAM):
            await self._stream(scope, receive, send)
        elif scope["type"] == "http" and self._is_full and self._is_page(scope, path):
            answer = HTMLResponse(
                self._busy(),
                status_code=503,
                headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"},
            )
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    @property
    def _is_full(self) -> bool:
        return self._connected >= self._most

    @staticmethod
    def _is_page(scope: Scope, path: str) -> bool:
        return scope["method"] == "GET" and not any(part in path for part in _SERVED_ALWAYS)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_full:
            await receive()
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            return
        self._connected += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._connected -= 1
