"""A class in real browsers, from its code to its report.

One host with a console and the room's screen; a desktop, a phone and somebody who comes late; and
four people whose browsers run no script, so that the group is large enough to be reported.
"""

import csv
import http.cookiejar
import io
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explorer.content.load import Content
from explorer.domain.questions import Question
from tests.browser.journey import TALL, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ALLOWED_ERRORS = ("404",)
"""Streamlit probes for its server under a deep link and gets two 404s before it finds it."""

SLOW = 20_000
"""Milliseconds: how long a page may take before the test gives up; speed is measured elsewhere."""


class Room:
    """Browsers of a class; every error in a console is noted."""

    def __init__(self, chromium: "Browser", server: str) -> None:
        self._chromium = chromium
        self._server = server
        self._contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def browser(self, width: int, height: int) -> "Page":
        """Give a window of a person's own."""
        context = self._chromium.new_context(
            viewport={"width": width, "height": height},
            base_url=self._server,
            accept_downloads=True,
        )
        context.on("page", self._listen)
        self._contexts.append(context)
        return context.new_page()

    def close(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            context.close()

    def _listen(self, page: "Page") -> None:
        page.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )


class Plain:
    """Somebody whose browser runs no script: plain pages and forms."""

    def __init__(self, server: str, code: str) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)
        self._opener.addheaders = [("Origin", server)]
        self._server = server
        self._code = code
        self._look()
        self._post("/join", code=code)

    def answer(self, text: str) -> None:
        """Choose the option with this text."""
        body = self._look()
        step = re.findall(r'name="step" value="([^"]+)"', body)
        option = re.findall(rf'value="([^"]+)"[^>]*><span>{re.escape(text)}<', body)
        assert step, f"no question is open: {body[:400]}"
        self._post("/join/answer", code=self._code, step=step[0], given=option[0])

    def _look(self) -> str:
        with self._opener.open(f"{self._server}/join?code={self._code}") as page:
            return unescape(page.read().decode())

    def _post(self, path: str, **fields: str) -> None:
        data = urllib.parse.urlencode(fields).encode()
        with self._opener.open(f"{self._server}{path}", data=data) as answer:
            assert answer.status == 200


@pytest.fixture
def room(chromium: "Browser", server: str) -> Iterator[Room]:
    """Open a room, and fail on errors in any console."""
    made = Room(chromium, server)
    yield made
    made.close()
    wrong = [text for text in made.errors if not any(word in text for word in ALLOWED_ERRORS)]
    assert wrong == []


def open_class(page: "Page", *points: str) -> None:
    """Open a class on points of one's own choice."""
    page.goto("/teach")
    page.get_by_text("Your own choice").click(timeout=SLOW)
    for point in points:
        page.locator("label").filter(has=page.get_by_text(point, exact=True)).click()
    page.get_by_text(f"Questions in all: {2 * len(points)}.").wait_for(timeout=SLOW)
    page.get_by_role("button", name="Open my class").click()
    page.get_by_role("button", name="Show the first question").wait_for(timeout=SLOW)


def screen_of(page: "Page") -> "Page":
    """Open the room's screen from the console."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the room's screen").click()
    opened.value.get_by_role("heading", name="Join with your phone").wait_for(timeout=SLOW)
    return opened.value


def press(page: "Page", name: str, then: str) -> None:
    """Press a button of the console, and wait until the class stands elsewhere."""
    page.get_by_role("button", name=re.compile(f"^{name}")).click()
    page.locator("#teach-place").get_by_text(then).wait_for(timeout=SLOW)


def on_screen(page: "Page", content: Content) -> Question:
    """Find the question that a participant sees by its text."""
    stem = page.locator("h1").inner_text().strip()
    return next(item for item in content.catalogue.bank.questions if item.stem == stem)


def answer(page: "Page", *, right: bool, content: Content) -> str:
    """Choose the right or a wrong option as a finger does; give its text."""
    page.get_by_role("button", name=re.compile("^Send my")).wait_for(timeout=SLOW)
    question = on_screen(page, content)
    option = next(item for item in question.options if item.key is right)
    page.locator("label").filter(has=page.get_by_text(option.text, exact=True)).click()
    page.get_by_role("button", name=re.compile("^Send my")).click()
    page.get_by_text("Your answer is saved.").wait_for(timeout=SLOW)
    return option.text


def clean(*pages: "Page") -> list[object]:
    """List what axe finds on pages."""
    return [found for page in pages for found in violations(page)]


def fits(page: "Page") -> bool:
    """Tell whether a page is no wider than its window."""
    return bool(
        page.evaluate(
            "(m => m.scrollWidth <= m.clientWidth)"
            "(document.querySelector('[data-testid=stMain]') || document.documentElement)"
        )
    )


def test_a_class_from_its_code_to_its_report(
    room: Room, server: str, content: Content, tmp_path: Path
) -> None:
    """Nobody is lost on the way: code, two rounds, a second vote, late join, report, deletion."""
    from pypdf import PdfReader

    host = room.browser(1280, 800)
    open_class(
        host,
        "Signs of infection: call the same day, before the next dose",
        "Never two doses to catch up: ask",
    )
    assert "#console=" in host.url
    screen = screen_of(host)
    assert "#projector=" in screen.url
    assert host.url.split("=")[1].split(".")[0] not in screen.content()
    code = host.locator(".ax-code").first.inner_text().replace(" ", "")
    desktop, phone = room.browser(1280, 800), room.browser(390, 844)
    desktop.goto("/join")
    desktop.get_by_role("textbox", name="Code from the screen in the room").fill(code.lower())
    desktop.get_by_role("button", name="Join").click()
    phone.goto(f"/join?code={code}")
    phone.get_by_role("button", name="Join").click()
    phone.get_by_text("You are in").first.wait_for(timeout=SLOW)
    others = [Plain(server, code) for _ in range(4)]
    screen.get_by_text("Joined: 6").wait_for(timeout=SLOW)
    host.get_by_text("Joined: 6 of at most").wait_for(timeout=SLOW)
    assert clean(host, screen, desktop, phone) == []

    press(host, "Show the first question", "Question 1 of 4, before teaching")
    screen.get_by_text("The answers come in a moment").wait_for(timeout=SLOW)
    phone.get_by_text("The answers come in a moment").wait_for(timeout=SLOW)
    assert screen.locator(".ax-class-options").count() == 0
    press(host, "Show the answers", "Open for answers")
    screen.locator(".ax-class-options").wait_for(timeout=SLOW)
    assert clean(host, screen, phone) == []
    chosen = answer(phone, right=False, content=content)
    answer(desktop, right=False, content=content)
    for person in others:
        person.answer(chosen)
    screen.locator(".ax-strip").get_by_text("Answered: 6").wait_for(timeout=SLOW)
    assert screen.locator(".ax-bars").count() == 0
    press(host, "Close the question", "Closed.")
    screen.locator(".ax-bars").wait_for(timeout=SLOW)
    assert screen.get_by_text("Right answer").count() == 0
    assert "Right answer" not in phone.content()
    assert clean(screen) == []

    press(host, "Second vote", "second vote")
    answer(phone, right=True, content=content)
    press(host, "Close the question", "Closed.")
    screen.get_by_role("heading", name="First vote").wait_for(timeout=SLOW)
    press(host, "Show why", "The room sees why")
    screen.get_by_text("What settles it").first.wait_for(timeout=SLOW)
    phone.get_by_text("What settles it").first.wait_for(timeout=SLOW)
    assert clean(host, screen, phone) == []
    press(host, "Back", "Closed.")
    press(host, "Next question", "second vote")

    late = room.browser(360, 640)
    late.goto(f"/join?code={code}")
    late.get_by_role("button", name="Join").click()
    late.get_by_text("What settles it").first.wait_for(timeout=SLOW)
    phone.reload()
    phone.get_by_text("What settles it").first.wait_for(timeout=SLOW)
    press(host, "Next question", "Question 2 of 4")
    press(host, "Show the answers", "Open for answers")
    chosen = answer(late, right=False, content=content)
    for person in others:
        person.answer(chosen)
    press(host, "Close the question", "Closed.")
    press(host, "Show why", "The room sees why")
    press(host, "Next question", "Now teach")
    phone.get_by_role("heading", name="Please wait").wait_for(timeout=SLOW)
    assert clean(screen, late) == []

    for place, key in ((3, "Go on"), (4, "Next question")):
        press(host, key, f"Question {place} of 4, after teaching")
        press(host, "Show the answers", "Open for answers")
        chosen = answer(phone, right=True, content=content)
        answer(late, right=True, content=content)
        for person in others:
            person.answer(chosen)
        press(host, "Close the question", "Closed.")
        press(host, "Show why", "The room sees why")
    press(host, "End the class", "The class has ended.")
    phone.get_by_role("heading", name="Thank you").wait_for(timeout=SLOW)
    screen.get_by_text("The class has ended").wait_for(timeout=SLOW)
    assert [fits(page) for page in (host, screen, desktop, phone, late)] == [True] * 5

    host.get_by_role("link", name="Open the report").click()
    host.get_by_text("Right before: 0%. Right after: 83%.").wait_for(timeout=SLOW)
    host.wait_for_timeout(1000)
    assert "#report=" in host.url
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
        text = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / name).pages)
        assert "Signs of infection" in text
        assert "Wrong, then right" in " ".join(text.split())

    report = room.browser(390, 844)
    report.goto(f"/results{host.url[host.url.index('#') :]}")
    report.get_by_text("Right before: 0%").wait_for(timeout=SLOW)
    assert report.get_by_role("button", name="Delete the class").count() == 0
    assert fits(report)
    assert clean(report) == []
    for page in (desktop, phone, late):
        page.close()
    host.locator("label").filter(has=host.get_by_text("Yes, delete all of it")).click()
    host.locator(".st-key-teach-delete button:enabled").click(timeout=SLOW)
    host.get_by_text("The class and all its answers are deleted.").wait_for(timeout=SLOW)
    report.reload()
    report.get_by_text("There is no class with this link").wait_for(timeout=SLOW)


def test_two_hosts_by_keyboard_and_a_reload(room: Room) -> None:
    """One host goes on with keys, the other sees it, and a reload loses neither class nor place."""
    host = room.browser(1280, TALL // 4)
    open_class(host, "Never two doses to catch up: ask")
    other = room.browser(390, 844)
    other.goto(host.url)
    other.get_by_role("button", name="Show the first question").wait_for(timeout=SLOW)
    host.locator("body").press("n")
    host.locator("#teach-place:focus").get_by_text("Question 1 of 2").wait_for(timeout=SLOW)
    other.locator("#teach-place").get_by_text("Question 1 of 2").wait_for(timeout=SLOW)
    host.keyboard.press("n")
    other.locator("#teach-place").get_by_text("Open for answers").wait_for(timeout=SLOW)
    host.keyboard.press("s")
    other.locator("#teach-place").get_by_text("Now teach").wait_for(timeout=SLOW)
    host.keyboard.press("b")
    other.locator("#teach-place").get_by_text("Question 1 of 2").wait_for(timeout=SLOW)
    host.reload()
    host.locator("#teach-place").get_by_text("Question 1 of 2").wait_for(timeout=SLOW)
    host.get_by_text("Links, keys, end and delete").click()
    host.locator("label").filter(has=host.get_by_text("Use the keys below")).click()
    host.locator("kbd").first.wait_for()
    host.wait_for_timeout(1500)
    step = host.locator("#teach-place").inner_text()
    host.locator("h1").click()
    host.keyboard.press("n")
    host.wait_for_timeout(1500)
    assert host.locator("#teach-place").inner_text() == step
    assert clean(host, other) == []
    assert fits(other)


def test_a_presenter_remote_moves_the_class(room: Room) -> None:
    """Page Down does nothing to the class until the host says that there is a remote."""
    host = room.browser(1280, 800)
    open_class(host, "Never two doses to catch up: ask")
    host.locator("body").press("PageDown")
    host.wait_for_timeout(1500)
    assert host.locator("#teach-place").inner_text() == "People are joining."
    host.get_by_text("Links, keys, end and delete").click()
    host.locator("label").filter(has=host.get_by_text("I use a presenter remote")).click()
    host.wait_for_timeout(1500)
    host.locator("h1").click()
    host.keyboard.press("PageDown")
    host.locator("#teach-place").get_by_text("Question 1 of 2").wait_for(timeout=SLOW)
    host.get_by_role("button", name="End the class now").click()
    host.get_by_role("button", name="Open another class").wait_for(timeout=SLOW)
    assert clean(host) == []


def test_a_host_forgets_a_class_on_a_shared_computer(room: Room) -> None:
    """The keys leave the tab and its address, a reload brings them not back; the link does."""
    host = room.browser(390, 844)
    open_class(host, "Never two doses to catch up: ask")
    link = host.url
    assert "#console=" in link
    host.get_by_text("Links, keys, end and delete").click()
    host.locator("label").filter(has=host.get_by_text("I have kept the link")).click()
    host.get_by_role("button", name="Forget this class on this computer", disabled=False).click()
    host.get_by_text("This tab has forgotten the class.").wait_for(timeout=SLOW)
    host.wait_for_function("() => !window.location.hash", timeout=SLOW)
    assert clean(host) == []
    assert fits(host)
    host.reload()
    host.get_by_role("button", name="Open the class").wait_for(timeout=SLOW)
    assert "#" not in host.url
    host.goto("about:blank")
    host.goto(link)
    host.get_by_role("button", name="Show the first question").wait_for(timeout=SLOW)


def test_a_host_gives_a_class_a_new_code(room: Room, server: str) -> None:
    """Who answered stays, who did not is told to type the new code, and both screens show it."""
    host = room.browser(1280, 800)
    open_class(host, "Never two doses to catch up: ask")
    screen = screen_of(host)
    code = host.locator(".ax-code").first.inner_text().replace(" ", "")
    phone = room.browser(390, 844)
    phone.goto(f"/join?code={code}")
    phone.get_by_role("button", name="Join").click()
    phone.get_by_role("heading", name="You are in").wait_for(timeout=SLOW)
    host.get_by_text("Links, keys, end and delete").click()
    host.locator("label").filter(has=host.get_by_text("Yes, give this class a new")).click()
    host.locator(".st-key-teach-door-renew button:enabled").click(timeout=SLOW)
    phone.get_by_text("This class has a new code now.").wait_for(timeout=SLOW)
    new = host.locator(".ax-code").first.inner_text().replace(" ", "")
    assert new != code
    screen.locator(".ax-code").get_by_text(f"{new[:3]} {new[3:]}").wait_for(timeout=SLOW)
    assert clean(host, screen, phone) == []
    phone.get_by_role("textbox", name="Code from the screen in the room").fill(new)
    phone.get_by_role("button", name="Join").click()
    phone.get_by_role("heading", name="You are in").wait_for(timeout=SLOW)
    # the browser writes down by itself that the old code was answered with 401 and 410
    room.errors[:] = [text for text in room.errors if "401" not in text and "410" not in text]
