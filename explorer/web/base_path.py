"""A site under a path of another server, such as ``https://portal.example.org/anakinra/``.

The app itself knows no path: it answers at the root. A proxy may keep the path or take it off; both
work, since what comes in loses the path here and what goes out carries it.
"""

from typing import Final
from urllib.parse import quote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_COOKIE_PATH: Final = "path="


class BasePath:
    """Middleware that serves the app behind it under a path.

    Requests that already lost the path, because a proxy took it off, are answered alike. Redirects
    and cookies get the path on their way out.

    Args:
        app: the application behind it.
        base: the path, with a slash before and none after it, or an empty text for the root.
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or a handshake without the path."""
        if not self._base or scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        if scope["type"] == "http" and scope["path"] == self._base:
            await self._to_the_home_page(scope, receive, send)
            return

        async def send_with_path(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                self._put_path(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(self._without_path(scope), receive, send_with_path)

    async def _to_the_home_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect to the address with a slash, without which relative links lead elsewhere."""
        query = scope["query_string"].decode("latin-1")
        target = f"{self._base}/" + (f"?{query}" if query else "")
        await RedirectResponse(target, status_code=307)(scope, receive, send)

    def _without_path(self, scope: Scope) -> Scope:
        if not scope["path"].startswith(f"{self._base}/"):
            return scope
        path = scope["path"].removeprefix(self._base)
        return {**scope, "path": path, "raw_path": quote(path, safe="/%").encode("ascii")}

    def _put_path(self, headers: MutableHeaders, scope: Scope) -> None:
        location = headers.get("location")
        if location is not None:
            headers["location"] = self._address(location, scope)
        cookies = headers.getlist("set-cookie")
        if cookies:
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", self._cookie(cookie))

    def _address(self, location: str, scope: Scope) -> str:
        """Return where a redirect leads; one to another host stays as it is."""
        parts = urlsplit(location)
        own = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        if parts.netloc not in {"", own} or not parts.path.startswith("/"):
            return location
        if parts.path == self._base or parts.path.startswith(f"{self._base}/"):
            return location
        return parts._replace(path=f"{self._base}{parts.path}").geturl()

    def _cookie(self, cookie: str) -> str:
        parts = cookie.split(";")
        for index, part in enumerate(parts):
            text = part.strip()
            if text.lower().startswith(_COOKIE_PATH):
                path = text[len(_COOKIE_PATH) :].rstrip("/")
                if path != self._base and not path.startswith(f"{self._base}/"):
                    parts[index] = f" Path={self._base}{path}"
        return ";".join(parts)
