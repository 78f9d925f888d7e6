"""What is kept, where and for how long: from the settings, the same in About and on its own page."""

import re
from html import unescape

import pytest

from explorer.content.readability import grade, names
from explorer.domain.keeping import WITHOUT_A_SERVER, Keeping, KeptThing
from explorer.export import kept_html, pages_html
from explorer.export.reading import Edition, SiteLinks, StaticLinks
from explorer.export.reading.layout import document
from explorer.export.reading.links import rewrite
from explorer.export.reading.model import Target
from tests.shipped import shipped

HELD = Keeping(class_days=45, in_memory=False, figures=False, left=2, ended=4, lost=31)


def html(keeping: Keeping | None) -> str:
    return kept_html.kept(shipped().catalogue, keeping)


def told(keeping: Keeping | None) -> list[str]:
    """Return the ids of what is told."""
    return re.findall(r'id="kept-([a-z-]+)"', html(keeping))


def test_every_thing_is_told_by_some_server() -> None:
    """None of the list is left over; each is named by the settings that it depends on."""
    everything = {*told(HELD), *told(HELD.evolve(in_memory=True, figures=True))}
    assert everything == set(KeptThing)


def test_the_settings_in_force_are_told() -> None:
    """Days and minutes come from them; where classes are in memory there is nothing to copy."""
    text = unescape(html(HELD))
    for part in ("45 days", "about 2 minutes", "4 minutes", "31 minutes", "counts no visits"):
        assert part in text
    memory = unescape(html(HELD.evolve(in_memory=True)))
    assert "database" not in memory
    assert "Until the server stops, and 45 days" in memory
    counted = told(HELD.evolve(figures=True))
    assert "figures" in counted
    assert "no-figures" not in counted


def test_a_copy_of_the_pages_has_no_server() -> None:
    """It tells of no class, no cookie and no count, and of the text size."""
    assert told(None) == list(WITHOUT_A_SERVER)
    assert not re.search(r"\b0\b", html(None))


def test_about_has_the_same_list_and_leads_to_the_page() -> None:
    """One list is worded once; the link holds on a server under a path, and in a folder of files."""
    content = shipped()
    about = pages_html.about(
        content.catalogue,
        "v1",
        today=content.catalogue.review.content_date,
        medicines=(),
        sections=(),
        keeping=HELD,
    )
    alone = Edition(content.catalogue, lambda: about, HELD).page("kept")
    lines = re.findall(r"<p>(<strong>.*?)</p>", alone.body)
    assert len(lines) == 2 * len(HELD.things)
    assert all(line in about for line in lines)
    site = SiteLinks("/kin", lambda name: name)
    assert 'href="/kin/read/kept"' in rewrite(about, site)
    static = StaticLinks(Target(path="about"), frozenset({"kept/", "about/"}))
    assert 'href="../kept/index.html"' in rewrite(about, static)
    assert 'href="/kin/read/kept"' in document(alone, content.catalogue, "v1", site)


@pytest.mark.parametrize("keeping", [HELD, HELD.evolve(in_memory=True, figures=True), None])
def test_the_list_is_easy_to_read(keeping: Keeping | None) -> None:
    """All of it together is at grade 8 or below."""
    text = " ".join(re.findall(r"<p><strong>.*?</strong> (.*?)</p>", html(keeping)))
    measured = grade([unescape(text)], names(shipped().catalogue))
    assert measured is not None
    assert measured <= 8
