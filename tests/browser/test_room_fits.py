"""The room's screen fits its window: every live question in every state, in four windows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from explorer import paths
from explorer.classes.plan import plan_of
from explorer.content.load import Content
from explorer.domain.lessons import Lesson, live
from explorer.domain.questions import AnswerOption
from explorer.domain.sessions import PlannedQuestion, TeachingPhase
from explorer.domain.tallies import tallies
from explorer.export import class_html, room_html
from explorer.export import environment as html
from explorer.ui.frame import STYLE
from explorer.ui.views import evidence
from tests.questions import question

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WINDOWS = ((1920, 1080), (1366, 768), (1280, 720), (1024, 768))

SMALLEST = 0.022
"""Of the window's height: smaller letters are not read from the back of a room (24 of 1080)."""

APPS_OWN = "ul,ol,li,p{font-size:16px}"
"""What the app's own stylesheet would do to a list or a paragraph of ours."""

_TOO_LARGE = """([parts, letters]) => parts.map(part => {
  document.getElementById('here').innerHTML = part;
  const body = document.querySelector('.ax-room-body');
  body.style.fontSize = `${letters}px`;
  return body.scrollHeight > body.clientHeight || body.scrollWidth > body.clientWidth;
})"""
"""Whether each part overflows with the smallest letters; the script chooses those or larger ones."""

_CHOSEN = """parts => parts.map(part => {
  document.getElementById('here').innerHTML = part;
  window.fitAll();
  const body = document.querySelector('.ax-room-body');
  const texts = [...body.querySelectorAll('p:not(.ax-source),li,h2,th[scope=row],b')];
  return [body.scrollHeight <= body.clientHeight && body.scrollWidth <= body.clientWidth,
          Math.min(...texts.map(item => parseFloat(getComputedStyle(item).fontSize)))];
})"""
"""Whether each part fits as the script draws it, and its smallest letters."""


def longest() -> PlannedQuestion:
    """Make a question with six options, each text as long as an educator may type it."""
    words = "a long word or two " * 20
    asked = question("longest").evolve(
        stem=words[:240],
        options=tuple(
            AnswerOption(id=name, text=words[:120], key=name == "b", rationale=words[:200])
            for name in "abcdef"
        ),
    )
    return PlannedQuestion(question=asked, phase=TeachingPhase.FREE)


def states(planned: PlannedQuestion, content: Content) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of each state of a question, with two votes of many people."""
    catalogue = content.catalogue
    counts = tuple(
        item.evolve(count=88 if item.right else 112) for item in tallies(planned.question, ())
    )
    votes = tuple(
        class_html.Vote(title=catalogue.words(f"teach.{name}"), tallies=counts, answered=200)
        for name in ("earlier", "later")
    )
    yield "reading", room_html.ask(planned, catalogue, reading=True)
    yield "open", room_html.ask(planned, catalogue, reading=False)
    yield "one vote", room_html.bars(planned, votes[:1], catalogue)
    yield "two votes", room_html.bars(planned, votes, catalogue)
    for step in range(len(planned.reason_steps)):
        yield f"why {step}", room_html.why(planned, votes, step, catalogue)


@pytest.mark.slow
def test_every_state_of_every_question_fits_every_window(
    chromium: "Browser", content: Content
) -> None:
    """Nothing overflows, and the letters are large enough for the back of a room."""
    bank = content.catalogue.bank
    asked = tuple(item.id for item in live(bank.questions))
    plan = plan_of(
        Lesson(before=(), after=()),
        bank,
        lambda item: evidence.passages(content, item)[: evidence.SHOWN],
        free=asked,
    )
    shown = [
        (f"{planned.question.id}, {name}", part)
        for planned in (*plan, longest())
        for name, part in states(planned, content)
    ]
    script = (paths.PACKAGE / "ui/components/room_fit.js").read_text(encoding="utf-8")
    script = script.replace("export default", "window.fitAll = fitAll;\nwindow.unused =")
    style = STYLE + html.style("class.css", "room.css")
    page = chromium.new_page()
    page.set_content(
        f"<!doctype html><style>{APPS_OWN}*{{box-sizing:border-box}}body{{font-family:sans-serif}}{style}"
        "</style><div data-testid=stMain><div data-testid=stHtml id=here></div></div>"
        f"<script>{script}</script>"
    )
    wrong, parts = [], [part for _, part in shown]
    fullest = sorted(parts, key=len)[-12:]
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        overflows = page.evaluate(_TOO_LARGE, [parts, SMALLEST * height])
        names = [name for (name, _), too_large in zip(shown, overflows, strict=True) if too_large]
        wrong += [f"{width}x{height}: {name}" for name in names]
        for fits, letters in page.evaluate(_CHOSEN, fullest):
            assert fits
            assert letters >= 0.85 * SMALLEST * height
    page.close()
    assert wrong == []
