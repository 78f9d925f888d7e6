"""A class with its educator's own questions, how sure people are, and a round weeks later."""

import pytest

from explorer.classes.plan import plan_of
from explorer.classes.service import ClassService
from explorer.classes.views import ClosedView, EndedView, OpenView
from explorer.domain.class_report import PersonResult
from explorer.domain.grading import Answer
from explorer.domain.lessons import Lesson
from explorer.domain.own_questions import OwnDraft, OwnDraftOption, finished
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import (
    Action,
    ClassState,
    NotAllowed,
    PlannedQuestion,
    TeachingPhase,
    TooLate,
)
from explorer.store.memory import MemoryStore
from tests.questions import bank, question

OPTIONS = (OwnDraftOption(text="Fridge", key=True), OwnDraftOption(text="Shelf"))
SINGLE = finished(OwnDraft(stem="Where is it kept?", options=OPTIONS))
POLL = finished(OwnDraft(kind=QuestionKind.POLL, stem="Who did it?", options=OPTIONS))
TEXT = finished(OwnDraft(kind=QuestionKind.TEXT, stem="What worries you?"))


class Room:
    """A class with its host and some phones."""

    def __init__(self, plan: tuple[PlannedQuestion, ...], people: int = 6, **more: bool) -> None:
        self.teaching = ClassService(MemoryStore())
        self.keys = self.teaching.open_session(plan, title="L", content="v", **more)
        self.phones = [self.teaching.join(self.keys.code) for _ in range(people)]

    @property
    def version(self) -> int:
        return self.teaching.host(self.keys.console).version

    def press(self, *names: str) -> None:
        for name in names:
            self.teaching.advance(self.keys.console, Action(name), self.version)

    def answer(self, phone: str, answer: Answer | None, *, sure: bool | None = None) -> None:
        place = self.teaching.participant(self.keys.code, phone).position_token
        self.teaching.answer(self.keys.code, phone, place, answer, sure=sure)

    def ask(self, *given: str) -> None:
        """Ask the next question, let phones choose, and close it."""
        self.press("next", "show")
        for phone in self.phones:
            self.teaching.participant(self.keys.code, phone)
        for phone, option in zip(self.phones, given, strict=False):
            self.answer(phone, (option,))
        self.press("close")


def planned(*questions: str, phase: TeachingPhase) -> tuple[PlannedQuestion, ...]:
    return tuple(
        PlannedQuestion(question=question(name, concept=f"concept-{name[0]}"), phase=phase)
        for name in questions
    )


OWN = plan_of(
    Lesson(before=("q1", SINGLE.id), after=("q2",)),
    bank(),
    free=(POLL.id, TEXT.id),
    own=(SINGLE, POLL, TEXT),
)


def test_own_questions_are_asked_and_stay_out_of_what_is_measured() -> None:
    """They are in the report with their counts, and in no change, interval or reliability."""
    room = Room(OWN)
    room.ask(*"aaabbb")
    room.press("reveal")
    room.ask("o1", "o1", "o1", "o1", "o1", "o1")
    seen = room.teaching.participant(room.keys.code, room.phones[0])
    assert isinstance(seen, ClosedView)
    assert seen.question.own
    room.press("reveal", "next", "next", "show")
    assert not room.teaching.participant(room.keys.code, room.phones[0]).question.own  # type: ignore[union-attr]
    for phone in room.phones:
        room.answer(phone, ("a",))
    room.press("close", "next")
    room.ask("o1", "o2")
    report = room.teaching.report(room.keys.report)
    own = next(item for item in report.questions if item.id == SINGLE.id)
    assert (own.own, own.share) == (True, 1.0)
    assert report.overall is not None
    assert (report.overall.before, report.overall.after) == (0.5, 1.0)
    assert [item.phase for item in report.reliability] == []


def test_a_poll_has_bars_and_no_right_answer() -> None:
    """The room sees the bars after closing; nothing is revealed, and nothing is graded."""
    room = Room(plan_of(Lesson(before=(), after=()), bank(), free=(POLL.id, "q1"), own=(POLL,)))
    room.ask("o1", "o1", "o2")
    view = room.teaching.projector(room.keys.projector)
    assert [item.count for item in view.tallies] == [2, 1]
    assert Action.REVEAL not in room.teaching.host(room.keys.console).allowed_actions
    with pytest.raises(NotAllowed):
        room.press("reveal")
    room.press("next", "end")
    (asked,) = room.teaching.report(room.keys.report).questions
    assert (asked.has_key, asked.share, asked.right) == (False, None, None)
    assert PersonResult.ANSWERED in {
        row[0] for row in room.teaching.report(room.keys.report).people_rows
    }
    view_at_end = room.teaching.participant(room.keys.code, room.phones[0])
    assert isinstance(view_at_end, EndedView)
    assert (view_at_end.right, view_at_end.graded) == (0, 0)


def test_the_host_lets_the_room_see_texts_one_by_one() -> None:
    """Only after closing, only what was released; opened again, everything is hidden again."""
    room = Room(plan_of(Lesson(before=(), after=()), bank(), free=(TEXT.id,), own=(TEXT,)))
    room.press("next", "show")
    for phone, text in zip(room.phones, ("<b>needles</b>", "Cost", "Cost", "zoo"), strict=False):
        room.answer(phone, (text,))
    for phone in room.phones[4:]:
        room.answer(phone, None)
    (first, *_) = room.teaching.host(room.keys.console).texts
    with pytest.raises(NotAllowed):
        room.teaching.release_texts(room.keys.console, (first.digest,), room.version)
    room.press("close")
    found = room.teaching.host(room.keys.console).texts
    assert [(item.text, item.count) for item in found] == [
        ("<b>needles</b>", 1),
        ("Cost", 2),
        ("zoo", 1),
    ]
    assert room.teaching.projector(room.keys.projector).texts == ()
    view = room.teaching.release_texts(room.keys.console, (found[1].digest,), room.version)
    assert [item.released for item in view.texts] == [False, True, False]
    shown = room.teaching.projector(room.keys.projector).texts
    assert [item.text for item in shown] == ["Cost"]
    assert room.teaching.report(room.keys.report).questions[0].texts == ("Cost",)
    room.press("reopen", "close")
    assert room.teaching.projector(room.keys.projector).texts == ()


def test_a_text_of_who_left_is_gone_from_the_screen() -> None:
    """What the host had released goes with the person who wrote it."""
    room = Room(plan_of(Lesson(before=(), after=()), bank(), free=(TEXT.id,), own=(TEXT,)))
    room.press("next", "show")
    room.answer(room.phones[0], ("My story",))
    room.press("close")
    (found,) = room.teaching.host(room.keys.console).texts
    room.teaching.release_texts(room.keys.console, (found.digest,), room.version)
    room.teaching.leave(room.keys.code, room.phones[0])
    assert room.teaching.projector(room.keys.projector).texts == ()


def test_sure_and_wrong_comes_first_in_what_to_teach() -> None:
    """y was missed by more, but those who missed x were sure; nobody asks about what they know."""
    room = Room(planned("x1", "y1", phase=TeachingPhase.BEFORE), sureness=True)
    for given, sure in (("aabbbb", True), ("bbbbbb", False)):
        room.press("next", "show")
        seen = room.teaching.participant(room.keys.code, room.phones[0])
        assert isinstance(seen, OpenView)
        assert seen.asks_sureness
        for phone, option in zip(room.phones, given, strict=True):
            room.answer(phone, (option,), sure=sure)
        room.press("close")
    found = room.teaching.conclusion(room.keys.console, for_host=True).missed
    assert [(item.label, item.wrong, item.sure) for item in found] == [
        ("What about x1?", 4, 4),
        ("What about y1?", 6, 0),
    ]
    report = room.teaching.report(room.keys.report)
    assert [(item.sure, item.sure_wrong) for item in report.questions] == [(6, 4), (0, 0)]


def test_the_host_sets_between_questions_whether_phones_ask_how_sure() -> None:
    """Not while one is open; where nobody asks, what a phone sends of it is not kept."""
    room = Room(planned("x1", "y1", phase=TeachingPhase.BEFORE))
    room.press("next", "show")
    with pytest.raises(NotAllowed):
        room.teaching.ask_sureness(room.keys.console, room.version, on=True)
    room.answer(room.phones[0], ("a",), sure=True)
    room.press("close")
    assert room.teaching.report(room.keys.report).questions[0].sure is None
    assert room.teaching.ask_sureness(room.keys.console, room.version, on=True).sureness


LATER = (
    *planned("x1", "y1", phase=TeachingPhase.BEFORE),
    *planned("x2", phase=TeachingPhase.AFTER),
    *planned("y2", phase=TeachingPhase.FREE),
    *planned("x3", phase=TeachingPhase.LATER),
)


def test_the_round_weeks_later_is_opened_by_the_host_and_paired_with_the_same_people() -> None:
    """It is counted and asked only once it is open; who did not come back is in no pair."""
    room = Room(LATER, people=7)
    assert room.teaching.host(room.keys.console).total == 4
    room.ask(*"bbbbbba")
    room.ask(*"aaaaaaa")
    room.press("next")
    room.ask(*"aaaaabb")
    assert Action.LATER not in room.teaching.host(room.keys.console).allowed_actions
    room.press("end", "later")
    view = room.teaching.host(room.keys.console)
    assert (view.state, view.total) == (ClassState.BETWEEN, 5)
    room.press("next")  # y2 was never asked, and is left out
    assert room.teaching.host(room.keys.console).planned == LATER[4]
    room.press("show")
    for phone, option in zip(room.phones[:5], "aaabb", strict=True):
        room.answer(phone, (option,))
    room.press("close", "reveal")
    assert Action.NEXT not in room.teaching.host(room.keys.console).allowed_actions
    room.press("end")
    assert Action.LATER not in room.teaching.host(room.keys.console).allowed_actions
    overall, concept = room.teaching.report(room.keys.report).later
    assert (concept.people, concept.before, concept.after, concept.later) == (5, 0.0, 1.0, 0.6)
    assert concept.points == pytest.approx(-40)
    assert overall.label == ""
    with pytest.raises(TooLate):
        room.answer(room.phones[6], ("a",))


def test_few_who_came_back_are_not_shown() -> None:
    """Four are a group in which one could be found."""
    room = Room((*LATER[:3], LATER[4]), people=4)
    for _ in range(2):
        room.ask(*"bbbb")
    room.press("next")
    room.ask(*"aaaa")
    room.press("end", "later")
    room.ask(*"aaaa")
    assert {item.hidden for item in room.teaching.report(room.keys.report).later} == {True}


def test_an_end_taken_back_leads_to_the_round_weeks_later_again() -> None:
    """Ended again by mistake, the class goes on where it was."""
    room = Room((*LATER[:1], LATER[4]))
    room.ask(*"aaaaaa")
    room.press("end", "later", "next", "show", "end", "resume")
    view = room.teaching.host(room.keys.console)
    assert (view.state, view.planned) == (ClassState.CLOSED, LATER[4])
