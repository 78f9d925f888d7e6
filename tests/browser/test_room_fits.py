"""The room's screen fits its window: every live question in every state, in four windows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from explorer import paths
from explorer.classes.plan import plan_of
from explorer.content.load import Content
from explorer.domain.class_report import LaterChange
from explorer.domain.grading import LONGEST_TEXT
from explorer.domain.lessons import Lesson, live
from explorer.domain.own_questions import (
    LONGEST_OPTION,
    LONGEST_REASON,
    LONGEST_STEM,
    LONGEST_UNIT,
    OWN_KINDS,
    OwnDraft,
    OwnDraftOption,
    finished,
)
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import PlannedQuestion, TeachingPhase
from explorer.domain.tallies import tallies
from explorer.export import class_html, room_html
from explorer.export import environment as html
from explorer.ui.frame import STYLE
from explorer.ui.views import evidence

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WINDOWS = ((1920, 1080), (1366, 768), (1280, 720), (1024, 768))

SMALLEST = 0.022
"""Of the window's height: smaller letters are not read from the back of a room (24 of 1080)."""

LESSON = 6
"""Points of the ready lesson."""

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


def longest() -> tuple[PlannedQuestion, ...]:
    """Make own questions of each kind, each text as long as an educator may type it."""
    words = "a long word or two " * 30
    options = tuple(
        OwnDraftOption(
            text=f"{name} {words}"[:LONGEST_OPTION],
            key=name in "bc",
            reason=words[:LONGEST_REASON].strip(),
        )
        for name in "abcdef"
    )
    draft = OwnDraft(
        stem=words[:LONGEST_STEM],
        options=options,
        value="123456789",
        unit=words[:LONGEST_UNIT],
        reason=words[:LONGEST_REASON],
    )
    return tuple(
        PlannedQuestion(
            question=finished(draft.evolve(kind=kind, options=made)).asked(),
            phase=TeachingPhase.FREE,
        )
        for kind in OWN_KINDS
        for made in (
            (options[0].evolve(key=True), *(item.evolve(key=False) for item in options[1:]))
            if kind is QuestionKind.SINGLE
            else options,
        )
    )


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
    if planned.question.kind is QuestionKind.TEXT:
        yield "texts", room_html.texts(planned, ("x" * LONGEST_TEXT,) * 3, catalogue)
        yield "no texts", room_html.texts(planned, (), catalogue)
    yield "reading", room_html.ask(planned, catalogue, reading=True)
    yield "open", room_html.ask(planned, catalogue, reading=False)
    yield "one vote", room_html.bars(planned, votes[:1], catalogue)
    yield "two votes", room_html.bars(planned, votes, catalogue)
    if not planned.question.has_key:
        return
    for step in range(len(planned.reason_steps)):
        yield f"why {step}", room_html.why(planned, votes, step, catalogue)


def before_and_after(content: Content) -> Iterator[tuple[str, str]]:
    """Yield the screens without a question: the way in, a pause, and the end with each point."""
    catalogue = content.catalogue
    numbers = class_html.JoinInfo(
        address="https://classes.rheumatology.example.org:8443/join", code="KNK6MN", joined=250
    )
    for paused in (False, True):
        said = catalogue.words("teach.room-between" if paused else "teach.room-waiting")
        yield f"door {paused}", room_html.door("x" * 60, numbers, said, catalogue, paused=paused)
    labels = sorted((item.label for item in catalogue.bank.concepts), key=len)[-LESSON:]
    yield (
        "end",
        room_html.ended(
            tuple(
                LaterChange(label=label, people=9, hidden=False, before=0, after=1, later=1)
                for label in (*labels, "")
            ),
            catalogue,
        ),
    )


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
        for planned in (*plan, *longest())
        for name, part in states(planned, content)
    ]
    shown += before_and_after(content)
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
