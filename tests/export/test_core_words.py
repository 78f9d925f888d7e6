"""What a reader must grasp without opening anything: words, reasons, short lists, what to do next."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from explorer.domain.visit import Visit, sheet_of
from explorer.domain.who import Who
from explorer.export import (
    home_html,
    red_flags_html,
    visit_html,
    visit_parts,
    visit_pdf,
    visit_text,
)
from explorer.export.flag_words import MOST_IN_A_LIST, in_short_lists
from explorer.export.glossary import found_in, glossed
from tests.edition import ShippedEdition
from tests.shipped import conditions, ids, shipped

CORE = (
    "signs",
    "guide/infections",
    "guide/injecting",
    "guide/vaccines",
    "guide/other-medicines",
    "guide/stopping",
    "medicine/anakinra",
    "medicine/adalimumab",
    *(f"compare/{name}" for name in conditions()),
)


UNSEEN = re.compile(
    r'<span class="ax-hidden">[^<]*</span>|<tr role="row" class="gl-full">.*?</tbody>'
    r'|<ol[ >].*?</ol>|<p class="ax-(?:go|for)">.*?</p>',
    re.DOTALL,
)
"""What is heard only, what opens, lists of sources, links, and for whom: none explains a word."""


def body(path: str) -> str:
    """Return a page of the reading edition as HTML, with the words that the app has, too."""
    return ShippedEdition().page(path).body


class Seen(HTMLParser):
    """What is seen before a press: lists with their entries, and paragraphs as text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lists: list[list[str]] = []
        self.texts: list[str] = []
        self._folds = 0
        self._open: list[list[str]] = []
        self._text: list[str] | None = None
        self.feed(UNSEEN.sub("", html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "details":
            self._folds += 1
        elif tag in {"ul", "ol"}:
            self._open.append([])
        elif tag == "li" and self._open:
            self._open[-1].append("")
        if tag in {"p", "li", "td"} and not self._folds:
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self._folds -= 1
        elif tag in {"ul", "ol"} and self._open:
            self.lists.append(self._open.pop())
        if tag in {"p", "li", "td"} and self._text is not None:
            self.texts.append(" ".join("".join(self._text).split()))
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1]:
            self._open[-1][-1] += data
        if self._text is not None and not self._folds:
            self._text.append(data)


def signs_of(html: str) -> list[list[str]]:
    """Return the lists of signs of a page, folded ones too: each holds at least one known sign."""
    catalogue = shipped().catalogue
    known = {flag.sign for medicine in catalogue.published for flag in medicine.red_flags}
    known |= {flag.sign for flag in catalogue.contact().red_flags}
    plain = re.sub(r'<span class="ax-gloss">.*?</span>', "", html)
    return [
        held
        for held in Seen(plain).lists
        if any(sign in unescape(entry) for entry in held for sign in known)
    ]


@pytest.mark.parametrize(
    "path", ["signs", *CORE, *(f"medicine/{name}" for name in ids("medicines"))]
)
def test_no_list_of_signs_is_longer_than_seven(path: str) -> None:
    """CDC index, item 8: who is in alarm reads no list of eight to its end."""
    assert all(len(held) <= MOST_IN_A_LIST for held in signs_of(body(path)))


@pytest.mark.parametrize("for_parent", [False, True])
def test_the_safety_line_has_short_lists(for_parent: bool) -> None:
    """The signs behind the line of every page, of a parent's too."""
    html = red_flags_html.line(shipped().catalogue, for_parent=for_parent)
    lists = Seen(html).lists
    assert lists
    assert all(len(held) <= MOST_IN_A_LIST for held in lists)


@pytest.mark.parametrize("who", list(Who))
@pytest.mark.parametrize("condition", conditions())
def test_no_list_of_the_sheet_is_longer_than_seven(condition: str, who: Who) -> None:
    """Of the adult's and of the child's sheet, and no sign is lost by it."""
    catalogue = shipped().catalogue
    options = catalogue.condition(condition).preselect.options
    made = sheet_of(catalogue, condition, options, who, Visit())
    parts = visit_parts.arrange(made, catalogue, "v")
    groups = (*parts.emergency, *parts.same_day)
    assert max(len(group.signs) for group in groups) <= MOST_IN_A_LIST
    signs = (*made.signs.emergency, *made.signs.same_day, *made.unknown_signs)
    assert sum(len(group.signs) for group in groups) == len(signs)


def test_a_long_list_is_cut_into_even_ones_and_loses_nothing() -> None:
    """Eleven become six and five in their order; seven stay one list, none stays none."""
    assert [len(part) for part in in_short_lists(range(11))] == [6, 5]
    assert [n for part in in_short_lists(range(23)) for n in part] == list(range(23))
    assert len(in_short_lists(range(7))) == 1
    assert in_short_lists(())[0] == ()


@pytest.mark.parametrize("path", CORE)
def test_a_term_of_core_rules_is_explained_at_its_first_use_in_sight(path: str) -> None:
    """Nothing has to be opened: the few words, or the author's own, follow in brackets."""
    glossary = shipped().catalogue.glossary
    texts = Seen(body(path)).texts
    plain = {text: text for text in texts}
    for text in texts:
        for item in glossary:
            plain[text] = plain[text].replace(f" ({item.short})", "")
    for term in glossary:
        first = next((text for text in texts if term in found_in([plain[text]], glossary)), "")
        if not term.short or not first:
            continue
        others = {item.id for item in glossary} - {term.id}
        wanting = glossed(plain[first], glossary, others) != plain[first]
        assert not wanting or term.short in first, f"{term.id}: {first[:120]}"


def seen(path: str) -> str:
    """Return what is seen of a page before a press."""
    return " ".join(Seen(body(path)).texts)


@pytest.mark.parametrize(
    ("path", "rule", "reason"),
    [
        ("guide/infections", "Ask if you should wait with it.", "helps the body fight germs"),
        ("guide/infections", "Ask if you should wait with it.", "a stop can bring a flare"),
        ("guide/vaccines", "Do not have live vaccines", "weak germs that can still grow"),
        ("guide/other-medicines", "Never take anakinra together", "get a serious infection"),
        ("guide/stopping", "Do not stop only because you feel well", "its help fades fast"),
        ("medicine/anakinra", "It is not taken at the same time", "more serious infections"),
    ],
)
def test_a_core_rule_has_its_reason_in_sight(path: str, rule: str, reason: str) -> None:
    """CDC index, items 13 and 19: why, and what waiting may cost, stand with the rule."""
    assert rule in seen(path)
    assert reason in seen(path)


def test_what_is_not_taken_together_says_why_on_screen_and_on_the_sheet() -> None:
    """The reason that the pair's source has, once, read with the rule."""
    catalogue = shipped().catalogue
    why = "In RA, that brought more serious infections."
    page = ShippedEdition().page("compare/ra", {"m": "anakinra,adalimumab"}).body
    assert why in re.sub(r'<span class="ax-gloss">.*?</span>|<[^>]+>', "", page)
    made = sheet_of(catalogue, "ra", ("anakinra", "adalimumab"), Who.ADULT, Visit())
    assert visit_text.write(made, catalogue, "v").count(why) == 1


def test_a_pair_without_a_reason_of_its_own_borrows_none() -> None:
    """What was seen with a TNF blocker is not said of two IL-1 blockers, nor of another disease."""
    for condition, options in (
        ("stills", "anakinra,canakinumab"),
        ("pericarditis", "anakinra,rilonacept"),
    ):
        page = ShippedEdition().page(f"compare/{condition}", {"m": options}).body
        assert "never both together" in page
        assert "that brought more" not in page


def test_the_steroid_rule_says_why_on_paper() -> None:
    """Nothing opens on paper: the few words and the reason stand in the sentence."""
    catalogue = shipped().catalogue
    made = sheet_of(catalogue, "ra", ("anakinra", "methotrexate"), Who.ADULT, Visit())
    given: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(visit_pdf.pdf, "render", lambda _name, data, **_: given.update(data) or b"")
        visit_pdf.write(made, catalogue, "v")
    assert "a sudden stop can harm" in str(given["emergency_title"])


def test_a_sheet_without_questions_has_lines_for_ones_own() -> None:
    """The heading stands over empty lines, so that what comes to mind has its place."""
    made = sheet_of(shipped().catalogue, "ra", ("anakinra", "methotrexate"), Who.ADULT, Visit())
    html = visit_html.write(made, shipped().catalogue, "v")
    after = html.partition(f"<h3>{shipped().catalogue.words('sheet.questions')}</h3>")[2]
    assert after.lstrip().startswith('<div class="vs-blank">')


def test_the_first_page_marks_its_message() -> None:
    """CDC index, item 3: the one main message is bold."""
    said = shipped().catalogue.words("home.message")
    assert f"<strong>{said}</strong>" in home_html.message(shipped().catalogue.words)
