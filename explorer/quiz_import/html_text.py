"""HTML and XML of a question as plain text; what a text cannot stand for is refused."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element

from explorer.quiz_import.found import Untaken, bounded, plain

_LINES: Final = frozenset(
    [
        *("address", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "hr", "li", "ol", "p", "pre", "table", "td", "th", "tr", "ul"),
    ]
)
"""Elements that stand on lines of their own."""

_NEVER: Final = frozenset(
    [
        *("applet", "audio", "base", "button", "canvas", "embed", "form", "frame", "frameset"),
        *("iframe", "img", "input", "include", "link", "math", "meta", "object", "param"),
        *("script", "select", "source", "style", "svg", "template", "textarea", "video"),
    ]
)
"""Elements that a text cannot stand for, or that do something."""


_MARK: Final = re.compile(r"<(?:/?([A-Za-z][A-Za-z0-9:-]{0,40})|[!?/])")
_LONG_REFERENCE: Final = re.compile(r"&#[0-9]{8}|&#[xX][0-9A-Fa-f]{8}")


def of_html(markup: str) -> str:
    """Return HTML as the text that a reader sees.

    Raises:
        Untaken: it holds a picture, a script or another thing that is no text, or is too long.
    """
    if _LONG_REFERENCE.search(bounded(markup)):
        raise Untaken("it holds a character reference of more than seven digits")
    return plain("".join(_pieces(markup)))


def _pieces(markup: str) -> Iterator[str]:
    """Yield the texts between the tags, and a line break for each tag that begins a line.

    The standard library's parser takes time by the square on marks that are never closed, and
    stops at some of them; here each sign is looked at once. An open mark without its end is text.
    """
    at = 0
    while (start := markup.find("<", at)) >= 0:
        found = _MARK.match(markup, start)
        ends = "-->" if markup.startswith("<!--", start) else ">"
        end = markup.find(ends, start + 1) if found else start
        if found and end < 0:
            break
        if not found:
            yield unescape(markup[at : start + 1])
            at = start + 1
            continue
        yield unescape(markup[at:start])
        name = (found[1] or "").lower()
        refuse(name)
        if name in _LINES:
            yield "\n"
        at = end + len(ends)
    yield unescape(markup[at:])


def of_node(node: Element, skip: Callable[[str], bool] = lambda _tag: False) -> str:
    """Return the text inside an XML element whose content is like HTML.

    Args:
        node: the element.
        skip: whether an element inside, by its name, is none of the text.

    Raises:
        Untaken: as for HTML.
    """
    parts: list[str] = []
    _walk(node, skip, parts)
    return plain("".join(parts))


def _walk(node: Element, skip: Callable[[str], bool], parts: list[str]) -> None:
    """Collect the text; the depth is bounded by the XML reader."""
    parts.append(node.text or "")
    for inside in node:
        if not skip(inside.tag):
            refuse(inside.tag)
            line = "\n" if inside.tag.lower() in _LINES else ""
            parts.append(line)
            _walk(inside, skip, parts)
            parts.append(line)
        parts.append(inside.tail or "")


def refuse(tag: str) -> None:
    """Refuse an element that a text cannot stand for.

    Raises:
        Untaken: it is one.
    """
    if tag.lower() in _NEVER:
        raise Untaken(f"it holds <{tag.lower()}>; only text is read")
