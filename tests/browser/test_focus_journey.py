"""Where the focus, and with it a screen reader's voice, stands after each step of each journey.

``STEPS`` lists the steps: what is pressed by keyboard, and the words at which the focus then stands.
"""

from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import later, open_at, settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

RA = "/compare?c=ra&m=methotrexate,adalimumab,anakinra"
LATE = 3000
"""Milliseconds: a screen reader that starts late finds the focus where it was put."""

Steps = tuple[tuple[str, str, str], ...]
"""Role and name of what is pressed with Enter, and the words at which the focus stands after it."""

STEPS: dict[str, tuple[str, Steps]] = {
    "from home to a comparison": (
        "/",
        (
            ("link", "Rheumatoid arthritis (RA)", "About you"),
            ("button", "Next: the options", "Which options?"),
            ("button", "Show side by side", "Rheumatoid arthritis (RA)"),
            ("link", "Next: what matters to me", "What matters to me"),
            ("button", "Next: my sheet", "My sheet"),
        ),
    ),
    "back to change a choice": (
        RA,
        (
            ("link", "Change condition or options", "Which options?"),
            ("button", "Show side by side", "Rheumatoid arthritis (RA)"),
        ),
    ),
    "practice in the quiz": ("/quiz", (("button", "Start", "Question 1 of 12"),)),
    "a nurse's check": ("/quiz", (("button", "Start the check", "Question 1 of 20"),)),
}

_STANDS = """words => {
  const now = document.activeElement;
  return now !== document.body && now.isConnected && now.innerText.trim().startsWith(words);
}"""


def stands_at(page: "Page", words: str) -> None:
    """Wait until the focus is on something that is there and begins with these words."""
    page.wait_for_function(_STANDS, arg=words, timeout=30_000)


@pytest.mark.parametrize("journey", STEPS)
def test_each_step_takes_the_focus_along(page: "Page", journey: str) -> None:
    """It stands at what is new, and stays there."""
    address, steps = STEPS[journey]
    page.clock.install()
    open_at(page, address)
    for role, name, words in steps:
        control = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
        control.wait_for()
        settled(page, 300)
        control.focus()
        page.keyboard.press("Enter")
        stands_at(page, words)
    later(page, LATE)
    stands_at(page, steps[-1][2])


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "Compare medicines"),
        (RA, "Rheumatoid arthritis"),
        ("/quiz", "Check what"),
        ("/guide", ""),
    ],
)
def test_a_page_that_is_loaded_again_in_the_middle_has_the_focus_at_its_heading(
    page: "Page", address: str, words: str
) -> None:
    """A reload while a control had the focus does not leave it at the top of the page."""
    open_at(page, address)
    page.locator("[data-testid=stMain] :is(a, button, summary):visible").last.focus()
    page.reload()
    page.wait_for_function(
        "() => document.activeElement.matches('[data-testid=stMain] h1')", timeout=30_000
    )
    stands_at(page, words)


def test_a_question_that_is_loaded_again_in_the_middle_has_the_focus(page: "Page") -> None:
    """A reload during practice leads to the question that was on screen, not to the page's top."""
    page.clock.install()
    open_at(page, "/quiz")
    start = page.get_by_role("button", name="Start", exact=True).first
    start.focus()
    page.keyboard.press("Enter")
    stands_at(page, "Question 1 of 12")
    page.get_by_role("button", name="Check my answer").wait_for()
    page.reload()
    stands_at(page, "Question 1 of 12")
    later(page, LATE)
    stands_at(page, "Question 1 of 12")


def test_a_row_that_is_opened_twice_keeps_the_focus(page: "Page") -> None:
    """Open, closed and open again: the focus stands in what is open, and on the row when it is not."""
    open_at(page, RA)
    row = page.locator("#glance-how-often")
    row.locator("summary").first.focus()
    for _ in range(2):
        page.keyboard.press("Enter")
        row.locator(".gl-whole:focus").wait_for()
        page.keyboard.press("Escape")
        row.locator(".gl-q summary:focus").wait_for()
    stands_at(page, "How often?")


def test_a_word_that_is_opened_in_a_row_gives_the_focus_back(page: "Page") -> None:
    """Its meaning has the focus while it is open; nothing of it is left with the focus after."""
    open_at(page, RA)
    rows = page.locator(".gl-table tbody", has=page.locator(".gl-opened .ax-words"))
    row = rows.first
    row.locator("summary").first.focus()
    page.keyboard.press("Enter")
    row.locator(".gl-whole:focus").wait_for()
    words = row.locator(".ax-words > summary").first
    words.focus()
    page.keyboard.press("Enter")
    row.locator(".ax-words[open]").first.wait_for()
    stands_at(page, "")
    words.focus()
    page.keyboard.press("Enter")
    row.locator(".ax-words:not([open]) > summary:focus").first.wait_for()
    page.keyboard.press("Escape")
    row.locator(".gl-q summary:focus").wait_for()
