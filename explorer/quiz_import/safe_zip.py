"""A ZIP from outside, read in memory only: nothing is unpacked to disk, each size is bounded."""

import io
import stat
import zipfile
import zlib
from typing import Final

from explorer.quiz_import.found import MOST_BYTES, BadFile, shown

MOST_FILES: Final = 2000
"""Most files of a package: one a question, and some around them."""

MOST_UNPACKED: Final = 20_000_000
"""Most bytes read from a package, whatever it says of its own sizes."""

_ENCRYPTED: Final = 0x1


class Archive:
    """A package whose names are all harmless.

    Args:
        raw: the bytes of the file.

    Raises:
        BadFile: it is damaged, has too many files, or one that would lie outside or is a link.
    """

    def __init__(self, raw: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise BadFile(f"the ZIP is damaged or cut off: {shown(str(error))}") from None
        if len(entries) > MOST_FILES:
            raise BadFile(f"the ZIP holds {len(entries):,} files; at most {MOST_FILES:,} are read")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._left = MOST_UNPACKED
        for entry in entries:
            self._add(entry)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files, in their order."""
        return tuple(self._entries)

    def _add(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename
        said = f"in the ZIP, '{shown(name)}'"
        if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
            raise BadFile(f"{said} would lie outside of it; no such file is read")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadFile(f"{said} is a link; no such file is read")
        if entry.flag_bits & _ENCRYPTED:
            raise BadFile(f"{said} has a password; save it without one")
        if entry.is_dir():
            return
        if name in self._entries:
            raise BadFile(f"{said} stands twice; no such file is read")
        self._entries[name] = entry

    def has(self, name: str) -> bool:
        """Return whether there is a file."""
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Return a file of it.

        Raises:
            BadFile: it is damaged or larger than is read; what it says of its size is not believed.
        """
        most = min(MOST_BYTES, self._left)
        try:
            with self._zip.open(self._entries[name]) as file:
                content = file.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            why = shown(str(error))
            raise BadFile(f"in the ZIP, '{shown(name)}' cannot be unpacked: {why}") from None
        if len(content) > most:
            raise BadFile(
                f"in the ZIP, '{shown(name)}' is too large unpacked: at most "
                f"{MOST_BYTES // 1_000_000} MB a file and {MOST_UNPACKED // 1_000_000} MB together"
            )
        self._left -= len(content)
        return content
