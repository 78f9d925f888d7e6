"""Names under which the server answers, as far as the operator said which they are.

A page of another name that resolves to this server (DNS rebinding) has the same Host and Origin, so
the comparison of the two lets it pass. Where the public address is set, a name that is neither its
host, nor the address that is listened on, nor this machine is answered 421 (Misdirected Request,
RFC 9110).
"""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

THIS_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names that a browser never gets from somebody else's name server."""

PROBES: Final = frozenset({"/_stcore/health", "/readyz", "/metrics"})
"""Asked by balancers, orchestrators and monitoring (with its token), under the address of the
machine."""


def known_hosts(public_url: str, host: str) -> frozenset[str]:
    """Return the names that are served; empty where every name is.

    Args:
        public_url: the operator's address of the site, or an empty string.
        host: the address that the server listens on.
    """
    public = urlsplit(public_url).hostname
    return THIS_MACHINE | {public, host.lower()} if public else frozenset()


class KnownHosts:
    """Middleware that serves only the names it is given; the port does not matter.

    Args:
        app: the application behind it.
        known: names in small letters; empty serves all.
    """

    def __init__(self, app: ASGIApp, known: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it for its name."""
        if (
            not self._known
            or scope["type"] not in {"http", "websocket"}
            or scope.get("path") in PROBES
            or _name(Headers(scope=scope).getlist("host")) in self._known
        ):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            refused = PlainTextResponse("Misdirected Request", status_code=421)
            await refused(scope, receive, send)


def _name(given: list[str]) -> str:
    """Return the name in the header Host without its port; empty where it is none or two."""
    if len(given) != 1:
        return ""
    try:
        parts = urlsplit(f"//{given[0]}")
        return (parts.hostname or "") if parts.netloc == given[0] and "@" not in given[0] else ""
    except ValueError:
        return ""
