"""The steps of a class, and who was shown what."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.sessions import (
    LARGEST,
    MORE,
    Action,
    Ask,
    Door,
    NotAllowed,
    Participant,
    Planned,
    Session,
    Step,
    allowed,
    doors,
    press,
    turn_door,
)
from explorer.domain.statistics import Phase
from tests.questions import question

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)

PLAN = tuple(
    Planned(question=question(name), phase=phase)
    for name, phase in (("q1", Phase.BEFORE), ("q2", Phase.BEFORE), ("q3", Phase.AFTER))
)


def session(step: Step = Step.OPEN) -> Session:
    return Session(
        id="s",
        code="CDF346",
        title="A lesson",
        content="v1",
        opened=NOON,
        changed=NOON,
        capacity=3,
        plan=PLAN,
        step=step,
    )


def someone(joined: int, seen: int = 99) -> Participant:
    return Participant(id="a", joined=joined, seen=seen)


def play(presses: str, start: Session | None = None) -> Session:
    """Press one after the other."""
    now = start or session()
    for name in presses.split():
        now = press(now, Action(name), NOON)
    return now


@pytest.mark.parametrize(
    ("presses", "step", "item"),
    [
        ("next", Step.READING, 0),
        ("next show", Step.SHOWN, 0),
        ("next show close", Step.CLOSED, 0),
        ("next show close reopen", Step.SHOWN, 0),
        ("next show close again", Step.SHOWN, 0),
        ("next show close reveal", Step.REVEALED, 0),
        ("next show close reveal next", Step.READING, 1),
        ("next show close next", Step.READING, 1),
        ("next skip", Step.READING, 1),
        ("next show skip", Step.READING, 1),
        ("next skip skip", Step.BETWEEN, 1),
        ("next skip skip next", Step.READING, 2),
        ("next skip skip next skip", Step.BETWEEN, 2),
        ("next show close reveal next back", Step.REVEALED, 0),
        ("next show close next show back", Step.CLOSED, 0),
        ("next show close next back next", Step.READING, 1),
        ("next show close next show back next", Step.CLOSED, 1),
        ("next skip skip back", Step.READING, 1),
        ("next show end", Step.ENDED, 0),
        ("end", Step.ENDED, None),
    ],
)
def test_presses_lead_where_they_should(presses: str, step: Step, item: int | None) -> None:
    """A sequence of presses ends at the step and question that a host expects."""
    now = play(presses)
    assert now.step is step
    assert (now.ask.item if now.ask else None) == item


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
    """A prepared class takes no people; an open one does; an ended one does not."""
    assert not session(Step.PREPARED).takes_people
    assert play("open", session(Step.PREPARED)).takes_people
    assert not play("end").takes_people


def test_who_was_shown_a_question_is_told_by_versions() -> None:
    """Joining before the close counts as shown, after it does not, and no clock plays a part."""
    before = play("next show")
    after = play("close", before)
    ask = after.asks[0]
    assert ask.was_shown_to(someone(before.version))
    assert not ask.was_shown_to(someone(after.version))
    assert play("reopen", after).asks[0].was_shown_to(someone(after.version))


def test_who_left_before_a_question_was_shown_is_missing() -> None:
    """Somebody last seen at the first question was not shown the second one."""
    now = play("next show close next show close")
    first, second = now.asks
    assert first.was_shown_to(someone(1, seen=3))
    assert not second.was_shown_to(someone(1, seen=3))
    assert second.was_shown_to(someone(1, seen=6))


def test_a_skipped_question_counts_for_nobody() -> None:
    """A question that the host skipped after showing it was shown to nobody."""
    assert not play("next show skip").asks[0].counts
    assert not play("next skip").asks[0].was_shown_to(someone(1))


def test_a_skipped_question_counts_when_it_is_shown_after_all() -> None:
    """Going back and showing what was skipped makes it count."""
    assert play("next skip back show close").asks[0].counts


def test_a_second_vote_is_an_ask_of_its_own() -> None:
    """The first vote stays as it was, and the second one has its own number."""
    now = play("next show close again close")
    assert [(ask.number, ask.item, ask.vote) for ask in now.asks] == [(0, 0, 1), (1, 0, 2)]
    assert [ask.closed for ask in now.asks] == [4, 6]


def test_ending_closes_the_question() -> None:
    """Ending while a question is open closes it: nobody who comes later was shown it."""
    now = play("next show end")
    assert now.asks[0].closed == now.version


def test_answers_are_taken_only_while_the_question_is_shown() -> None:
    """Not while reading, not once closed, and not to another question."""
    assert not play("next").takes_answers(0)
    assert play("next show").takes_answers(0)
    assert not play("next show").takes_answers(1)
    assert not play("next show close").takes_answers(0)


@given(st.lists(st.sampled_from(Action), max_size=40))
def test_no_press_breaks_a_class(presses: list[Action]) -> None:
    """Allowed presses work and raise the version by one; all others are refused; nothing else."""
    now = session()
    for action in presses:
        if action in allowed(now):
            later = press(now, action, NOON + timedelta(seconds=1))
            assert later.version == now.version + 1
            assert -1 <= later.at < len(later.asks)
            assert len({ask.number for ask in later.asks}) == len(later.asks)
            assert later.plan == now.plan
            now = later
        else:
            with pytest.raises(NotAllowed):
                press(now, action, NOON)


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
    assert not locked.takes_people
    assert Door.LOCK not in doors(locked)
    assert turn_door(locked, Door.UNLOCK, NOON).takes_people
    assert turn_door(locked, Door.RENEW, NOON, "NEW234").takes_people


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


@pytest.mark.parametrize("step", [Step.PREPARED, Step.ENDED])
@pytest.mark.parametrize("door", Door)
def test_a_class_that_takes_nobody_has_no_doors(step: Step, door: Door) -> None:
    """Before the opening and after the end there is nobody to let in or go."""
    assert doors(session(step)) == ()
    with pytest.raises(NotAllowed):
        turn_door(session(step), door, NOON)


@pytest.mark.parametrize(
    ("changes", "sound"),
    [
        ({}, True),
        ({"at": 1}, False),
        ({"at": -2}, False),
        ({"at": -1}, False),
        ({"asks": (Ask(number=0, item=9),)}, False),
        ({"asks": (Ask(number=0, item=-1),)}, False),
        ({"asks": (), "at": -1, "step": Step.BETWEEN}, True),
    ],
)
def test_a_class_is_sound_where_its_places_exist(changes: dict[str, object], sound: bool) -> None:
    """A question that is before the room must be one of the plan; a page would fail otherwise."""
    assert play("next").evolve(**changes).is_sound is sound
