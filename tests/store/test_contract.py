"""What every store does: in memory, in SQLite and in PostgreSQL."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from explorer.domain.own_questions import OwnDraft, finished
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import (
    Action,
    ClassEnded,
    ClassFull,
    ClassLocked,
    ClassState,
    Door,
    NoSuchClass,
    NotJoined,
    Participant,
    PlannedQuestion,
    Session,
    StoredAnswer,
    SupportingPassage,
    TeachingPhase,
    TooLate,
    TooManyClasses,
    ask_sureness,
    release_texts,
    transition,
    turn_door,
)
from explorer.store import open_store
from explorer.store.port import CodeTaken, KeyHashes, KeyRole, Notice, Store
from explorer.store.sql import SqlStore
from explorer.store.sql.writes import Answering, Joining, execute
from tests.questions import option, question

NOON = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)

PLAN = (
    PlannedQuestion(
        question=question(
            "q1", concept="c", reads=[{"on": NOON.date(), "by": "x", "human": False}]
        ),
        phase=TeachingPhase.BEFORE,
        case="A case: 5 > 3, \N{LATIN SMALL LETTER E WITH ACUTE}.",
        evidence=(SupportingPassage(text="Words.", address="guide#x", source="A label, 5.1"),),
    ),
    PlannedQuestion(question=question("q2", QuestionKind.NUMBER), phase=TeachingPhase.AFTER),
    PlannedQuestion(question=question("q3", QuestionKind.SORT), phase=TeachingPhase.FREE),
)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    address = {
        "memory": lambda: "memory",
        "sqlite": lambda: f"sqlite:///{tmp_path / 'classes.sqlite3'}",
        "postgresql": lambda: request.getfixturevalue("postgresql_database"),
    }[request.param]()
    opened = open_store(address, tmp_path / "unused")
    yield opened
    opened.close()


def session(
    name: str = "s", *, state: ClassState = ClassState.OPEN, changed: datetime = NOON
) -> Session:
    return Session(
        id=name,
        code=f"C{name}",
        first_code=f"C{name}",
        title="A lesson",
        content="v1",
        opened=NOON,
        changed=changed,
        capacity=3,
        plan=PLAN,
        concepts=(("c", "Concept c"),),
        state=state,
    )


def keys(name: str = "s") -> KeyHashes:
    return KeyHashes(console=f"{name}1", projector=f"{name}2", report=f"{name}3")


def kept(store: Store, given: Session | None = None, people: str = "") -> Session:
    """Keep a session with some people in it."""
    given = given or session()
    store.create(given, keys(given.id), most=9, since=NOON)
    for name in people:
        store.join(given.id, name)
    return given


def play(store: Store, given: Session, presses: str) -> Session:
    for name in presses.split():
        given = transition(given, Action(name), NOON)
        assert store.replace(given)
    return given


def test_a_session_comes_back_as_it_was(store: Store) -> None:
    """Every field, the questions' decimals and dates, and the fraction of the second."""
    given = play(store, kept(store), "next show close again")
    assert store.by_code("Cs") == given


def test_what_a_host_has_set_and_written_comes_back(store: Store) -> None:
    """Own questions, a released text, how sure people are, and the round weeks later."""
    text = OwnDraft(kind=QuestionKind.TEXT, stem="What worries you?")
    number = OwnDraft(kind=QuestionKind.NUMBER, stem="How much?", value="2.50", tolerance="0.1")
    plan = tuple(
        PlannedQuestion(question=finished(item).asked(), phase=phase)
        for item, phase in ((text, TeachingPhase.FREE), (number, TeachingPhase.LATER))
    )
    given = play(store, kept(store, session().evolve(plan=plan), people="ab"), "next show")
    store.answer(given.id, 0, "a", ("Cost",), sure=True)
    store.answer(given.id, 0, "b", ("Time",))
    given = play(store, given, "close")
    given = release_texts(given, ("0123456789abcdef",), NOON)
    assert store.replace(given)
    given = ask_sureness(given, on=True, at=NOON)
    assert store.replace(given)
    given = play(store, given, "end later")
    found = store.by_id(given.id)
    assert found == given
    assert found.plan == plan
    assert [item.sure for item in store.responses(given.id)] == [True, None]
    membership = store.membership("Cs", "a")
    assert membership is not None


def test_a_session_is_found_by_code_and_by_its_three_keys(store: Store) -> None:
    """Each key opens its own door only."""
    given = kept(store)
    found = [store.by_key(role, f"s{place}") for place, role in enumerate(KeyRole, 1)]
    assert found == [given] * 3
    assert store.by_key(KeyRole.CONSOLE, "s2") is None
    assert store.by_code("s") is None


def test_versions_tell_what_has_changed(store: Store) -> None:
    """Each change raises the version; what was deleted or never there has none."""
    given = kept(store)
    assert store.by_id(given.id) == given
    moved = play(store, given, "next show")
    assert store.versions((given.id, "nobody")) == {given.id: moved.version}
    store.delete(given.id)
    assert store.versions((given.id,)) == {}
    assert store.by_id(given.id) is None


@pytest.mark.postgresql
def test_a_change_by_another_process_is_heard(postgresql_database: str, tmp_path: Path) -> None:
    """A notification ends the waiting long before its time."""
    here, there = (open_store(postgresql_database, tmp_path) for _ in range(2))
    given = kept(there)
    here.wait(0)  # begins to listen
    with ThreadPoolExecutor(max_workers=1) as threads:
        begun = time.monotonic()
        waiting = threads.submit(here.wait, 20)
        play(there, given, "next")
        waiting.result()
    assert time.monotonic() - begun < 10
    here.close()
    there.close()


def test_writes_that_wait_together_are_told_apart(tmp_path: Path) -> None:
    """In one transaction: a seat too many, a second join, a stranger, and the last answer stays."""
    store = open_store(f"sqlite:///{tmp_path / 'classes.sqlite3'}", tmp_path)
    assert isinstance(store, SqlStore)
    play(store, kept(store, people="a"), "next show")
    batch = [
        Joining("s", "b"),
        Joining("s", "a"),
        Joining("s", "c"),
        Joining("s", "d"),
        Joining("nobody", "a"),
        Answering("s", 0, "a", ("x",)),
        Answering("s", 0, "stranger", ("x",)),
        Answering("s", 1, "a", ("x",)),
        Answering("s", 0, "a", ("y",)),
        Answering("nobody", 0, "a", ("x",)),
    ]
    with store._writing.begin() as connection:
        outcomes = execute(connection, batch)
    assert [None if item is None else type(item) for item in outcomes] == [
        *(None, None, None, ClassFull, NoSuchClass),
        *(None, NotJoined, TooLate, None, NotJoined),
    ]
    assert [item.is_new for item in batch if isinstance(item, Joining)] == [
        *(True, False, True, False, False)
    ]
    assert [item.answer for item in store.responses("s")] == [("y",)]
    assert [item.seen for item in store.participants("s")] == [3, 3, 3]
    store.close()


def test_a_code_or_key_is_given_once(store: Store) -> None:
    """A second session with a code or a key that is taken is refused, and nothing of it is kept."""
    kept(store)
    with pytest.raises(CodeTaken):
        store.create(session("t").evolve(code="Cs"), keys("t"), most=9, since=NOON)
    with pytest.raises(CodeTaken):
        store.create(session("t"), keys("s"), most=9, since=NOON)
    assert store.by_code("Ct") is None
    assert len(store.summaries()) == 1


def test_only_so_many_classes_are_kept_in_a_time(store: Store) -> None:
    """One that nobody moved since does not count; an ended one does; a deleted one does not."""
    kept(store, session("a", changed=NOON - timedelta(seconds=1)))
    store.create(session("b", state=ClassState.ENDED), keys("b"), most=1, since=NOON)
    with pytest.raises(TooManyClasses):
        store.create(session("c"), keys("c"), most=1, since=NOON)
    store.delete("b")
    store.create(session("c"), keys("c"), most=1, since=NOON)


def test_a_session_moves_from_the_version_before_only(store: Store) -> None:
    """The second of two moves from the same place is not made; nor one of an unknown session."""
    given = kept(store)
    moved = transition(given, Action.NEXT, NOON)
    assert store.replace(moved)
    assert not store.replace(transition(given, Action.END, NOON))
    assert store.by_code("Cs") == moved
    assert not store.replace(session("nobody").evolve(version=2))


def test_people_join_once_and_only_so_many(store: Store) -> None:
    """The same person again changes nothing; one too many is refused; the others stay."""
    given = kept(store, people="ab")
    play(store, given, "next")
    store.join("s", "a")
    store.join("s", "c")
    with pytest.raises(ClassFull):
        store.join("s", "d")
    store.join("s", "a")
    assert store.participants("s") == tuple(
        Participant(id=name, joined=joined, seen=joined)
        for name, joined in (("a", 1), ("b", 1), ("c", 2))
    )
    assert store.count_participants("s") == 3


def test_whoever_answers_or_looks_is_seen(store: Store) -> None:
    """An answer notes the version, a look too, and an older look changes nothing."""
    play(store, kept(store, people="abc"), "next show")
    store.answer("s", 0, "a", ("a",))
    store.record_seen("s", ["b", "stranger"], 5)
    store.record_seen("s", ["b"], 4)
    store.record_seen("s", [], 9)
    assert [(item.id, item.seen) for item in store.participants("s")] == [
        ("a", 3),
        ("b", 5),
        ("c", 1),
    ]


def test_nobody_joins_what_is_not_open(store: Store) -> None:
    """Not an unknown session, not one before its doors open, not one that has ended."""
    kept(store, session("p", state=ClassState.PREPARED))
    kept(store, session("e", state=ClassState.ENDED))
    for name, refusal in (("p", ClassEnded), ("e", ClassEnded), ("x", NoSuchClass)):
        with pytest.raises(refusal):
            store.join(name, "a")


def test_whoever_is_in_stays_in_after_the_end(store: Store) -> None:
    """Coming back to an ended class is no error."""
    given = kept(store, people="a")
    play(store, given, "end")
    store.join("s", "a")
    assert store.count_participants("s") == 1


def test_the_last_answer_stands(store: Store) -> None:
    """An answer takes the place of the one before, "not sure" too, and counts once."""
    play(store, kept(store, people="a"), "next show")
    for given in (("b",), None, ("a",), ("a",)):
        store.answer("s", 0, "a", given)
    assert store.responses("s") == (StoredAnswer(round_number=0, participant="a", answer=("a",)),)
    store.answer("s", 0, "a", None)
    assert store.responses("s", 0) == (StoredAnswer(round_number=0, participant="a", answer=None),)


def test_answers_of_all_kinds_come_back_as_given(store: Store) -> None:
    """Several parts, signs of other scripts and an empty answer are told apart."""
    play(store, kept(store, people="abc"), "next show")
    said = {"a": ("x=now", "y=later"), "b": ("1,5 \N{GREEK SMALL LETTER MU}\"'",), "c": ()}
    for name, given in said.items():
        store.answer("s", 0, name, given)
    assert {item.participant: item.answer for item in store.responses("s")} == said


@pytest.mark.parametrize("presses", ["next", "next show close", "next show skip", "next show end"])
def test_an_answer_is_taken_only_while_the_question_is_shown(store: Store, presses: str) -> None:
    """Not while it is read, not once it is closed, skipped or the class has ended."""
    play(store, kept(store, people="a"), presses)
    with pytest.raises(TooLate):
        store.answer("s", 0, "a", ("a",))
    assert store.responses("s") == ()


def test_an_answer_belongs_to_the_open_vote(store: Store) -> None:
    """In a second vote the first one is closed, and the answers of both are kept apart."""
    given = play(store, kept(store, people="a"), "next show")
    store.answer("s", 0, "a", ("b",))
    play(store, given, "close again")
    with pytest.raises(TooLate):
        store.answer("s", 0, "a", ("c",))
    store.answer("s", 1, "a", ("a",))
    assert [(item.round_number, item.answer) for item in store.responses("s")] == [
        (0, ("b",)),
        (1, ("a",)),
    ]
    assert [item.answer for item in store.responses("s", 1)] == [("a",)]


def test_only_who_joined_answers(store: Store) -> None:
    """A stranger and an unknown session are refused."""
    play(store, kept(store, people="a"), "next show")
    for name, person in (("s", "z"), ("x", "a")):
        with pytest.raises(NotJoined):
            store.answer(name, 0, person, ("a",))


def test_membership_has_the_answer_to_the_question_before_the_room(store: Store) -> None:
    """The own answer to this question; none to the next one, none between questions."""
    given = kept(store, people="ab")
    assert store.membership("Cs", "a") == (given, None)
    given = play(store, given, "next show")
    store.answer("s", 0, "a", ("b",))
    assert store.membership("Cs", "a") == (
        given,
        StoredAnswer(round_number=0, participant="a", answer=("b",)),
    )
    assert store.membership("Cs", "b") == (given, None)
    assert store.membership("Cs", "z") is None
    assert store.membership("Cx", "a") is None
    given = play(store, given, "close reveal")
    assert store.membership("Cs", "a") == (
        given,
        StoredAnswer(round_number=0, participant="a", answer=("b",)),
    )
    given = play(store, given, "next")
    assert store.membership("Cs", "a") == (given, None)


def test_deleting_leaves_nothing_of_a_session_and_all_of_the_others(store: Store) -> None:
    """People and answers go with it; another session keeps its own."""
    for name in "st":
        play(store, kept(store, session(name), people="a"), "next show")
        store.answer(name, 0, "a", ("a",))
    assert store.delete("s")
    assert not store.delete("s")
    assert store.by_code("Cs") is None
    assert store.by_key(KeyRole.CONSOLE, "s1") is None
    assert (store.participants("s"), store.responses("s")) == ((), ())
    assert len(store.responses("t")) == 1
    kept(store)
    assert (store.count_participants("s"), store.responses("s")) == (0, ())


def test_what_nobody_moved_since_a_time_is_purged(store: Store) -> None:
    """A session is purged by when it was moved last, to the microsecond."""
    for name, back in (("old", 2), ("edge", 1), ("new", 0)):
        kept(store, session(name, changed=NOON - timedelta(days=back)))
    assert store.purge(NOON - timedelta(days=1)) == 1
    assert {item.code for item in store.summaries()} == {"Cedge", "Cnew"}


def test_the_list_counts_people_and_answers(store: Store) -> None:
    """The latest session stands first, each with its own counts."""
    earlier = session("e").evolve(opened=NOON - timedelta(hours=1))
    play(store, kept(store, earlier, people="ab"), "next show")
    store.answer("e", 0, "a", ("a",))
    kept(store)
    found = [(item.code, item.state, item.people, item.answers) for item in store.summaries()]
    assert found == [("Cs", "open", 0, 0), ("Ce", "shown", 2, 1)]
    assert store.summaries()[0].opened == NOON


def all_at_once(work: list[Callable[[], object]]) -> list[object]:
    """Run everything in threads of its own and give results or refusals, in order."""
    with ThreadPoolExecutor(max_workers=len(work)) as threads:
        futures = [threads.submit(item) for item in work]
    return [future.exception() or future.result() for future in futures]


def test_forty_people_answer_at_once(store: Store) -> None:
    """Forty threads that each join, answer, change and repeat: forty people, forty answers."""
    given = kept(store, session().evolve(capacity=40))
    play(store, given, "next show")

    def take_part(person: str) -> None:
        store.join("s", person)
        for answer in ("b", "c", "a", "a"):
            store.answer("s", 0, person, (answer,))

    people = [f"p{number:02}" for number in range(40)]
    outcomes = all_at_once([lambda person=person: take_part(person) for person in people])
    assert outcomes == [None] * 40
    assert [(item.participant, item.answer) for item in store.responses("s")] == [
        (person, ("a",)) for person in people
    ]


def test_a_full_class_stays_full_when_forty_come_at_once(store: Store) -> None:
    """Three of forty get in, never four."""
    kept(store)
    outcomes = all_at_once([lambda name=f"p{n}": store.join("s", name) for n in range(40)])
    assert (outcomes.count(True), store.count_participants("s")) == (3, 3)
    assert sum(isinstance(outcome, ClassFull) for outcome in outcomes) == 37


def test_many_hosts_who_press_at_once_move_once(store: Store) -> None:
    """Of ten presses on the same sight one counts."""
    moved = transition(kept(store), Action.NEXT, NOON)
    outcomes = all_at_once([lambda: store.replace(moved)] * 10)
    assert sorted(outcomes, key=bool) == [False] * 9 + [True]


def test_what_is_confirmed_while_the_host_closes_counts_and_nothing_else(store: Store) -> None:
    """Answers race with the close: each confirmed one is there, each refused one is not."""
    given = kept(store, session().evolve(capacity=30))
    people = [f"p{number:02}" for number in range(30)]
    for person in people:
        store.join("s", person)
    given = play(store, given, "next show")
    work: list[Callable[[], object]] = [
        lambda person=person: store.answer("s", 0, person, ("a",)) for person in people
    ]
    work.insert(15, lambda: store.replace(transition(given, Action.CLOSE, NOON)))
    outcomes = all_at_once(work)
    assert outcomes.pop(15) is True
    confirmed = [name for name, outcome in zip(people, outcomes, strict=True) if outcome is None]
    assert all(outcome is None or isinstance(outcome, TooLate) for outcome in outcomes)
    assert [item.participant for item in store.responses("s")] == confirmed


def test_the_question_of_a_class_keeps_its_options(store: Store) -> None:
    """The copy of a question has its options' reasons and actions."""
    asked = question("q9", options=[option("a", key=True), option("b", action="Do c.")])
    kept(store, session().evolve(plan=(PlannedQuestion(question=asked, phase=TeachingPhase.FREE),)))
    found = store.by_code("Cs")
    assert found is not None
    assert found.plan[0].question.option("b").action == "Do c."


def turned(store: Store, given: Session, door: Door, code: str = "") -> Session:
    """Change who may join, and keep it."""
    now = turn_door(given, door, NOON, code)
    assert store.replace(now)
    return now


def test_a_class_is_found_by_its_new_code_and_keeps_its_first(store: Store) -> None:
    """The old code opens nothing any more, but it is known whose it was."""
    given = kept(store, people="ab")
    now = turned(store, turned(store, given, Door.RENEW, "N1"), Door.RENEW, "N2")
    assert store.by_code("N2") == now
    assert (store.by_code("Cs"), store.by_code("N1")) == (None, None)
    assert [store.first_code(code) for code in ("Cs", "N1", "N2")] == ["Cs"] * 3
    assert store.first_code("other") is None
    assert [item.id for item in store.participants("s")] == ["a", "b"]
    found = store.membership("Cs", "a")
    assert found is not None
    assert found[0] == now


def test_a_code_that_another_class_has_or_had_is_not_given(store: Store) -> None:
    """Neither as a new code nor to a new class, and the class stays as it was."""
    given, other = kept(store), kept(store, session("t"))
    turned(store, other, Door.RENEW, "NEW")
    for taken in ("Ct", "NEW"):
        with pytest.raises(CodeTaken):
            store.replace(turn_door(given, Door.RENEW, NOON, taken))
        with pytest.raises(CodeTaken):
            store.create(
                session("u").evolve(code=taken, first_code=taken),
                keys("u"),
                most=9,
                since=NOON,
            )
    assert store.by_code("Cs") == given
    assert store.replace(turn_door(given, Door.RENEW, NOON, "FREE"))


def test_codes_of_a_deleted_class_are_free_again(store: Store) -> None:
    """Nothing of it is left, its old codes neither."""
    turned(store, kept(store), Door.RENEW, "NEW")
    store.delete("s")
    assert (store.first_code("Cs"), store.first_code("NEW")) == (None, None)
    kept(store)


def test_whoever_never_answered_is_removed_with_the_change(store: Store) -> None:
    """Whoever answered, "not sure" too, stays with the answers; the others can join again."""
    given = play(store, kept(store, people="abc"), "next show")
    store.answer("s", 0, "a", ("a",))
    store.answer("s", 0, "b", None)
    changed = turn_door(given, Door.LET_GO, NOON)
    assert store.replace(changed, remove_silent=True)
    assert [item.id for item in store.participants("s")] == ["a", "b"]
    assert len(store.responses("s")) == 2
    assert store.membership(given.code, "c") is None
    assert store.join("s", "c")


def test_who_leaves_leaves_nothing_and_may_come_back(store: Store) -> None:
    """With all answers; the others keep theirs."""
    given = play(store, kept(store, people="ab"), "next show")
    store.answer("s", 0, "a", ("a",))
    store.answer("s", 0, "b", ("b",))
    assert store.leave("s", "a")
    assert not store.leave("s", "a")
    assert [item.id for item in store.participants("s")] == ["b"]
    assert [item.participant for item in store.responses("s")] == ["b"]
    assert store.membership(given.code, "a") is None
    assert store.join("s", "a")


def test_nobody_is_removed_where_the_change_is_refused(store: Store) -> None:
    """A change from an old version, or to a code that is taken, removes nobody: all or nothing."""
    given = kept(store, people="ab")
    kept(store, session("t"))
    moved = play(store, given, "next")
    assert not store.replace(turn_door(given, Door.LET_GO, NOON), remove_silent=True)
    with pytest.raises(CodeTaken):
        store.replace(turn_door(moved, Door.RENEW, NOON, "Ct"), remove_silent=True)
    assert store.count_participants("s") == 2


def test_a_locked_class_takes_nobody_and_keeps_its_people(store: Store) -> None:
    """Who is in is still in and answers; who is not is told; unlocked, they come."""
    given = turned(store, kept(store, people="a"), Door.LOCK)
    with pytest.raises(ClassLocked):
        store.join("s", "b")
    assert not store.join("s", "a")
    given = play(store, given, "next show")
    store.answer("s", 0, "a", ("a",))
    turned(store, given, Door.UNLOCK)
    assert store.join("s", "b")


def test_an_enlarged_class_takes_more(store: Store) -> None:
    """The size is kept with the class."""
    given = kept(store, people="abc")
    with pytest.raises(ClassFull):
        store.join("s", "d")
    turned(store, given, Door.ENLARGE)
    assert store.join("s", "d")


def test_new_keys_open_a_class_and_its_old_ones_do_not(store: Store) -> None:
    """A host lost the link; whoever found the old one leads nothing any more."""
    kept(store)
    new = KeyHashes(console="new-c", projector="new-p", report="new-r")
    assert store.replace_keys("s", new)
    assert [store.by_key(role, f"new-{role[0]}") is not None for role in KeyRole] == [True] * 3
    assert [store.by_key(role, getattr(keys(), role.value)) for role in KeyRole] == [None] * 3
    assert not store.replace_keys("nobody", new.evolve(console="x", projector="y", report="z"))


def test_a_census_counts_what_a_purge_deletes(store: Store) -> None:
    """All, those that were left alone, and when any was moved on last."""
    kept(store, session("a"))
    kept(store, session("b", changed=NOON + timedelta(days=2)))
    found = store.census(NOON + timedelta(days=1))
    assert (found.total, found.old, found.newest) == (2, 1, NOON + timedelta(days=2))
    assert store.purge(NOON + timedelta(days=1)) == 1


def test_an_announcement_is_kept_and_taken_back(store: Store) -> None:
    """It outlasts a restart where the store does."""
    assert store.notice() is None
    made = Notice(noticed=NOON, cut=NOON - timedelta(days=30))
    store.set_notice(made)
    assert store.notice() == made
    store.set_notice(None)
    assert store.notice() is None
