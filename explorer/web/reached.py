"""The origin by which a page's browser reached this server, as far as a trusted proxy says it.

Behind a proxy that adds TLS the server knows neither the scheme nor the port that phones need. A
proxy that is believed says the scheme (``X-Forwarded-Proto``) and passes the browser's ``Host`` on.
The middleware writes both into a header of the page's socket, which the page can read. What a
visitor writes under that name is thrown away; without a trusted proxy there is no such header.
"""

import re
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

HEADER: Final = "x-explorer-reached"
"""Name of the header that is written."""

_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?", re.IGNORECASE)


class Reached:
    """Middleware that names the origin on sockets; it stands behind what believes the proxies.

    Args:
        app: the application behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; of a socket the header is replaced or removed."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        name = HEADER.encode()
        headers = [item for item in scope["headers"] if item[0].lower() != name]
        origin = _origin(scope)
        if origin:
            headers.append((name, origin.encode("ascii")))
        await self._app({**scope, "headers": headers}, receive, send)


def _origin(scope: Scope) -> str:
    """Return scheme and host as a trusted proxy said them, or an empty text.

    Only what such a proxy said makes a socket of plain HTTP one of TLS, or leaves an address
    without a port (uvicorn's ``ProxyHeadersMiddleware``).
    """
    is_tls = scope.get("scheme") == "wss"
    client = scope.get("client")
    if not is_tls and (client is None or client[1] != 0):
        return ""
    hosts = Headers(scope=scope).getlist("host")
    if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
        return ""
    return f"{'https' if is_tls else 'http'}://{hosts[0].lower()}"
