"""What a phone shows and sends of an educator's own questions, and of how sure one is."""

from collections.abc import Iterator
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explorer.content.load import Content
from explorer.domain.grading import LONGEST_TEXT
from explorer.domain.own_questions import OwnDraft, OwnDraftOption, finished
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import ClassState, PlannedQuestion, TeachingPhase
from explorer.web.join import join_routes
from tests.questions import question
from tests.web.live_class import CODE, LiveClass

OPTIONS = (OwnDraftOption(text="At < 5 & cold", key=True), OwnDraftOption(text="Elsewhere"))
MARK = "From your educator. This site has not checked it."


def drafted(kind: QuestionKind, **more: object) -> PlannedQuestion:
    draft = OwnDraft(kind=kind, stem="Is it < 5?").evolve(**more)
    return PlannedQuestion(question=finished(draft).asked(), phase=TeachingPhase.FREE)


PLAN = (
    drafted(QuestionKind.SINGLE, options=OPTIONS),
    drafted(QuestionKind.POLL, options=OPTIONS),
    drafted(QuestionKind.TEXT),
    drafted(QuestionKind.NUMBER, value="3"),
    PlannedQuestion(question=question("q"), phase=TeachingPhase.FREE),
)


@pytest.fixture
def lesson() -> LiveClass:
    """Open a class with a question of each own kind, and one of the bank."""
    return LiveClass(PLAN)


@pytest.fixture
def phone(content: Content, lesson: LiveClass) -> Iterator[TestClient]:
    """Give a phone that has joined."""
    app = Starlette(routes=join_routes(lambda: content.catalogue, lambda: lesson.service, days=90))
    with TestClient(app, base_url="https://testserver") as client:
        client.get("/join")
        client.post("/join", data={"code": CODE})
        yield client


def page(phone: TestClient) -> str:
    return unescape(phone.get(f"/join?code={CODE}").text)


def send(phone: TestClient, lesson: LiveClass, **fields: str) -> str:
    data = {"code": CODE, "step": lesson.position_token, **fields}
    return unescape(phone.post("/join/answer", data=data).text)


def test_an_own_question_is_marked_in_every_state(phone: TestClient, lesson: LiveClass) -> None:
    """While it is read, answered, closed and explained; one of the bank is not."""
    for state in (ClassState.READING, ClassState.SHOWN, ClassState.CLOSED, ClassState.REVEALED):
        lesson.go(state, 0)
        assert MARK in page(phone)
    lesson.go(ClassState.SHOWN, 4)
    assert MARK not in page(phone)


def test_signs_in_an_own_question_are_shown_not_carried_out(
    phone: TestClient, lesson: LiveClass
) -> None:
    """Its text came from a person."""
    lesson.go(ClassState.SHOWN, 0)
    html = phone.get(f"/join?code={CODE}").text
    assert "At &lt; 5 &amp; cold" in html
    assert "Is it &lt; 5?" in html


def test_a_poll_tells_nobody_that_they_are_right_or_wrong(
    phone: TestClient, lesson: LiveClass
) -> None:
    """It has choices, and nothing of a verdict in any state or on the page to keep."""
    lesson.go(ClassState.SHOWN, 1)
    assert "Nothing from me" in page(phone)
    assert "Your answer is saved." in send(phone, lesson, given="o2")
    lesson.go(ClassState.CLOSED, 1)
    assert "There is no right or wrong here." in page(phone)
    lesson.act("end")
    for address in ("/join", "/join/take-home"):
        kept = unescape(phone.get(f"{address}?code={CODE}").text)
        assert "Elsewhere" in kept
        assert "Right answer" not in kept
        assert "Not right" not in kept
        assert "0 of 0 right." not in kept


def test_a_short_text_is_one_plain_line(phone: TestClient, lesson: LiveClass) -> None:
    """Control characters go, signs stay text; one that is too long or empty is told."""
    lesson.go(ClassState.SHOWN, 2)
    assert f'maxlength="{LONGEST_TEXT}"' in page(phone)
    send(phone, lesson, given="My <b>needle</b>\r\nhurts\x1b[2J")
    assert lesson.answers == [("My <b>needle</b> hurts[2J",)]
    html = phone.get(f"/join?code={CODE}").text
    assert "<b>needle" not in html
    assert "short text" in send(phone, lesson, given="x" * (LONGEST_TEXT + 1))
    assert "short text" in send(phone, lesson, given=" ")


def test_a_number_without_a_unit_is_asked_plainly(phone: TestClient, lesson: LiveClass) -> None:
    """No gap stands where a unit would."""
    lesson.go(ClassState.SHOWN, 3)
    assert "A number</label>" in page(phone)
    assert "Your answer is saved." in send(phone, lesson, given="3")


def test_how_sure_one_is_takes_one_more_tap(phone: TestClient, lesson: LiveClass) -> None:
    """It is asked where the host wants it, kept with the answer, and shown again; a poll has none."""
    lesson.go(ClassState.SHOWN, 0)
    assert "How sure are you?" not in page(phone)
    lesson.act("close")
    version = lesson.service.host(lesson.keys.console).version
    lesson.service.ask_sureness(lesson.keys.console, version, on=True)
    lesson.go(ClassState.SHOWN, 1)
    assert "How sure are you?" not in page(phone)
    lesson.go(ClassState.SHOWN, 4)
    assert "I do not know" in page(phone)
    assert 'value="yes" checked' in send(phone, lesson, given="a", sure="yes")
    assert 'value="no" checked' in send(phone, lesson, given="b", sure="no")
    (kept,) = lesson.store.responses(lesson.session.id, lesson.session.current_round.number)  # type: ignore[union-attr]
    assert (kept.answer, kept.sure) == (("b",), False)
