"""A server that is frozen, while its connections stay open: console and screen say so themselves."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.browser.classroom import ClassRoom
from tests.browser.journey import settled, violations
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

TOLD_WITHIN = 5_000
"""Milliseconds after which who teaches has to know: until then they would press in vain."""

SAID = re.compile(r"The server does not answer\. It last did at \d+:\d\d")


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    """Freeze the process of a server, and let it go on in any case."""
    assert server.process is not None
    server.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.process.send_signal(signal.SIGCONT)


@pytest.fixture
def room(class_server: Server) -> Iterator[ClassRoom]:
    """Open a class."""
    made = ClassRoom(class_server.base, class_server.database)
    yield made
    made.close()


def line(page: "Page") -> "Locator":
    """Find the line at the foot of the window."""
    return page.get_by_role("alert").filter(has_text=SAID)


@pytest.mark.parametrize("link", ["console", "screen"])
def test_a_frozen_server_is_told(
    chromium: "Browser", class_server: Server, room: ClassRoom, link: str
) -> None:
    """With the time of its last answer; the line goes by itself, and what was to be read stays."""
    page = chromium.new_page()
    room.press("next", "show")
    page.goto(getattr(room, link))
    page.get_by_text("What about single?").first.wait_for()
    settled(page, 100)
    assert line(page).count() == 0
    with frozen(class_server):
        line(page).wait_for(timeout=TOLD_WITHIN)
        assert page.get_by_text("What about single?").first.is_visible()
        assert violations(page) == []
    line(page).wait_for(state="detached")
    room.press("close", "reveal")
    page.get_by_text("Why a.").first.wait_for()
    page.close()


@pytest.mark.parametrize(("path", "asks"), [("/glossary", False), ("/teach", True)])
def test_only_a_page_where_a_class_is_led_asks(
    chromium: "Browser", class_server: Server, path: str, *, asks: bool
) -> None:
    """Hundreds of readers who asked each 1.5 seconds would keep the server busy with that alone."""
    page = chromium.new_page()
    page.clock.install()
    page.goto(f"{class_server.base}{path}")
    page.locator(".ax-foot").first.wait_for()
    settled(page, 100)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for _ in range(3):
        page.clock.fast_forward(2_000)
        settled(page, 100)
    assert any(url.endswith("/_stcore/health") for url in asked) == asks
    page.close()
