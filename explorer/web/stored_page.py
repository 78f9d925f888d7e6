"""A rendered page as it is kept in memory: compressed, and with its tag."""

import asyncio
import hashlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from queue import SimpleQueue
from typing import Final, TypeVar

import brotli
from starlette.requests import Request
from starlette.responses import Response

from explorer.web.compressed_static import accepts_brotli

_T = TypeVar("_T")

QUALITY: Final = 5
"""Of brotli: a page is compressed while its first reader waits."""

SMALLEST: Final = 11
"""Quality for a page that is kept for good: a seventh smaller, for up to a second of work."""


_one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="render-page")
"""Pages are rendered one at a time: whoever asks for many that nobody asked for before waits alone,
and holds none of the threads from which phones and files are answered."""


async def in_turn(work: Callable[..., _T], *arguments: object) -> _T:
    """Run what takes a while, after all that was asked for before it."""
    return await asyncio.get_running_loop().run_in_executor(_one, partial(work, *arguments))


@dataclass(frozen=True)
class StoredPage:
    """A page, compressed with brotli, and its tag (ETag): a tenth of what it takes plain."""

    small: bytes
    tag: str

    @property
    def size(self) -> int:
        """Bytes that it takes in memory."""
        return len(self.small)

    @property
    def plain(self) -> bytes:
        """The page for the few clients that do not take brotli; a millisecond of work."""
        return bytes(brotli.decompress(self.small))


def stored(text: str, *, quality: int = QUALITY) -> StoredPage:
    """Compress a page and compute its tag.

    Args:
        text: the page.
        quality: of brotli.
    """
    plain = text.encode()
    tag = hashlib.blake2s(plain, digest_size=9).hexdigest()
    return StoredPage(brotli.compress(plain, quality=quality), f'"{tag}"')


class SpareTime:
    """Compresses pages as far as it goes, one at a time and only while nobody needs the machine.

    Its thread ends with the process, whatever waits: a page is whole without it.
    """

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[StoredPage, Callable[[StoredPage], None]]] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def compress(self, page: StoredPage, done: Callable[[StoredPage], None]) -> None:
        """Compress a page later, and hand over the smaller one.

        Args:
            page: the page.
            done: is called with it, in another thread.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="compress", daemon=True)
            self._thread.start()
        self._waiting.put((page, done))

    def _work(self) -> None:
        with suppress(OSError, AttributeError):  # on Linux a thread has a priority of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        while True:
            page, done = self._waiting.get()
            small = brotli.compress(page.plain, quality=SMALLEST)
            done(replace(page, small=min(small, page.small, key=len)))


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
    if accepts_brotli(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "br"
        body = page.small
    else:
        body = page.plain
    response = Response(body, status_code=status, media_type=kind, headers=headers)
    if request.method == "HEAD":
        response.body = b""  # the length in its header stays
    return response
