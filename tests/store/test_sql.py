"""What is particular to a store in a database: opening, bringing up to date, and durability."""

import hashlib
import json
import logging
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from explorer import settings
from explorer.classes.service import ClassService
from explorer.domain.sessions import (
    Action,
    ClassState,
    Door,
    NotJoined,
    NotSaved,
    Participant,
    PlannedQuestion,
    Refused,
    Session,
    TeachingPhase,
    Unavailable,
    transition,
    turn_door,
)
from explorer.store import DatabaseError, open_store, rows, sql
from explorer.store.migrations.runner import Migration, migrations
from explorer.store.port import KeyHashes, Store
from explorer.store.sql import base as sql_base
from tests.questions import question

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


HOLD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(1)
held.execute("COMMIT")
"""


def old_plan() -> str:
    """Give a plan as the first version wrote it, field names and all."""
    asked = json.loads(question("q1").model_dump_json())
    passage = {"text": "Words.", "address": "guide#x", "source": "A label"}
    planned = {"question": asked, "phase": "free", "case": "A case.", "settled_by": [passage]}
    return json.dumps([planned])


def address(folder: Path) -> str:
    return f"sqlite:///{folder / 'classes.sqlite3'}"


def with_class(store: Store) -> Session:
    """Keep a class whose only question is shown, with one person in it."""
    session = Session(
        id="s",
        code="CDF346",
        first_code="CDF346",
        title="A lesson",
        content="v1",
        opened=NOON,
        changed=NOON,
        capacity=250,
        plan=(PlannedQuestion(question=question("q1"), phase=TeachingPhase.FREE),),
        state=ClassState.OPEN,
    )
    store.create(session, KeyHashes(console="1", projector="2", report="3"), most=9, since=NOON)
    store.join("s", "anna")
    for action in (Action.NEXT, Action.SHOW):
        session = transition(session, action, NOON)
        assert store.replace(session)
    return session


def look(folder: Path, wanted: str) -> list[tuple[object, ...]]:
    """Query the file itself, past the program."""
    connection = sqlite3.connect(folder / "classes.sqlite3")
    try:
        return connection.execute(wanted).fetchall()
    finally:
        connection.close()


def test_a_new_database_notes_each_step_once(tmp_path: Path) -> None:
    """Opening runs every step by its name, and opening again runs none."""
    open_store(address(tmp_path), tmp_path).close()
    first = look(tmp_path, "SELECT name, run FROM migrations ORDER BY name")
    assert [name for name, _ in first] == [
        "0001_classes",
        "0002_presence",
        "0003_doors",
        "0004_upkeep",
        "0005_settings",
    ]
    open_store(address(tmp_path), tmp_path).close()
    assert look(tmp_path, "SELECT name, run FROM migrations ORDER BY name") == first


def test_an_older_database_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A class of the version before keeps its people, who count as seen to the end."""
    monkeypatch.setattr(sql_base, "migrations", lambda: migrations()[:1])
    open_store(address(tmp_path), tmp_path).close()
    connection = sqlite3.connect(tmp_path / "classes.sqlite3")
    columns = "'s', 'C', 't', 'v', '2026', '2026', 9, '[]', '[]', 'open', 7, '[]', -1, NULL"
    connection.execute(f"INSERT INTO sessions VALUES ({columns}, '1', '2', '3')")
    connection.execute("INSERT INTO participants VALUES ('s', 'anna', 1)")
    connection.commit()
    connection.close()
    monkeypatch.undo()
    store = open_store(address(tmp_path), tmp_path)
    assert store.participants("s") == (Participant(id="anna", joined=1, seen=7),)
    store.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_people_of_a_class_stay_when_codes_can_change(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A running class of the version before goes on: same people, answers kept, then a new code."""
    url = (
        address(tmp_path)
        if kind == "sqlite"
        else str(request.getfixturevalue("postgresql_database"))
    )
    monkeypatch.setattr(sql_base, "migrations", lambda: migrations()[:2])
    open_store(url, tmp_path).close()
    code, token, key = "CDF346", "t" * 43, "k" * 43
    row = {
        "plan": old_plan(),
        "asks": '[{"number":0,"item":0,"vote":1,"shown":3,"closed":null,"revealed":false,"skipped":false}]',
        "console": hashlib.sha256(f"console:{key}".encode()).hexdigest(),
        "person": hashlib.sha256(f"{code}:{token}".encode()).hexdigest()[:32],
        "at": rows.time_to_text(NOON),
        "code": code,
    }
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in (
            (
                "INSERT INTO sessions VALUES ('s', :code, 't', 'v', :at, :at, 9, :plan, '[]', 'shown',"
                " 3, :asks, 0, 0, :console, 'p', 'r')"
            ),
            "INSERT INTO participants (session_id, id, joined, seen) VALUES ('s', :person, 1, 3)",
            "INSERT INTO responses VALUES ('s', 0, :person, '[\"a\"]')",
        ):
            connection.execute(text(statement), row)
    engine.dispose()
    monkeypatch.undo()
    teaching = ClassService(open_store(url, tmp_path))
    assert teaching.participant(code, token).answer == ("a",)
    planned = teaching.host(key).planned
    assert planned is not None
    assert (planned.case, planned.evidence[0].source) == ("A case.", "A label")
    view = teaching.turn_door(key, Door.RENEW, teaching.host(key).version)
    assert view.code != code
    for known_as in (code, view.code):
        seat = teaching.participant(known_as, token)
        assert (seat.answer, seat.code) == (("a",), view.code)
    assert teaching.host(key).joined == 1
    teaching.close()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """One line names the database and the step that this program does not know."""
    open_store(address(tmp_path), tmp_path).close()
    connection = sqlite3.connect(tmp_path / "classes.sqlite3")
    connection.execute("INSERT INTO migrations VALUES ('0099_names_of_schools', '2027')")
    connection.commit()
    connection.close()
    with pytest.raises(DatabaseError) as caught:
        open_store(address(tmp_path), tmp_path)
    assert str(caught.value) == (
        f"the database {address(tmp_path)} is newer than this program: it has "
        "0099_names_of_schools. Install the version that made it, or a later one"
    )


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_step_that_fails_leaves_nothing_behind(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a step is never kept, and the next start begins with it again."""
    where = address(tmp_path)
    if kind == "postgresql":
        where = request.getfixturevalue("postgresql_database")
    broken = Migration(
        "0099_x", ("CREATE TABLE halfway (id TEXT)", "INSERT INTO nowhere VALUES (1)")
    )
    monkeypatch.setattr(sql_base, "migrations", lambda: (*migrations(), broken))
    with pytest.raises(DatabaseError, match="nowhere"):
        open_store(where, tmp_path)
    mended = Migration("0099_x", ("CREATE TABLE halfway (id TEXT)",))
    monkeypatch.setattr(sql_base, "migrations", lambda: (*migrations(), mended))
    open_store(where, tmp_path).close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_several_servers_may_start_at_once(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Six that open a new database at the same time all succeed."""
    where = address(tmp_path)
    if kind == "postgresql":
        where = request.getfixturevalue("postgresql_database")
    with ThreadPoolExecutor(max_workers=6) as threads:
        opened = list(threads.map(lambda _: open_store(where, tmp_path), range(6)))
    for store in opened:
        assert store.summaries() == ()
        store.close()


def test_sqlite_is_set_to_lose_nothing(tmp_path: Path) -> None:
    """Write-ahead log, synchronous=FULL (2), foreign keys, deleted means overwritten, 3.5
    seconds of patience."""
    store = open_store(address(tmp_path), tmp_path)
    assert isinstance(store, sql.SqlStore)
    with store._engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "secure_delete",
                "busy_timeout",
            )
        }
    store.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 3500,
    }


@pytest.mark.parametrize(
    "given", ["classes.db", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "oracle://", "a b"]
)
def test_an_address_that_cannot_be_used_is_named(given: str, tmp_path: Path) -> None:
    """The line says which setting, and what it may be."""
    with pytest.raises(DatabaseError, match="EXPLORER_DATABASE has to be sqlite:///FILE"):
        open_store(given, tmp_path / "x")


def test_a_password_is_never_told(tmp_path: Path) -> None:
    """A server that is not there gives one line without the password."""
    with pytest.raises(DatabaseError) as caught:
        open_store("postgresql://me:s3cret@127.0.0.1:1/classes", tmp_path)
    said = str(caught.value)
    assert said.startswith("cannot open the database postgresql://127.0.0.1:1/classes: ")
    assert "s3cret" not in said
    assert "\n" not in said


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """SQLite's own words come in one line with the file."""
    with pytest.raises(DatabaseError, match=r"cannot open the database sqlite:.*unable to open"):
        open_store(f"sqlite:///{tmp_path}/none/classes.sqlite3", tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """Somebody else's file is left as it is."""
    file = tmp_path / "classes.sqlite3"
    file.write_bytes(b"a letter to my aunt " * 100)
    with pytest.raises(DatabaseError, match="file is not a database"):
        open_store(address(tmp_path), tmp_path)
    assert file.read_bytes().startswith(b"a letter")


def test_the_default_place_is_made_for_its_owner_only(tmp_path: Path) -> None:
    """Nobody else on the machine may read the answers."""
    file = tmp_path / "a" / "anakinra-explorer" / "classes.sqlite3"
    open_store("", file).close()
    assert file.is_file()
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_the_default_place_follows_the_desktops_rule(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """XDG_DATA_HOME where it is set, else .local/share at home."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    tail = Path("anakinra-explorer/classes.sqlite3")
    assert settings.database_file() == tmp_path / ".local/share" / tail
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert settings.database_file() == Path("/data") / tail


@pytest.mark.server
def test_a_short_lock_is_waited_for(tmp_path: Path) -> None:
    """Another program holds the file for a second: the answer waits and is kept."""
    store = open_store(address(tmp_path), tmp_path)
    with_class(store)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLD,
            str(tmp_path / "classes.sqlite3"),
        ],
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    assert store.membership("CDF346", "anna") is not None  # who only reads does not wait
    assert holder.poll() is None
    store.answer("s", 0, "anna", ("a",))
    assert holder.wait(timeout=60) == 0
    assert [item.answer for item in store.responses("s")] == [("a",)]
    holder.stdout.close()
    store.close()


def test_a_long_lock_is_told_and_the_answer_can_be_sent_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is half kept, the person is told in plain words, and the log holds no answer."""
    store = sql.SqlStore(make_url(address(tmp_path)), busy_timeout=0.2)
    with_class(store)
    held = sqlite3.connect(tmp_path / "classes.sqlite3", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    with caplog.at_level(logging.ERROR), pytest.raises(NotSaved) as caught:
        store.answer("s", 0, "anna", ("a-secret-answer",))
    assert str(caught.value) == "This could not be saved. Please send it again."
    assert caplog.messages == ["nothing was saved: database is locked"]
    assert store.responses("s") == ()
    held.execute("ROLLBACK")
    held.close()
    store.answer("s", 0, "anna", ("a",))
    assert len(store.responses("s")) == 1
    store.close()


def filled(store: Store) -> tuple[list[str], list[str]]:
    """Let people join and answer until something is not saved; give what was confirmed."""
    people: list[str] = []
    answers: list[str] = []
    try:
        for number in range(240):
            name = f"person-{number:04}" * 20
            store.join("s", name)
            people.append(name)
            store.answer("s", 0, name, ("a" * 400,))
            answers.append(name)
    except NotSaved:
        return people, answers
    pytest.fail("the disk did not become full")


def test_a_full_disk_is_told_and_loses_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What was confirmed before is there, what was refused is not, and room again means on again."""
    store = open_store(address(tmp_path), tmp_path)
    assert isinstance(store, sql.SqlStore)
    with_class(store)

    def limit(pages: int) -> None:
        with store._engine.connect() as connection:  # the pool has this one connection
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    limit(1)  # SQLite makes it the size that the file has now
    people, answers = filled(store)
    assert caplog.messages == ["nothing was saved: database or disk is full"]
    assert {item.id for item in store.participants("s")} == {"anna", *people}
    assert {item.participant for item in store.responses("s")} == set(answers)
    assert len(answers) > 0
    limit(100_000)
    store.join("s", "last")
    store.answer("s", 0, "last", ("a",))
    assert store.count_participants("s") == len(people) + 2
    store.close()


def test_a_database_that_may_only_be_read_is_told(tmp_path: Path) -> None:
    """It can be looked at; an answer is refused in plain words."""
    store = open_store(address(tmp_path), tmp_path)
    session = with_class(store)
    only_read = open_store(
        f"sqlite:///file:{tmp_path / 'classes.sqlite3'}?mode=ro&uri=true", tmp_path
    )
    assert only_read.by_code("CDF346") == session
    with pytest.raises(NotSaved):
        only_read.answer("s", 0, "anna", ("a",))
    only_read.close()
    store.close()


def test_a_server_that_went_away_is_told_and_found_again(postgresql_database: str) -> None:
    """PostgreSQL ends all connections: the next answer is kept over a new one."""
    from sqlalchemy import create_engine, text

    store = open_store(postgresql_database, Path("unused"))
    assert isinstance(store, sql.SqlStore)
    with_class(store)
    other = create_engine(store._engine.url)
    with other.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    other.dispose()
    store.answer("s", 0, "anna", ("a",))
    assert len(store.responses("s")) == 1
    store.close()


def test_a_store_that_is_gone_says_so_to_a_reader(tmp_path: Path) -> None:
    """Reading from a file that was damaged is refused in plain words, without a traceback."""
    store = open_store(address(tmp_path), tmp_path)
    with_class(store)
    store.close()
    for name in ("classes.sqlite3-wal", "classes.sqlite3-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "classes.sqlite3").write_bytes(b"\0" * 4096 + b"x" * 4096)
    with pytest.raises(Unavailable) as caught:
        store.by_code("CDF346")
    assert str(caught.value) == "The class cannot be reached right now. Try again in a moment."
    store.close()


def waiting(store: sql.SqlStore, *people: str) -> list[BaseException | None]:
    """Hold the writer lock until all these answers are queued; give what each was told."""

    def answer(person: str) -> BaseException | None:
        try:
            store.answer("s", 0, person, ("a",))
        except Refused as problem:
            return problem
        return None

    with ThreadPoolExecutor(max_workers=len(people)) as threads:
        with store._lock:
            told = [threads.submit(answer, person) for person in people]
            end = time.monotonic() + 60
            while len(store._queue) < len(people) and time.monotonic() < end:
                time.sleep(0.01)
        return [item.result() for item in told]


def test_answers_that_wait_together_are_one_transaction(tmp_path: Path) -> None:
    """The disk is waited for once for all; a stranger among them hinders nobody."""
    store = open_store(address(tmp_path), tmp_path)
    assert isinstance(store, sql.SqlStore)
    with_class(store)
    for number in range(9):
        store.join("s", f"p{number}")
    commits: list[object] = []
    event.listen(store._engine, "commit", commits.append)
    told = waiting(store, *(f"p{number}" for number in range(9)), "stranger")
    assert [type(item) for item in told] == [type(None)] * 9 + [NotJoined]
    assert len(commits) == 1
    assert look(tmp_path, "SELECT count(*) FROM responses") == [(9,)]
    store.close()


def test_when_one_transaction_fails_all_in_it_are_told(tmp_path: Path) -> None:
    """Nobody whose answer is not on the disk hears that it is saved."""
    store = open_store(address(tmp_path), tmp_path)
    assert isinstance(store, sql.SqlStore)
    with_class(store)
    store.join("s", "bert")

    def full(_: object) -> None:
        raise OperationalError("COMMIT", {}, sqlite3.OperationalError("disk is full"))

    event.listen(store._engine, "commit", full)
    told = waiting(store, "anna", "bert")
    event.remove(store._engine, "commit", full)
    assert [type(item) for item in told] == [NotSaved, NotSaved]
    assert look(tmp_path, "SELECT count(*) FROM responses") == [(0,)]
    store.answer("s", 0, "anna", ("a",))
    assert look(tmp_path, "SELECT count(*) FROM responses") == [(1,)]
    store.close()


def test_an_answer_whose_person_was_told_to_send_it_again_is_not_saved_later(
    tmp_path: Path,
) -> None:
    """Who waited too long for the lock is told so, and the next batch leaves that answer out."""
    store = sql.SqlStore(make_url(address(tmp_path)), busy_timeout=0.05)
    with_class(store)
    store.join("s", "bert")
    with ThreadPoolExecutor(max_workers=1) as threads, store._lock:
        late = threads.submit(store.answer, "s", 0, "anna", ("a",))
        assert isinstance(late.exception(timeout=60), NotSaved)
    store.answer("s", 0, "bert", ("b",))
    assert [item.participant for item in store.responses("s")] == ["bert"]
    store.close()


def test_a_new_code_and_who_is_removed_for_it_are_one_transaction(tmp_path: Path) -> None:
    """Where the removal fails, the code stays the old one, and everybody is still in."""
    store = open_store(address(tmp_path), tmp_path)
    assert isinstance(store, sql.SqlStore)
    session = with_class(store)

    def fail(*arguments: object) -> None:
        if str(arguments[2]).startswith("DELETE FROM participants"):
            raise OperationalError("DELETE", {}, sqlite3.OperationalError("disk I/O error"))

    event.listen(store._engine, "before_cursor_execute", fail)
    renewed = turn_door(session, Door.RENEW, NOON, "NEW346")
    with pytest.raises(NotSaved):
        store.replace(renewed, remove_silent=True)
    assert store.by_code("NEW346") is None
    assert store.by_code("CDF346") == session
    assert store.first_code("NEW346") is None
    event.remove(store._engine, "before_cursor_execute", fail)
    assert store.replace(renewed, remove_silent=True)
    assert store.count_participants("s") == 0
    store.close()
