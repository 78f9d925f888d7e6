"""A full disk under a real PostgreSQL: named as soon as somebody asks, and over once there is room."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from explorer.store import open_store
from explorer.store.sql import SqlStore
from tests.benchmarks.chaos_site import SmallDisk
from tests.cluster import Cluster, program
from tests.conftest import missing
from tests.store.test_sql import with_class

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]

BOUND = 3.0
"""Seconds in which whoever asks hears of it."""


class Filled(NamedTuple):
    """A server, and its disk."""

    cluster: Cluster
    disk: SmallDisk


@pytest.fixture
def filled() -> Iterator[Filled]:
    """Start a server on a small disk."""
    if program("postgres") is None:
        missing("postgres is not installed")
    with tempfile.TemporaryDirectory(prefix="full-") as name, ExitStack() as stack:
        Path(name).chmod(0o755)
        disk = SmallDisk(Path(name) / "disk")
        stack.callback(disk.close)
        if not disk.can_be_full:
            pytest.skip("no small disk can be mounted by this user")
        cluster = Cluster(disk.folder)
        stack.callback(cluster.stop)
        yield Filled(cluster, disk)


def test_a_full_disk_is_told_before_an_answer_is_refused(filled: Filled) -> None:
    """Answers still fit into pages that the database has: who asks hears that soon they will not."""
    store = open_store(filled.cluster.address, Path("unused"))
    with_class(store)
    store.answer("s", 0, "anna", ("a",))
    assert store.faults() == ()
    filled.disk.fill()
    begun = time.monotonic()
    assert store.faults() == ("space",)
    assert time.monotonic() - begun < BOUND
    store.answer("s", 0, "anna", ("b",))
    assert store.saving_fails_for() is None
    filled.disk.empty()
    assert store.faults() == ()
    store.close()


def test_asking_for_room_leaves_nothing_behind(filled: Filled) -> None:
    """No file stays, and no table or catalogue grows, however often somebody asks."""
    from sqlalchemy import text

    store = open_store(filled.cluster.address, Path("unused"))
    assert isinstance(store, SqlStore)
    size = text("SELECT pg_database_size('classes')")
    with store._engine.connect() as connection:
        before = connection.scalar(size)
    for _ in range(100):
        assert store._server_has_room()
    with store._engine.connect() as connection:
        assert connection.scalar(size) == before
        assert connection.scalar(text("SELECT count(*) FROM pg_ls_tmpdir()")) == 0
    store.close()
