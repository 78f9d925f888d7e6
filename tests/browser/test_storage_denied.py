"""A browser that forbids storage or the clipboard: every page works, and a quiet line says so."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import open_at, settled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

READ = """
for (const name of ["sessionStorage", "localStorage"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("denied", "SecurityError"); },
  });
}
"""
"""Private mode and managed computers: the very name raises."""

WRITE = """
Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
"""
"""Older private modes and full disks: reading works, writing raises."""

CLIPBOARD = """
Object.defineProperty(navigator, "clipboard", {
  get() { throw new DOMException("denied", "NotAllowedError"); },
});
document.execCommand = () => { throw new DOMException("denied", "NotAllowedError"); };
"""

_BOXES = """() => document.querySelectorAll(
  '[data-testid=stException], [data-testid=stErrorElement], [data-testid=stAlertContentError]'
).length"""

COMPARED = "/compare?c=ra&m=methotrexate,adalimumab,anakinra"
NOT_HELD = "This browser does not let us hold"


@pytest.fixture(params=["read", "write"])
def denied(chromium: "Browser", server: str, request: pytest.FixtureRequest) -> "Iterator[Page]":
    """Open a window of a browser that refuses storage and the clipboard."""
    context = chromium.new_context(base_url=server, viewport={"width": 1280, "height": 800})
    context.add_init_script(READ if request.param == "read" else WRITE)
    context.add_init_script(CLIPBOARD)
    page = context.new_page()
    raised: list[str] = []
    page.on("pageerror", lambda error: raised.append(str(error)))
    yield page
    context.close()
    assert raised == []


def no_red_box(page: "Page") -> None:
    """Wait until what is drawn last is there, and find no error box of Streamlit's."""
    settled(page, 500)
    assert page.evaluate(_BOXES) == 0
    assert "BidiComponent Error" not in page.locator("body").inner_text()


def test_the_visit_works_and_says_that_nothing_is_held(denied: "Page") -> None:
    """From the comparison to the sheet and its text, with what was typed."""
    open_at(denied, COMPARED)
    no_red_box(denied)
    denied.get_by_role("link", name="Next: what matters to me").first.click()
    denied.get_by_role("textbox", name="Notes").fill("Sore hands")
    denied.keyboard.press("Tab")
    denied.get_by_text(NOT_HELD).first.wait_for()  # twice while the next run draws
    no_red_box(denied)
    assert denied.get_by_text(NOT_HELD).count() == 1
    denied.get_by_role("button", name="Next: my sheet").click()
    denied.locator("#sheet").get_by_text("Sore hands").wait_for()
    no_red_box(denied)
    denied.get_by_role("button", name="Copy as text").click()
    denied.get_by_text("Your browser did not allow it.").wait_for()
    denied.get_by_role("button", name="Start again").click()
    denied.get_by_role("button", name="Clear it all").click()
    denied.get_by_text("All that you picked and typed is cleared.").wait_for()
    no_red_box(denied)


def test_the_quiz_works_and_says_that_nothing_is_held(denied: "Page") -> None:
    """A question is skipped, and the next one comes."""
    open_at(denied, "/quiz")
    no_red_box(denied)
    claims = denied.get_by_text("in this server's memory and in this browser tab")
    denied.get_by_role("button", name="Start", exact=True).first.click()
    denied.get_by_text("Question 1 of 12").wait_for()
    denied.get_by_text(NOT_HELD).first.wait_for()  # twice while the next run draws
    denied.get_by_role("button", name="Skip this one").click()
    denied.get_by_role("button", name="Next question").click()
    denied.get_by_text("Question 2 of 12").wait_for()
    no_red_box(denied)
    assert denied.get_by_text(NOT_HELD).count() == 1
    assert claims.count() == 0


NOTHING_HELD = ("/", "/guide#storing", "/medicine?m=anakinra", "/sources", "/about#%E0%A4%A")


@pytest.mark.parametrize(
    ("denied", "addresses"),
    [("read", NOTHING_HELD), ("write", NOTHING_HELD[1:2])],
    indirect=["denied"],
    ids=["read", "write"],
)
def test_pages_that_hold_nothing_work(denied: "Page", addresses: tuple[str, ...]) -> None:
    """Scrolling to a place and the text size need no storage, and any fragment is met."""
    for address in addresses:
        open_at(denied, address)
        denied.get_by_role("button", name="Largest").click()
        assert denied.locator("html").get_attribute("data-text") == "3"
        no_red_box(denied)
        assert denied.get_by_text(NOT_HELD).count() == 0


def test_a_class_is_opened_and_its_link_copied_by_hand(denied: "Page") -> None:
    """The keys stand in the address; where copying is refused, a line says so."""
    open_at(denied, "/teach")
    denied.get_by_role("button", name="Open the class").click()
    denied.get_by_role("button", name="Show the first question").wait_for()
    denied.wait_for_function("() => window.location.hash.startsWith('#console=')")
    denied.get_by_text("Links, keys, end and delete", exact=True).click()
    copy = denied.get_by_role("button", name="Copy my link to this console", exact=True)
    copy.first.click()
    denied.get_by_text("Copy the address from the address bar.").first.wait_for()
    no_red_box(denied)


def test_what_was_held_is_found_on_a_second_page(chromium: "Browser", server: str) -> None:
    """A tab that asked for one thing and found nothing still asks for the other."""
    context = chromium.new_context(base_url=server)
    page = context.new_page()
    open_at(page, COMPARED)
    page.get_by_role("link", name="Next: what matters to me").first.click()
    page.get_by_role("textbox", name="Notes").fill("Sore hands")
    page.keyboard.press("Tab")
    page.wait_for_function("() => JSON.stringify(window.sessionStorage).includes('Sore hands')")
    open_at(page, "/quiz")  # a new session: its quiz asks the tab first
    page.get_by_role("button", name="Start", exact=True).first.wait_for()
    settled(page, 1500)
    page.get_by_test_id("stTopNavLink").filter(has_text="My visit").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('textarea')].some(box => box.value === 'Sore hands')",
    )
    context.close()
