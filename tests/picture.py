"""Take the README's picture from the running app: ``python -m tests.picture``.

A comparison of two options as it stands on a laptop's screen, in few colours, so that it is small.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from explorer import paths
from tests import headless
from tests.servers import running

TARGET = paths.ROOT / "docs" / "picture.png"
ADDRESS = "/compare?c=ra&m=anakinra,methotrexate"
WINDOW = {"width": 1100, "height": 780}
COLOURS = 64

BELOW_THE_MENU = 20
"""Pixels: the end of the part above the table is scrolled out of view."""


def take(base: str) -> bytes:
    """Open the comparison and photograph the window with its table at the top.

    Args:
        base: address of a running server.

    Returns:
        A PNG as the browser makes it.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=headless.program(),
            args=list(headless.ARGUMENTS),
        )
        page = browser.new_page(viewport=WINDOW, base_url=base, reduced_motion="reduce")
        page.goto(ADDRESS)
        page.locator("footer.ax-foot").wait_for(timeout=30_000)
        page.locator("table.gl-table").evaluate("table => table.scrollIntoView({block: 'start'})")
        page.locator("[data-testid=stMain]").evaluate(f"main => main.scrollBy(0, {BELOW_THE_MENU})")
        page.evaluate("document.fonts.ready")
        taken = page.screenshot(animations="disabled")
        browser.close()
    return taken


def small(taken: bytes) -> bytes:
    """Reduce a picture to few colours."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(taken)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(made, "PNG", optimize=True)
    return made.getvalue()


def main() -> None:
    """Start the app, take the picture, and put it into ``docs``."""
    command = [sys.executable, "-m", "explorer.cli", "run", "--port", "{port}"]
    with tempfile.TemporaryDirectory() as folder, running(command, folder=Path(folder)) as base:
        TARGET.write_bytes(small(take(base)))
    print(f"{TARGET.relative_to(paths.ROOT)}: {TARGET.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
