"""Who may join a class: what its host can do when a program fills it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.classes.keys import IssuedKeys
from explorer.classes.presence import BURST
from explorer.classes.service import ClassService
from explorer.domain.sessions import (
    LARGEST,
    MORE,
    Action,
    ClassFull,
    ClassLocked,
    CodeChanged,
    Door,
    MovedOn,
    NotAllowed,
    NotJoined,
    PlannedQuestion,
    TeachingPhase,
)
from explorer.store import open_store
from explorer.store.memory import MemoryStore
from explorer.store.port import Store
from tests.questions import question

PLAN = (PlannedQuestion(question=question("q1"), phase=TeachingPhase.FREE),)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Give each of the stores, empty."""
    if request.param == "memory":
        return MemoryStore()
    if request.param == "sqlite":
        return open_store(f"sqlite:///{tmp_path / 'classes.sqlite3'}", tmp_path)
    return open_store(request.getfixturevalue("postgresql_database"), tmp_path)


@pytest.fixture
def teaching(store: Store) -> Iterator[ClassService]:
    """Give the service on a store."""
    made = ClassService(store, capacity=5)
    yield made
    made.close()


def opened(teaching: ClassService) -> IssuedKeys:
    """Open a class."""
    return teaching.open_session(PLAN, title="A lesson", content="v1")


def turn(teaching: ClassService, keys: IssuedKeys, door: Door) -> None:
    """Press one of the host's buttons."""
    teaching.turn_door(keys.console, door, teaching.host(keys.console).version)


def press(teaching: ClassService, keys: IssuedKeys, action: Action) -> None:
    """Lead the class."""
    teaching.advance(keys.console, action, teaching.host(keys.console).version)


def test_a_locked_class_lets_nobody_more_in_and_keeps_its_people(teaching: ClassService) -> None:
    """Who is in stays in, and can come in again; unlocked, others can too."""
    keys = opened(teaching)
    inside = teaching.join(keys.code)
    turn(teaching, keys, Door.LOCK)
    with pytest.raises(ClassLocked):
        teaching.join(keys.code)
    assert teaching.join(keys.code, inside) == inside
    assert teaching.host(keys.console).locked
    turn(teaching, keys, Door.UNLOCK)
    teaching.join(keys.code)
    assert teaching.host(keys.console).joined == 2


def test_a_new_code_keeps_who_answered_and_lets_go_of_the_others(teaching: ClassService) -> None:
    """The old code lets nobody in any more, and who answered goes on under either."""
    keys = opened(teaching)
    answered, silent = teaching.join(keys.code), teaching.join(keys.code)
    press(teaching, keys, Action.NEXT)
    press(teaching, keys, Action.SHOW)
    teaching.answer(
        keys.code, answered, teaching.participant(keys.code, answered).position_token, ("a",)
    )
    turn(teaching, keys, Door.RENEW)
    now = teaching.host(keys.console)
    assert now.code != keys.code
    assert (now.joined, now.answered) == (1, 1)
    for code in (keys.code, now.code):
        assert teaching.participant(code, answered).answered
        with pytest.raises(NotJoined):
            teaching.participant(code, silent)
    with pytest.raises(CodeChanged):
        teaching.join(keys.code)
    teaching.join(now.code, silent)
    assert teaching.participant(now.code, silent).code == now.code
    teaching.answer(
        keys.code, answered, teaching.participant(keys.code, answered).position_token, ("b",)
    )
    assert teaching.host(keys.console).answered == 1


def test_codes_of_the_past_still_lead_those_who_joined_by_them(store: Store) -> None:
    """After several new codes, and after a restart."""
    first = ClassService(store, capacity=5)
    keys = opened(first)
    token = ""
    codes = [keys.code]
    for _ in range(3):
        token = token or first.join(codes[0])
        if len(codes) == 1:
            press(first, keys, Action.NEXT)
            press(first, keys, Action.SHOW)
            first.answer(codes[0], token, first.participant(codes[0], token).position_token, ("a",))
        turn(first, keys, Door.RENEW)
        codes.append(first.host(keys.console).code)
    again = ClassService(store, capacity=5)
    assert len(set(codes)) == 4
    for code in codes:
        assert again.participant(code, token).answered
    again.close()


def test_phones_that_never_answered_make_room(teaching: ClassService) -> None:
    """A class that made-up people filled takes real ones again."""
    keys = opened(teaching)
    for _ in range(5):
        teaching.join(keys.code)
    with pytest.raises(ClassFull):
        teaching.join(keys.code)
    turn(teaching, keys, Door.LET_GO)
    assert teaching.host(keys.console).joined == 0
    teaching.join(keys.code)


def test_a_class_can_be_made_larger_up_to_a_bound(teaching: ClassService) -> None:
    """By steps, and not beyond what a server takes."""
    keys = opened(teaching)
    turn(teaching, keys, Door.ENLARGE)
    assert teaching.host(keys.console).capacity == 5 + MORE
    while teaching.host(keys.console).capacity < LARGEST:
        turn(teaching, keys, Door.ENLARGE)
    assert Door.ENLARGE not in teaching.host(keys.console).doors
    with pytest.raises(NotAllowed):
        turn(teaching, keys, Door.ENLARGE)


def test_a_press_that_comes_twice_counts_once(teaching: ClassService) -> None:
    """Two hosts at once renew a code once."""
    keys = opened(teaching)
    version = teaching.host(keys.console).version
    teaching.turn_door(keys.console, Door.RENEW, version)
    with pytest.raises(MovedOn):
        teaching.turn_door(keys.console, Door.RENEW, version)


def test_an_ended_class_has_no_doors(teaching: ClassService) -> None:
    """Nothing can be changed about who joins, and the screen of the room never can."""
    keys = opened(teaching)
    assert teaching.projector(keys.projector).doors == ()
    press(teaching, keys, Action.END)
    assert teaching.host(keys.console).doors == ()
    with pytest.raises(NotAllowed):
        turn(teaching, keys, Door.LOCK)


def test_the_console_says_when_people_join_faster_than_a_room_can() -> None:
    """Until the host does something about it; the room's screen says nothing."""
    teaching = ClassService(MemoryStore(), capacity=100)
    keys = opened(teaching)
    for _ in range(BURST - 1):
        teaching.join(keys.code)
    assert not teaching.host(keys.console).rush
    teaching.join(keys.code)
    assert teaching.host(keys.console).rush
    assert not teaching.projector(keys.projector).rush
    turn(teaching, keys, Door.LOCK)
    assert not teaching.host(keys.console).rush
