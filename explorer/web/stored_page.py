"""A rendered page as it is kept in memory: plain, compressed, and with its tag."""

import hashlib
from dataclasses import dataclass
from typing import Final

import brotli
from starlette.requests import Request
from starlette.responses import Response

from explorer.web.compressed_static import accepts_brotli

QUALITY: Final = 5
"""Of brotli: a page is compressed while its first reader waits."""


@dataclass(frozen=True)
class StoredPage:
    """The bytes of a page and their tag (ETag)."""

    plain: bytes
    small: bytes
    tag: str

    @property
    def size(self) -> int:
        """Bytes that it takes in memory."""
        return len(self.plain) + len(self.small)


def stored(text: str) -> StoredPage:
    """Compress a page and compute its tag."""
    plain = text.encode()
    tag = hashlib.blake2s(plain, digest_size=9).hexdigest()
    return StoredPage(plain, brotli.compress(plain, quality=QUALITY), f'"{tag}"')


def respond(
    request: Request, page: StoredPage, *, kind: str, cache: str, status: int = 200
) -> Response:
    """Answer with a page, compressed where the browser takes it, or with 304 where it has it.

    Args:
        request: what was asked.
        page: the page.
        kind: its media type.
        cache: the header Cache-Control.
        status: the status; only a page that was found, 200, has a tag.
    """
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    if status == 200:
        headers["ETag"] = page.tag
        known = request.headers.get("if-none-match", "").split(",")
        if page.tag in (tag.strip().removeprefix("W/") for tag in known):
            return Response(status_code=304, headers=headers)
    body = page.plain
    if accepts_brotli(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "br"
        body = page.small
    response = Response(body, status_code=status, media_type=kind, headers=headers)
    if request.method == "HEAD":
        response.body = b""  # the length in its header stays
    return response
