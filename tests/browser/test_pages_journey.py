"""The pages that give an account of the content, in a real browser."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import open_at, open_everything
from tests.paper import sheets

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Loaded


def test_from_the_list_to_a_medicine_and_its_comparison(page: "Page") -> None:
    """A medicine is picked from the list, and its use leads to the comparison."""
    open_at(page, "/medicine")
    page.get_by_role("link", name="Anakinra (Kineret)").click()
    page.get_by_role("heading", name="Anakinra (Kineret)", level=1).wait_for()
    assert page.url.endswith("/medicine?m=anakinra")
    page.get_by_role("link", name="Compare options for Rheumatoid arthritis").click()
    page.locator("#first").wait_for(state="detached")
    page.locator("table.gl-table").wait_for()
    assert page.locator("#ax-col-anakinra").count() == 1


def test_a_word_is_explained_by_a_key_and_by_a_press(loaded: "Loaded") -> None:
    """A fold after the part opens with Enter and is where the focus is; a press shows the word's own."""
    page = loaded("/compare?c=ra&m=anakinra,methotrexate")
    open_everything(page)
    fold = page.locator(".gl-facts details.ax-words").first
    fold.evaluate("fold => { fold.open = false; }")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    page.locator(".gl-facts details.ax-words dl:focus").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator(".gl-facts details.ax-words summary:focus").wait_for()
    page.locator(".gl-facts .ax-term").first.click()
    page.locator(".ax-word").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator(".ax-word").wait_for(state="hidden")
    assert page.locator(".ax-page-words").is_visible() is False
    page.emulate_media(media="print")
    assert page.locator(".ax-page-words").is_visible()


@pytest.mark.parametrize("size", ["small-phone"], indirect=True)
def test_the_message_is_seen_without_scrolling(loaded: "Loaded") -> None:
    """On a small phone the one message of the first page ends above the edge of the screen."""
    page = loaded("/")
    box = page.locator(".ax-message").bounding_box()
    text = page.evaluate(
        "(() => { const r = document.createRange();"
        " r.selectNodeContents(document.querySelector('.ax-message'));"
        " return r.getBoundingClientRect().bottom; })()"
    )
    assert box is not None
    assert text <= 640


def test_the_account_opens_at_its_place(page: "Page") -> None:
    """A link into the audit opens the list that it stands in."""
    open_at(page, "/about#audit-ipdas-c5")
    page.locator("#audit-ipdas-c5").wait_for(state="visible")


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_print_shows_a_medicine_whole(loaded: "Loaded", tmp_path: Path) -> None:
    """Printed, a medicine has its details and sources, and no menu or button."""

    page = loaded("/medicine?m=anakinra")
    page.pdf(path=tmp_path / "print.pdf", format="A4")
    text = " ".join(sheets(tmp_path / "print.pdf"))
    flat = " ".join(text.split())
    assert "Sobi makes it." in flat
    assert "Words used here" in flat
    assert "All medicines" not in flat
    assert "Print this page" not in flat


_COVERED = """() => {
  const seen = node => node.getBoundingClientRect();
  const boxes = [...document.querySelectorAll('[data-testid=stMain] :is(a, button, iframe)')];
  return [...document.querySelectorAll('[data-testid=stHeading] :is(h1, h2, h3)')].filter(head =>
    boxes.some(box => !head.contains(box) && seen(box).height > 0
      && seen(box).top < seen(head).bottom && seen(box).bottom > seen(head).top
      && seen(box).left < seen(head).right && seen(box).right > seen(head).left)
  ).map(head => head.textContent);
}"""


@pytest.mark.parametrize("size", ["desktop", "phone"], indirect=True)
@pytest.mark.parametrize("address", ["/medicine", "/medicine?m=anakinra"])
def test_no_box_touches_a_heading(loaded: "Loaded", address: str) -> None:
    """Between a heading of the medicines and the box below it there is room."""
    page = loaded(address)
    page.get_by_role("heading", level=1).wait_for()
    assert page.locator("[data-testid=stHeading]").count() > 0
    assert page.evaluate(_COVERED) == []
