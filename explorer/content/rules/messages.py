"""The interface words that the code uses: every key there, every value in its place.

The manifest beside this package names each key and its values. It is written from the shipped words
and the code by ``python -m tests.messages``, and a test holds it against the code.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from explorer.content.context import Context, error, warning
from explorer.content.findings import Finding, Level
from explorer.content.load import Folder
from explorer.content.rule import Stage, rule

FILE = "words.toml"

MANIFEST = Path(__file__).parent.parent / "messages.txt"
"""A key a line, then the values that the code passes, divided by tabs; ``?`` marks those that a
text may leave out."""


@lru_cache(maxsize=1)
def manifest() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return, by key, the values that a text must name and those that it may name."""
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for line in MANIFEST.read_text(encoding="utf-8").splitlines():
        key, *values = line.split("\t")
        needed = frozenset(value for value in values if not value.startswith("?"))
        found[key] = (needed, frozenset(value.removeprefix("?") for value in values))
    return found


def texts_in(folder: Folder) -> dict[str, str]:
    """Return the texts of a folder that was read, by their dotted key.

    The catalogue's own words hold more: names that come from other files.

    Args:
        folder: a folder that fits the model.
    """
    return dict(_flat(folder.parsed(FILE).get("words", {}), ""))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)


@lru_cache(maxsize=1 << 12)
def names_in(text: str) -> frozenset[str]:
    """Return the names of the values that a template has places for.

    Args:
        text: the template, in the syntax of ``str.format``.

    Raises:
        ValueError: a brace is not closed or not opened.
    """
    return frozenset(
        name if not (spec or conversion) else f"{name}{'!' if conversion else ':'}…"
        for _, name, spec, conversion in Formatter().parse(text)
        if name is not None
    )


@rule("words-missing", "words-values")
def words_are_what_the_code_uses(context: Context) -> Iterator[Finding]:
    """Every text that the code asks for is there and has a place for each value it is given."""
    texts = texts_in(context.folder)
    for key, (needed, allowed) in manifest().items():
        text = texts.get(key)
        if text is None or not text.strip():
            reason = "this text is missing and a page needs it; put it back" + _with(needed)
            yield error("words-missing", FILE, f"words.{key}", reason)
            continue
        try:
            named = names_in(text)
        except ValueError as problem:
            reason = f"a brace stands alone ({problem}); write a value as {{name}}, and no other {{"
            yield error("words-values", FILE, f"words.{key}", reason + _with(needed))
            continue
        for name in sorted(needed - named):
            reason = f"the text has no place for {{{name}}}; put it back"
            yield error("words-values", FILE, f"words.{key}", reason)
        for name in sorted(named - allowed):
            known = ", ".join(f"{{{item}}}" for item in sorted(allowed))
            hint = f"use {known}" if known else "take it out"
            reason = f"there is no value for {{{name}}} in this text; {hint}"
            yield error("words-values", FILE, f"words.{key}", reason)


@rule("words-unused", level=Level.WARNING, stage=Stage.LINT)
def words_are_all_used(context: Context) -> Iterator[Finding]:
    """No text is left over that no page uses: its key may be misspelt."""
    for key in texts_in(context.folder):
        if key not in manifest():
            reason = "no page uses this text; check the spelling of its key, or take it out"
            yield warning("words-unused", FILE, f"words.{key}", reason)


def _with(needed: frozenset[str]) -> str:
    return f", with {', '.join(f'{{{name}}}' for name in sorted(needed))}" if needed else ""
