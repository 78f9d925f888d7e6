"""``/.well-known/security.txt`` (RFC 9116): whom to tell about a hole, if the operator says it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from explorer.web.closed_routes import closed_route

PATH: Final = "/.well-known/security.txt"

VALID: Final = timedelta(days=90)
"""How long a copy holds. The RFC wants less than a year; it is written when it is asked for."""


def _now() -> datetime:
    return datetime.now(UTC)


def security_text_routes(
    contact: str, site: str = "", now: Callable[[], datetime] = _now
) -> list[Route]:
    """Make the route; without a contact it answers 404, since a file without one is no such file.

    Args:
        contact: an address that starts with ``mailto:`` or ``https://``.
        site: origin and path of the site, where they are set.
        now: the time.
    """
    if not contact:
        return [closed_route(PATH)]

    async def text(_request: Request) -> PlainTextResponse:
        expires = (now() + VALID).replace(microsecond=0)
        lines = [f"Contact: {contact}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}"]
        lines += [f"Canonical: {site}{PATH}"] if site.startswith("https://") else []
        lines.append("Preferred-Languages: en")
        return PlainTextResponse("".join(f"{line}\n" for line in lines))

    return [Route(PATH, text, methods=["GET"])]
