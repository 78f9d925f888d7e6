"""The participant page's script and stylesheet, sent under names that change with their content."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

import brotli
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.web.compressed_static import CACHE_CONTROL, accepts_brotli

FOLDER: Final = Path(__file__).with_name("static")

PREFIX: Final = "/join/files/"

_TYPES: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@cache
def _names() -> frozenset[str]:
    """Name the files there are. No other name is ever looked up on the disk."""
    return frozenset(path.name for path in FOLDER.iterdir() if path.suffix in _TYPES)


@cache
def _content(name: str) -> tuple[bytes, bytes, str]:
    """Read a file: as it is, compressed, and its hash."""
    content = (FOLDER / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:10]
    return content, brotli.compress(content, quality=11), digest


def address(name: str) -> str:
    """Return the address of a file, such as ``join.css``; a browser may cache it for a year."""
    stem, dot, suffix = name.rpartition(".")
    return f"{PREFIX}{stem}.{_content(name)[2]}{dot}{suffix}"


def route() -> Route:
    """Make the route of the files. A name with another hash is of another version: not found."""

    def send(request: Request) -> Response:
        asked = request.path_params["name"]
        name = re.sub(r"\.[0-9a-f]{10}(\.\w+)$", r"\1", asked)
        if name not in _names() or address(name) != PREFIX + asked:
            return Response(status_code=404, headers={"Cache-Control": "no-store"})
        plain, small, _ = _content(name)
        suffix = Path(name).suffix
        headers = {"Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}
        if not accepts_brotli(request.headers.get("accept-encoding", "")):
            return Response(plain, media_type=_TYPES[suffix], headers=headers)
        headers["Content-Encoding"] = "br"
        return Response(small, media_type=_TYPES[suffix], headers=headers)

    return Route(PREFIX + "{name}", send, methods=["GET"])
