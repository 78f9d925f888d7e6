"""Parsing the requests of the participant's page: cookie, form, and origin."""

import re
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

COOKIE: Final = "participant"

DAY: Final = 24 * 60 * 60
"""Lifetime in seconds of the cookie of a browser that has joined no class yet."""

BODY_LIMIT: Final = 8192
"""Bytes of a form's body; the longest answer has a few hundred."""

FIELDS: Final = 64
"""Fields of a form; sorting has one for each line."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


class BodyTooLarge(Exception):
    """The body is larger than that of any form of ours."""


def class_url(code: str) -> str:
    """Return the URL of a class's page."""
    return f"/join?code={quote(code)}"


def wants_part(request: Request) -> bool:
    """Return whether the script asks for the changing part of the page only."""
    return request.headers.get("x-part") == "room"


def token_of(request: Request) -> str:
    """Return the browser's token, or an empty string where it has no valid one."""
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def set_token(request: Request, response: Response, token: str, *, days: int = 1) -> None:
    """Set the browser's token.

    Args:
        request: the request.
        response: the response that sets it.
        token: the token.
        days: how long the browser keeps it: as long as a class that it has joined is kept.
    """
    response.set_cookie(
        COOKIE,
        token,
        max_age=days * DAY,
        path="/join",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def client_address(request: Request) -> str:
    """Return the IP address of the client, or an empty string."""
    return request.client.host if request.client else ""


def is_same_origin(request: Request) -> bool:
    """Return whether a form was sent by a page of ours (protection against CSRF).

    Browsers send Sec-Fetch-Site on https and localhost only, and Origin everywhere. With our
    referrer policy the Origin of a plain form is ``null``: then the cookie's SameSite attribute,
    which keeps it out of requests from other sites, is the protection.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin", "null")
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return origin == "null" or host == request.headers.get("host")


async def read_form(request: Request) -> dict[str, list[str]]:
    """Parse the body of a form. Raises BodyTooLarge."""
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise BodyTooLarge
    except ClientDisconnect:
        return {}
    try:
        return parse_qs(body.decode("utf-8", "replace"), max_num_fields=FIELDS)
    except ValueError:
        raise BodyTooLarge from None


def first(form: dict[str, list[str]], name: str) -> str:
    """Return the first value of a field, or an empty string."""
    return form.get(name, [""])[0]
