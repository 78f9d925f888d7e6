"""Finding a word in HTML of ours: every word that a reader can see, or open, is in the index.

The index is what was rendered, so nothing that is shown can be missing from it. What matches is
marked and opened in a copy of the HTML; the word itself goes into nothing but that copy.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Final

_TOKEN = re.compile(r"<[^>]*>")
_NAME = re.compile(r"</?([a-z0-9]+)")
_ID = re.compile(r'\bid="([^"]*)"')
_PLACE = re.compile(r'\bdata-place="([^"]*)"')

_TOOLS = re.compile(
    r'<div class="ax-aloud".*?</div>|(<span class="(?:ax-hidden gl-name|ax-option)">)[^<]*'
)
"""Buttons that read a part aloud, and the name of the option in each cell, which its head says: a
word there is no word of the content."""

_VOID: Final = frozenset({"img", "br", "hr", "input", "meta", "link"})
_INLINE: Final = frozenset({"a", "b", "button", "em", "i", "mark", "small", "strong", "sup"})
"""Elements that do not part words; all others do."""


@dataclass(frozen=True)
class FoundPlace:
    """A part of the page that can be led to.

    Attributes:
        id: id of the element.
        label: what the link to it says.
        text: every word in it, without the places inside it.
    """

    id: str
    label: str
    text: str


@dataclass
class _Open:
    """An element that is open while the HTML is read."""

    name: str
    token: int
    place: int | None


@dataclass
class _Held:
    id: str
    label: str
    parts: list[str] = field(default_factory=list)


def places(html: str) -> tuple[FoundPlace, ...]:
    """Return the places of HTML: elements with an id and a ``data-place``, in reading order.

    Args:
        html: HTML of ours, escaped and complete.
    """
    _, held, _ = _read(_TOOLS.sub(r"\1", html))
    return tuple(
        FoundPlace(id=item.id, label=item.label, text=_flat("".join(item.parts))) for item in held
    )


def hits(found: Iterable[FoundPlace], word: str) -> tuple[FoundPlace, ...]:
    """Return the places that hold a word, or several words in a row, whatever the case."""
    wanted = _flat(word).casefold()
    return tuple(place for place in found if wanted and wanted in place.text.casefold())


def marked(html: str, word: str) -> str:
    """Return HTML with a word marked and everything opened that hides it.

    Args:
        html: HTML of ours, escaped and complete.
        word: what a reader typed.

    Returns:
        The same text; matches stand in ``mark``, and a ``details`` around a match or around a place
        that holds it is open.
    """
    wanted = _flat(word)
    if not wanted:
        return html
    tokens, held, around = _read(html)
    words = r"\s+".join(re.escape(part) for part in wanted.split())
    pattern = re.compile(words, re.IGNORECASE)
    opened: set[int] = set()
    matching = {
        number
        for number, item in enumerate(held)
        if wanted.casefold() in _flat("".join(item.parts)).casefold()
    }
    seen: set[int] = set()
    for number, token in enumerate(tokens):
        if token.startswith("<"):
            continue
        boxes, place = around[number]
        text = unescape(token)
        if pattern.search(text):
            opened.update(boxes)
            tokens[number] = "".join(_mark(text, pattern))
        elif place in matching and place not in seen:
            opened.update(boxes)
        if place is not None:
            seen.add(place)
    for number in opened:
        if " open" not in tokens[number]:
            tokens[number] = tokens[number][:-1] + " open>"
    return "".join(tokens)


def _mark(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    end = 0
    for found in pattern.finditer(text):
        yield escape(text[end : found.start()])
        yield f"<mark>{escape(found[0])}</mark>"
        end = found.end()
    yield escape(text[end:])


def _read(
    html: str,
) -> tuple[list[str], list[_Held], dict[int, tuple[tuple[int, ...], int | None]]]:
    """Split HTML into tokens; say of each text in which boxes and in which place it stands."""
    tokens = _tokens(html)
    held: list[_Held] = []
    around: dict[int, tuple[tuple[int, ...], int | None]] = {}
    stack: list[_Open] = []
    for number, token in enumerate(tokens):
        if not token.startswith("<"):
            boxes = tuple(item.token for item in stack if item.name == "details")
            place = _place(stack)
            around[number] = (boxes, place)
            if place is not None:
                held[place].parts.append(unescape(token))
            continue
        named = _NAME.match(token)
        name = named[1] if named else ""
        place = _place(stack)
        if place is not None and name not in _INLINE:
            held[place].parts.append(" ")
        if token.startswith("</"):
            while stack and stack.pop().name != name:
                pass
        elif name and name not in _VOID:
            label, own = _PLACE.search(token), _ID.search(token)
            at = None
            if label is not None and own is not None:
                at = len(held)
                held.append(_Held(id=unescape(own[1]), label=unescape(label[1])))
            stack.append(_Open(name=name, token=number, place=at))
    return tokens, held, around


def _place(stack: list[_Open]) -> int | None:
    return next((item.place for item in reversed(stack) if item.place is not None), None)


def _tokens(html: str) -> list[str]:
    tokens: list[str] = []
    end = 0
    for found in _TOKEN.finditer(html):
        if found.start() > end:
            tokens.append(html[end : found.start()])
        tokens.append(found[0])
        end = found.end()
    if end < len(html):
        tokens.append(html[end:])
    return tokens


def _flat(text: str) -> str:
    return " ".join(text.split())
