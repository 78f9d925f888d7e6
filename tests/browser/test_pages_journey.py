"""The pages that give an account of the content, in a real browser."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import open_at, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

ADDRESSES = ("/medicine", "/medicine?m=anakinra", "/sources", "/glossary", "/about")


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(page: "Page", address: str) -> None:
    """No rule of axe, WCAG 2.2 AA and best practice, is broken, and nothing scrolls sideways."""
    open_at(page, address)
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 640})
    page.wait_for_timeout(200)
    wide = page.evaluate(
        "(m => m.scrollWidth - m.clientWidth)(document.querySelector('[data-testid=stMain]'))"
    )
    assert wide <= 0


def test_from_the_list_to_a_medicine_and_its_comparison(page: "Page") -> None:
    """A medicine is picked from the list, and its use leads to the comparison."""
    open_at(page, "/medicine")
    page.get_by_role("link", name="Anakinra (Kineret)").click()
    page.get_by_role("heading", name="Anakinra (Kineret)", level=1).wait_for()
    assert page.url.endswith("/medicine?m=anakinra")
    page.get_by_role("link", name="Compare options for Rheumatoid arthritis").click()
    page.locator("table.ax-table").wait_for(timeout=30_000)
    assert page.locator("#ax-col-anakinra").count() == 1
