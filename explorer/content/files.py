"""The plain files of a folder, and what in it is none: nothing hangs, nothing is passed over.

A folder of content may come from anywhere. A pipe in it would keep the reader waiting for ever, a
link to an endless device would fill the memory, and a link to outside would show what is none of
the content. Each of these is told by name.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from explorer.domain.letters import escaped

LARGEST: Final = 4 * 1024 * 1024
"""Most bytes of one file: thirty times the largest that is shipped (121 kB)."""

MOST_FILES: Final = 2_000
"""Most files and folders: twenty-five times what is shipped (74)."""

LARGEST_FOLDER: Final = 64 * 1024 * 1024
"""Most bytes of all files, so that a folder of large ones does not fill the memory either."""

DEEPEST: Final = 4
"""Most folders inside each other; the content itself uses one."""

_KINDS: Final = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)


class NotRead(Exception):
    """A name in the folder that could not be read; ``name`` says which, the message why."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep name and reason."""
        self.name = name
        super().__init__(reason)


def files_in(folder: Path) -> Iterator[tuple[str, bytes] | NotRead]:
    """Read every file of a folder, by name.

    Args:
        folder: the folder; it exists.

    Yields:
        The name, from the folder on and with ``/``, and the bytes of each plain file; in place of
        anything else, why it was not read. Names are escaped, so that they fit any message.
    """
    root = Path(os.path.realpath(folder))
    names, problems = _names(root)
    yield from problems
    left = LARGEST_FOLDER
    for name in names:
        shown = escaped(name)
        try:
            content = _content(root, name)
        except NotRead as problem:
            yield problem
            continue
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            yield NotRead(shown, f"it cannot be read: {why}")
            continue
        left -= len(content)
        if left < 0:
            size = LARGEST_FOLDER // 1024 // 1024
            yield NotRead(shown, f"the files of the folder are larger than {size} MB together")
            return
        yield shown, content


def _names(root: Path) -> tuple[list[str], list[NotRead]]:
    """Name what is in a folder and the folders inside, without following links to folders."""
    names: list[str] = []
    problems: list[NotRead] = []
    waiting = [("", 0)]
    seen = 0
    while waiting:
        inside, depth = waiting.pop()
        try:
            entries = list(os.scandir(root / inside))
        except OSError as error:
            problems.append(NotRead(escaped(inside) or ".", f"it cannot be read: {error.strerror}"))
            continue
        for entry in entries:
            name = f"{inside}/{entry.name}" if inside else entry.name
            seen += 1
            if seen > MOST_FILES:
                many = NotRead(escaped(name), f"the folder holds more than {MOST_FILES} files")
                return sorted(names), [*problems, many]
            if not entry.is_dir(follow_symlinks=False):
                names.append(name)
            elif entry.name.endswith(".toml"):
                problems.append(NotRead(escaped(name), "it is a folder, and has to be a file"))
            elif depth == DEEPEST:
                why = f"the folder lies deeper than {DEEPEST} folders inside each other"
                problems.append(NotRead(escaped(name), why))
            else:
                waiting.append((name, depth + 1))
    return sorted(names), problems


def _content(root: Path, name: str) -> bytes:
    """Read a plain file that lies in the folder, also where a link leads to it."""
    path = root / name
    shown = escaped(name)
    if path.is_symlink():
        try:
            target = Path(os.path.realpath(path, strict=True))
        except OSError as error:
            raise NotRead(shown, f"it is a link that leads nowhere: {error.strerror}") from None
        if not target.is_relative_to(root):
            raise NotRead(shown, "it is a link to outside the folder")
        path = target
    _refuse_odd(shown, path.stat())
    # not waited for, should it have become a pipe since
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        _refuse_odd(shown, os.fstat(handle))
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise NotRead(shown, f"it is larger than {LARGEST // 1024 // 1024} MB")
    return content


def _refuse_odd(shown: str, found: os.stat_result) -> None:
    if stat.S_ISREG(found.st_mode):
        return
    kind = next((kind for test, kind in _KINDS if test(found.st_mode)), "no file")
    raise NotRead(shown, f"it is {kind}, and has to be a plain file")
