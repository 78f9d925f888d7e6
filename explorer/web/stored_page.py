"""A rendered page as it is kept in memory: plain, compressed, and with its tag."""

import asyncio
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

import brotli
from starlette.requests import Request
from starlette.responses import Response

from explorer.web.compressed_static import accepts_brotli

_T = TypeVar("_T")

QUALITY: Final = 5
"""Of brotli: a page is compressed while its first reader waits."""


_one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="render-page")
"""Pages are rendered one at a time: whoever asks for many that nobody asked for before waits alone,
and holds none of the threads from which phones and files are answered."""


async def in_turn(work: Callable[..., _T], *arguments: object) -> _T:
    """Run what takes a while, after all that was asked for before it."""
    return await asyncio.get_running_loop().run_in_executor(_one, partial(work, *arguments))


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
