"""Words explained at their first use on a page."""

import re

import pytest

from explorer.content.load import Content
from explorer.domain.catalogue import Term
from explorer.domain.words import Words
from explorer.export.terms import explain, found_in, listed

WORDS = Words(entries=(("glossary.close", "Close"), ("glossary.on-page", "Words on this page")))
CAPS = Term(id="caps", term="CAPS", meaning="A rare illness.")
FLARE = Term(id="flare", term="flare", also=("flares",), meaning="A time when it gets worse.")
STILLS = Term(id="stills", term="Still's disease", meaning="A rare illness with <fever>.")


def visible(html: str) -> str:
    """Take out what is only shown after a press."""
    html = re.sub(r"<span popover.*?</span>", "", html)
    return re.sub(r"<[^>]*>", "", html)


def test_only_the_first_use_is_marked() -> None:
    """The first use becomes a button, the second stays text, and no word is changed."""
    html, found = explain("<p>A flare. Two flares.</p>", (FLARE,), WORDS)
    assert html.count('class="ax-term"') == 1
    assert ">flare</button>" in html
    assert visible(html) == "A flare. Two flares."
    assert found == (FLARE,)


def test_the_meaning_opens_beside_it_and_can_be_closed() -> None:
    """The button names the box it opens; the box holds the meaning and a way to close it."""
    html, _ = explain("<p>CAPS</p>", (CAPS,), WORDS)
    assert 'popovertarget="explained-caps"' in html
    assert 'id="explained-caps"' in html
    assert "A rare illness." in html
    assert ">Close</button>" in html


@pytest.mark.parametrize(
    "html",
    [
        '<a href="#x">flare</a>',
        "<h2>flare</h2>",
        "<summary>flare</summary>",
        '<p class="ax-hidden">flare</p>',
        "<p>light-flare</p>",
        "<p>flared</p>",
    ],
)
def test_links_headings_and_parts_of_words_are_left_alone(html: str) -> None:
    """No button stands inside a link, a heading or a label, or in the middle of a word."""
    assert explain(html, (FLARE,), WORDS) == (html, ())


def test_what_is_seen_comes_before_what_is_folded() -> None:
    """A use behind "more" is marked only where the page shows no other."""
    page = "<details><p>flare one</p></details><p>flare two</p>"
    html, _ = explain(page, (FLARE,), WORDS)
    assert html.startswith("<details><p>flare one</p></details>")
    folded, found = explain("<details><p>flare</p></details>", (FLARE,), WORDS)
    assert found == (FLARE,)
    assert "ax-term" in folded


def test_short_forms_are_met_as_they_are_written() -> None:
    """CAPS is a word to explain, caps are not."""
    assert explain("<p>caps</p>", (CAPS,), WORDS)[1] == ()


def test_apostrophes_and_angle_brackets_stay_text() -> None:
    """A name with an apostrophe is found as the templates write it; meanings are escaped."""
    html, found = explain("<p>Still&#39;s disease</p>", (STILLS,), WORDS)
    assert found == (STILLS,)
    assert "with &lt;fever&gt;." in html


def test_print_gets_a_list_in_order() -> None:
    """The list for print holds each term with its meaning, by name."""
    html = listed((FLARE, CAPS), WORDS)
    assert html.index("CAPS") < html.index("flare")
    assert listed((), WORDS) == ""


def test_every_name_in_the_glossary_can_be_met(content: Content) -> None:
    """Each name of each shipped term is found where it stands alone."""
    from markupsafe import escape

    for term in content.catalogue.glossary:
        for name in (term.term, *term.also):
            html = f"<p>The {escape(name)} is here.</p>"
            assert explain(html, (term,), content.catalogue.words)[1] == (term,), name


def test_a_file_lists_the_terms_that_it_uses() -> None:
    """Plain texts give the terms they use, once, by name; apostrophes are met."""
    texts = ("Two flares in Still's disease.", "Another flare.", "caps")
    assert found_in(texts, (STILLS, FLARE, CAPS)) == (FLARE, STILLS)
