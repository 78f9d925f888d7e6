"""A participant in a real browser, in a class of the real server."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.classroom import ClassRoom
from tests.browser.conftest import SIZES
from tests.browser.journey import too_wide, violations
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route


@pytest.fixture
def room(class_server: Server) -> Iterator[ClassRoom]:
    """Open a class."""
    found = ClassRoom(class_server.base, class_server.database)
    yield found
    found.close()


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
    page.get_by_role("heading", name=text).wait_for()


def check(page: "Page") -> None:
    """Axe finds nothing, and nothing is wider than the window, at any size."""
    assert violations(page) == []
    assert too_wide(page) == []


def test_a_class_from_the_code_to_the_end(room: ClassRoom, phone: "Page") -> None:
    """Type the code, read, answer, change, see the reasons, sort, and be thanked."""
    phone.goto(f"{room.base}/join")
    check(phone)
    phone.get_by_label("Code from the screen in the room").fill("zzzzzz")
    phone.get_by_role("button", name="Join").click()
    phone.get_by_text("There is no class with this code.").wait_for()
    phone.locator("#problem:focus").wait_for()
    check(phone)
    phone.get_by_label("Code from the screen in the room").fill(room.keys.code.lower())
    phone.get_by_role("button", name="Join").click()
    heading(phone, "You are in")
    check(phone)
    room.press("next")
    heading(phone, "What about single?")
    assert phone.get_by_role("radio").count() == 0
    room.press("show")
    phone.get_by_label("Text b.").wait_for()
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
    phone.get_by_text("This question is closed.").wait_for()
    assert "Why a." not in phone.content()
    assert "Call before the shot." not in phone.content()
    room.press("reveal")
    phone.get_by_text("Why a.").wait_for()
    phone.get_by_text("Call before the shot.").wait_for()
    check(phone)
    room.press("next", "show")
    phone.get_by_role("combobox", name="Text a.").wait_for()
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("Put every line into a group.").wait_for()
    check(phone)
    for text, group in (("Text a.", "Now"), ("Text b.", "Later"), ("Text c.", "Now")):
        phone.get_by_role("combobox", name=text).select_option(label=group)
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
    phone.locator("h1:focus").get_by_text("What about single?").wait_for()
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
    skip.wait_for()
    assert skip.inner_text() == "Skip to the class"
    check(phone)
    phone.keyboard.press("Enter")
    phone.locator("main:focus").wait_for()
    phone.get_by_role("button", name="Join").click()
    phone.locator("h1:focus").get_by_text("You are in").wait_for()
    check(phone)


def test_reload_and_second_tab_are_the_same_person(
    room: ClassRoom, phone: "Page", browser_of: "BrowserContext"
) -> None:
    """After a reload and in another tab the answer is there; both tabs together count once."""
    join(phone, room)
    room.press("next", "show")
    phone.get_by_text("Text b.").click()
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("Your answer is saved.").wait_for()
    phone.reload()
    phone.locator('input[value="b"]:checked').wait_for()
    other = browser_of.new_page()
    other.goto(room.link)
    other.locator('input[value="b"]:checked').wait_for()
    other.get_by_text("Text c.").click()
    other.get_by_role("button", name="Send my new answer").click()
    other.get_by_text("Your answer is saved.").wait_for()
    phone.locator('input[value="c"]:checked').wait_for()
    standing = room.teaching.host(room.keys.console)
    assert (standing.joined, standing.answered) == (1, 1)


def test_a_lost_connection_loses_nothing(
    room: ClassRoom, phone: "Page", browser_of: "BrowserContext"
) -> None:
    """Offline the page says that the answer is not saved yet; back online it sends it itself."""
    join(phone, room)
    room.press("next", "show")
    phone.get_by_text("Text b.").click()
    browser_of.set_offline(True)
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("Not saved yet. This page keeps trying").wait_for()
    assert phone.get_by_label("Text b.").is_checked()
    assert room.teaching.host(room.keys.console).answered == 0
    browser_of.set_offline(False)
    phone.get_by_text("Your answer is saved.").wait_for()
    assert room.teaching.host(room.keys.console).answered == 1


def test_what_is_pushed_is_not_polled_for(room: ClassRoom, phone: "Page") -> None:
    """A change shows without a poll; with streams held back or cut on the way, by polls."""
    polls: list[str] = []
    phone.on("request", lambda sent: polls.append(sent.url) if "/join/now" in sent.url else None)
    with phone.expect_response("**/join/events*"):
        join(phone, room)
    room.press("next")
    heading(phone, "What about single?")
    assert polls == []
    held: list[object] = []
    phone.route("**/join/events*", lambda sent: held.append(sent))
    phone.reload()
    room.press("show")
    phone.get_by_label("Text a.").wait_for()
    cut: list[object] = []

    def hello(sent: "Route") -> None:
        cut.append(sent)
        body = "retry: 10\nevent: hello\ndata: 1\n\n"
        sent.fulfill(headers={"Content-Type": "text/event-stream"}, body=body)

    phone.route("**/join/events*", hello)
    phone.reload()
    room.press("close")
    phone.get_by_text("closed").first.wait_for()
    assert (len(held), len(cut)) == (1, 3)  # then it is left for five minutes
    assert len(polls) >= 2


def test_a_killed_server_keeps_who_and_what(tmp_path: Path, phone: "Page") -> None:
    """After kill -9 and a start, the same page goes on: same person, same answer."""
    server = Server(folder=tmp_path, database=f"sqlite:///{tmp_path}/classes.sqlite3")
    try:
        server.start()
        room = ClassRoom(server.base, server.database)
        join(phone, room)
        room.press("next", "show")
        phone.get_by_text("Text b.").click()
        phone.get_by_role("button", name="Send my answer").click()
        phone.get_by_text("Your answer is saved.").wait_for()
        server.kill()
        phone.get_by_text("No connection. Your place is kept").wait_for()
        server.start()
        room.press("close")
        phone.get_by_text("This question is closed.").wait_for()
        assert "Text b." in phone.get_by_role("main").inner_text()
        view = room.teaching.host(room.keys.console)
        assert (view.joined, view.answered) == (1, 1)
        room.close()
    finally:
        server.close()


def test_without_scripts(chromium: "Browser", size: str, room: ClassRoom) -> None:
    """Plain forms join, answer and change; a page without a form looks again by itself."""
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=False
    )
    page = context.new_page()
    join(page, room)
    room.press("next", "show")
    page.get_by_text("Text b.").click()
    page.get_by_role("button", name="Send my answer").click()
    page.get_by_text("Your answer is saved.").wait_for()
    page.get_by_text("Text c.").click()
    page.get_by_role("button", name="Send my new answer").click()
    page.get_by_text("Your answer is saved.").wait_for()
    room.press("close")
    page.get_by_role("link", name="Look for what is new").click()
    page.get_by_text("This question is closed.").wait_for()
    room.press("reveal")
    page.get_by_role("link", name="Look for what is new").click()
    page.get_by_text("Why a.").wait_for()
    context.close()
    standing = room.teaching.host(room.keys.console)
    assert {item.option: item.count for item in standing.tallies} == {"a": 0, "b": 0, "c": 1}
