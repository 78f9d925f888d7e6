"""What a class came to."""

import pytest

from explorer.classes.service import ClassService
from explorer.classes.views import EndedView
from explorer.domain.sessions import (
    Action,
    NotAllowed,
    PlannedQuestion,
    SupportingPassage,
    TeachingPhase,
)
from explorer.store.memory import MemoryStore
from tests.questions import question

PLAN = tuple(
    PlannedQuestion(
        question=question(name, concept=f"concept-{name[0]}"),
        phase=phase,
        evidence=(SupportingPassage(text="Call.", address="guide#infection", source="US label"),),
    )
    for phase, names in ((TeachingPhase.BEFORE, ("x1", "y1")), (TeachingPhase.AFTER, ("x2",)))
    for name in names
)


def test_the_break_lists_what_was_missed_with_what_to_say_and_where_it_stands() -> None:
    """Five of six missed y, none x; the room's screen is told nothing before the end."""
    teaching = ClassService(MemoryStore())
    keys = teaching.open_session(PLAN, title="L", content="v", concepts={"concept-y": "Point y"})

    def press(*names: str) -> None:
        for name in names:
            version = teaching.host(keys.console).version
            teaching.advance(keys.console, Action(name), version)

    people = [teaching.join(keys.code) for _ in range(6)]
    for given in ("aaaaaa", "abbbbb"):
        press("next", "show")
        for person, option in zip(people, given, strict=True):
            token = teaching.participant(keys.code, person).position_token
            teaching.answer(keys.code, person, token, (option,))
        press("close", "reveal")
    press("next")
    found = teaching.conclusion(keys.console, for_host=True)
    (missed,) = found.missed
    assert (missed.label, missed.wrong, missed.n) == ("Point y", 5, 6)
    assert (missed.say, missed.address) == ("Why a.", "guide#infection")
    assert teaching.conclusion(keys.console, for_host=True) is found
    with pytest.raises(NotAllowed):
        teaching.conclusion(keys.projector, for_host=False)
    press("end")
    assert teaching.conclusion(keys.projector, for_host=False).missed == found.missed


@pytest.mark.parametrize("people", [4, 5])
def test_a_phone_is_told_of_the_room_from_five_pairs_on(people: int) -> None:
    """With four, the change would tell what single people answered; the own answers are shown."""
    teaching = ClassService(MemoryStore())
    keys = teaching.open_session(PLAN, title="L", content="v", concepts={"concept-x": "Point x"})
    phones = [teaching.join(keys.code) for _ in range(people)]
    for index, item in enumerate(PLAN):
        for action in (Action.NEXT, Action.SHOW):
            teaching.advance(keys.console, action, teaching.host(keys.console).version)
        for phone in phones:
            token = teaching.participant(keys.code, phone).position_token
            teaching.answer(keys.code, phone, token, ("a" if index else "b",))
        version = teaching.host(keys.console).version
        teaching.advance(keys.console, Action.CLOSE, version)
        if index + 1 < len(PLAN) and PLAN[index + 1].phase is not item.phase:
            teaching.advance(keys.console, Action.NEXT, version + 1)
    teaching.advance(keys.console, Action.END, teaching.host(keys.console).version)
    view = teaching.participant(keys.code, phones[0])
    assert isinstance(view, EndedView)
    assert [item.seen.judged.is_right for item in view.kept] == [False, True, True]
    told = [(item.label, item.before, item.after) for item in view.changes]
    assert told == ([("Point x", 0.0, 1.0), ("", 0.5, 1.0)] if people == 5 else [])


@pytest.mark.parametrize("back", [4, 5])
def test_weeks_later_all_three_rounds_are_told_from_five_people_on(back: int) -> None:
    """Five took part; with four of them back, before and after stand as they did at the end."""
    teaching = ClassService(MemoryStore())
    later = PlannedQuestion(question=question("x3", concept="concept-x"), phase=TeachingPhase.LATER)
    keys = teaching.open_session((*PLAN, later), title="L", content="v")
    phones = [teaching.join(keys.code) for _ in range(5)]

    def ask(given: str, people: int = 5) -> None:
        while Action.SHOW not in (allowed := teaching.host(keys.console).allowed_actions):
            press(Action.NEXT if Action.NEXT in allowed else Action.LATER)
        press(Action.SHOW)
        for phone in phones[:people]:
            token = teaching.participant(keys.code, phone).position_token
            teaching.answer(keys.code, phone, token, (given,))
        press(Action.CLOSE)

    def press(action: Action) -> None:
        teaching.advance(keys.console, action, teaching.host(keys.console).version)

    for given in "bba":
        ask(given)
    press(Action.END)
    press(Action.LATER)
    assert not teaching.host(keys.console).teaching
    ask("a", back)
    press(Action.END)
    view = teaching.participant(keys.code, phones[0])
    assert isinstance(view, EndedView)
    told = [(item.before, item.after, item.later) for item in view.later]
    assert told == ([(0.0, 1.0, 1.0), (0.0, 1.0, 1.0)] if back == 5 else [])
    assert [item.pairs for item in view.changes] == [5, 5]
    assert teaching.conclusion(keys.projector, for_host=False).later == view.later
