"""Headers that tell a browser what our pages may do."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Nothing from other hosts. Streamlit needs the inline parts, and ``blob:`` for components."""

PARTICIPANT_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The participant page is ours from end to end: files of our own and no inline part."""

PARTICIPANT_PATH: Final = "/join"

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""The headers of every answer; the participant page has a stricter policy in them."""


TRANSPORT_SECURITY: Final = "max-age=31536000"
"""A year in which a browser that came over TLS takes no other way; not for subdomains."""


def _of_the_participant_page(path: str) -> bool:
    return path == PARTICIPANT_PATH or path.startswith(f"{PARTICIPANT_PATH}/")


class SecurityHeaders:
    """Middleware that puts ``SECURITY_HEADERS`` on every HTTP answer.

    Over TLS, here or at a trusted proxy, browsers are told to keep to it, and every cookie is one
    that goes no other way, Streamlit's own too.

    Args:
        app: The application behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with our headers in place of any of the same name."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY_HEADERS)
                if _of_the_participant_page(scope.get("path", "")):
                    headers["Content-Security-Policy"] = PARTICIPANT_POLICY
                if scope.get("scheme") in {"https", "wss"}:
                    headers["Strict-Transport-Security"] = TRANSPORT_SECURITY
                    message["headers"] = [_secure(*item) for item in message["headers"]]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Return a header; one that sets a cookie is marked to be sent over TLS only."""
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return name, value
    return name, value + b"; Secure"
