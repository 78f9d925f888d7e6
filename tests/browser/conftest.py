"""Pages in a real browser: each journey at one size, the layout of each screen at all."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import open_at, put_back, remember_folds
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    Loaded = Callable[[str], Page]

SIZES = {"desktop": (1280, 800), "phone": (390, 844), "small-phone": (360, 640)}
ALLOWED_ERRORS: tuple[str, ...] = ()
"""Words in the console that are no error of ours: none."""


@pytest.fixture
def size(request: pytest.FixtureRequest) -> str:
    """Name a size of screen: a phone, unless the test names another one for ``size``."""
    return str(getattr(request, "param", "phone"))


class LoadedPages:
    """Pages that tests only look at: a page is loaded once, and put back before it is used again.

    Loading the app takes a second of a processor, and most tests of a layout need nothing else of
    it. The server must not notice such a test: it may open folds, change the window, and print.

    Args:
        chromium: the browser.
        server: address of the server.
    """

    MOST = 4
    """Pages that are kept: each takes some 100 MB."""

    def __init__(self, chromium: "Browser", server: str) -> None:
        self._context = chromium.new_context(base_url=server)
        self._pages: dict[str, Page] = {}
        self.errors: dict[Page, list[str]] = {}

    def at(self, address: str, size: str) -> "Page":
        """Return the page at an address, as it was when it was loaded, in a window of a size."""
        width, height = SIZES[size]
        page = self._pages.pop(address, None) or self._context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        if page.url == "about:blank":
            _note_errors(page, self.errors.setdefault(page, []))
            open_at(page, address)
            remember_folds(page)
        else:
            self.errors[page].clear()  # of the time when no test looked at it
            put_back(page)
        self._pages[address] = page
        for oldest in list(self._pages)[: -self.MOST]:
            self._pages.pop(oldest).close()
        return page

    def forget(self) -> None:
        """Close all pages, so that what failed with one is tried with a new one."""
        for page in self._pages.values():
            page.close()
        self._pages.clear()

    def close(self) -> None:
        """Close all pages for good."""
        self._context.close()


def _note_errors(page: "Page", errors: list[str]) -> None:
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )


def _not_allowed(errors: list[str]) -> list[str]:
    return [text for text in errors if not any(word in text for word in ALLOWED_ERRORS)]


@pytest.fixture(scope="session")
def loaded_pages(chromium: "Browser", server: str) -> Iterator[LoadedPages]:
    """Keep the pages that tests only look at, once a worker."""
    made = LoadedPages(chromium, server)
    yield made
    made.close()


@pytest.fixture
def loaded(loaded_pages: LoadedPages, size: str) -> "Iterator[Loaded]":
    """Return what leads to a page that is only looked at, and fail on errors in its console."""
    seen: list[Page] = []

    def look(address: str) -> "Page":
        seen.append(loaded_pages.at(address, size))
        return seen[-1]

    yield look
    errors = [text for page in seen for text in loaded_pages.errors[page]]
    if errors:
        loaded_pages.forget()
    assert _not_allowed(errors) == []


@pytest.fixture
def page(chromium: "Browser", server: str, size: str) -> "Iterator[Page]":
    """Open a browser window of the size, and fail on errors in the console."""
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, base_url=server, accept_downloads=True
    )
    found = context.new_page()
    errors: list[str] = []
    _note_errors(found, errors)
    yield found
    context.close()
    assert _not_allowed(errors) == []


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
