"""HTML and XML of a question as plain text; what a text cannot stand for is refused."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Final
from xml.etree.ElementTree import Element

from explorer.quiz_import.found import LeftOut, bounded, plain

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


def of_html(markup: str) -> str:
    """Return HTML as the text that a reader sees.

    Raises:
        LeftOut: it holds a picture, a script or another thing that is no text, or is too long.
    """
    parser = _Text()
    parser.feed(bounded(markup))
    parser.close()
    return plain("".join(parser.parts))


def of_node(node: Element, skip: Callable[[str], bool] = lambda _tag: False) -> str:
    """Return the text inside an XML element whose content is like HTML.

    Args:
        node: the element.
        skip: whether an element inside, by its name, is none of the text.

    Raises:
        LeftOut: as for HTML.
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
        LeftOut: it is one.
    """
    if tag.lower() in _NEVER:
        raise LeftOut(f"it holds <{tag.lower()}>; only text is read")


class _Text(HTMLParser):
    """Collects the text of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        refuse(tag)
        if tag in _LINES:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINES:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
