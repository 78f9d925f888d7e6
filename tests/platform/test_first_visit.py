"""What a first visit costs a phone, seen from the browser."""

import re
import time
import urllib.request
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LIMIT = 1_500_000
"""Bytes over the wire until the first page is drawn; 2.7 million before compression."""


def wait_for_copies(server: str) -> None:
    """Wait until the server's largest script is compressed, which is done last."""
    page = urllib.request.urlopen(server).read().decode()
    script = re.search(r"static/js/index\.[^\"]+\.js", page)
    assert script
    request = urllib.request.Request(
        f"{server}/{script[0]}", method="HEAD", headers={"Accept-Encoding": "br"}
    )
    end = time.monotonic() + 180
    while time.monotonic() < end:
        with urllib.request.urlopen(request) as answer:
            if answer.headers["Content-Encoding"] == "br":
                return
        time.sleep(0.3)
    raise AssertionError("the compressed copies were not made")


def test_a_first_visit_is_light_and_breaks_no_rule(server: str, chromium: "Browser") -> None:
    """The first page costs under 1.5 MB, asks no other host, and breaks no security rule."""
    wait_for_copies(server)
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    sizes: list[int] = []
    asked: list[str] = []
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")  # a context may be used again

    def finished(event: dict[str, Any]) -> None:
        sizes.append(int(event["encodedDataLength"]))

    session.on("Network.loadingFinished", finished)
    page.goto(server)
    expect(page.locator("h1").first).to_be_visible(timeout=60_000)
    page.wait_for_load_state("networkidle")
    context.close()
    assert 100_000 < sum(sizes) < LIMIT
    assert {url for url in asked if not url.startswith((server, "data:", "blob:"))} == set()
    assert [text for text in complaints if "Content Security Policy" in text] == []
