"""A TOML file as it is written: where each value stands, so that one value can be changed.

``tomllib`` gives values without places. This walk over a text that ``tomllib`` has accepted finds
the place of each value, and nothing else of the file is touched when one is replaced.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from explorer.content.load import parse
from explorer.files import write_file

Step = str | int
Path_ = tuple[Step, ...]
"""The way to a value: keys of tables, and places in lists counted from 0."""

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_GAP: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK: Final = re.compile(r"[ \t]*")
_ATOM: Final = re.compile(r"[^,\]}\n#]+")
_STRING: Final = re.compile(
    r'''"""(?:[^"\\]++|\\.|"(?!""))*+"{3,}|"(?:[^"\\]++|\\.)*+"'''
    r"""|'''(?:[^']++|'(?!''))*+'{3,}|'[^']*+'""",
    re.DOTALL,
)
"""A text with its quotation marks; one of its own may stand before the three that end it."""


class TomlFile:
    """A file of the content with the places of its values.

    Attributes:
        name: its name from the data folder on.
        text: what stands in it.
        data: what it says.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Read a file.

        Args:
            folder: the data folder.
            name: the file, from the folder on.

        Raises:
            ContentError: it is no TOML; the finding says why.
            OSError: it cannot be read.
        """
        self._path = folder / name
        self.name = name
        raw = self._path.read_bytes()
        self.data = parse(name, raw)
        self.text = raw.decode("utf-8")
        self._spans = _Walk(self.text).spans

    def line(self, path: Path_) -> int:
        """Return the line of a value, counted from 1."""
        return self.text[: self._spans[path][0]].count("\n") + 1

    def written(self, path: Path_) -> str:
        """Return a value as it is written."""
        start, end = self._spans[path]
        return self.text[start:end]

    def has(self, path: Path_) -> bool:
        """Return whether a value stands there by itself."""
        return path in self._spans

    def strings(self) -> Iterator[tuple[Path_, str]]:
        """Yield every text with the way to it, in the order of the file."""
        found = [(path, self.at(path)) for path in self._spans]
        texts = [(path, value) for path, value in found if isinstance(value, str)]
        yield from sorted(texts, key=lambda item: self._spans[item[0]][0])

    def at(self, path: Path_) -> Any:
        """Return the value at the end of a way."""
        value: Any = self.data
        for step in path:
            value = value[step]
        return value

    def key(self, path: Path_) -> str:
        """Return the dotted key of a value; an item of a list is named by its id."""
        value: Any = self.data
        shown: list[str] = []
        for step in path:
            value = value[step]
            label = str(step if isinstance(step, str) else step + 1)
            if isinstance(step, int) and isinstance(value, Mapping):
                own = [value.get(key, "") for key in ("condition", "age")]
                place = ".".join(item for item in own if isinstance(item, str) and item)
                label = str(value.get("id") or value.get("on") or place or label)
            shown.append(label)
        return ".".join(shown)

    def replace(self, path: Path_, written: str) -> None:
        """Write another value in the place of one, in memory.

        Args:
            path: the way to the value.
            written: the new one, as TOML.

        Raises:
            ContentError: the file would be no TOML any more. It stays as it was.
        """
        start, end = self._spans[path]
        self._set(f"{self.text[:start]}{written}{self.text[end:]}")

    def append(self, path: Path_, written: str) -> None:
        """Add an item at the end of a list that is written in brackets, in memory."""
        start, end = self._spans[path]
        inside = self.text[start + 1 : end - 1].rstrip().removesuffix(",")
        gap = "\n  " if "\n" in inside else " "
        new = f"{inside},{gap}{written}" if inside.strip() else f" {written}"
        closing = "\n]" if "\n" in inside else " ]"
        self._set(f"{self.text[:start]}[{new}{closing}{self.text[end:]}")

    def insert_line(self, before: Path_, line: str) -> None:
        """Add a line before the one in which a value stands, in memory."""
        start = self.text.rfind("\n", 0, self._spans[before][0]) + 1
        self._set(f"{self.text[:start]}{line}\n{self.text[start:]}")

    def add(self, text: str) -> None:
        """Add tables at the end of the file, in memory."""
        self._set(f"{self.text.rstrip()}\n\n{text.strip()}\n")

    def save(self) -> None:
        """Write the file: whole, or not at all."""
        write_file(str(self._path), self.text.encode("utf-8"))

    def _set(self, text: str) -> None:
        self.data = parse(self.name, text.encode("utf-8"))
        self.text = text
        self._spans = _Walk(text).spans


class _Walk:
    """One walk over a text that is known to be TOML."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 1 if text.startswith("\ufeff") else 0
        self._counts: dict[Path_, int] = {}
        self.spans: dict[Path_, tuple[int, int]] = {}
        table: Path_ = ()
        while self._skip() < len(text):
            if text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip(self, pattern: re.Pattern[str] = _GAP) -> int:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _header(self) -> Path_:
        many = self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        keys = self._keys()
        self._at += 2 if many else 1
        path: Path_ = ()
        for number, key in enumerate(keys, 1):
            path = (*path, key)
            if number == len(keys) and many:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_BLANK)
            if self._text[self._at] in "\"'":
                start = self._at
                self._skip(_STRING)
                keys.append(self._text[start + 1 : self._at - 1])
            elif found := _BARE.match(self._text, self._at):
                keys.append(found[0])
                self._at = found.end()
            self._skip(_BLANK)
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _pair(self, table: Path_) -> None:
        path = (*table, *self._keys())
        self._at += 1  # the sign =
        self._skip(_BLANK)
        self._value(path)

    def _value(self, path: Path_) -> None:
        start = self._at
        first = self._text[start]
        if first in "\"'":
            self._skip(_STRING)
        elif first == "[":
            self._at += 1
            number = 0
            while self._text[self._skip()] != "]":
                self._value((*path, number))
                number += 1
                if self._text[self._skip()] == ",":
                    self._at += 1
            self._at += 1
        elif first == "{":
            self._at += 1
            while self._text[self._skip()] != "}":
                self._pair(path)
                if self._text[self._skip()] == ",":
                    self._at += 1
            self._at += 1
        else:
            found = _ATOM.match(self._text, start)
            end = found.end() if found else start + 1
            self._at = start + len(self._text[start:end].rstrip())
        self.spans[path] = (start, self._at)
