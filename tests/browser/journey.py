"""What the journeys share."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

STREAMLITS_OWN = '[data-testid="stSidebarNavItems"]'
"""On a phone Streamlit puts the headings of its menu straight into a list, which axe minds."""

TALL = 5000
"""Pixels: axe skips the contrast of what is scrolled out of view."""


def open_at(page: "Page", address: str) -> None:
    """Open an address and wait for the end of the page."""
    page.goto(address)
    page.locator("footer.ax-foot").wait_for(timeout=30_000)


def open_files(page: "Page") -> None:
    """Open what can be taken away, and wait for the buttons that a script draws."""
    page.get_by_text("Take it with you").click()
    page.get_by_role("button", name="Copy link").wait_for(timeout=15_000)


def violations(page: "Page") -> list[tuple[str, list[str]]]:
    """Run axe on the whole page, in a very tall window, and list what it finds."""
    from axe_playwright_python.sync_playwright import Axe

    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": size["width"], "height": TALL})
    page.wait_for_timeout(300)
    found: list[dict[str, Any]] = (
        Axe().run(page, context={"exclude": [STREAMLITS_OWN]}).response["violations"]
    )
    page.set_viewport_size(size)
    return [(item["id"], [node["html"][:160] for node in item["nodes"][:3]]) for item in found]
