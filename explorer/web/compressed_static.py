"""Streamlit's own scripts and styles, sent compressed.

Streamlit sends its static files as they are: 2.7 MB before a visitor sees the first page. The
copies made here are compressed with brotli, once for each version of Streamlit, into the user's
cache folder. Starlette's ``StaticFiles`` answers from them, as it does inside Streamlit; only the
choice between the two is made here. (ServeStatic and WhiteNoise look for the compressed files
beside the originals, which an installed package should not be given, and bring their own reader.)
"""

import logging
import mimetypes
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CACHE_CONTROL: Final = "public, immutable, max-age=31536000"
"""A year, in seconds; the names of the files change with their content."""

PREFIX: Final = "/static/"
"""The address under which Streamlit serves its static files."""

QUALITY: Final = 9
"""Brotli's effort, 0 to 11. At 9 all files take seconds, at 11 minutes."""

SUFFIXES: Final = frozenset({".css", ".js", ".json", ".svg"})
"""What is worth compressing; fonts and pictures are compressed already."""

_log = logging.getLogger(__name__)


def cache_folder(streamlit_version: str) -> Path:
    """Name the folder for the compressed copies of one version of Streamlit.

    Args:
        streamlit_version: Such as ``1.67.0``.

    Returns:
        A folder under ``XDG_CACHE_HOME`` or, where that is not set, under ``~/.cache``. It need
        not exist.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():
        base = Path("~/.cache").expanduser()
    return base / "anakinra-explorer" / f"streamlit-{streamlit_version}-br{QUALITY}"


def accepts_brotli(accept_encoding: str) -> bool:
    """Tell whether a browser takes brotli.

    Args:
        accept_encoding: The request's Accept-Encoding header, or nothing.

    Returns:
        True if ``br`` is named and not refused by ``q=0``.
    """
    for part in accept_encoding.lower().split(","):
        name, _, parameter = part.partition(";")
        if name.strip() == "br":
            _, _, weight = parameter.partition("=")
            return weight.strip() not in {"0", "0.0", "0.00", "0.000"}
    return False


class CompressedCopies:
    """The compressed copies of one folder, made in the background.

    A copy is used as soon as it is complete. It is written under another name and then renamed,
    so that two servers that start at once do no harm, and each start compares it with the
    original, so that a damaged one is replaced.

    Args:
        source: The folder with the originals.
        folder: Where the copies go; a temporary folder is used if this one cannot be written.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        self._source = source
        self._folder = folder
        self._ready: set[str] = set()
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> Path:
        """The folder in use."""
        return self._folder

    def has(self, name: str) -> bool:
        """Tell whether a copy can be sent.

        Args:
            name: The original's path under the source folder, with forward slashes.
        """
        return name in self._ready

    def forget(self, name: str) -> None:
        """Stop using a copy, because it has gone.

        Args:
            name: As for ``has``.
        """
        self._ready.discard(name)

    def start(self) -> threading.Thread:
        """Make the copies in a thread of their own.

        Returns:
            The running thread; it does not keep the program alive.
        """
        thread = threading.Thread(target=self.make, name="compress-static", daemon=True)
        thread.start()
        return thread

    def make(self) -> None:
        """Make the copies that are missing. On failure a line is logged and the rest stay plain."""
        begun = time.monotonic()
        try:
            self._choose_folder()
            made = sum(self._make_one(original) for original in self._originals())
        except OSError as error:
            _log.warning("static files are sent uncompressed: %s", error)
            return
        _log.info(
            "static files: %d compressed copies ready in %.1f s, %d of them new, in %s",
            len(self._ready),
            time.monotonic() - begun,
            made,
            self._folder,
        )

    def _choose_folder(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._folder):
                pass
        except OSError as error:
            self._temporary = tempfile.TemporaryDirectory(
                prefix="anakinra-explorer-", ignore_cleanup_errors=True
            )
            _log.warning("cannot write %s (%s): using a temporary folder", self._folder, error)
            self._folder = Path(self._temporary.name)

    def _originals(self) -> list[Path]:
        """List the files to compress, the smallest first: a first page needs no huge one."""
        found = [
            path for path in self._source.rglob("*") if path.suffix in SUFFIXES and path.is_file()
        ]
        return sorted(found, key=lambda path: (path.stat().st_size, path))

    def _make_one(self, original: Path) -> bool:
        """Make one copy unless it is there; tell whether it was made."""
        name = original.relative_to(self._source).as_posix()
        copy = self._folder / f"{name}.br"
        content = original.read_bytes()
        new = not _is_copy_of(copy, content)
        if new:
            copy.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(copy, brotli.compress(content, quality=QUALITY))
        self._ready.add(name)
        return new


def _is_copy_of(copy: Path, content: bytes) -> bool:
    try:
        return bool(brotli.decompress(copy.read_bytes()) == content)
    except (OSError, brotli.error):
        return False


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees a part of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


class CompressedStatic:
    """Middleware that answers requests for static files from the compressed copies.

    Whatever has no copy, and every browser that does not take brotli, gets the answer of the
    application behind it.

    Args:
        app: The application behind it.
        copies: The copies to answer from.
    """

    def __init__(self, app: ASGIApp, copies: CompressedCopies) -> None:
        self._app = app
        self._copies = copies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path: str = scope.get("path", "")
        if (
            scope["type"] != "http"
            or not path.startswith(PREFIX)
            or Path(path).suffix not in SUFFIXES
        ):
            await self._app(scope, receive, send)
            return

        async def send_varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
            await send(message)

        name = path.removeprefix(PREFIX)
        if self._copies.has(name) and accepts_brotli(
            Headers(scope=scope).get("accept-encoding", "")
        ):
            files = StaticFiles(directory=self._copies.folder, check_dir=False)
            try:
                response = await files.get_response(f"{name}.br", scope)
            except HTTPException as error:
                if error.status_code != 404:
                    raise
                self._copies.forget(name)
            else:
                response.headers["cache-control"] = CACHE_CONTROL
                if response.status_code != 304:
                    response.headers["content-encoding"] = "br"
                    response.headers["content-type"] = _content_type(name)
                await response(scope, receive, send_varying)
                return
        await self._app(scope, receive, send_varying)


def _content_type(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
