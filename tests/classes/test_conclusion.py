"""What a class came to."""

import pytest

from explorer.classes.service import ClassService
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
