"""A class from its opening to its report, in memory."""

from datetime import UTC, datetime, timedelta

import pytest

from explorer.classes.host_views import HostView
from explorer.classes.keys import ALPHABET, IssuedKeys
from explorer.classes.plan import plan_of
from explorer.classes.presence import BURST, JoinBursts
from explorer.classes.service import ClassService
from explorer.classes.views import WaitingView
from explorer.domain.lessons import ready_lesson
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import (
    Action,
    ClassEnded,
    ClassFull,
    ClassLocked,
    ClassState,
    CodeChanged,
    Door,
    InvalidAnswer,
    MovedOn,
    NoSuchClass,
    NotAllowed,
    NotJoined,
    PlannedQuestion,
    Refused,
    TeachingPhase,
    TooLate,
    TooManyClasses,
)
from explorer.store.memory import MemoryStore
from tests.questions import bank, question

PLAN = (
    PlannedQuestion(question=question("q1", concept="c"), phase=TeachingPhase.BEFORE),
    PlannedQuestion(question=question("q2", concept="c"), phase=TeachingPhase.AFTER),
)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 25, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def service(store: MemoryStore | None = None, **more: int) -> ClassService:
    return ClassService(store or MemoryStore(), clock=Clock(), **more)


def opened(teaching: ClassService) -> IssuedKeys:
    return teaching.open_session(
        PLAN, title="A lesson", content="v1", concepts={"c": "Concept c", "other": "Other"}
    )


def play(teaching: ClassService, keys: IssuedKeys, presses: str) -> None:
    """Press one after the other, each on what is seen then."""
    for name in presses.split():
        teaching.advance(keys.console, Action(name), teaching.host(keys.console).version)


def asked(
    teaching: ClassService, people: int = 1, presses: str = "next show"
) -> tuple[IssuedKeys, list[str]]:
    """Open a class, let people join, and press."""
    keys = opened(teaching)
    tokens = [teaching.join(keys.code) for _ in range(people)]
    play(teaching, keys, presses)
    return keys, tokens


def say(teaching: ClassService, keys: IssuedKeys, token: str, *given: str) -> None:
    teaching.answer(
        keys.code, token, teaching.participant(keys.code, token).position_token, given or None
    )


def test_the_keys_differ_and_none_is_kept() -> None:
    """Code and keys are all different, long, and only hashes of them reach the store."""
    store = MemoryStore()
    keys = opened(service(store))
    secrets = {keys.console, keys.projector, keys.report}
    assert len(secrets) == 3
    assert min(len(secret) for secret in secrets) >= 43
    assert len(keys.code) == 6
    assert set(keys.code) <= set(ALPHABET)
    assert not any(secret in repr(vars(store)) for secret in secrets)


def test_a_token_is_not_kept() -> None:
    """A participant is known by a hash that is another one in another class."""
    store = MemoryStore()
    teaching = service(store)
    first, second = opened(teaching), opened(teaching)
    token = teaching.join(first.code)
    teaching.join(second.code, token)
    assert token not in repr(vars(store))
    ids = {name for people in store._people.values() for name in people}
    assert len(ids) == 2


@pytest.mark.parametrize("role", ["projector", "report", "code"])
def test_only_the_console_key_moves_a_class(role: str) -> None:
    """The projector's key, the report's key and the code neither move nor delete a class."""
    teaching = service()
    keys = opened(teaching)
    with pytest.raises(NoSuchClass):
        teaching.advance(getattr(keys, role), Action.NEXT, 1)
    with pytest.raises(NoSuchClass):
        teaching.delete(getattr(keys, role))


def test_two_hosts_who_press_at_once_move_the_class_once() -> None:
    """The second press on the same sight is refused, and the class stands one step further."""
    teaching = service()
    keys = opened(teaching)
    teaching.advance(keys.console, Action.NEXT, 1)
    with pytest.raises(MovedOn):
        teaching.advance(keys.console, Action.NEXT, 1)
    assert teaching.host(keys.console).state is ClassState.READING


def test_the_last_answer_before_closing_stands() -> None:
    """An answer can be changed and repeated, and counts once."""
    teaching = service()
    keys, (token,) = asked(teaching)
    for given in ("b", "a", "a"):
        say(teaching, keys, token, given)
    view = teaching.host(keys.console)
    assert (view.answered, view.joined) == (1, 1)
    assert [(tally.option, tally.count) for tally in view.tallies] == [("a", 1), ("b", 0), ("c", 0)]


def test_an_answer_after_closing_is_refused() -> None:
    """What comes after the close is refused, and what was given before still stands."""
    teaching = service()
    keys, (token,) = asked(teaching)
    say(teaching, keys, token, "a")
    step = teaching.participant(keys.code, token).position_token
    play(teaching, keys, "close")
    with pytest.raises(TooLate, match="still counts"):
        teaching.answer(keys.code, token, step, ("b",))
    assert teaching.participant(keys.code, token).answer == ("a",)


def test_an_answer_goes_to_the_question_it_was_given_to() -> None:
    """A page that shows the question before cannot answer the question that is open now."""
    teaching = service()
    keys, (token,) = asked(teaching)
    old = teaching.participant(keys.code, token).position_token
    play(teaching, keys, "close reveal next next show")
    with pytest.raises(TooLate):
        teaching.answer(keys.code, token, old, ("a",))
    assert not teaching.participant(keys.code, token).answered


@pytest.mark.parametrize("step", ["", "x", "7.shown", "-.open", "0"])
def test_a_made_up_step_never_breaks(step: str) -> None:
    """Whatever stands in the field of the step, the outcome is an answer or a refusal."""
    teaching = service()
    keys, (token,) = asked(teaching)
    if step == "0":
        teaching.answer(keys.code, token, step, ("a",))
    else:
        with pytest.raises(TooLate):
            teaching.answer(keys.code, token, step, ("a",))


@pytest.mark.parametrize("given", [(), ("x",), ("a", "b"), ("a" * 5000,)])
def test_an_answer_that_does_not_fit_is_refused(given: tuple[str, ...]) -> None:
    """No answer, an unknown one, two of one, and a flood of letters are not kept."""
    teaching = service()
    keys, (token,) = asked(teaching)
    with pytest.raises(InvalidAnswer):
        teaching.answer(
            keys.code, token, teaching.participant(keys.code, token).position_token, given
        )
    assert teaching.host(keys.console).answered == 0


def test_not_sure_is_an_answer() -> None:
    """Not sure counts as answered and as no option."""
    teaching = service()
    keys, (token,) = asked(teaching)
    say(teaching, keys, token)
    view = teaching.host(keys.console)
    assert (view.answered, view.not_sure) == (1, 1)
    assert teaching.participant(keys.code, token).not_sure


def test_the_projector_shows_no_answers_before_the_close() -> None:
    """How many answered is shown at once, and what they chose only when the question is closed."""
    teaching = service()
    keys, (token,) = asked(teaching)
    say(teaching, keys, token, "a")
    view = teaching.projector(keys.projector)
    assert (view.answered, view.tallies, view.allowed_actions) == (1, (), ())
    play(teaching, keys, "close")
    assert teaching.projector(keys.projector).tallies[0].count == 1


def test_a_second_vote_starts_empty_beside_the_first() -> None:
    """After "again" nobody has answered yet, and the first vote is there to compare."""
    teaching = service()
    keys, (token,) = asked(teaching)
    say(teaching, keys, token, "b")
    play(teaching, keys, "close again")
    assert not teaching.participant(keys.code, token).answered
    say(teaching, keys, token, "a")
    view = teaching.host(keys.console)
    assert [tally.count for tally in view.tallies] == [1, 0, 0]
    assert [tally.count for tally in view.earlier] == [0, 1, 0]


def test_joining_twice_is_one_person() -> None:
    """The same token is the same person, and another one is another person."""
    teaching = service()
    keys, (token,) = asked(teaching)
    assert teaching.join(keys.code, token) == token
    assert teaching.host(keys.console).joined == 1
    teaching.join(keys.code.lower()[:3] + " - " + keys.code[3:])
    assert teaching.host(keys.console).joined == 2


def test_a_full_class_says_so_and_keeps_its_people() -> None:
    """One too many is refused; whoever is in can come again."""
    teaching = service(capacity=1)
    keys, (token,) = asked(teaching)
    with pytest.raises(ClassFull):
        teaching.join(keys.code)
    teaching.join(keys.code, token)


def test_the_server_takes_a_number_of_classes_a_day() -> None:
    """One too many is refused, also after an end; deleting one or the next day makes room."""
    clock = Clock()
    teaching = ClassService(MemoryStore(), clock=clock, classes=1)
    keys = opened(teaching)
    play(teaching, keys, "end")
    with pytest.raises(TooManyClasses):
        opened(teaching)
    teaching.delete(keys.console)
    opened(teaching)
    clock.at += timedelta(hours=25)
    opened(teaching)


def test_who_has_not_joined_sees_and_says_nothing() -> None:
    """A wrong token and a wrong code give the same refusal."""
    teaching = service()
    keys, _ = asked(teaching)
    for code, token in ((keys.code, "x" * 43), ("ZZZZZZ", "x" * 43), (keys.code, "")):
        with pytest.raises(NotJoined):
            teaching.participant(code, token)
        with pytest.raises(NotJoined):
            teaching.answer(code, token, "0.shown", ("a",))


def test_an_ended_class_lets_nobody_in() -> None:
    """Joining is refused with a word of thanks; whoever was in still sees that it has ended."""
    teaching = service()
    keys, (token,) = asked(teaching, presses="end")
    with pytest.raises(ClassEnded):
        teaching.find(keys.code)
    with pytest.raises(ClassEnded):
        teaching.join(keys.code)
    assert teaching.participant(keys.code, token).state is ClassState.ENDED


def test_a_prepared_class_cannot_be_found() -> None:
    """A code works from the moment the host opens the doors."""
    teaching = service()
    keys = teaching.open_session(PLAN, title="t", content="v1", doors_open=False)
    with pytest.raises(NoSuchClass):
        teaching.join(keys.code)
    play(teaching, keys, "open")
    teaching.join(keys.code)


def test_a_code_that_is_taken_is_drawn_again() -> None:
    """Two classes never share a code."""
    signs = iter("CCCCCC" + "CCCCCC" + "DDDDDD")
    teaching = ClassService(MemoryStore(), pick=lambda _: next(signs))
    assert [opened(teaching).code, opened(teaching).code] == ["CCCCCC", "DDDDDD"]


@pytest.mark.parametrize(
    "plan",
    [(), (PlannedQuestion(question=question("o", QuestionKind.ORDER), phase=TeachingPhase.FREE),)],
)
def test_a_class_needs_questions_for_a_room(plan: tuple[PlannedQuestion, ...]) -> None:
    """No question, or one that is for oneself only, opens no class."""
    with pytest.raises(Refused):
        service().open_session(plan, title="t", content="v1")


def test_late_people_are_missing_and_not_wrong() -> None:
    """Six of seven were shown the first question; the one who came late has no part in it."""
    teaching = service()
    keys, tokens = asked(teaching, people=6)
    for token in tokens[:4]:
        say(teaching, keys, token, "a")
    say(teaching, keys, tokens[4], "b")
    play(teaching, keys, "close reveal next")
    tokens.append(teaching.join(keys.code))
    play(teaching, keys, "next show")
    for token in tokens:
        say(teaching, keys, token, "a")
    play(teaching, keys, "close reveal end")
    report = teaching.report(keys.report)
    first, second = report.questions
    assert (first.n, first.right, first.not_sure, first.not_shown) == (6, 4, 1, 1)
    assert (second.n, second.right, second.not_shown) == (7, 7, 0)
    assert (report.people, report.code, report.content) == (7, keys.code, "v1")
    assert [(item.label, item.pairs) for item in report.concepts] == [("Concept c", 6)]
    assert report == teaching.report(keys.console)


def test_who_left_in_the_break_is_missing_and_not_wrong() -> None:
    """Of six people one leaves, and one looks but does not answer: five, one of them not right."""
    teaching = service()
    keys, tokens = asked(teaching, people=6)
    for token in tokens:
        say(teaching, keys, token, "a")
    play(teaching, keys, "close reveal next next show")
    for token in tokens[:5]:
        teaching.participant(keys.code, token)
    for token in tokens[:4]:
        say(teaching, keys, token, "a")
    play(teaching, keys, "close")
    teaching.participant(keys.code, tokens[5])  # comes back when it is over
    play(teaching, keys, "reveal end")
    _, second = teaching.report(keys.report).questions
    assert (second.n, second.right, second.not_sure, second.not_shown) == (5, 4, 1, 1)
    assert teaching.report(keys.report).concepts[0].pairs == 5


def test_a_look_is_kept_when_another_server_moves_the_class() -> None:
    """Two services on one store: the next look at the first one keeps who was there before."""
    store = MemoryStore()
    here, there = service(store), service(store)
    keys, (token,) = asked(here)
    here.participant(keys.code, token)
    play(there, keys, "close")
    assert store.participants(_id(store))[0].seen == 1
    here.participant(keys.code, token)
    assert store.participants(_id(store))[0].seen == 3


def _id(store: MemoryStore) -> str:
    (session_id,) = store._sessions
    return session_id


def test_a_second_vote_is_free_in_the_report() -> None:
    """Before and after compare first votes; what came of discussion stands apart."""
    teaching = service()
    keys, _ = asked(teaching, people=5, presses="next show close again close next next show end")
    phases = [item.phase for item in teaching.report(keys.report).questions]
    assert phases == [TeachingPhase.BEFORE, TeachingPhase.FREE, TeachingPhase.AFTER]


def test_what_the_host_skipped_is_not_in_the_report() -> None:
    """A skipped question and one that nobody was shown are left out."""
    teaching = service()
    keys, tokens = asked(teaching, people=5, presses="next show skip next show")
    for token in tokens:
        teaching.participant(keys.code, token)
    play(teaching, keys, "end")
    assert [item.id for item in teaching.report(keys.report).questions] == ["q2"]


def test_a_deleted_class_is_gone_at_once() -> None:
    """Neither keys nor code find it any more."""
    teaching = service()
    keys, (token,) = asked(teaching)
    teaching.delete(keys.console)
    for look in (lambda: teaching.host(keys.console), lambda: teaching.report(keys.report)):
        with pytest.raises(NoSuchClass):
            look()
    with pytest.raises(NotJoined):
        teaching.participant(keys.code, token)
    assert teaching.listed() == ()


def test_old_classes_are_deleted() -> None:
    """A class that nobody moved for more than the days is deleted, a younger one is not."""
    clock = Clock()
    teaching = ClassService(MemoryStore(), clock=clock)
    opened(teaching)
    clock.at += timedelta(days=20)
    young = opened(teaching)
    clock.at += timedelta(days=11)
    assert teaching.purge(30) == 1
    assert [item.code for item in teaching.listed()] == [young.code]


def test_a_clock_that_jumps_changes_no_answer() -> None:
    """The clock set back a day, or forward a year, between two presses changes nothing counted."""
    clock = Clock()
    teaching = ClassService(MemoryStore(), clock=clock)
    keys, tokens = asked(teaching, people=5)
    clock.at -= timedelta(days=1)
    for token in tokens:
        say(teaching, keys, token, "a")
    play(teaching, keys, "close")
    clock.at += timedelta(days=366)
    late = teaching.join(keys.code)
    play(teaching, keys, "reveal end")
    result = teaching.report(keys.report).questions[0]
    assert (result.n, result.right, result.not_shown) == (5, 5, 0)
    assert teaching.participant(keys.code, late).state is ClassState.ENDED


def test_the_ready_lesson_becomes_a_plan() -> None:
    """Six questions before and six after, with their rounds."""
    plan = plan_of(ready_lesson(bank()), bank(), free=("q1",))
    assert [item.phase for item in plan] == [TeachingPhase.BEFORE] * 6 + [
        TeachingPhase.AFTER
    ] * 6 + [TeachingPhase.FREE]


def turn(teaching: ClassService, keys: IssuedKeys, door: Door) -> HostView:
    """Change who may join, as seen now."""
    return teaching.turn_door(keys.console, door, teaching.host(keys.console).version)


def test_an_old_code_says_that_there_is_a_new_one() -> None:
    """A program that has the old code gets nobody in; a person is told where to look."""
    teaching = service()
    keys, _ = asked(teaching)
    turn(teaching, keys, Door.RENEW)
    for look in (teaching.find, teaching.join):
        with pytest.raises(CodeChanged, match="new code"):
            look(keys.code)
    with pytest.raises(NoSuchClass):
        teaching.find("ZZZ999")


def test_a_locked_class_is_told_before_and_after_the_press() -> None:
    """Neither the page of the code nor Join lets anybody in until it is unlocked."""
    teaching = service()
    keys = opened(teaching)
    assert turn(teaching, keys, Door.LOCK).locked
    for look in (teaching.find, teaching.join):
        with pytest.raises(ClassLocked):
            look(keys.code)
    turn(teaching, keys, Door.UNLOCK)
    assert teaching.join(keys.code)


def test_a_class_filled_by_a_program_goes_on() -> None:
    """The next real person is told "full"; the host makes room, and nobody who answered is lost."""
    teaching = service(capacity=10)
    keys, _ = asked(teaching, people=1, presses="next show")
    honest = [teaching.join(keys.code) for _ in range(4)]
    for token in honest:
        say(teaching, keys, token, "a")
    for _ in range(5):
        teaching.join(keys.code)
    with pytest.raises(ClassFull):
        teaching.join(keys.code)
    assert turn(teaching, keys, Door.LET_GO).joined == 4
    teaching.join(keys.code)
    assert turn(teaching, keys, Door.ENLARGE).capacity == 60
    play(teaching, keys, "close end")
    assert teaching.report(keys.report).questions[0].right == 4


def test_a_door_is_turned_by_the_console_only_and_once() -> None:
    """Other keys open no door, and a second press on the same sight does nothing."""
    teaching = service()
    keys = opened(teaching)
    version = teaching.host(keys.console).version
    for key in (keys.projector, keys.report, keys.code):
        with pytest.raises(NoSuchClass):
            teaching.turn_door(key, Door.LOCK, version)
    teaching.turn_door(keys.console, Door.LOCK, version)
    with pytest.raises(MovedOn):
        teaching.turn_door(keys.console, Door.RENEW, version)


def test_one_phone_that_joins_again_and_again_is_no_rush() -> None:
    """It is one person, and takes no place of anybody."""
    teaching = service()
    keys = opened(teaching)
    same = teaching.join(keys.code)
    for _ in range(2 * BURST):
        teaching.join(keys.code, same)
    assert not teaching.host(keys.console).rush


def test_two_hundred_phones_held_up_at_once_are_no_rush() -> None:
    """Twenty a second is what a room does."""
    now = [0.0]
    bursts = JoinBursts(clock=lambda: now[0])
    for _ in range(200):
        bursts.record("s")
        now[0] += 0.05
    assert not bursts.is_detected("s")


def test_a_code_that_went_to_another_class_is_that_ones() -> None:
    """What is remembered of a deleted class's codes shuts nobody out of the next class."""
    codes = iter("111111222222222222")
    teaching = ClassService(MemoryStore(), clock=Clock(), pick=lambda _: next(codes))
    first, (token,) = asked(teaching)
    say(teaching, first, token, "a")
    assert turn(teaching, first, Door.RENEW).code == "222222"
    assert teaching.participant("222222", token).answer == ("a",)
    teaching.delete(first.console)
    with pytest.raises(NotJoined):
        teaching.participant("222222", token)
    second = opened(teaching)
    assert second.code == "222222"
    teaching.join(second.code, token)
    assert isinstance(teaching.participant(second.code, token), WaitingView)


def test_an_operator_gives_a_class_new_links() -> None:
    """The new keys lead the class where it stands, and the old ones open nothing."""
    teaching = service()
    old = opened(teaching)
    new = teaching.renew_keys(old.code)
    assert teaching.host(new.console).code == old.code
    teaching.report(new.report)
    with pytest.raises(NoSuchClass):
        teaching.host(old.console)
    with pytest.raises(NoSuchClass):
        teaching.renew_keys("NOSUCH")


def test_hands_stand_in_the_chart_and_in_no_share() -> None:
    """Three hands beside one phone; a second vote has hands of its own; a revealed one none."""
    teaching = ClassService(MemoryStore())
    keys = teaching.open_session(
        (PlannedQuestion(question=question("q"), phase=TeachingPhase.FREE),), title="L", content="v"
    )
    phone = teaching.join(keys.code)

    def press(*actions: Action) -> HostView:
        for action in actions:
            teaching.advance(keys.console, action, teaching.host(keys.console).version)
        return teaching.host(keys.console)

    view = press(Action.NEXT, Action.SHOW)
    token = teaching.participant(keys.code, phone).position_token
    teaching.answer(keys.code, phone, token, ("a",))
    for wrong in ((1, 2), (1, 2, -1), (1, 2, 501)):
        with pytest.raises(NotAllowed, match="do not fit"):
            teaching.raise_hands(keys.console, wrong, view.version)
    view = teaching.raise_hands(keys.console, (0, 3, 2), view.version)
    assert [item.count for item in view.tallies] == [1, 3, 2]
    assert (view.answered, view.can_count_hands) == (1, True)
    view = press(Action.CLOSE, Action.AGAIN)
    assert [item.count for item in view.earlier] == [1, 3, 2]
    assert (view.earlier_answered, view.hands) == (6, ())
    view = press(Action.CLOSE, Action.REVEAL)
    assert not view.can_count_hands
    with pytest.raises(NotAllowed, match="while a question is open"):
        teaching.raise_hands(keys.console, (1, 0, 0), view.version)
    first, second = teaching.report(keys.console).questions
    assert (first.n, first.hands, second.hands) == (1, (0, 3, 2), ())
