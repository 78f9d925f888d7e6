"""How long the way from the first page to the sheet takes a reader of 200 words a minute.

Run with ``python -m tests.benchmarks.journey``. A real browser walks the way of an invented reader
on a phone. What is read is counted in words as it is on screen: all of each step but, in the
comparison, the glance instead of all the facts, and on the sheet its front. The whole
table is reported beside it. Pressing and typing take the time that the browser took, plus three
seconds for each press.
"""

import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests import headless
from tests.servers import running

if TYPE_CHECKING:
    from playwright.sync_api import Page

PACE = 200
"""Words a minute: slower than most adults read (238, Brysbaert 2019), as the text is new to them."""

PRESS = 3.0
"""Seconds allowed for finding and pressing a button or a box."""


NOT_SEEN = ".ax-hidden,.gl-skip,[data-testid=stIconMaterial],.gl-i{display:none!important}"
"""What a page says to a screen reader only, and the letters behind an icon: no words on screen."""


def lines_of(text: str) -> list[str]:
    """Split a text into lines, without the marks of sources, which nobody reads aloud."""
    plain = (re.sub(r"\[\d+\]", " ", line) for line in text.splitlines())
    return [" ".join(line.split()) for line in plain if line.split()]


def count(text: str) -> int:
    """Count words."""
    return sum(len(line.split()) for line in lines_of(text))


class Walk:
    """A reader's way: words read, presses made."""

    def __init__(self, page: "Page") -> None:
        """Start on a page."""
        self.page = page
        self.read: list[tuple[str, int]] = []
        self.presses = 0
        self.seen: set[str] = set()
        self.again = 0

    def words(self, name: str, selector: str, until: str = "\0") -> None:
        """Note the visible words of all elements that a selector finds.

        A line that stood on screen before is not read again, such as a fact on the sheet that
        was just read beside its concern; it is counted apart.
        """
        self.page.add_style_tag(content=NOT_SEEN)
        texts = self.page.locator(selector).all_inner_texts()
        lines = [line for text in texts for line in lines_of(text.split(until)[0])]
        new = [line for line in lines if line not in self.seen]
        self.seen.update(lines)
        self.read.append((name, sum(len(line.split()) for line in new)))
        self.again += sum(len(line.split()) for line in lines) - self.read[-1][1]

    def press(self, text: str, wait: str) -> None:
        """Press a text and wait for what follows."""
        self.page.get_by_text(text, exact=True).first.click()
        self.presses += 1
        self.page.get_by_text(wait).first.wait_for(timeout=30_000)
        self.page.wait_for_timeout(300)


def walk(page: "Page", base: str) -> tuple[Walk, int]:
    """Walk from the first page to the sheet."""
    way = Walk(page)
    page.goto(base)
    page.locator("footer.ax-foot").wait_for(timeout=60_000)
    # The conditions stand on the first page. What is below them are doors for other purposes.
    way.words("home", "[data-testid=stMainBlockContainer]", until="How to use anakinra safely")
    way.press("Rheumatoid arthritis (RA)", "What do you or your child take now?")
    way.press("Methotrexate (Trexall, Otrexup)", "What do you or your child take now?")
    way.words("about you", "[data-testid=stMainBlockContainer]")
    way.press("Next: the options", "Show side by side")
    way.words("options", "[data-testid=stMainBlockContainer]")
    way.press("Show side by side", "At a glance")
    way.words("glance", ".gl")
    table = sum(count(text) for text in page.locator(".gl-facts").all_inner_texts())
    way.press("Next: what matters to me", "What is there to decide?")
    way.press("switch to another", "What is there to decide?")
    for concern in ("How often I take it", "Serious infections", "Pregnancy plans"):
        way.press(concern, f"{concern}: how much?")
    way.press("Do I have a higher risk of a bad infection, and why?", "Notes")
    way.press("What do I do if I am late with a dose?", "Notes")
    way.words("what matters", ".st-key-visit-matters, .st-key-visit-facts, .st-key-visit-ask")
    way.press("Next: my sheet", "How sure are you?")
    for place in range(4):
        page.get_by_text("yes", exact=True).nth(place).click()
        page.wait_for_timeout(400)
        way.presses += 1
    way.words("sure-check", ".st-key-visit-sure, .st-key-visit-take")
    page.locator("#sheet").wait_for()
    way.words("front of the sheet", "#sheet", until="When to get help")
    with page.expect_download():
        page.get_by_role("button", name="Sheet (PDF)").click()
    way.presses += 1
    return way, table


def say(line: str) -> None:
    """Write a line of the report."""
    sys.stdout.write(line + "\n")


def main() -> int:
    """Walk, and print what was read and how long it takes."""
    from playwright.sync_api import sync_playwright

    program = headless.program()
    if program is None:
        sys.stderr.write("no Chromium on this machine\n")
        return 1
    command = [sys.executable, "-m", "explorer.cli", "run", "--port", "{port}"]
    folder = Path(tempfile.mkdtemp())
    with running(command, folder=folder, log=folder / "log") as base, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(headless.ARGUMENTS))
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        begin = time.monotonic()
        way, table = walk(page, base)
        machine = time.monotonic() - begin
        browser.close()
    words = sum(found for _, found in way.read)
    reading = words / PACE
    total = reading + way.presses * PRESS / 60 + machine / 60
    for name, found in way.read:
        say(f"{name}: {found} words")
    say(f"read: {words} words, {reading:.1f} minutes at {PACE} words a minute")
    say(f"presses: {way.presses}, {way.presses * PRESS / 60:.1f} minutes; server: {machine:.0f} s")
    say(f"total: {total:.1f} minutes")
    again = way.again / PACE
    say(f"beside it: lines that stood on screen before, {way.again} words, {again:.1f} minutes")
    say(f"beside it: the whole table, {table} words, {table / PACE:.1f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
