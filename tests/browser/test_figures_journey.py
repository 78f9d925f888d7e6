"""Pictures of results and of eight weeks in a real browser."""

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import open_everything, resize
from tests.paper import sheets

if TYPE_CHECKING:
    from tests.browser.conftest import Loaded

RA = "/compare?c=ra&m=anakinra,methotrexate"
PERICARDITIS = "/compare?c=pericarditis&m=anakinra,rilonacept"


@pytest.mark.parametrize("size", ["small-phone"], indirect=True)
@pytest.mark.parametrize("address", [RA, PERICARDITIS])
def test_no_picture_is_wider_than_the_window(loaded: "Loaded", address: str) -> None:
    """On a window of 360 pixels every picture ends inside it, beside the open table too."""
    page = loaded(address)
    open_everything(page)
    ends = page.locator(".gl-pictures img, .gl-weeks img").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect().right)"
    )
    assert 0 < max(ends) <= 360


def test_every_picture_is_drawn_and_has_its_sentence(loaded: "Loaded") -> None:
    """Each picture has loaded, and the accessibility tree names it in words."""
    page = loaded(RA)
    pictures = page.locator(".gl-pic img")
    sizes = pictures.evaluate_all("nodes => nodes.map(node => node.naturalWidth)")
    assert len(sizes) == 6
    assert min(sizes) > 0
    said = "On anakinra with methotrexate: 17 of 100 improved this much, 83 did not."
    assert page.get_by_role("img", name=said).count() == 1
    assert page.get_by_role("img", name="On anakinra: 38 of 100 improved this much").count() == 0
    open_everything(page)
    assert page.get_by_role("img", name="On anakinra: 38 of 100 improved this much").count() == 1


def test_both_groups_stand_on_one_line_at_one_scale(loaded: "Loaded") -> None:
    """The two pictures of 100 have one size and one bottom, on a desktop and on a phone."""
    page = loaded(RA)
    for width in (1280, 390):
        resize(page, width, 844)
        one, two = (
            page.locator(".gl-pair")
            .first.locator("img")
            .evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().toJSON())")
        )
        assert (one["width"], one["height"]) == (two["width"], two["height"])
        assert abs(one["bottom"] - two["bottom"]) < 1


def test_strips_have_one_scale(loaded: "Loaded") -> None:
    """All strips of eight weeks on the page are equally wide, on a desktop and on a phone."""
    page = loaded("/compare?c=ra&m=adalimumab,anakinra,infliximab,methotrexate")
    for width in (1280, 390):
        resize(page, width, 844)
        wide = page.locator(".gl-week img").evaluate_all(
            "nodes => nodes.map(node => Math.round(node.getBoundingClientRect().width))"
        )
        assert len(set(wide)) == 1


def test_pictures_are_seen_without_a_press(loaded: "Loaded") -> None:
    """Benefit and worst harm are drawn, each beside its own group, with "not a race" above them."""
    page = loaded(RA)
    race = page.get_by_text("Separate studies, different people: not a race.").first
    first = page.locator(".gl-pic img").first
    assert race.is_visible()
    assert first.is_visible()
    above, below = race.bounding_box(), first.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]
    assert page.locator(".gl-nopic").get_by_text("The figures are from people").is_visible()


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_pictures_are_in_print(loaded: "Loaded", tmp_path: Path) -> None:
    """Printed, every figure stands with its count, and the race is denied."""

    page = loaded(PERICARDITIS)
    page.pdf(path=tmp_path / "print.pdf", format="Letter")
    text = " ".join(sheets(tmp_path / "print.pdf"))
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    assert "Separatestudies,differentpeople:notarace." in flat
    assert "9of10" in flat
    assert "Eightweeksoneach" in flat
