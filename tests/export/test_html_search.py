"""The search: every word that a reader can see is found where it stands."""

import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.comparison import compare
from explorer.export import comparison_screen, html_search
from tests.shipped import shipped

pytestmark = pytest.mark.slow

PARTS = (*comparison_screen.GLANCE, *comparison_screen.FACTS)


class Texts(HTMLParser):
    """Collects the words of an HTML text, without those on the buttons that read it aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()

    def handle_data(self, data: str) -> None:
        if "data-ax-say" in str(self.get_starttag_text()):  # the text after its end is blank
            return
        self.words.update(re.findall(r"[^\W\d_]{3,}", data))


@lru_cache(maxsize=2)
def page(condition: str, options: tuple[str, ...]) -> dict[str, str]:
    """Render the parts of a comparison."""
    catalogue = shipped().catalogue
    return comparison_screen.pieces(compare(catalogue, condition, options), catalogue)


@pytest.mark.parametrize(
    ("condition", "options"),
    [("ra", ("adalimumab", "anakinra", "methotrexate")), ("stills", ("anakinra", "stay"))],
)
def test_every_visible_word_is_found(condition: str, options: tuple[str, ...]) -> None:
    """Glance, opened lines, pictures, weeks, facts and signs: each word is in the index."""
    html = "".join(page(condition, options)[name] for name in PARTS)
    seen = Texts()
    seen.feed(html)
    places = html_search.places(html)
    missing = {word for word in seen.words if not html_search.hits(places, word)}
    assert len(seen.words) > 1000
    assert missing == set()


def test_words_on_buttons_are_no_content() -> None:
    """Buttons that read a part aloud are found by no word of theirs."""
    html = "".join(page("ra", ("adalimumab", "anakinra", "methotrexate"))[name] for name in PARTS)
    assert "Read this part aloud" in html
    assert html_search.hits(html_search.places(html), "part aloud") == ()


@pytest.mark.parametrize("word", ["weight gain", "tired", "swollen ankles", "blue lips"])
def test_emergency_signs_are_found(word: str) -> None:
    """Words of the warning signs lead to the signs."""
    html = page("ra", ("adalimumab", "anakinra", "methotrexate"))
    found = html_search.hits(html_search.places("".join(html[name] for name in PARTS)), word)
    assert any(place.id.startswith("signs-") for place in found)


def test_what_hides_a_match_is_open_and_the_match_is_marked() -> None:
    """Every box around a match is open; others stay shut; nothing but marks is added."""
    html = (
        '<details id="a" data-place="A"><summary>A</summary><p>old bones</p></details>'
        '<details id="b" data-place="B"><summary>B</summary><p>Liver &amp; <b>lungs</b></p></details>'
    )
    made = html_search.marked(html, "liver &")
    assert '<details id="a" data-place="A">' in made
    assert '<details id="b" data-place="B" open>' in made
    assert "<mark>Liver &amp;</mark>" in made
    assert re.sub(r"</?mark>| open(?=>)", "", made) == html


def test_words_that_an_element_parts_are_found_together() -> None:
    """A glossary word inside a sentence does not hide the words around it; a new cell does."""
    html = '<div id="a" data-place="A"><p>call <b>your</b> team</p><p>today</p></div>'
    places = html_search.places(html)
    assert html_search.hits(places, "call your  team")
    assert html_search.hits(places, "Team today")
    assert not html_search.hits(places, "teamtoday")


@given(st.text(max_size=30))
def test_no_word_breaks_the_page(word: str) -> None:
    """Whatever is typed, the words of the page stay the same and no element is added but marks."""
    html = page("stills", ("anakinra", "stay"))["signs"]
    made = html_search.marked(html, word)
    bare = re.sub(r"</?mark>", "", made).replace(" open>", ">")
    assert unescape(bare) == unescape(html.replace(" open>", ">"))


def test_an_empty_word_finds_nothing() -> None:
    """Spaces alone are no search."""
    assert html_search.hits(html_search.places('<p id="a" data-place="A">a b</p>'), "  ") == ()
