"""The guide page under AppTest."""

import re

from streamlit.testing.v1 import AppTest

from explorer import paths
from explorer.content.load import Content
from explorer.domain.red_flags import cards

APP = paths.PACKAGE / "app.py"


def drawn() -> str:
    """Open the guide and give its HTML."""
    app = AppTest.from_file(str(APP), default_timeout=30).run()
    app.switch_page("../pages/guide.py").run()
    assert not app.exception
    bodies = (str(element.proto.body) for element in app.get("html"))
    return "\n".join(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) for text in bodies)


def test_every_statement_stands_there_with_its_anchor(content: Content) -> None:
    """Each statement of each section has a place that links can lead to."""
    ids = set(re.findall(r'id="([a-z0-9-]+)"', drawn()))
    for section in content.catalogue.sections:
        assert section.id in ids
        assert {statement.id for statement in section.statements} <= ids


def test_every_link_inside_leads_somewhere() -> None:
    """No link to a place in the page is dead, and no place has two owners."""
    html = drawn()
    ids = re.findall(r' id="([a-z0-9-]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([a-z0-9-]+)"', html)) <= set(ids)


def test_practice_and_gaps_are_told_apart() -> None:
    """Common practice is marked, and what we do not know has its own box."""
    html = drawn()
    assert "common practice, no source" in html
    assert "What we do not know" in html


def test_main_points_are_in_view_and_steps_behind_them(content: Content) -> None:
    """Each section shows its main point and the reasons for it at once; the rest opens."""
    html = drawn()
    for section in content.catalogue.sections:
        place = html.index(f'id="{section.id}"')
        opener = html.index('<details class="ax-part">', place)
        assert place < html.index(f'id="{section.summary.id}"') < opener
        for statement in section.statements[1:]:
            is_seen = html.index(f'id="{statement.id}"') < opener
            assert is_seen == (statement.id in section.why)


def test_every_medicine_has_its_warning_signs(content: Content) -> None:
    """The guide holds a card for each medicine, with each of its signs."""
    part = drawn().partition('id="warning-signs"')[2].partition('id="what-it-is"')[0]
    published = content.catalogue.published
    found = cards(content.catalogue, [medicine.id for medicine in published])
    assert part.count("<li>") == sum(len(card.signs) for card in found)
    assert [medicine.heading for medicine in published if medicine.heading not in part] == []


def test_the_contents_are_short_lists_under_headings(content: Content) -> None:
    """No list of links is longer than seven, and each heading stands there once."""
    nav = drawn().partition('id="guide-top"')[2].partition("</nav>")[0]
    lists = [part.count("<li>") for part in nav.split("<ul>")[1:]]
    assert sum(lists) == len(content.catalogue.sections) + 1
    assert max(lists) <= 7
    headings = re.findall(r"<p>([^<]*)</p>", nav)
    assert len(headings) == len(lists) == len(set(headings))


def test_what_only_nurses_need_is_folded(content: Content) -> None:
    """A line for nurses stands in a fold of its own, and no line of a patient does."""
    html = drawn()
    folds = re.findall(r'<details class="ax-part ax-nurses">.*?</details>', html, re.DOTALL)
    inside = set(re.findall(r' id="([a-z0-9-]+)"', "".join(folds)))
    statements = [it for section in content.catalogue.sections for it in section.statements]
    assert inside == {statement.id for statement in statements if statement.nurse}
