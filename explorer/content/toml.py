"""TOML from outside: read exactly, and bounded before and after, so that no file stops a check."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import tomli  # compiled; ``tomllib``, the same parser in Python, takes five times as long

DEEPEST: Final = 16
"""Most tables and lists inside each other; the shipped content has 9."""

DIGITS: Final = 30
"""Most digits before or after the decimal sign; a dose, a count or a share has far fewer."""

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY: Final = re.compile(
    rf"""(?<![A-Za-z0-9_"'-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{DEEPEST},}}"""
)
"""A key of too many parts, which the parser would take hours for (its time grows by the square)."""


class TomlError(Exception):
    """A text is no TOML of ours; the message says why, ``line`` where, if that is known."""

    def __init__(self, reason: str, line: int | None = None, key: str = "") -> None:
        """Keep reason and place."""
        self.line = line
        self.key = key
        super().__init__(reason)


def read(text: str) -> dict[str, Any]:
    """Read a TOML text; decimals stay exact.

    Args:
        text: the text, without a byte order mark.

    Raises:
        Unreadable: it is not TOML, or beyond a bound.
    """
    deep = f"tables and lists lie more than {DEEPEST} deep inside each other"
    for line, written in enumerate(text.split("\n"), 1):
        if written.count(".") >= DEEPEST and _LONG_KEY.search(written):
            raise TomlError(f"a key has more than {DEEPEST} parts", line)
    try:
        found = tomli.loads(text, parse_float=_decimal)
    except tomli.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise TomlError(_why(text, line, str(error).split(" (at ")[0]), line) from error
    except RecursionError:
        raise TomlError(deep) from None
    except ValueError as error:
        raise TomlError(f"a number cannot be used: {error}") from None
    if not _is_bounded(found):
        for key, value, depth in _walk(found):
            if depth > DEEPEST:
                raise TomlError(deep, key=key)
            if isinstance(value, int) and abs(value) >= _TOO_LARGE:
                raise TomlError(f"a number cannot be used: more than {DIGITS} digits", key=key)
    return found


_TOO_LARGE: Final = 10**DIGITS


def _is_bounded(found: dict[str, Any]) -> bool:
    """Return whether depth and whole numbers keep to the bounds; every file is asked at a start."""
    level: list[Any] = [found]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for holder in level:
            for value in holder.values() if isinstance(holder, dict) else holder:
                kind = type(value)
                if kind is dict or kind is list:
                    inner.append(value)
                elif kind is int and abs(value) >= _TOO_LARGE:
                    return False
        level = inner
    return not any(level)


_CURLY: Final = re.compile(r"^[^\"'#\n]*[\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb]")
"""A curly quotation mark where TOML wants a straight one: before any other on the line."""


_INNER: Final = re.compile(r'^[^"]*"[^"]*"[^\W\d]')
"""A quotation mark that ends a text although its words go on."""


def _why(text: str, line: int, said: str) -> str:
    """Say in an editor's words why a text is no TOML, and what to do.

    Args:
        text: the whole text.
        line: the line at which the parser stopped.
        said: the parser's own words.
    """
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if _CURLY.search(here):
        return 'curly quotation marks hold no text here; type straight ones: "'
    if said.startswith("Unclosed array"):
        return (
            "a list is not closed, or a comma is missing between two of its items (or before "
            "this line); put a comma after each item and ] at the end"
        )
    if "inline table" in said.casefold():
        return "a comma or a closing } is missing in this line; put a comma between two keys"
    if said.startswith("Illegal character '\\t'"):
        return "a tab stands inside a text; put a space in its place"
    if said.startswith("Illegal character"):
        return (
            "a text is not closed before the end of the line (or holds a character that nobody "
            'sees); end it with "'
        )
    if said.startswith("Expected newline") and _INNER.search(here):
        return 'a quotation mark inside a text has to be written as \\" ; correct this line'
    if said.startswith("Expected newline"):
        return "more stands behind the value than belongs there; a comma or a quote may be missing"
    if said.startswith("Cannot overwrite"):
        return "this key stands here twice; keep one of them"
    if said.startswith("Cannot declare"):
        return "this table stands in the file twice; join the two"
    if said.startswith("Expected '='"):
        return "a key needs = and a value behind it"
    if said.startswith("Invalid value"):
        return (
            'the value is missing or stands without quotation marks (write key = "text"), or the '
            "list before this line is not closed"
        )
    if said.startswith(("Unterminated string", 'Expected \'"""\'')):
        return 'a text is opened and not closed; end it with "'
    return f"this is not valid TOML: {said}"


def _decimal(written: str) -> Decimal:
    value = Decimal(written)
    if not value.is_finite():
        raise ValueError(f"{written} is no figure")
    if len(written) > 2 * DIGITS or abs(value.adjusted()) > DIGITS:
        raise ValueError(f"{written[:DIGITS]} has more than {DIGITS} digits")
    return value


def _walk(table: dict[str, Any]) -> Iterator[tuple[str, Any, int]]:
    """Yield every value with its dotted key and how deep it lies; no recursion, however deep."""
    waiting: list[tuple[str, Any, int]] = [("", table, 0)]
    while waiting:
        key, value, depth = waiting.pop()
        yield key, value, depth
        if depth > DEEPEST:
            continue
        if isinstance(value, dict):
            inside = list(value.items())
        elif isinstance(value, list):
            inside = [(str(place), item) for place, item in enumerate(value, 1)]
        else:
            continue
        waiting += [(f"{key}.{name}" if key else name, item, depth + 1) for name, item in inside]
