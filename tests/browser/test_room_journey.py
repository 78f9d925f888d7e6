"""A participant in a real browser, in a class of the real server, on desktop and phone."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explorer.domain.questions import Kind
from explorer.domain.sessions import Action, Planned, Settling
from explorer.domain.statistics import Phase
from explorer.store import open_store
from explorer.teaching import Teaching
from tests.browser.conftest import SIZES
from tests.browser.journey import violations
from tests.conftest import clean_environment, free_port, stop, wait_until_healthy
from tests.questions import question

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

KINDS = (Kind.SINGLE, Kind.SORT, Kind.SEVERAL, Kind.NUMBER)

PLAN = tuple(
    Planned(
        question=question(kind.value, kind),
        phase=Phase.FREE,
        settled_by=(
            Settling(text="Call before the shot.", address="guide#infection", source="US label"),
        ),
    )
    for kind in KINDS
)

SOON = 6000
"""Milliseconds in which what the host does is on the page: one look, and a busy machine."""


class Server:
    """The real server, which can be ended as by a power cut and started at the same address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.database = f"sqlite:///{folder}/classes.sqlite3"
        self.base = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "explorer.cli", "run", "--port", str(self._port)],
            cwd=self._folder,
            env=clean_environment(EXPLORER_DATABASE=self.database),
            stdin=subprocess.DEVNULL,
        )
        wait_until_healthy(self._process, self.base)

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        """Stop it."""
        if self._process is not None and self._process.poll() is None:
            stop(self._process)


class ClassRoom:
    """A class on the real server, and its host in this process by the shared database."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.base = server.base
        self.teaching = Teaching(open_store(server.database, Path("unused")))
        self.keys = self.teaching.open_session(PLAN, title="Using anakinra", content="v1")

    @property
    def link(self) -> str:
        """What the QR code opens."""
        return f"{self.base}/join?code={self.keys.code}"

    def press(self, *names: str) -> None:
        """Move the class."""
        for name in names:
            version = self.teaching.host(self.keys.console).version
            self.teaching.step(self.keys.console, Action(name), version)


@pytest.fixture(scope="module")
def class_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server with a database of its own."""
    found = Server(tmp_path_factory.mktemp("classes"))
    try:
        found.start()
        yield found
    finally:
        found.close()


@pytest.fixture
def room(class_server: Server) -> Iterator[ClassRoom]:
    """Open a class."""
    found = ClassRoom(class_server)
    yield found
    found.teaching.close()


@pytest.fixture
def browser_of(chromium: "Browser", size: str) -> "Iterator[BrowserContext]":
    """Open a browser of the size with a cookie jar of its own."""
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height})
    yield context
    context.close()


@pytest.fixture
def phone(browser_of: "BrowserContext") -> "Iterator[Page]":
    """Open a tab; an error of our script or of the policy fails the test."""
    page = browser_of.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error" and "Failed to load resource" not in message.text
            else None
        ),
    )
    yield page
    assert errors == []


def join(page: "Page", room: ClassRoom) -> None:
    """Open the link and press Join."""
    page.goto(room.link)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("heading", name="You are in").wait_for()


def heading(page: "Page", text: str) -> None:
    """Wait until the page has moved to a heading, by itself."""
    page.get_by_role("heading", name=text).wait_for(timeout=SOON)


def check(page: "Page") -> None:
    """Axe finds nothing, and nothing is wider than the window."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_class_from_the_code_to_the_end(room: ClassRoom, phone: "Page") -> None:
    """Type the code, read, answer, change, see the reasons, sort, and be thanked."""
    phone.goto(f"{room.base}/join")
    check(phone)
    phone.get_by_label("Code from the screen in the room").fill("zzzzzz")
    phone.get_by_role("button", name="Join").click()
    phone.get_by_text("There is no class with this code.").wait_for()
    phone.locator("#problem:focus").wait_for(timeout=SOON)
    check(phone)
    phone.get_by_label("Code from the screen in the room").fill(room.keys.code.lower())
    phone.get_by_role("button", name="Join").click()
    heading(phone, "You are in")
    check(phone)
    room.press("next")
    heading(phone, "What about single?")
    assert phone.get_by_role("radio").count() == 0
    room.press("show")
    phone.get_by_role("radio").first.wait_for(timeout=SOON)
    assert phone.get_by_role("radio", checked=True).count() == 0
    check(phone)
    phone.get_by_text("Text b.").click()
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("Your answer is saved.").wait_for()
    check(phone)
    phone.get_by_text("Text a.").click()
    phone.get_by_role("button", name="Send my new answer").click()
    phone.get_by_text("Your answer is saved.").wait_for()
    room.press("close")
    phone.get_by_text("This question is closed.").wait_for(timeout=SOON)
    assert "Why a." not in phone.content()
    assert "Call before the shot." not in phone.content()
    room.press("reveal")
    phone.get_by_text("Why a.").wait_for(timeout=SOON)
    phone.get_by_text("Call before the shot.").wait_for()
    check(phone)
    room.press("next", "show")
    phone.get_by_role("combobox").first.wait_for(timeout=SOON)
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("Put every line into a group.").wait_for()
    check(phone)
    for number, group in enumerate(("Now", "Later", "Now")):
        phone.get_by_role("combobox").nth(number).select_option(label=group)
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("Your answer is saved.").wait_for()
    room.press("end")
    heading(phone, "Thank you")
    check(phone)
    given = room.teaching.report(room.keys.report)
    assert given.people == 1


def test_by_keyboard_the_next_thing_is_at_hand(room: ClassRoom, phone: "Page") -> None:
    """A new question takes the focus, and the answer is reached and sent by keys alone."""
    join(phone, room)
    room.press("next", "show")
    heading(phone, "What about single?")
    assert phone.evaluate("document.activeElement.tagName") == "H1"
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("Enter")
    phone.get_by_text("Your answer is saved.").wait_for()
    assert room.teaching.host(room.keys.console).answered == 1


def test_what_is_new_is_said_after_joining(room: ClassRoom, phone: "Page") -> None:
    """The first stop is the way to the main part; after joining, "You are in" has the focus."""
    phone.goto(room.link)
    phone.keyboard.press("Tab")
    skip = phone.locator("a.skip:focus")
    skip.wait_for(timeout=SOON)
    assert skip.inner_text() == "Skip to the class"
    check(phone)
    phone.keyboard.press("Enter")
    phone.locator("main:focus").wait_for(timeout=SOON)
    phone.get_by_role("button", name="Join").click()
    phone.locator("h1:focus").get_by_text("You are in").wait_for(timeout=SOON)
    check(phone)


def test_reload_and_second_tab_are_the_same_person(
    room: ClassRoom, phone: "Page", browser_of: "BrowserContext"
) -> None:
    """After a reload and in another tab the answer is there; both tabs together count once."""
    join(phone, room)
    room.press("next", "show")
    phone.get_by_text("Text b.").click(timeout=SOON)
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("Your answer is saved.").wait_for()
    phone.reload()
    assert phone.get_by_label("Text b.").is_checked()
    other = browser_of.new_page()
    other.goto(room.link)
    assert other.get_by_label("Text b.").is_checked()
    other.get_by_text("Text c.").click()
    other.get_by_role("button", name="Send my new answer").click()
    other.get_by_text("Your answer is saved.").wait_for()
    phone.locator('input[value="c"]:checked').wait_for(timeout=SOON)
    standing = room.teaching.host(room.keys.console)
    assert (standing.joined, standing.answered) == (1, 1)


def test_a_lost_connection_loses_nothing(
    room: ClassRoom, phone: "Page", browser_of: "BrowserContext"
) -> None:
    """Offline the page says that the answer is not saved yet; back online it sends it itself."""
    join(phone, room)
    room.press("next", "show")
    phone.get_by_text("Text b.").click(timeout=SOON)
    browser_of.set_offline(True)
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("Not saved yet. This page keeps trying").wait_for()
    assert phone.get_by_label("Text b.").is_checked()
    assert room.teaching.host(room.keys.console).answered == 0
    browser_of.set_offline(False)
    phone.get_by_text("Your answer is saved.").wait_for(timeout=15_000)
    assert room.teaching.host(room.keys.console).answered == 1


def test_a_killed_server_keeps_who_and_what(room: ClassRoom, phone: "Page") -> None:
    """After kill -9 and a start, the same page goes on: same person, same answer."""
    join(phone, room)
    room.press("next", "show")
    phone.get_by_text("Text b.").click(timeout=SOON)
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("Your answer is saved.").wait_for()
    room.server.kill()
    phone.get_by_text("No connection. Your place is kept").wait_for(timeout=15_000)
    room.server.start()
    room.press("close")
    phone.get_by_text("This question is closed.").wait_for(timeout=20_000)
    assert "Text b." in phone.get_by_role("main").inner_text()
    standing = room.teaching.host(room.keys.console)
    assert (standing.joined, standing.answered) == (1, 1)


def test_without_scripts(chromium: "Browser", size: str, room: ClassRoom) -> None:
    """Plain forms join, answer and change; a page without a form looks again by itself."""
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=False
    )
    page = context.new_page()
    join(page, room)
    room.press("next", "show")
    page.get_by_text("Text b.").click(timeout=15_000)
    page.get_by_role("button", name="Send my answer").click()
    page.get_by_text("Your answer is saved.").wait_for()
    page.get_by_text("Text c.").click()
    page.get_by_role("button", name="Send my new answer").click()
    page.get_by_text("Your answer is saved.").wait_for()
    room.press("close")
    page.get_by_role("link", name="Look for what is new").click()
    page.get_by_text("This question is closed.").wait_for()
    room.press("reveal")
    page.get_by_text("Why a.").wait_for(timeout=15_000)
    context.close()
    standing = room.teaching.host(room.keys.console)
    assert {item.option: item.count for item in standing.tallies} == {"a": 0, "b": 0, "c": 1}
