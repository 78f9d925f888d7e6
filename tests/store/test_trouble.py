"""One line when a trouble begins, one when it ends; and what is missing is named."""

import logging
import shutil
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import logger as streamlit_logger

from explorer import logs, runtime
from explorer.settings import load_settings
from explorer.store import DatabaseError, open_store, place
from explorer.store.migrations.runner import migrations
from explorer.store.sql import SqlStore
from explorer.store.sql import base as sql_base
from explorer.store.trouble import QUIET, Trouble


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(f"sqlite:///{tmp_path / 'classes.sqlite3'}", tmp_path)
    assert isinstance(opened, SqlStore)
    yield opened
    opened.close()


def test_a_trouble_is_two_lines_however_often_it_fails(caplog: pytest.LogCaptureFixture) -> None:
    """A thousand failures in 140 seconds, with a success in between: begun, over, with the count."""
    now = [0.0]
    trouble = Trouble("nothing was saved", lambda: now[0])
    for number in range(1_000):
        now[0] = number * 0.14
        trouble.failed("disk full")
        if number == 500:
            trouble.worked()
    assert trouble.seconds() == pytest.approx(139.86)
    now[0] += QUIET
    trouble.worked()
    trouble.worked()
    assert caplog.messages == [
        "nothing was saved: disk full",
        "over: nothing was saved; it lasted 140 seconds and failed 1000 times",
    ]
    assert [item.levelname for item in caplog.records] == ["ERROR", "WARNING"]
    assert trouble.seconds() is None


def test_room_for_nothing_is_no_room_for_an_answer() -> None:
    """A trial that works while answers fail ends no trouble; after a while without any it does."""
    now = [0.0]
    trouble = Trouble("nothing was saved", lambda: now[0])
    trouble.failed("disk full")
    now[0] = QUIET - 1
    trouble.worked(is_trial=True)
    assert trouble.seconds() is not None
    now[0] = QUIET
    trouble.worked(is_trial=True)
    assert trouble.seconds() is None


def test_who_asks_hears_that_answers_fail(store: SqlStore) -> None:
    """What changes nothing can be read and saved, answers cannot: that is not ready."""
    assert store.faults() == ()
    store._saving.failed("could not extend file")
    assert store.faults() == ("saving",)
    store._loading.failed("a table is locked")
    assert store.faults() == ("store", "saving")


def test_a_second_trouble_has_its_own_lines(caplog: pytest.LogCaptureFixture) -> None:
    """The log that leaves out what repeats leaves out no beginning and no end."""
    made = logging.getLogRecordFactory()
    logging.setLogRecordFactory(logs.CountingFactory(made))
    try:
        now = [0.0]
        trouble = Trouble("nothing was saved", lambda: now[0])
        for _ in range(2):
            trouble.failed("disk full")
            now[0] += QUIET
            trouble.worked()
    finally:
        logging.setLogRecordFactory(made)
    assert [item.levelname for item in caplog.records] == ["ERROR", "WARNING"] * 2


def test_a_line_of_ours_has_time_and_level() -> None:
    """What an incident needs of each line: when, and how bad."""
    record = logging.LogRecord("explorer.x", logging.ERROR, "f", 1, "what", (), None)
    line = logging.Formatter(logs.LINE).format(record)
    assert line[:4].isdigit()
    assert line.endswith(" ERROR explorer.x: what")


def test_a_store_that_works_misses_nothing(store: SqlStore) -> None:
    """It reads, it saves, and there is room."""
    assert store.faults() == ()
    assert store.saving_fails_for() is None


def test_a_store_that_may_only_be_read_cannot_save(store: SqlStore, tmp_path: Path) -> None:
    """As a standby: reading works, and that is not enough."""
    only_read = open_store(
        f"sqlite:///file:{tmp_path / 'classes.sqlite3'}?mode=ro&uri=true", tmp_path
    )
    assert only_read.faults() == ("saving",)
    assert (only_read.saving_fails_for() or 0) >= 0
    assert only_read.saving_fails_for() is not None
    only_read.close()


def test_a_standby_cannot_save(postgresql_database: str, tmp_path: Path) -> None:
    """A database of PostgreSQL that takes no writes is named as one."""
    from sqlalchemy import create_engine

    store = open_store(postgresql_database, tmp_path)
    assert store.faults() == ()
    store.close()
    engine = create_engine(postgresql_database)
    with engine.begin() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar()
        connection.exec_driver_sql(
            f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'
        )
    engine.dispose()
    standby = open_store(postgresql_database, tmp_path)
    assert standby.faults() == ("saving",)
    standby.close()


def test_a_full_disk_has_no_space(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the last byte is gone."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(9, 9, 10_000_000))
    assert store.faults() == ("space",)


def test_a_file_that_is_gone_is_no_store(store: SqlStore, tmp_path: Path) -> None:
    """What was damaged under the running app is named."""
    store._engine.dispose()
    for file in tmp_path.glob("classes.sqlite3*"):
        file.write_bytes(b"x" * 8192)
    assert store.faults() == ("store",)


def test_the_access_log_stays_off_whoever_switches_it_on(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """As when options are read again under the running app: no address and no code is written.

    What Streamlit does then with the access log's own logger is done here by its own function.
    """
    made = logging.getLogRecordFactory()
    logging.setLogRecordFactory(logs.CountingFactory(made))
    try:
        streamlit_logger.init_uvicorn_logs()
        log = logging.getLogger("uvicorn.access")
        log.disabled = False
        with caplog.at_level(logging.DEBUG, "uvicorn.access"):
            log.error(
                '%s - "%s %s HTTP/%s" %d', "192.0.2.1", "GET", "/join?code=CDF346", "1.1", 200
            )
    finally:
        logging.setLogRecordFactory(made)
    assert "CDF346" not in caplog.text + capfd.readouterr().err


def test_a_command_leaves_the_database_of_the_running_version_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the app brings a database up to date; a list says so and changes nothing."""
    address = f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    with monkeypatch.context() as patch:
        patch.setattr(sql_base, "migrations", lambda: migrations()[:4])
        open_store(address, tmp_path).close()
    with pytest.raises(DatabaseError, match="older than this program: it lacks 0005_settings"):
        open_store(address, tmp_path, update=False)
    open_store(address, tmp_path).close()
    open_store(address, tmp_path, update=False).close()


def test_a_start_on_a_standby_is_refused(tmp_path: Path) -> None:
    """One line instead of a class that cannot be saved."""
    file = tmp_path / "classes.sqlite3"
    open_store(f"sqlite:///{file}", tmp_path).close()
    held = load_settings(database=f"sqlite:///file:{file}?mode=ro&uri=true")
    with pytest.raises(DatabaseError, match="nothing can be saved in sqlite:///file:"):
        runtime.open_classes(held)


def test_a_start_says_where_classes_are_kept_and_no_secret(tmp_path: Path) -> None:
    """Versions, place, days, passphrase or none: what an incident needs first."""
    held = load_settings(database="memory")
    lines = "\n".join(
        runtime.Runtime(held, runtime.current().content, runtime.current().classes).lines
    )
    assert "classes are kept in memory, until the server stops, each for 30 days" in lines
    assert "the passphrase for opening a class is not set" in lines
    named = place("postgresql://u:hunter2@db.example/classes", tmp_path)
    assert named == "postgresql://db.example/classes"
