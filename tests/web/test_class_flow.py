"""The participant page on real classes: what a host does shows, and answers reach the store."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explorer.content.load import Content
from explorer.domain.questions import Kind
from explorer.domain.sessions import PlannedQuestion, SupportingPassage, TeachingPhase
from explorer.web.join import join_routes
from tests.questions import question
from tests.web.live_class import CODE, LiveClass

PLAN = tuple(
    PlannedQuestion(
        question=question(kind.value, kind),
        phase=TeachingPhase.BEFORE,
        evidence=tuple(
            SupportingPassage(text=f"Line {number}.", address="guide#x", source="US label")
            for number in range(3)
        ),
    )
    for kind in (Kind.SINGLE, Kind.SORT)
)


class Lesson(LiveClass):
    """A class with the page of its participants."""

    def __init__(self, content: Content, capacity: int = 250) -> None:
        super().__init__(PLAN, capacity=capacity)
        self.server = Starlette(
            routes=join_routes(lambda: content.catalogue, lambda: self.service, days=30)
        )

    def join(self, phone: TestClient) -> None:
        """Join by the link."""
        phone.get(f"/join?code={CODE}")
        phone.post("/join", data={"code": CODE})

    def see(self, phone: TestClient) -> str:
        """Load the page."""
        return phone.get(f"/join?code={CODE}").text

    def send(self, phone: TestClient, *answer: str, token: str = "0.shown") -> str:
        """Post an answer."""
        data = {"code": CODE, "step": token, "given": list(answer)}
        return phone.post("/join/answer", data=data).text


@pytest.fixture
def lesson(content: Content) -> Lesson:
    """Open a class."""
    return Lesson(content)


@pytest.fixture
def phone(lesson: Lesson) -> Iterator[TestClient]:
    """Join with a phone."""
    with TestClient(lesson.server) as client:
        lesson.join(client)
        yield client


def test_a_question_goes_its_way(lesson: Lesson, phone: TestClient) -> None:
    """Waiting, reading without options, options, closed, reasons with two lines that settle it."""
    assert "You are in" in lesson.see(phone)
    lesson.act("next")
    assert "What about single?" in lesson.see(phone)
    assert "Text a." not in lesson.see(phone)
    lesson.act("show")
    assert "Text a." in lesson.see(phone)
    assert "Your answer is saved." in lesson.send(phone, "b")
    lesson.act("close")
    closed = lesson.see(phone)
    assert "This question is closed." in closed
    assert "Why a." not in closed
    assert "Line 0." not in closed
    lesson.act("reveal")
    shown = lesson.see(phone)
    assert "You chose it." in shown
    assert [text in shown for text in ("Line 0.", "Line 1.", "Line 2.")] == [True, True, False]


def test_the_answer_is_in_the_report(lesson: Lesson, phone: TestClient) -> None:
    """What the page confirmed is what the class's report counts."""
    lesson.act("next", "show")
    lesson.send(phone, "b")
    lesson.send(phone, "a")
    lesson.act("close")
    view = lesson.service.host(lesson.keys.console)
    assert (view.joined, view.answered) == (1, 1)
    assert {item.option: item.count for item in view.tallies}["a"] == 1


def test_a_late_answer_is_refused(lesson: Lesson, phone: TestClient) -> None:
    """After closing the page says that it was not counted."""
    lesson.act("next", "show", "close")
    assert "closed before your answer came" in lesson.send(phone, "a")
    assert lesson.service.host(lesson.keys.console).answered == 0


def test_a_second_vote_is_asked_anew(lesson: Lesson, phone: TestClient) -> None:
    """The second vote says that it is one, with nothing chosen, and both votes are kept."""
    lesson.act("next", "show")
    lesson.send(phone, "b")
    lesson.act("close", "again")
    html = lesson.see(phone)
    assert "Second vote" in html
    assert " checked>" not in html
    lesson.send(phone, "a", token="1.shown")
    view = lesson.service.host(lesson.keys.console)
    assert {item.option: item.count for item in view.tallies}["a"] == 1
    assert {item.option: item.count for item in view.earlier}["b"] == 1


def test_an_unfinished_sorting_says_what_is_missing(lesson: Lesson, phone: TestClient) -> None:
    """The domain's sentence reaches the page."""
    lesson.act("next", "show", "close", "next", "show")
    assert "Put every line into a group." in lesson.send(phone, "a=now", token="1.shown")


def test_after_the_end_the_page_says_thank_you(lesson: Lesson, phone: TestClient) -> None:
    """Who was in is thanked; who comes now is told that it is over."""
    lesson.act("end")
    assert "Thank you" in lesson.see(phone)
    with TestClient(lesson.server) as late:
        answer = late.get(f"/join?code={CODE}")
    assert answer.status_code == 410


def test_a_full_class_says_so(content: Content) -> None:
    """The real service's limit is what the page tells."""
    lesson = Lesson(content, capacity=1)
    with TestClient(lesson.server) as first, TestClient(lesson.server) as second:
        lesson.join(first)
        second.get(f"/join?code={CODE}")
        answer = second.post("/join", data={"code": CODE})
    assert answer.status_code == 409
    assert "This class is full." in answer.text
