"""Pages in a real browser: each journey at one size, the layout of each screen at all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"desktop": (1280, 800), "phone": (390, 844), "small-phone": (360, 640)}
ALLOWED_ERRORS: tuple[str, ...] = ()
"""Words in the console that are no error of ours: none."""


@pytest.fixture
def size(request: pytest.FixtureRequest) -> str:
    """Name a size of screen: a phone, unless the test names another one for ``size``."""
    return str(getattr(request, "param", "phone"))


@pytest.fixture
def page(chromium: "Browser", server: str, size: str) -> "Iterator[Page]":
    """Open a browser window of the size, and fail on errors in the console."""
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, base_url=server, accept_downloads=True
    )
    found = context.new_page()
    errors: list[str] = []
    found.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    yield found
    context.close()
    assert [text for text in errors if not any(word in text for word in ALLOWED_ERRORS)] == []


@pytest.fixture(scope="session")
def class_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server with a database of its own, once a worker, that a test can write to as well."""
    folder = tmp_path_factory.mktemp("classes")
    found = Server(
        folder=folder, database=f"sqlite:///{folder}/classes.sqlite3", log=folder / "server.log"
    )
    try:
        found.start()
        yield found
    finally:
        found.close()
