"""What is heard of the HTML of every page: sentences whole, cells that say whose they are, no signs.

``tests/listening`` walks the pages with a real screen reader; these tests hold what it found wanting
and need none.
"""

import re
from functools import cache

import pytest

from explorer import paths
from explorer.domain.comparison import compare
from explorer.domain.guide import guide
from explorer.domain.profile import profile
from explorer.export import (
    comparison_html,
    comparison_screen,
    guide_html,
    medicine_html,
    red_flags_html,
)
from tests.shipped import shipped

OPTIONS = ["anakinra", "adalimumab", "methotrexate"]
PAGES = ("comparison", "comparison for print", "guide", "medicine", "safety line")

_BLOCK = re.compile(
    r"</?(?:p|li|td|th|dd|dt|h[1-6]|div|ul|ol|section|details|summary|table|t(?:r|head|body)|figure"
    r"|figcaption|nav|dl|small)\b[^>]*>"
)
_UNHEARD = re.compile(
    r'<style>.*?</style>|<(\w+)[^>]*aria-hidden="true"[^>]*>.*?</\1>|<span class="ax-refs">.*?</span>',
    re.DOTALL,
)
_CONTROL = re.compile(r"<(a|button)\b.*?</\1>", re.DOTALL)


@cache
def page(name: str) -> str:
    """Render a page, all of it."""
    catalogue = shipped().catalogue
    if name == "safety line":
        return red_flags_html.line(catalogue)
    if name == "guide":
        return "".join(guide_html.pieces(guide(catalogue), catalogue).values())
    if name == "medicine":
        return "".join(medicine_html.pieces(profile(catalogue, "anakinra"), catalogue).values())
    made = compare(catalogue, "ra", OPTIONS)
    if name == "comparison for print":
        return comparison_html.write(made, catalogue, "v").decode()
    return "".join(comparison_screen.pieces(made, catalogue).values())


def cut_sentences(html: str) -> list[str]:
    """Give the texts in which a control stands between two words of one sentence."""
    found = []
    for run in _BLOCK.split(_UNHEARD.sub("", html)):
        for control in _CONTROL.finditer(run):
            before = re.sub(r"<[^>]*>", "", run[: control.start()]).strip()
            after = re.sub(r"<[^>]*>", "", _CONTROL.sub("", run[control.end() :]))
            if before and before[-1] not in ".?!" and re.search(r"\w", after):
                found.append(run)
    return found


def test_a_control_inside_a_sentence_is_found() -> None:
    """Between two words it cuts; at the end, and alone in a list, it does not."""
    cut = '<p>Approved <button class="x">word</button> in the US.</p>'
    assert len(cut_sentences(cut)) == 1
    whole = '<p>Approved in the US. <a href="#a">More</a></p><li><a href="#b">Label</a> page 1</li>'
    assert cut_sentences(whole) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_control_stands_inside_a_sentence(name: str) -> None:
    """A sentence is heard whole on every page."""
    assert cut_sentences(page(name)) == []


def test_each_cell_names_its_option_and_ends_in_one_control() -> None:
    """Also where the page is read as a whole and heads are left out; sources are behind one fold."""
    html = page("comparison")
    cells = re.findall(r'<td role="cell"[^>]*>(?!<div)(.*?)</td>', html, re.DOTALL)
    assert len(cells) > 100
    names = ("Anakinra", "Adalimumab", "Methotrexate", "All options: ")
    for cell in cells:
        assert re.sub(r"<[^>]*>", "", cell).lstrip().startswith(names), cell[:200]
    opened = re.findall(r'<div class="gl-one">(.*?)</div>', html, re.DOTALL)
    assert len(opened) > 20
    for one in opened:
        in_sight = re.sub(r"<details.*?</details>", "", one, flags=re.DOTALL)
        assert one.count('<details class="ax-more gl-from">') <= 1
        assert '<ul class="gl-sources"' not in in_sight


def test_tables_are_named_by_condition_and_options() -> None:
    """Each table of the comparison by its group, the condition and what is compared."""
    names = re.findall(r'<table[^>]* aria-label="([^"]*)"', page("comparison"))
    assert len(names) > 5
    for name in names:
        assert "Rheumatoid arthritis: " in name
        assert "Adalimumab" in name
    assert len(set(names)) == len(names)


def test_lines_and_groups_are_headings() -> None:
    """A reader goes from line to line, and from group to group, by the key for headings."""
    summaries = re.findall(
        r'(?:class="gl-(?:q|group)"|role="rowheader")[^>]*>(?:<details>)?<summary>(.{4})',
        page("comparison"),
    )
    assert len(summaries) > 15
    assert set(summaries) == {"<h3 ", "<h3>"}


def test_signs_that_styles_draw_are_not_read() -> None:
    """A sign in a stylesheet has an empty text beside it for who hears the page."""
    drawn = re.compile(r'content:\s*"(?:[^"\w]|\\[0-9a-f]{4})+"(?!\s*/\s*"")')
    for path in paths.PACKAGE.rglob("*.css"):
        for found in drawn.finditer(path.read_text("utf-8")):
            sign = found[0].partition('"')[2].rstrip('"')
            if not re.search(r"[+✓]|\\2", sign):
                continue  # a colon or a bracket, which no voice names
            follows = path.read_text("utf-8")[found.end() :]
            assert follows.startswith(f';content:"{sign}" / ""'), f"{path.name}: {sign}"
