"""A class in real browsers: a host's console, the room's screen, phones, and the report.

Each test is a phase of a class. All but the first start from a class that was prepared past the
browser, so that a failure says where it is.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explorer.content.load import Content
from explorer.domain.questions import Question
from tests.browser.classroom import BEFORE_AND_AFTER, WEEKS_LATER, ClassRoom
from tests.browser.conftest import ALLOWED_ERRORS, SIZES
from tests.browser.journey import TALL, app_runs, clean, settled, too_wide
from tests.paper import sheets
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

INFECTION = "Signs of infection: call the same day, before the next dose"
TWO_DOSES = "Never two doses to catch up: ask"

PRESSED_UNTIL_TAKEN = """() => !document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key: "PageDown", bubbles: true, cancelable: true }))"""
"""True once the page keeps the key for itself, which it does when a remote is switched on."""


class Windows:
    """Browser windows of different people; every error in a console is noted.

    Args:
        chromium: the browser.
        server: address of the server.
    """

    def __init__(self, chromium: "Browser", server: str) -> None:
        self._chromium = chromium
        self._server = server
        self._contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def open(self, size: str = "desktop", height: int | None = None) -> "Page":
        """Open a window of a person's own."""
        width, usual = SIZES[size]
        context = self._chromium.new_context(
            viewport={"width": width, "height": height or usual},
            base_url=self._server,
            accept_downloads=True,
        )
        self._contexts.append(context)
        page = context.new_page()
        self._listen(page)
        context.on("page", self._listen)
        return page

    def close(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            context.close()

    def _listen(self, page: "Page") -> None:
        page.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )


@pytest.fixture
def windows(chromium: "Browser", class_server: Server) -> Iterator[Windows]:
    """Open windows on the server of the classes, and fail on errors in any console."""
    made = Windows(chromium, class_server.base)
    yield made
    made.close()
    wrong = [text for text in made.errors if not any(word in text for word in ALLOWED_ERRORS)]
    assert wrong == []


@pytest.fixture
def room(class_server: Server) -> Iterator[ClassRoom]:
    """Prepare a class with two concepts, each asked before and after teaching."""
    plan = (*BEFORE_AND_AFTER, *WEEKS_LATER)
    made = ClassRoom(class_server.base, class_server.database, plan)
    yield made
    made.close()


def open_class(page: "Page", *points: str) -> None:
    """Open a class on points of one's own choice."""
    page.goto("/teach")
    page.get_by_text("Your own choice").click()
    for point in points:
        page.locator("label").filter(has=page.get_by_text(point, exact=True)).click()
    page.get_by_text(f"Questions in all: {2 * len(points)}.").wait_for()
    page.get_by_role("button", name="Open my class").click()
    page.get_by_role("button", name="Show the first question").wait_for()


def console_of(windows: Windows, room: ClassRoom, size: str = "desktop") -> "Page":
    """Open the console of a prepared class by its link."""
    page = windows.open(size)
    page.goto(room.console)
    page.locator("#teach-place").wait_for()
    settled(page, 100)
    return page


def tick(page: "Page", text: str) -> None:
    """Tick a box of the console as a finger does, and again where the page was drawn under the finger.

    A console is drawn anew when somebody joins or answers, whatever its host does.
    """
    label = page.locator("label").filter(has=page.get_by_text(text))
    box = label.locator("input")
    settled(page, 100)
    before = box.is_checked()
    for _ in range(3):
        label.click()
        settled(page, 100)
        if box.is_checked() != before:
            return
    raise AssertionError(f"{text} cannot be ticked")


def screen_of(page: "Page") -> "Page":
    """Open the room's screen from the console."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the room's screen").click()
    opened.value.get_by_role("heading", name="Join with your phone").wait_for()
    return opened.value


def join(page: "Page", link: str) -> None:
    """Join by the link of the QR code."""
    page.goto(link)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("button", name="Join").wait_for(state="detached")


def code_on(page: "Page") -> str:
    """Read the code that a console shows."""
    return page.locator("p .ax-code").inner_text().replace(" ", "")


def press(page: "Page", name: str, then: str) -> None:
    """Press a button of the console, and wait until the class has moved."""
    page.get_by_role("button", name=re.compile(f"^{name}")).click()
    page.locator("#teach-place").get_by_text(then).wait_for()


def on_screen(page: "Page", content: Content) -> Question:
    """Find the question that a participant sees by its text."""
    stem = page.locator("h1").inner_text().strip()
    return next(item for item in content.catalogue.bank.questions if item.stem == stem)


def answer(page: "Page", text: str) -> None:
    """Choose an option as a finger does, and wait until it is saved."""
    page.locator("label").filter(has=page.get_by_text(text, exact=True)).click()
    page.get_by_role("button", name=re.compile("^Send my")).click()
    page.get_by_text("Your answer is saved.").wait_for()


def seen(page: "Page", text: str) -> None:
    """Wait until a page that follows the class shows a text."""
    page.get_by_text(text).first.wait_for()


def at_reason(host: "Page", number: int) -> None:
    """Wait until a console has followed the class to the reason of a question."""
    place = host.locator("#teach-place")
    place.filter(has_text=f"Question {number} of 4").filter(has_text="The room sees why").wait_for()


def test_a_class_is_opened_joined_and_asked(windows: Windows, content: Content) -> None:
    """From /teach: a code, a screen without the console's key, two ways to join, a first answer."""
    host = windows.open()
    open_class(host, INFECTION, TWO_DOSES)
    assert "#console=" in host.url
    again = host.context.new_page()  # the tab was closed: the browser has the way back
    again.goto("/teach")
    again.get_by_role("button", name=re.compile("^Go on with class")).click()
    again.get_by_role("button", name="Show the first question").wait_for()
    again.close()
    screen = screen_of(host)
    assert "#projector=" in screen.url
    assert host.url.split("=")[1].split(".")[0] not in screen.content()
    code = code_on(host)
    typing, phone = windows.open(), windows.open("phone")
    typing.goto("/join")
    typing.get_by_role("textbox", name="Code from the screen in the room").fill(code.lower())
    typing.get_by_role("button", name="Join").click()
    join(phone, f"/join?code={code}")
    seen(phone, "You are in")
    seen(screen, "Joined: 2")
    seen(host, "Joined: 2 of at most")
    assert clean(host, screen) == []
    assert [too_wide(page) for page in (host, screen, phone)] == [[]] * 3
    press(host, "Show the first question", "Question 1 of 4, before teaching")
    press(host, "Show the answers", "Open for answers")
    phone.get_by_role("button", name=re.compile("^Send my")).wait_for()
    asked = on_screen(phone, content)
    answer(phone, next(item.text for item in asked.options if item.key))
    screen.locator(".ax-room-counts").get_by_text("Answered: 1").wait_for()


def test_a_question_goes_from_its_text_to_its_reason(windows: Windows, room: ClassRoom) -> None:
    """Text, answers, bars, second vote, reason: on console, screen and phone, and never too soon."""
    others = room.people(5)
    host, screen, phone = console_of(windows, room), windows.open(), windows.open("phone")
    screen.goto(room.screen)
    join(phone, room.link)
    press(host, "Show the first question", "Question 1 of 4, before teaching")
    seen(screen, "The answers come in a moment")
    seen(phone, "The answers come in a moment")
    assert screen.locator(".ax-class-options").count() == 0
    press(host, "Show the answers", "Open for answers")
    screen.locator(".ax-class-options").wait_for()
    assert clean(host, screen) == []
    answer(phone, "Text b.")
    room.answer(others, "b")
    screen.locator(".ax-room-counts").get_by_text("Answered: 6").wait_for()
    assert screen.locator(".ax-bars").count() == 0
    press(host, "Close the question", "Closed.")
    screen.locator(".ax-bars").wait_for()
    assert screen.get_by_text("Right answer").count() == 0
    seen(phone, "This question is closed.")  # else the next choice lands in the form of this vote
    assert "Right answer" not in phone.content()
    assert clean(screen) == []

    press(host, "Second vote", "second vote")
    answer(phone, "Text a.")
    press(host, "Close the question", "Closed.")
    screen.get_by_role("columnheader", name="First vote").wait_for()
    press(host, "Show why", "The room sees why. Part 1 of 3")
    seen(screen, "Why a.")
    assert screen.get_by_text("Why b.").count() == 0
    press(host, "Show more of why", "Part 2 of 3")
    seen(screen, "Why b.")
    press(host, "Show more of why", "Part 3 of 3")
    seen(screen, "What settles it")
    seen(phone, "What settles it")
    assert clean(host, screen) == []
    assert [too_wide(page) for page in (host, screen, phone)] == [[]] * 3
    press(host, "Back", "Part 2 of 3")
    seen(screen, "Why b.")
    room.press("back", "back")
    seen(screen, "Answers are closed.")
    host.locator("#teach-place").get_by_text("Closed.").wait_for()  # a press on old ground is none
    press(host, "Next question", "second vote")


def test_who_comes_late_or_reloads_is_where_the_class_is(windows: Windows, room: ClassRoom) -> None:
    """At the reason of a question: who joins now and who reloads see it, and can answer the next."""
    early = windows.open("phone")
    join(early, room.link)
    room.round([(room.people(2), "a")])
    seen(early, "What settles it")
    late = windows.open("small-phone")
    join(late, room.link)
    seen(late, "What settles it")
    early.reload()
    seen(early, "What settles it")
    room.press("next", "show")
    answer(late, "Text b.")
    answer(early, "Text a.")
    assert room.teaching.host(room.keys.console).answered == 2


def test_teaching_time_and_the_end(windows: Windows, room: ClassRoom) -> None:
    """Everybody waits between the rounds; the end thanks them; weeks later the same phone goes on.

    Then the educator's own questions are asked: one with how sure people are, a poll, and a text.
    """
    host, screen, phone = console_of(windows, room), windows.open(), windows.open("phone")
    screen.goto(room.screen)
    join(phone, room.link)
    for _ in range(2):
        room.round([(room.people(1), "a")])
    at_reason(host, 2)
    press(host, "Next question", "Now teach")
    phone.get_by_role("heading", name="Please wait").wait_for()
    assert clean(screen, phone) == []
    press(host, "Go on", "Question 3 of 4, after teaching")
    room.press("show", "close", "reveal")
    room.round([(room.people(1), "a")])
    at_reason(host, 4)
    press(host, "End the class", "The class has ended.")
    phone.get_by_role("heading", name="Thank you").wait_for()
    seen(screen, "The class has ended")
    host.get_by_role("button", name="Take the end back").click()
    at_reason(host, 4)
    seen(phone, "What settles it")
    room.press("end")
    host.get_by_text("Links, keys, end and delete").click()
    host.get_by_role("button", name="Open the round weeks later").click()
    host.locator("#teach-place").get_by_text("A pause between two rounds").wait_for()
    with app_runs(host):
        tick(host, "Ask how sure people are")
    settled(host, 100)
    press(host, "Go on", "Question 5 of 7, weeks later")
    press(host, "Show the answers", "Open for answers")
    mark = "From your educator. This site has not checked it."
    seen(phone, mark)
    seen(screen, mark)
    phone.locator("label").filter(has=phone.get_by_text("Not sure", exact=True)).click()
    answer(phone, "On the shelf")
    press(host, "Close the question", "Closed.")
    press(host, "Show why", "The room sees why")
    seen(phone, "Cold keeps it whole.")
    press(host, "Next question", "Question 6 of 7")
    press(host, "Show the answers", "Open for answers")
    answer(phone, "On the shelf")
    press(host, "Close the question", "There is no right or wrong here.")
    screen.locator(".ax-bars").wait_for()
    press(host, "Next question", "Question 7 of 7")
    press(host, "Show the answers", "Open for answers")
    phone.get_by_role("textbox").fill("<b>Needles</b>")
    phone.get_by_role("button", name=re.compile("^Send my")).click()
    seen(phone, "Your answer is saved.")
    press(host, "Close the question", "There is no right or wrong here.")
    seen(screen, "picks what is shown here")
    host.get_by_role("button", name="Show line 1").click()
    seen(screen, "<b>Needles</b>")
    assert clean(host, screen, phone) == []
    assert [too_wide(page) for page in (host, screen, phone)] == [[]] * 3


def test_an_ended_class_leaves_its_report_until_it_is_deleted(
    windows: Windows, room: ClassRoom, tmp_path: Path
) -> None:
    """Six people, one of them late: figures on the page, in CSV, PDF and print; then deletion."""

    steady, early = room.people(4), room.people(2)
    room.round([(steady, "b"), (early, "b")])
    late = room.people(1)
    room.round([(steady, "b"), (late, "b")])
    room.press("next")
    for _ in range(2):
        room.round([(steady, "a"), (early[:1], "a"), (early[1:], None), (late, "a")])
    room.press("end")
    host = console_of(windows, room)
    host.get_by_role("link", name="Open the report").click()
    seen(host, "Right before: 0%. Right after: 83%.")
    host.wait_for_function("location.hash.startsWith('#report=')")
    assert "console" not in host.url
    assert clean(host) == []
    with host.expect_download() as download:
        host.get_by_role("button", name="Spreadsheet (CSV)").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    infection = next(
        line
        for line in csv.DictReader(io.StringIO(text))
        if line["Critical point"].startswith("Signs of infection")
    )
    ways = ("Right, then right", "Wrong, then right", "Right, then wrong", "Wrong, then wrong")
    assert [infection[name] for name in ("Pairs", *ways)] == ["6", "0", "5", "0", "1"]
    with host.expect_download() as download:
        host.get_by_role("button", name="For your file (PDF)").click()
    download.value.save_as(tmp_path / "report.pdf")
    host.pdf(path=tmp_path / "print.pdf", format="A4")
    for name in ("report.pdf", "print.pdf"):
        text = " ".join(sheets(tmp_path / name))
        assert "Signs of infection" in text
        assert "Wrong, then right" in " ".join(text.split())

    report = windows.open("phone")
    report.goto(room.report)
    seen(report, "Right before: 0%")
    assert report.get_by_role("button", name="Delete the class").count() == 0
    assert too_wide(report) == []
    tick(host, "Yes, delete all of it")
    host.locator(".st-key-teach-delete button:enabled").click()
    seen(host, "The class and all its answers are deleted.")
    report.reload()
    seen(report, "There is no class with this link")


def test_two_hosts_by_keyboard_and_a_reload(windows: Windows, room: ClassRoom) -> None:
    """One host goes on with keys, the other sees it, and a reload loses neither class nor place."""
    host = windows.open(height=TALL // 4)
    host.goto(room.console)
    other = console_of(windows, room, "phone")
    other.get_by_role("button", name="Show the first question").wait_for()
    host.get_by_role("button", name="Show the first question").wait_for()
    host.locator("body").press("n")
    host.locator("#teach-place:focus").get_by_text("Question 1 of 4").wait_for()
    other.locator("#teach-place").get_by_text("Question 1 of 4").wait_for()
    host.keyboard.press("n")
    other.locator("#teach-place").get_by_text("Open for answers").wait_for()
    host.locator("#teach-place").get_by_text("Open for answers").wait_for()
    host.keyboard.press("s")
    other.locator("#teach-place").get_by_text("Question 2 of 4").wait_for()
    host.locator("#teach-place").get_by_text("Question 2 of 4").wait_for()
    host.keyboard.press("b")
    other.locator("#teach-place").get_by_text("Question 1 of 4").wait_for()
    host.reload()
    host.locator("#teach-place").get_by_text("Question 1 of 4").wait_for()
    host.get_by_text("Links, keys, end and delete").click()
    assert clean(host, other) == []
    keys = host.locator(".st-key-teach-press-main kbd")
    keys.wait_for()
    tick(host, "Use the keys below")
    keys.wait_for(state="detached")
    there = other.locator("#teach-place").inner_text()
    before = room.teaching.host(room.keys.console)
    host.locator("h1").click()
    host.keyboard.press("n")
    # had the key moved the class, this press would be the second one, or be refused with an alert
    with app_runs(host):
        host.locator(".st-key-teach-press-main button").click()
    other.wait_for_function(
        "place => document.querySelector('#teach-place').innerText !== place",
        arg=there,
    )
    assert room.teaching.host(room.keys.console).version == before.version + 1
    assert host.get_by_role("alert").count() == 0
    assert too_wide(other) == []


def test_a_presenter_remote_moves_the_class(windows: Windows, room: ClassRoom) -> None:
    """Page Down does nothing to the class until the host says that there is a remote."""
    host = console_of(windows, room)
    host.locator("body").press("PageDown")
    host.get_by_text("Links, keys, end and delete").click()
    tick(host, "I use a presenter remote")
    assert host.locator("#teach-place").inner_text() == "People are joining."
    host.wait_for_function(PRESSED_UNTIL_TAKEN)
    host.locator("#teach-place").get_by_text("Question 1 of 4").wait_for()
    settled(host, 100)  # a key that comes while the page works is lost, as it should be
    host.locator("h1").click()
    host.keyboard.press("PageDown")
    host.locator("#teach-place").get_by_text("Open for answers").wait_for()
    tick(host, "Yes, end the class")
    host.get_by_role("button", name="End the class now", disabled=False).click()
    host.get_by_role("button", name="Open another class").wait_for()
    assert clean(host) == []


def test_a_host_forgets_a_class_on_a_shared_computer(windows: Windows, room: ClassRoom) -> None:
    """The keys leave the tab and its address, a reload brings them not back; the link does."""
    host = console_of(windows, room, "phone")
    host.get_by_text("Links, keys, end and delete").click()
    tick(host, "I have kept the link")
    host.get_by_role("button", name="Forget this class on this computer", disabled=False).click()
    seen(host, "This tab has forgotten the class.")
    host.wait_for_function("() => !window.location.hash")
    assert clean(host) == []
    assert too_wide(host) == []
    host.reload()
    host.get_by_role("button", name="Open the class").wait_for()
    assert "#" not in host.url
    host.goto("about:blank")
    host.goto(room.console)
    host.get_by_role("button", name="Show the first question").wait_for()


def test_a_host_gives_a_class_a_new_code(windows: Windows, room: ClassRoom) -> None:
    """Who has not answered is told to type the new code, and both screens show it."""
    host, screen, phone = console_of(windows, room), windows.open(), windows.open("phone")
    screen.goto(room.screen)
    code = code_on(host)
    join(phone, room.link)
    phone.get_by_role("heading", name="You are in").wait_for()
    host.get_by_text("Links, keys, end and delete").click()
    tick(host, "Yes, give this class a new")
    host.locator(".st-key-teach-door-renew button:enabled").click()
    seen(phone, "This class has a new code now.")
    new = room.teaching.host(room.keys.console).code
    assert new != code
    for page in (host, screen):
        page.locator(".ax-code").get_by_text(f"{new[:3]} {new[3:]}").first.wait_for()
    assert clean(phone) == []
    phone.get_by_role("textbox", name="Code from the screen in the room").fill(new)
    phone.get_by_role("button", name="Join").click()
    phone.get_by_role("heading", name="You are in").wait_for()
    # the browser writes down by itself that the old code was answered with 401 and 410
    windows.errors[:] = [text for text in windows.errors if "401" not in text and "410" not in text]
