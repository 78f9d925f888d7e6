"""Pictures of results and of eight weeks in a real browser, at desktop and phone size."""

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import open_at, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

RA = "/compare?c=ra&m=anakinra,methotrexate"
ADDRESSES = (
    RA,
    "/compare?c=stills&m=anakinra,canakinumab",
    "/compare?c=pericarditis&m=anakinra,rilonacept",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_with_the_table_open(page: "Page", address: str) -> None:
    """No rule is broken by pictures, strips, or the table of the same figures."""
    open_at(page, address)
    page.get_by_text("The same numbers as a table").click()
    page.get_by_role("table").nth(1).wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_scrolls_sideways_at_360_pixels(page: "Page", address: str) -> None:
    """Pictures and the open table stay inside a narrow window, and no picture is wider."""
    open_at(page, address)
    page.set_viewport_size({"width": 360, "height": 640})
    page.get_by_text("The same numbers as a table").click()
    page.wait_for_timeout(200)
    wide = page.evaluate(
        "(m => m.scrollWidth - m.clientWidth)(document.querySelector('[data-testid=stMain]'))"
    )
    ends = page.locator(".ax-figures img, .ax-weeks img").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect().right)"
    )
    assert wide <= 0
    assert max(ends) <= 360


def test_every_picture_is_drawn_and_has_its_sentence(page: "Page") -> None:
    """Each picture has loaded, and the accessibility tree names it in words."""
    open_at(page, RA)
    pictures = page.locator(".ax-figures img")
    sizes = pictures.evaluate_all("nodes => nodes.map(node => node.naturalWidth)")
    assert len(sizes) == 20
    assert min(sizes) > 0
    one = page.get_by_role("img", name="On anakinra: 38 of 100 improved this much, 62 did not.")
    assert one.count() == 1


def test_both_groups_stand_on_one_line_at_one_scale(page: "Page", size: str) -> None:
    """The two pictures of 100 have one size and one bottom, on a phone too."""
    open_at(page, RA)
    one, two = (
        page.locator(".ax-grids")
        .first.locator("img")
        .evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().toJSON())")
    )
    assert (one["width"], one["height"]) == (two["width"], two["height"])
    assert abs(one["bottom"] - two["bottom"]) < 1


def test_strips_have_one_scale(page: "Page") -> None:
    """All strips of eight weeks on the page are equally wide."""
    open_at(page, "/compare?c=ra&m=adalimumab,anakinra,infliximab,methotrexate")
    wide = page.locator(".ax-weeks img").evaluate_all(
        "nodes => nodes.map(node => Math.round(node.getBoundingClientRect().width))"
    )
    assert len(set(wide)) == 1


def test_a_row_leads_to_its_pictures(page: "Page") -> None:
    """The row about how well it works has a link, by keyboard, to the pictures of benefit."""
    open_at(page, RA)
    link = page.locator("#row-how-well .ax-see")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#figures-benefit'")
    assert page.get_by_role("heading", name="How well might it work?").last.is_visible()


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_pictures_are_in_print(page: "Page", tmp_path: Path) -> None:
    """Printed, every figure stands with its count, and the race is denied."""
    from pypdf import PdfReader

    open_at(page, ADDRESSES[2])
    page.pdf(path=tmp_path / "print.pdf", format="Letter")
    text = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "print.pdf").pages)
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    assert "Separatestudies,differentpeople:notarace." in flat
    assert "9of10haditcomeback" in flat
    assert "Eightweeksoneachmedicine" in flat
