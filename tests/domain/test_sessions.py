"""The steps of a class, and who was shown what."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.sessions import (
    LARGEST,
    MORE,
    Action,
    ClassState,
    Door,
    NotAllowed,
    Participant,
    PlannedQuestion,
    Round,
    Session,
    TeachingPhase,
    allowed_actions,
    doors,
    transition,
    turn_door,
)
from tests.questions import question

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)

PLAN = tuple(
    PlannedQuestion(question=question(name), phase=phase)
    for name, phase in (
        ("q1", TeachingPhase.BEFORE),
        ("q2", TeachingPhase.BEFORE),
        ("q3", TeachingPhase.AFTER),
    )
)


def session(state: ClassState = ClassState.OPEN) -> Session:
    return Session(
        id="s",
        code="CDF346",
        title="A lesson",
        content="v1",
        opened=NOON,
        changed=NOON,
        capacity=3,
        plan=PLAN,
        state=state,
    )


def someone(joined: int, seen: int = 99) -> Participant:
    return Participant(id="a", joined=joined, seen=seen)


def play(presses: str, start: Session | None = None) -> Session:
    """Press one after the other."""
    now = start or session()
    for name in presses.split():
        now = transition(now, Action(name), NOON)
    return now


def test_the_reasons_are_shown_step_by_step() -> None:
    """More goes on to the last step, back goes a step back, and next leaves from any of them."""
    at_first = play("next show close reveal")
    assert Action.MORE in allowed_actions(at_first)
    at_last = play("more", at_first)
    assert at_last.current_round is not None
    assert at_last.current_round.step == 1
    assert Action.MORE not in allowed_actions(at_last)
    back = play("back", at_last)
    assert back.state is ClassState.REVEALED
    assert back.current_round == at_first.current_round
    assert play("next", at_first).state is ClassState.READING


@pytest.mark.parametrize(
    ("presses", "state"),
    [
        ("end", ClassState.OPEN),
        ("next end", ClassState.READING),
        ("next show end", ClassState.CLOSED),
        ("next show close reveal end", ClassState.REVEALED),
    ],
)
def test_an_end_can_be_taken_back(presses: str, state: ClassState) -> None:
    """The class goes on where it was; a question that was open is closed and can be opened."""
    ended = play(presses)
    assert allowed_actions(ended) == (Action.RESUME,)
    assert play("resume", ended).state is state


@pytest.mark.parametrize(
    ("presses", "state", "index"),
    [
        ("next", ClassState.READING, 0),
        ("next show", ClassState.SHOWN, 0),
        ("next show close", ClassState.CLOSED, 0),
        ("next show close reopen", ClassState.SHOWN, 0),
        ("next show close again", ClassState.SHOWN, 0),
        ("next show close reveal", ClassState.REVEALED, 0),
        ("next show close reveal next", ClassState.READING, 1),
        ("next show close next", ClassState.READING, 1),
        ("next skip", ClassState.READING, 1),
        ("next show skip", ClassState.READING, 1),
        ("next skip skip", ClassState.BETWEEN, 1),
        ("next skip skip next", ClassState.READING, 2),
        ("next skip skip next skip", ClassState.BETWEEN, 2),
        ("next show close reveal next back", ClassState.REVEALED, 0),
        ("next show close next show back", ClassState.CLOSED, 0),
        ("next show close next back next", ClassState.READING, 1),
        ("next show close next show back next", ClassState.CLOSED, 1),
        ("next skip skip back", ClassState.READING, 1),
        ("next show end", ClassState.ENDED, 0),
        ("end", ClassState.ENDED, None),
    ],
)
def test_presses_lead_where_they_should(presses: str, state: ClassState, index: int | None) -> None:
    """A sequence of presses ends at the step and question that a host expects."""
    now = play(presses)
    assert now.state is state
    assert (now.current_round.question_index if now.current_round else None) == index


@pytest.mark.parametrize(
    ("presses", "refused", "message"),
    [
        ("", "show", "cannot take this step"),
        ("next", "close", "cannot take this step"),
        ("next", "reveal", "cannot take this step"),
        ("next show", "reveal", "cannot take this step"),
        ("next show", "next", "cannot take this step"),
        ("next", "back", "cannot take this step"),
        ("next show close reveal", "reopen", "stays closed"),
        ("next show close reveal", "again", "second vote would tell nothing"),
        ("next skip skip next show close reveal", "next", "That was the last question"),
        ("end", "next", "The class has ended."),
        ("end", "end", "The class has ended."),
    ],
)
def test_a_step_that_is_not_allowed_is_refused(presses: str, refused: str, message: str) -> None:
    """What makes no sense where the class stands is refused with a sentence that says so."""
    with pytest.raises(NotAllowed, match=message):
        play(refused, play(presses))


def test_nobody_joins_before_the_doors_open() -> None:
    """A class has doors once it is open, and none before or after; a new one is not locked."""
    assert doors(session(ClassState.PREPARED)) == ()
    opened = play("open", session(ClassState.PREPARED))
    assert Door.LOCK in doors(opened)
    assert not opened.locked
    assert doors(play("end")) == ()


def test_who_was_shown_a_question_is_told_by_versions() -> None:
    """Joining before the close counts as shown, after it does not, and no clock plays a part."""
    before = play("next show")
    after = play("close", before)
    held = after.rounds[0]
    assert held.was_shown_to(someone(before.version))
    assert not held.was_shown_to(someone(after.version))
    assert play("reopen", after).rounds[0].was_shown_to(someone(after.version))


def test_who_left_before_a_question_was_shown_is_missing() -> None:
    """Somebody last seen at the first question was not shown the second one."""
    now = play("next show close next show close")
    first, second = now.rounds
    assert first.was_shown_to(someone(1, seen=3))
    assert not second.was_shown_to(someone(1, seen=3))
    assert second.was_shown_to(someone(1, seen=6))


def test_a_skipped_question_counts_for_nobody() -> None:
    """A question that the host skipped after showing it was shown to nobody."""
    assert not play("next show skip").rounds[0].counts
    assert not play("next skip").rounds[0].was_shown_to(someone(1))


def test_a_skipped_question_counts_when_it_is_shown_after_all() -> None:
    """Going back and showing what was skipped makes it count."""
    assert play("next skip back show close").rounds[0].counts


def test_a_second_vote_is_an_ask_of_its_own() -> None:
    """The first vote stays as it was, and the second one has its own number."""
    now = play("next show close again close")
    assert [(held.number, held.question_index, held.vote) for held in now.rounds] == [
        (0, 0, 1),
        (1, 0, 2),
    ]
    assert [held.closed for held in now.rounds] == [4, 6]


def test_ending_closes_the_question() -> None:
    """Ending while a question is open closes it: nobody who comes later was shown it."""
    now = play("next show end")
    assert now.rounds[0].closed == now.version


def test_answers_are_taken_only_while_the_question_is_shown() -> None:
    """Not while reading, not once closed, and not to another question."""
    assert not play("next").accepts_answers(0)
    assert play("next show").accepts_answers(0)
    assert not play("next show").accepts_answers(1)
    assert not play("next show close").accepts_answers(0)


@given(st.lists(st.sampled_from(Action), max_size=40))
def test_no_press_breaks_a_class(presses: list[Action]) -> None:
    """Allowed presses work and raise the version by one; all others are refused; nothing else."""
    now = session()
    for action in presses:
        if action in allowed_actions(now):
            later = transition(now, action, NOON + timedelta(seconds=1))
            assert later.version == now.version + 1
            assert -1 <= later.current < len(later.rounds)
            assert len({held.number for held in later.rounds}) == len(later.rounds)
            assert later.plan == now.plan
            now = later
        else:
            with pytest.raises(NotAllowed):
                transition(now, action, NOON)


@pytest.mark.parametrize(
    ("door", "changed"),
    [
        (Door.LOCK, {"locked": True}),
        (Door.ENLARGE, {"capacity": 3 + MORE}),
        (Door.RENEW, {"code": "NEW234"}),
        (Door.LET_GO, {}),
    ],
)
def test_a_door_changes_who_may_join_and_nothing_else(
    door: Door, changed: dict[str, object]
) -> None:
    """Each is one version of its own, and leaves the question before the room as it was."""
    before = play("next show")
    after = turn_door(before, door, NOON + timedelta(hours=1), "NEW234")
    more = {"version": before.version + 1, "changed": NOON + timedelta(hours=1)}
    assert after == before.evolve(**(changed | more))


def test_a_locked_class_can_be_opened_again_and_a_new_code_opens_it() -> None:
    """Locking is a toggle, and whoever starts over with a new code wants people to come."""
    locked = turn_door(session(), Door.LOCK, NOON)
    assert locked.locked
    assert Door.LOCK not in doors(locked)
    assert not turn_door(locked, Door.UNLOCK, NOON).locked
    assert not turn_door(locked, Door.RENEW, NOON, "NEW234").locked


def test_people_are_known_by_the_first_code_for_good() -> None:
    """After two new codes the identity is the code that the class was opened with."""
    once = turn_door(session().evolve(first_code="CDF346"), Door.RENEW, NOON, "A")
    assert turn_door(once, Door.RENEW, NOON, "B").identity == "CDF346"


def test_a_class_grows_up_to_what_a_server_takes() -> None:
    """At the bound the press is not offered, and one that comes all the same is refused."""
    large = session().evolve(capacity=LARGEST - 1)
    full = turn_door(large, Door.ENLARGE, NOON)
    assert full.capacity == LARGEST
    assert Door.ENLARGE not in doors(full)
    with pytest.raises(NotAllowed):
        turn_door(full, Door.ENLARGE, NOON)


@pytest.mark.parametrize("state", [ClassState.PREPARED, ClassState.ENDED])
@pytest.mark.parametrize("door", Door)
def test_a_class_that_takes_nobody_has_no_doors(state: ClassState, door: Door) -> None:
    """Before the opening and after the end there is nobody to let in or go."""
    assert doors(session(state)) == ()
    with pytest.raises(NotAllowed):
        turn_door(session(state), door, NOON)


@pytest.mark.parametrize(
    ("changes", "sound"),
    [
        ({}, True),
        ({"current": 1}, False),
        ({"current": -2}, False),
        ({"current": -1}, False),
        ({"rounds": (Round(number=0, question_index=9),)}, False),
        ({"rounds": (Round(number=0, question_index=-1),)}, False),
        ({"rounds": (), "current": -1, "state": ClassState.BETWEEN}, True),
    ],
)
def test_a_class_is_sound_where_its_places_exist(changes: dict[str, object], sound: bool) -> None:
    """A question that is before the room must be one of the plan; a page would fail otherwise."""
    assert play("next").evolve(**changes).is_consistent is sound
