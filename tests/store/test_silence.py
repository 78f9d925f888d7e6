"""A database that says nothing: how long anybody waits, and that they go on afterwards."""

import logging
import socket
import struct
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from explorer.domain.sessions import NotSaved, Unavailable
from explorer.store import DatabaseError, open_store
from explorer.store.sql import SqlStore, patience
from explorer.store.sql.bounded import BoundedConnection
from explorer.store.sql.engine import for_trial, open_engine
from explorer.store.sql.notices import SILENCE, Notices
from tests.silencing_proxy import SilencingProxy
from tests.store.test_sql import with_class

DRIVER = "postgresql+psycopg"

PHONE = 8.0
"""Seconds after which a phone gives a request up."""

ANSWER, TRIED, TRIAL = 1.5, 0.4, 0.5
"""What the tests wait for, for ``patience``'s own."""

BOUND = ANSWER + patience.CONNECTING
"""Seconds after which each call has come back, whatever is silent."""


def test_a_phone_outlives_two_waits() -> None:
    """An answer of the app may need two, and a new connection; a check of a host waits for less."""
    assert 2 * patience.ANSWER + patience.CONNECTING <= PHONE
    assert max(patience.TRIAL, patience.TRIED) < 2


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program wait for less than it does."""
    for name, seconds in (("ANSWER", ANSWER), ("TRIED", TRIED), ("TRIAL", TRIAL)):
        monkeypatch.setattr(patience, name, seconds)
    monkeypatch.setattr(BoundedConnection, "patience", ANSWER)


@pytest.fixture
def proxy(postgresql_database: str) -> Iterator[SilencingProxy]:
    made = SilencingProxy(postgresql_database)
    yield made
    made.close()


def test_a_pooler_is_asked_for_nothing_that_it_refuses() -> None:
    """PgBouncer takes these parameters of a start and no others, such as ``options``."""
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as thread:
        asked = thread.submit(_start, listening)
        with pytest.raises(DatabaseError):
            open_store(
                f"postgresql://me:words@127.0.0.1:{listening.getsockname()[1]}/classes",
                Path("unused"),
            )
        names = asked.result().split(b"\0")[:-2:2]
    assert set(names) <= {b"user", b"database", b"client_encoding", b"application_name"}
    assert b"user" in names


def _start(listening: socket.socket) -> bytes:
    """Refuse encryption, and return the parameters with which a connection begins."""
    while True:
        line, _ = listening.accept()
        with line:
            length, code = struct.unpack("!ii", line.recv(8))
            while code in (80877103, 80877104):  # TLS, GSS
                line.sendall(b"N")
                length, code = struct.unpack("!ii", line.recv(8))
            return line.recv(length - 8)


@pytest.mark.usefixtures("_short")
def test_silent_connections_are_thrown_away(
    proxy: SilencingProxy, caplog: pytest.LogCaptureFixture
) -> None:
    """A look and an answer come back within a phone's patience, and the next one is kept, once.

    The log has a line for the beginning and, some seconds later, one for the end.
    """
    store = open_store(proxy.address, Path("unused"))
    assert isinstance(store, SqlStore)
    with_class(store)
    proxy.silence()
    begun = time.monotonic()
    with pytest.raises(NotSaved):
        store.answer("s", 0, "anna", ("a",))
    assert time.monotonic() - begun < BOUND
    store.answer("s", 0, "anna", ("b",))
    assert [item.answer for item in store.responses("s")] == [("b",)]
    assert time.monotonic() - begun < BOUND
    proxy.silence(new=True)
    with pytest.raises(Unavailable):
        store.by_code("CDF346")
    assert time.monotonic() - begun < 2 * BOUND
    proxy.listen()
    assert store.by_code("CDF346") is not None
    began = [item.getMessage() for item in caplog.records if item.levelno == logging.ERROR]
    assert began == [
        "nothing was saved: no answer for 1.5 seconds",
        "nothing could be read: no answer for 1.5 seconds",
    ]
    store.close()


@pytest.mark.usefixtures("_short")
def test_a_silent_connection_is_told_where_a_transaction_only_begins(proxy: SilencingProxy) -> None:
    """Whoever asks whether answers can be saved hears no, and not the driver's own error."""
    store = open_store(proxy.address, Path("unused"))
    assert isinstance(store, SqlStore)
    assert store.faults() == ()
    proxy.silence()
    begun = time.monotonic()
    with pytest.raises(NotSaved), store._transaction(for_trial(store._engine)):
        pass
    assert time.monotonic() - begun < BOUND
    store.close()


def test_a_process_holds_twelve_connections(proxy: SilencingProxy) -> None:
    """Forty threads that look at once, and one that listens: a dozen, and all are served."""
    store = open_store(proxy.address, Path("unused"))
    with_class(store)
    store.wait(0)
    with ThreadPoolExecutor(40) as threads:
        found = list(threads.map(lambda _: store.by_code("CDF346"), range(400)))
    assert None not in found
    assert 2 <= proxy.open <= 12
    store.close()


@pytest.mark.usefixtures("_short")
def test_a_listener_that_was_cut_off_listens_again(proxy: SilencingProxy) -> None:
    """Asked after some seconds without a word, it is replaced where it does not answer."""
    notices = Notices(open_engine(make_url(proxy.address).set(drivername=DRIVER), 5))
    notices.wait(0)
    proxy.silence()
    notices._heard -= SILENCE  # as if they had passed
    notices.wait(0)
    notices.wait(0)
    assert proxy.accepted == 2
    with notices._engine.begin() as connection:
        notices.send(connection)
    begun = time.monotonic()
    notices.wait(5)
    assert time.monotonic() - begun < 2
    notices.close()


@pytest.mark.usefixtures("_short")
@pytest.mark.parametrize("table", ["responses", "participants", "codes", "sessions"])
def test_a_table_that_somebody_holds_is_told_soon(postgresql_database: str, table: str) -> None:
    """Whoever asks whether answers can be saved waits no longer than the check of a host does."""
    store = open_store(postgresql_database, Path("unused"))
    with create_engine(make_url(postgresql_database).set(drivername=DRIVER)).begin() as other:
        other.exec_driver_sql(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        begun = time.monotonic()
        assert store.faults() == ("saving",)
        assert TRIAL <= time.monotonic() - begun < 2
    store.close()
