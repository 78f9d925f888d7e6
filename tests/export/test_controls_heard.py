"""Counted over every page of the reading edition and the app's comparison: controls where they are heard.

A control inside a sentence cuts it in two for who listens; a row of links after a text is heard for
minutes. Both are counted in the HTML, by its parser.
"""

import re
from functools import cache
from html.parser import HTMLParser

import pytest

from explorer.export.reading.layout import document
from explorer.export.reading.model import Target
from tests.export.test_heard import page
from tests.export.test_reading import LINKS, edition
from tests.shipped import shipped

_CONTROLS = frozenset({"a", "button"})
_INLINE = _CONTROLS | frozenset(
    ["b", "i", "em", "strong", "small", "span", "abbr", "code", "sup", "sub", "img", "input", "u"]
)
_EMPTY = frozenset(["br", "img", "input", "meta", "link", "hr", "source", "wbr", "col"])
_UNHEARD = frozenset({"style", "script", "svg"})
_SENTENCE = tuple(".?!")
_ENDS = (*_SENTENCE, ":", ";")


class Controls(HTMLParser):
    """Reads a page and keeps what stands around its controls.

    Attributes:
        cutting: texts in which a control stands between two words of one sentence.
        after_text: for each link that follows a sentence, its place in their row; a row of choices
            follows a label, and is none.
        in_cells: for each cell of a table, how many links are heard in it before a fold is opened.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cutting: list[str] = []
        self.after_text: list[int] = []
        self.in_cells: list[int] = []
        self._open: list[tuple[str, bool]] = []
        self._cells: list[int] = []
        self._run: list[tuple[bool, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag in _EMPTY:
            return
        named = dict(attrs)
        is_silent = tag in _UNHEARD or named.get("aria-hidden") == "true" or "hidden" in named
        if tag not in _INLINE:
            self._judge()
        self._open.append((tag, is_silent))
        if tag in {"td", "th"}:
            self._cells.append(0)
        if tag in _CONTROLS and not self._is_silent:
            self._run.append((True, ""))
            if self._cells and all(name != "details" for name, _ in self._open):
                self._cells[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        """Close an element and what was left open in it."""
        while self._open:
            name, _ = self._open.pop()
            if name not in _INLINE:
                self._judge()
            if name in {"td", "th"}:
                self.in_cells.append(self._cells.pop())
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Keep a text, with whether it belongs to a control."""
        if self._is_silent:
            return
        if self._run and any(name in _CONTROLS for name, _ in self._open):
            self._run[-1] = (True, self._run[-1][1] + data)
        else:
            self._run.append((False, data))

    @property
    def _is_silent(self) -> bool:
        return any(silent for _, silent in self._open)

    def _judge(self) -> None:
        run, self._run = self._run, []
        row = 0
        for place, (is_control, text) in enumerate(run):
            if not is_control:
                row = 0 if re.search(r"\w", text) else row
                continue
            row += 1
            before = "".join(words for control, words in run[:place] if not control).strip()
            after = "".join(words for control, words in run[place + 1 :] if not control)
            if before and not before.endswith(_ENDS) and re.search(r"\w", after):
                self.cutting.append(f"{before} [{text}] {after}")
            if before.endswith(_SENTENCE):
                self.after_text.append(row)


def controls(html: str) -> Controls:
    """Read a page."""
    read = Controls()
    read.feed(html)
    read.close()
    return read


def _targets() -> tuple[Target, ...]:
    return tuple(item for item in edition().targets() if not item.options)


@cache
def _pages() -> dict[str, Controls]:
    catalogue = shipped().catalogue
    made = {
        f"read/{item.path}": controls(document(edition().at(item), catalogue, "v1", LINKS))
        for item in _targets()
    }
    return made | {"app/compare": controls(page("comparison"))}


@pytest.mark.parametrize(
    ("html", "cutting", "after_text"),
    [
        ('<p>Approved <a href="#a">here</a> in the US.</p>', 1, [1]),
        ('<p>Approved. <a href="#a">More</a></p>', 0, [1]),
        ('<p>Ask first. <a href="#a">1</a> <a href="#b">2</a></p>', 0, [1, 2]),
        ("<p>Text size <button>A</button> <button>B</button></p>", 0, []),
        ("<p>Ask <b>now</b> <button>why</button> or later.</p>", 1, []),
        ('<ul><li><a href="#a">Guide</a></li><li><a href="#b">Signs</a></li></ul>', 0, []),
    ],
)
def test_a_control_in_the_way_is_found(html: str, cutting: int, after_text: list[int]) -> None:
    """Inside a sentence, and how many stand after one."""
    found = controls(html)
    assert len(found.cutting) == cutting
    if not cutting:
        assert found.after_text == after_text


@pytest.mark.slow
def test_no_page_has_a_control_inside_a_sentence() -> None:
    """On all pages; each sentence is heard whole."""
    assert {name: read.cutting for name, read in _pages().items() if read.cutting} == {}


def test_a_text_is_followed_by_one_link_at_most() -> None:
    """Its sources are named by one link; a row of them was heard for minutes."""
    rows = {name: max(read.after_text, default=0) for name, read in _pages().items()}
    assert {name: most for name, most in rows.items() if most > 1} == {}


def test_a_cell_has_one_link_at_most() -> None:
    """Before its fold is opened."""
    cells = [count for read in _pages().values() for count in read.in_cells]
    assert len(cells) > 1000
    assert max(cells) <= 1
