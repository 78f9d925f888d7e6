"""Writing a file whole: the one place where a file is replaced."""

import errno
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

READER_SECONDS: Final = 10.0
"""How long a named pipe may stand without a reader; a script may start the two in any order."""

_LOOK_SECONDS: Final = 0.05


class OutputError(Exception):
    """A file could not be written; the message is one line for the user."""


def write_file(target: str, content: bytes) -> None:
    """Write a file whole, or leave what was there.

    A plain file is replaced in one move; where the path is a link, the file that it leads to is,
    and the link stays. Standard output, a terminal or another character device, and a pipe with a
    reader are written to, for there is nothing to replace. Anything else is refused.

    Args:
        target: where to write, as the user gave it.
        content: what to write.

    Raises:
        OutputError: it cannot be written there; the message says why.
        BrokenPipeError: whoever read it has gone.
    """
    try:
        if not target:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        _write(target, content)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutputError(f"cannot write {target}: {why}") from None


def write_folder(
    target: str, files: Iterable[tuple[str, bytes]], *, marker: str
) -> tuple[int, int]:
    """Write a folder whole, or leave what was there: it is written beside and then moved.

    Args:
        target: where to write, as the user gave it.
        files: relative path and content of each file.
        marker: name of a file by which a folder of ours is known; another one is not replaced.

    Returns:
        How many files were written, and how many bytes.

    Raises:
        OutputError: it cannot be written there; the message says why.
    """
    place = Path(target)
    try:
        if place.exists() and not (place / marker).is_file() and _holds_something(place):
            raise OutputError(f"cannot write {target}: it is there already and not ours")
        place.absolute().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.absolute().parent, prefix=".anakinra-") as made:
            new = Path(made) / "new"
            new.mkdir()
            counted = _fill(new, files)
            if place.exists():
                place.replace(Path(made) / "old")
            new.replace(place)
            return counted
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutputError(f"cannot write {target}: {why}") from None


def _holds_something(place: Path) -> bool:
    return not place.is_dir() or any(place.iterdir())


def _fill(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[int, int]:
    count = size = 0
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count, size = count + 1, size + len(content)
    return count, size


def _write(target: str, content: bytes) -> None:
    try:
        there = Path(target).stat()
    except FileNotFoundError:
        _replace(Path(os.path.realpath(target)), content, None)
        return
    stream = _ours(there)
    if stream is not None:
        stream.write(content)
        stream.flush()
    elif stat.S_ISDIR(there.st_mode):
        raise OutputError(f"cannot write {target}: it is a folder")
    elif stat.S_ISREG(there.st_mode):
        _replace(Path(os.path.realpath(target)), content, stat.S_IMODE(there.st_mode))
    elif stat.S_ISFIFO(there.st_mode):
        _pour(_open_pipe(target), content)
    elif stat.S_ISCHR(there.st_mode):
        _pour(os.open(target, os.O_WRONLY | os.O_NOCTTY), content)
    else:
        kind = "a socket" if stat.S_ISSOCK(there.st_mode) else "a device that holds data"
        raise OutputError(f"cannot write {target}: it is {kind}")


def _ours(there: os.stat_result) -> BinaryIO | None:
    """Return our own output or error stream where that is what the path leads to.

    ``/dev/stdout`` may be a plain file, by the shell's ``>``; replacing it would leave the shell
    with the old one.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            own = os.fstat(stream.fileno())
            raw = stream.buffer
        except (AttributeError, OSError, ValueError):  # it has no descriptor: under a test
            continue
        if (own.st_dev, own.st_ino) == (there.st_dev, there.st_ino):
            stream.flush()
            return raw
    return None


def _replace(path: Path, content: bytes, mode: int | None) -> None:
    """Put a file in place in one move; its temporary name fits wherever its own does."""
    if path.name == "" or len(os.fsencode(path.name)) > os.pathconf(path.parent, "PC_NAME_MAX"):
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".anakinra-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o666 & ~_umask() if mode is None else mode)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _open_pipe(target: str) -> int:
    """Open a named pipe for writing as soon as somebody reads it."""
    until = time.monotonic() + READER_SECONDS
    while True:
        try:
            handle = os.open(target, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic() > until:
                raise OutputError(f"cannot write {target}: nobody reads this pipe") from None
            time.sleep(_LOOK_SECONDS)
        else:
            os.set_blocking(handle, True)
            return handle


def _pour(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
