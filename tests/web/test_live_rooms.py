"""The participant page on real classes: what a host does shows, and answers reach the store."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explorer.classes.keys import IssuedKeys
from explorer.classes.service import ClassService
from explorer.content.load import Content
from explorer.domain.questions import Kind
from explorer.domain.sessions import Action, PlannedQuestion, SupportingPassage, TeachingPhase
from explorer.store.memory import MemoryStore
from explorer.store.port import Store
from explorer.web.join import join_routes
from tests.questions import question

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


class Class:
    """A class with its host and one phone."""

    def __init__(self, store: Store, content: Content, capacity: int = 250) -> None:
        self.teaching = ClassService(store, capacity=capacity)
        self.keys: IssuedKeys = self.teaching.open_session(PLAN, title="A lesson", content="v1")
        self.server = Starlette(
            routes=join_routes(lambda: content.catalogue, lambda: self.teaching, days=30)
        )

    def press(self, *names: str) -> None:
        """Move the class."""
        for name in names:
            version = self.teaching.host(self.keys.console).version
            self.teaching.advance(self.keys.console, Action(name), version)

    def join(self, phone: TestClient) -> None:
        """Join by the link."""
        phone.get(f"/join?code={self.keys.code}")
        phone.post("/join", data={"code": self.keys.code})

    def see(self, phone: TestClient) -> str:
        """Load the page."""
        return phone.get(f"/join?code={self.keys.code}").text

    def send(self, phone: TestClient, *given: str, step: str = "0.shown") -> str:
        """Post an answer."""
        data = {"code": self.keys.code, "step": step, "given": list(given)}
        return phone.post("/join/answer", data=data).text


@pytest.fixture
def room(content: Content) -> Iterator[Class]:
    """Open a class."""
    store = MemoryStore()
    yield Class(store, content)
    store.close()


@pytest.fixture
def phone(room: Class) -> Iterator[TestClient]:
    """Join with a phone."""
    with TestClient(room.server) as client:
        room.join(client)
        yield client


def test_a_question_goes_its_way(room: Class, phone: TestClient) -> None:
    """Waiting, reading without options, options, closed, reasons with two lines that settle it."""
    assert "You are in" in room.see(phone)
    room.press("next")
    assert "What about single?" in room.see(phone)
    assert "Text a." not in room.see(phone)
    room.press("show")
    assert "Text a." in room.see(phone)
    assert "Your answer is saved." in room.send(phone, "b")
    room.press("close")
    closed = room.see(phone)
    assert "This question is closed." in closed
    assert "Why a." not in closed
    assert "Line 0." not in closed
    room.press("reveal")
    shown = room.see(phone)
    assert "You chose it." in shown
    assert [text in shown for text in ("Line 0.", "Line 1.", "Line 2.")] == [True, True, False]


def test_the_answer_is_in_the_report(room: Class, phone: TestClient) -> None:
    """What the page confirmed is what the class's report counts."""
    room.press("next", "show")
    room.send(phone, "b")
    room.send(phone, "a")
    room.press("close")
    standing = room.teaching.host(room.keys.console)
    assert (standing.joined, standing.answered) == (1, 1)
    assert {item.option: item.count for item in standing.tallies}["a"] == 1


def test_a_late_answer_is_refused(room: Class, phone: TestClient) -> None:
    """After closing the page says that it was not counted."""
    room.press("next", "show", "close")
    assert "closed before your answer came" in room.send(phone, "a")
    assert room.teaching.host(room.keys.console).answered == 0


def test_a_second_vote_is_asked_anew(room: Class, phone: TestClient) -> None:
    """The second vote says that it is one, with nothing chosen, and both votes are kept."""
    room.press("next", "show")
    room.send(phone, "b")
    room.press("close", "again")
    html = room.see(phone)
    assert "Second vote" in html
    assert " checked>" not in html
    room.send(phone, "a", step="1.shown")
    standing = room.teaching.host(room.keys.console)
    assert {item.option: item.count for item in standing.tallies}["a"] == 1
    assert {item.option: item.count for item in standing.earlier}["b"] == 1


def test_an_unfinished_sorting_says_what_is_missing(room: Class, phone: TestClient) -> None:
    """The domain's sentence reaches the page."""
    room.press("next", "show", "close", "next", "show")
    assert "Put every line into a group." in room.send(phone, "a=now", step="1.shown")


def test_after_the_end_the_page_says_thank_you(room: Class, phone: TestClient) -> None:
    """Who was in is thanked; who comes now is told that it is over."""
    room.press("end")
    assert "Thank you" in room.see(phone)
    with TestClient(room.server) as late:
        answer = late.get(f"/join?code={room.keys.code}")
    assert answer.status_code == 410


def test_a_full_class_says_so(content: Content) -> None:
    """The real service's limit is what the page tells."""
    room = Class(MemoryStore(), content, capacity=1)
    with TestClient(room.server) as first, TestClient(room.server) as second:
        room.join(first)
        second.get(f"/join?code={room.keys.code}")
        answer = second.post("/join", data={"code": room.keys.code})
    assert answer.status_code == 409
    assert "This class is full." in answer.text
