"""Headers that tell a browser what our pages may do."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
"""Nothing from other hosts. Of scripts that stand in a page only those run whose hashes are added.
Streamlit needs ``blob:`` for the scripts of components, and inline styles: it writes its stylesheet
and each element's width while it runs, so there is nothing to hash and no nonce to give."""

_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?", re.IGNORECASE)
"""A name with or without a port: nothing that could end a part of the policy."""

OWN_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
"""These pages are ours from end to end: files of our own and no inline part."""

OWN_PAGES: Final = ("/join", "/read")

NOBODY: Final = "'none'"
"""In place of a list of origins: no page of another site shows ours in a frame."""

SECURITY_HEADERS: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""The headers of every answer beside the policy and what says who may frame it."""


TRANSPORT_SECURITY: Final = "max-age=31536000"
"""A year in which a browser that came over TLS takes no other way; not for subdomains."""


def _is_own_page(path: str) -> bool:
    return any(path == own or path.startswith(f"{own}/") for own in OWN_PAGES)


def script_source(script: str) -> str:
    """Return what the policy names a script by: its hash (CSP 3, ``hash-source``)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def headers_for(
    path: str, frame_ancestors: str = "", host: str = "", scripts: Iterable[str] = ()
) -> dict[str, str]:
    """Return the headers of an answer.

    Args:
        path: the path that was asked for; pages of our own have a stricter policy.
        frame_ancestors: origins with spaces between them that may show it in a frame.
        host: the header Host. Sockets are opened to it only; browsers before CSP 3 (Safari up to
            15.3) do not count a socket among ``'self'``, so it is named.
        scripts: sources of the scripts that stand in pages of the app; see ``script_source``.
    """
    if _is_own_page(path):
        policy = OWN_POLICY
    else:
        policy = CONTENT_SECURITY_POLICY
        if _HOST.fullmatch(host):
            own = "connect-src 'self'"
            policy = policy.replace(own, f"{own} ws://{host} wss://{host}")
        own = "script-src 'self'"
        policy = policy.replace(own, " ".join((own, *scripts)))
    framing = {} if frame_ancestors else {"X-Frame-Options": "DENY"}  # it knows no list of origins
    ancestors = f"frame-ancestors {frame_ancestors or NOBODY}"
    return {**SECURITY_HEADERS, **framing, "Content-Security-Policy": f"{policy}; {ancestors}"}


class SecurityHeaders:
    """Middleware that puts our headers on every HTTP answer.

    Over TLS, here or at a trusted proxy, browsers are told to keep to it, and every cookie is one
    that goes no other way, Streamlit's own too.

    Args:
        app: The application behind it.
        frame_ancestors: origins with spaces between them that may show our pages in a frame.
        scripts: the scripts that stand in pages of the app; no other one of the kind runs.
    """

    def __init__(
        self, app: ASGIApp, frame_ancestors: str = "", scripts: Iterable[str] = ()
    ) -> None:
        self._app = app
        self._frame_ancestors = frame_ancestors
        self._scripts = tuple(map(script_source, dict.fromkeys(scripts)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with our headers in place of any of the same name."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                is_own = _is_own_page(scope.get("path", ""))
                host = "" if is_own else _host(scope)
                ours = _encoded(is_own, self._frame_ancestors, host, self._scripts)
                headers = [item for item in message["headers"] if item[0] not in ours]
                headers.extend(ours.items())
                if scope.get("scheme") in {"https", "wss"}:
                    headers = [_secure(*item) for item in headers if item[0] != _TRANSPORT[0]]
                    headers.append(_TRANSPORT)
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, send_with_headers)


_TRANSPORT: Final = (b"strict-transport-security", TRANSPORT_SECURITY.encode())


def _host(scope: Scope) -> str:
    """Return the header Host, or an empty text where no header is known."""
    return Headers(scope=scope).get("host", "") if "headers" in scope else ""


@lru_cache(maxsize=64)
def _encoded(
    is_own: bool, frame_ancestors: str, host: str, scripts: tuple[str, ...]
) -> Mapping[bytes, bytes]:
    """Return the headers of an answer as they are sent: the same for almost all of them."""
    path = OWN_PAGES[0] if is_own else ""
    made = headers_for(path, frame_ancestors, host, scripts)
    return {name.lower().encode("latin-1"): value.encode("latin-1") for name, value in made.items()}


def _secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Return a header; one that sets a cookie is marked to be sent over TLS only."""
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return name, value
    return name, value + b"; Secure"
