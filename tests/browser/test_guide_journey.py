"""The guide in a real browser: its questions, its steps, its warning signs, on screen and paper."""

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from explorer.content.load import Content
from tests.browser.journey import open_at
from tests.paper import sheets

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Loaded

GUIDE = "/guide"


def bare(text: str) -> str:
    """Leave out white space and soft hyphens, and undo joined letters."""
    return re.sub(r"[\s\u00ad]+", "", unicodedata.normalize("NFKC", text))


def test_a_question_leads_to_its_main_point_and_its_steps(page: "Page") -> None:
    """From the list to a section; its steps open by keyboard, with a visible outline."""
    open_at(page, GUIDE)
    page.get_by_role("link", name="How do I give the shot?").click()
    assert page.locator("#inject-summary").is_visible()
    assert not page.locator("#inject-wash").is_visible()
    opener = page.locator("#injecting > details.ax-part > summary")
    opener.focus()
    page.keyboard.press("Enter")
    page.locator("#inject-wash").wait_for(state="visible")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert opener.evaluate("node => getComputedStyle(node).outlineWidth") == "3px"


def test_a_link_to_a_step_opens_its_section(page: "Page") -> None:
    """A link from a question of the quiz leads to the very line, although it is folded."""
    open_at(page, f"{GUIDE}#inject-warm")
    page.locator("#inject-warm").wait_for(state="visible")
    page.wait_for_function(
        """() => {
          const top = document.querySelector("#inject-warm").getBoundingClientRect().top;
          return 0 <= top && top < window.innerHeight;
        }"""
    )


def test_the_safety_line_leads_to_the_signs_of_the_other_medicines(page: "Page") -> None:
    """From any page: open the line, follow the link, open a medicine's own card."""
    open_at(page, "/")
    page.locator("#safety > summary").click()
    said = "Take no more until a doctor says so."
    page.locator("#safety").get_by_text(said).first.wait_for()
    page.get_by_role("link", name="Signs of the other medicines").click()
    page.locator("footer.ax-foot").wait_for()
    page.locator("#warning-signs").wait_for()
    page.locator("#other-methotrexate > summary").click()
    card = page.locator("#other-methotrexate")
    card.get_by_text("You took it every day").wait_for()
    card.get_by_text("never every day").wait_for()


def test_targets_are_large_enough(loaded: "Loaded") -> None:
    """Everything of ours that one taps to open is at least 44 pixels high."""
    page = loaded(GUIDE)
    heights = page.evaluate(
        "[...document.querySelectorAll('.ax-part > summary, .ax-flag-other > summary,"
        " .ax-jump a, #safety > summary')].map(node => node.getBoundingClientRect().height)"
    )
    assert len(heights) > 40
    assert min(heights) >= 44


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_print_has_every_step_and_every_sign(
    loaded: "Loaded", content: Content, tmp_path: Path
) -> None:
    """Printed without opening anything, all statements and all cards stand on paper."""

    page = loaded(GUIDE)
    page.pdf(path=tmp_path / "guide.pdf", format="A4")
    text = " ".join(sheets(tmp_path / "guide.pdf"))
    flat = bare(text)
    for term in content.catalogue.glossary:
        flat = flat.replace(bare(f"({term.short})"), "")  # said where the word first stands
    for section in content.catalogue.sections:
        for statement in section.statements:
            first = statement.text.split(". ")[0]
            assert bare(first) in flat, statement.id
    for medicine in content.catalogue.published:
        for flag in medicine.red_flags:
            first = flag.sign.split(". ")[0].split(" (")[0]
            assert bare(first) in flat, flag.id
    assert "Stepsanddetails" not in flat
    assert "Backtothetop" not in flat


def test_the_shot_is_printed_on_three_sheets(page: "Page", tmp_path: Path) -> None:
    """The section with the most drawings takes three pages of A4, with all its drawings."""
    page.goto("/read/guide/injecting")
    page.locator("#drawing-rotate img").wait_for()
    page.pdf(path=tmp_path / "injecting.pdf", format="A4")
    assert len(pypdf.PdfReader(tmp_path / "injecting.pdf").pages) <= 3
    page.emulate_media(media="print")
    drawings = page.locator(".ax-drawing img")
    assert drawings.count() == 7
    assert all(drawings.nth(place).is_visible() for place in range(7))
