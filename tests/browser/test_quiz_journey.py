"""The quiz in a real browser: practice with a reload, a check by keyboard with its record."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explorer.content.load import Content
from explorer.domain.questions import Bank, Question, QuestionKind
from tests.browser import keys
from tests.browser.journey import app_runs, open_at, too_wide, violations
from tests.paper import sheets

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def asked(page: "Page", bank: Bank) -> Question:
    """Find the question on screen by its text."""
    stem = page.locator(".ax-stem")
    stem.wait_for()
    text = stem.inner_text().strip()
    return next(question for question in bank.questions if question.stem == text)


def answer(page: "Page", question: Question, *, right: bool = True) -> None:
    """Answer by clicking labels and typing, as a reader does; skip what is put in order."""
    place = page.locator("#quiz-place").inner_text()
    if question.kind in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE):
        wanted = next(option for option in question.options if option.key is right)
        _click(page.locator("[data-testid=stRadio]"), wanted.text)
    elif question.kind is QuestionKind.SEVERAL:
        for option in question.options:
            if option.key is right:
                _click(page.locator("[data-testid=stForm]"), option.text)
    elif question.kind is QuestionKind.SORT:
        for option in question.options:
            group = next(item.label for item in question.groups if item.id == option.group)
            _click(page.get_by_role("radiogroup", name=option.text, exact=True), group)
    elif question.kind is QuestionKind.NUMBER:
        assert question.number is not None
        page.get_by_role("textbox").first.fill(str(question.number.value))
    else:
        page.get_by_role("button", name="Skip this one").click()
        _moved_on(page, place)
        return
    page.get_by_role("button", name=re.compile("Check my answer|Save my answer")).click()
    _moved_on(page, place)


def _click(inside: "Locator", text: str) -> None:
    """Click a label by its words, as a finger does."""
    label = inside.locator("label").filter(has=inside.page.get_by_text(text, exact=True)).first
    label.scroll_into_view_if_needed()
    label.click()


def _moved_on(page: "Page", place: str) -> None:
    """Wait until the question was taken: its verdict, the next one, or the end is there."""
    page.wait_for_function(
        """place => {
          const here = document.querySelector("#quiz-place");
          return document.querySelector(".ax-verdict") || !here || here.innerText !== place;
        }""",
        arg=place,
    )


def start(page: "Page") -> None:
    """Start to practice, on all topics."""
    page.get_by_role("button", name="Start", exact=True).first.click()


def test_practice_survives_a_reload(page: "Page", content: Content) -> None:
    """A wrong answer is explained, a reload loses nothing, and the end is without blame."""
    bank = content.catalogue.bank
    open_at(page, "/quiz")
    start(page)
    question = asked(page, bank)
    assert violations(page) == []
    assert too_wide(page) == []
    answer(page, question, right=False)
    page.locator(".ax-verdict").wait_for()
    page.locator("#quiz-place:focus").get_by_text("Not right yet.").wait_for()
    assert page.locator("[role=status] .ax-verdict, [aria-live] .ax-verdict").count() == 0
    assert violations(page) == []
    page.wait_for_function("JSON.stringify(window.sessionStorage).includes('feedback')")
    page.reload()
    page.locator(".ax-verdict").wait_for()
    assert asked(page, bank) == question
    page.get_by_role("button", name="Next question").click()
    page.get_by_text("Question 2 of 12").wait_for()
    page.locator("#quiz-place:focus").wait_for()
    page.get_by_role("button", name="End here").click()
    page.get_by_text("How it went").wait_for()
    page.get_by_text("11 questions were not shown").wait_for()
    assert "quiz" in page.url
    assert "?" not in page.url


def test_a_new_tab_starts_empty(page: "Page", content: Content) -> None:
    """A run belongs to its tab: another tab does not see it."""
    open_at(page, "/quiz")
    start(page)
    asked(page, content.catalogue.bank)
    other = page.context.new_page()
    open_at(other, "/quiz")
    with app_runs(other):
        start(other)
    assert other.locator("#quiz-place").inner_text().startswith("Question 1 of")


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_a_nurse_misses_one_reads_and_takes_the_record(
    page: "Page", content: Content, tmp_path: Path
) -> None:
    """A whole check by keyboard alone, one critical concept missed: its row, parallel, record."""

    bank = content.catalogue.bank
    open_at(page, "/quiz")
    keys.press(page, "Start the check")
    missed: Question | None = None
    for number in range(1, 21):
        question = _asked_whole(page, bank, f"Question {number} of 20")
        wrong = missed is None and question.critical and question.kind is QuestionKind.SINGLE
        missed = question if wrong else missed
        _save_by_keys(page, question, right=not wrong)
    assert missed is not None
    page.get_by_text("Read this before your second try").wait_for()
    page.locator("#quiz-place:focus").wait_for()
    keys.press(page, "I have read it: next question")
    parallel = _asked_whole(page, bank, "Question 21 of 21")
    assert parallel.concept == missed.concept
    _save_by_keys(page, parallel)
    page.get_by_text("Your result").wait_for()
    page.locator("#quiz-place:focus").wait_for()
    keys.reach(page.get_by_role("textbox", name="Your name, if you want it on the record"))
    page.keyboard.type("R. Example")
    with app_runs(page):
        page.keyboard.press("Tab")
    with page.expect_download() as download:
        keys.press(page, "Download the record (PDF)")
    download.value.save_as(tmp_path / "record.pdf")
    text = " ".join(sheets(tmp_path / "record.pdf"))
    flat = re.sub(r"\s+", " ", text)
    assert "R. Example" in flat
    assert content.version in flat
    assert "does not replace observed practice" in flat
    assert violations(page) == []
    assert too_wide(page) == []


def _asked_whole(page: "Page", bank: Bank, place: str) -> Question:
    """Find the question at a place once it is drawn and its place has the focus, as for a reader."""
    has_focus = "" if place.startswith("Question 1 ") else ":focus"
    page.locator(f"#quiz-place{has_focus}").get_by_text(place).wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return asked(page, bank)


def _save_by_keys(page: "Page", question: Question, *, right: bool = True) -> None:
    """Answer by keys alone, and wait for what comes next.

    Nobody waits between two presses here: a place that took the focus late would take the Enter.
    """
    place = page.locator("#quiz-place").inner_text()
    keys.answer(page, question, right=right)
    keys.press(page, "Save my answer")
    _moved_on(page, place)
