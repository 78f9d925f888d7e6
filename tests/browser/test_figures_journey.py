"""Pictures of results and of eight weeks in a real browser."""

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import open_at, open_everything, resize

if TYPE_CHECKING:
    from playwright.sync_api import Page

RA = "/compare?c=ra&m=anakinra,methotrexate"
PERICARDITIS = "/compare?c=pericarditis&m=anakinra,rilonacept"


@pytest.mark.parametrize("size", ["small-phone"], indirect=True)
@pytest.mark.parametrize("address", [RA, PERICARDITIS])
def test_no_picture_is_wider_than_the_window(page: "Page", address: str) -> None:
    """On a window of 360 pixels every picture ends inside it, beside the open table too."""
    open_at(page, address)
    open_everything(page)
    ends = page.locator(".ax-figures img, .ax-weeks img").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect().right)"
    )
    assert 0 < max(ends) <= 360


def test_every_picture_is_drawn_and_has_its_sentence(page: "Page") -> None:
    """Each picture has loaded, and the accessibility tree names it in words."""
    open_at(page, RA)
    pictures = page.locator(".ax-figures img")
    sizes = pictures.evaluate_all("nodes => nodes.map(node => node.naturalWidth)")
    assert len(sizes) == 20
    assert min(sizes) > 0
    one = page.get_by_role("img", name="On anakinra: 38 of 100 improved this much, 62 did not.")
    assert one.count() == 1


def test_both_groups_stand_on_one_line_at_one_scale(page: "Page") -> None:
    """The two pictures of 100 have one size and one bottom, on a desktop and on a phone."""
    open_at(page, RA)
    for width in (1280, 390):
        resize(page, width, 844)
        one, two = (
            page.locator(".ax-grids")
            .first.locator("img")
            .evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().toJSON())")
        )
        assert (one["width"], one["height"]) == (two["width"], two["height"])
        assert abs(one["bottom"] - two["bottom"]) < 1


def test_strips_have_one_scale(page: "Page") -> None:
    """All strips of eight weeks on the page are equally wide, on a desktop and on a phone."""
    open_at(page, "/compare?c=ra&m=adalimumab,anakinra,infliximab,methotrexate")
    for width in (1280, 390):
        resize(page, width, 844)
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

    open_at(page, PERICARDITIS)
    page.pdf(path=tmp_path / "print.pdf", format="Letter")
    text = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "print.pdf").pages)
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    assert "Separatestudies,differentpeople:notarace." in flat
    assert "9of10haditcomeback" in flat
    assert "Eightweeksoneachmedicine" in flat
