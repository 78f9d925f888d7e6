"""The reading edition: every page, its links, and that it says what the app says."""

import re
from functools import lru_cache
from html import unescape

import pytest

from explorer.domain.comparison import compare
from explorer.domain.who import Who
from explorer.export import comparison_screen
from explorer.export.environment import cited
from explorer.export.quiz_exchange.port import FILES, file_name
from explorer.export.reading import Edition, NoSuchPage, SiteLinks
from explorer.export.reading.cuts import LONGEST_DESCRIPTION, shortened
from explorer.export.reading.layout import document, missing, style
from explorer.export.reading.links import TAKEN, StaticLinks, folder_of, rewrite, target_of
from explorer.export.reading.model import Target
from tests.edition import ShippedEdition
from tests.shipped import shipped

PATHS = (
    "",
    "compare",
    "compare/ra",
    "compare/pericarditis",
    "medicine",
    "medicine/anakinra",
    "guide",
    "guide/infections",
    "signs",
    "quiz",
    "quiz/allergy",
    "glossary",
    "sources",
    "sources/anakinra",
    "about",
    "changes",
    "changes/anakinra",
)

COPY = "offline.zip"
"""The copy to take along, which a route of the server gives."""

LINKS = SiteLinks("", lambda name: f"/read/files/{name}")


@lru_cache(maxsize=1)
def edition() -> Edition:
    """Return the edition of the shipped content."""
    return ShippedEdition()


@lru_cache(maxsize=64)
def html(path: str, options: str = "") -> str:
    """Return a page as a document."""
    page = edition().page(path, {"m": options} if options else {})
    return document(page, shipped().catalogue, "v1", LINKS, "https://site.test")


def words_of(markup: str) -> set[str]:
    """Return the sentences of some HTML."""
    plain = unescape(re.sub(r"<[^>]+>", "\n", markup))
    return {" ".join(line.split()) for line in plain.split("\n") if line.strip()}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_and_needs_nothing(path: str) -> None:
    """Language, title, description, canonical address, one heading; one script beside it, no inline style."""
    page = html(path)
    assert page.startswith("<!doctype html>")
    assert '<html lang="en">' in page
    assert page.count("<h1>") == 1
    assert re.search(r"<title>.+ - .+</title>", page)
    description = re.search(r'<meta name="description" content="([^"]+)">', page)
    assert description is not None
    assert len(unescape(description[1])) <= LONGEST_DESCRIPTION
    assert f'<link rel="canonical" href="https://site.test/read/{path}">' in page
    assert re.findall("<script.*", page) == ['<script src="/read/files/reading.js"></script>']
    assert not re.search(r'\sstyle="', page)
    assert "911" in page


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_every_link_leads_somewhere(path: str) -> None:
    """Links within the edition name pages that there are; on the page, places that there are."""
    page = html(path)
    for name in set(re.findall(r'href="#([^"]+)"', page)):
        assert f'id="{unescape(name)}"' in page, name
    for target in set(re.findall(r'href="/read/([^"#?]*)', page)):
        if target.startswith(f"{TAKEN}/"):
            assert target.removeprefix(f"{TAKEN}/") in map(file_name, FILES)
        elif target != COPY and not target.startswith("files/"):
            edition().page(target)
    left = re.findall(r'\shref="((?!#|/|https?:|tel:|mailto:|data:)[^"]*)"', page)
    assert left == []


@pytest.mark.slow
@pytest.mark.parametrize("condition", [item.id for item in shipped().catalogue.conditions])
def test_a_comparison_says_what_the_app_says(condition: str) -> None:
    """Every sentence of the app's glance, facts and signs stands in the edition."""
    catalogue = shipped().catalogue
    options = catalogue.condition(condition).preselect.options
    shown = compare(catalogue, condition, options, None, who=Who.ADULT)
    parts = comparison_screen.pieces(shown, catalogue)
    wanted = set().union(*(words_of(part) for part in parts.values()))
    assert wanted - words_of(html(f"compare/{condition}")) == set()


def test_the_choice_of_an_address_is_shown() -> None:
    """Options of the form stand in the table; those that cannot be compared are named."""
    page = html("compare/ra", "anakinra,etanercept,nothing")
    assert "anakinra and etanercept" in page
    assert "nothing" in page
    for value in ("anakinra", "etanercept", "adult"):
        assert re.search(rf'value="{value}" checked', page)
    assert not re.search(r'value="methotrexate" checked', page)


def test_plans_and_the_person_are_in_the_address_and_the_form() -> None:
    """What is taken now and who it is for are kept on the way, and a child reads no pregnancy."""
    catalogue = shipped().catalogue
    told = {"m": "stay,add-anakinra", "now": "methotrexate,nothing", "a": "child"}
    page = edition().page("compare/ra", told)
    shown = document(page, catalogue, "v1", LINKS)
    assert "Stay on methotrexate and Methotrexate plus anakinra (Kineret)" in shown
    assert "taken now that we do not have for this condition: nothing" in shown
    for value in ("stay", "add-anakinra", "methotrexate", "child"):
        assert re.search(rf'value="{value}" checked', shown)
    assert "Can my child have live vaccines?" in shown
    assert "pregnant?" not in shown
    assert LINKS.address(page.target) == (
        "/read/compare/ra?m=stay,add-anakinra&a=child&now=methotrexate"
    )


def test_too_few_options_fall_back_with_a_line() -> None:
    """One option is no comparison: the preselection stands, and a line says so."""
    assert "Fewer than two options were picked" in html("compare/ra", "anakinra")


@pytest.mark.parametrize(
    "path",
    ["nothing", "compare/none", "medicine/none", "guide/none", "quiz/none", "sources/none", "a/b"],
)
def test_an_unknown_page_names_what_there_is(path: str) -> None:
    """The page that says so offers what stands at that place, and no link to the app."""
    with pytest.raises(NoSuchPage) as caught:
        edition().page(path)
    assert caught.value.offered
    catalogue = shipped().catalogue
    page = document(missing(caught.value.offered, catalogue), catalogue, "v1", LINKS)
    assert all(item.label in unescape(page) for item in caught.value.offered)
    assert "rd-app" not in page


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("medicine?m=anakinra#row-dose", Target(path="medicine/anakinra", fragment="row-dose")),
        (
            "compare?c=ra&m=a,b&a=child",
            Target(path="compare/ra", options=("a", "b"), who=Who.CHILD),
        ),
        ("guide#infections", Target(path="guide", fragment="infections")),
        ("sources", Target(path="sources")),
        ("teach", None),
        ("visit", None),
    ],
)
def test_a_link_of_the_app_becomes_a_place(href: str, expected: Target | None) -> None:
    """What the edition has not is left to the app."""
    assert target_of(href) == expected


def test_links_to_other_sites_and_places_stay() -> None:
    """Only our own pages are rewritten, and an attribute that ends alike is not touched."""
    body = '<a href="https://x.test/medicine?m=a">x</a><a href="#y">y</a><b data-action="hide"></b>'
    assert rewrite(body, LINKS) == body


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (Target(), Target(path="guide"), "guide/index.html"),
        (Target(path="guide/infections"), Target(), "../../index.html"),
        (
            Target(path="guide"),
            Target(path="compare/ra", options=("a", "b", "c")),
            "../compare/ra/index.html",
        ),
        (
            Target(path="guide"),
            Target(path="guide/infections", fragment="x"),
            "../guide/infections/index.html#x",
        ),
    ],
)
def test_static_links_are_relative(here: Target, there: Target, expected: str) -> None:
    """They hold under any path; a page that is not written gives way to the one above it."""
    written = frozenset({"", "guide/", "guide/infections/"})
    assert StaticLinks(here, written).address(there) == expected


def test_each_page_of_a_static_edition_has_its_folder() -> None:
    """No two pages share one, and options may stand in any order."""
    folders = [folder_of(target) for target in edition().targets()]
    assert len(folders) == len(set(folders))
    assert folder_of(Target(path="compare/ra", options=("b", "a"))) == "compare/ra/a+b/"


def test_a_long_description_ends_after_a_word() -> None:
    """It is cut where a search engine would cut it, and says so."""
    assert shortened("short") == "short"
    cut = shortened("word " * 60)
    assert len(cut) <= LONGEST_DESCRIPTION
    assert cut.endswith("word…")


def test_the_stylesheet_asks_nobody_else() -> None:
    """No font, picture or sheet of another host."""
    assert not re.search(r"url\((?!['\"]?data:)|@import", style())


def test_the_guide_leaves_the_signs_of_others_to_their_page() -> None:
    """And with them the sources that nothing else on the page cites; the app has both in one."""
    page = html("guide")
    assert "ax-flag-other" not in page
    assert "ax-flag-other" in html("signs")
    named = set(cited(page))
    assert set(re.findall(r'id="ref-(\d+)"', page)) == named != set()


def test_each_change_stands_on_a_page_that_the_list_leads_to() -> None:
    """The pages on changes hold all of them, and each is light enough for a bad network."""
    catalogue = shipped().catalogue
    listed = edition().page("changes").body
    paths = [item.path for item in edition().targets() if item.path.startswith("changes/")]
    bodies = [edition().page(path).body for path in paths]
    assert all(f'"read:{path}"' in listed for path in paths)
    assert sum(body.count("<li>") for body in bodies) == len(catalogue.changes)
    assert all(change.what in unescape("".join(bodies)) for change in catalogue.changes)
    with pytest.raises(NoSuchPage) as refused:
        edition().page("changes/nothing")
    assert {item.target.path for item in refused.value.offered} == set(paths)
