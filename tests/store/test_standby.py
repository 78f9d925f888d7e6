"""A real standby of PostgreSQL, by streaming: not ready until it is promoted, and a failover."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from explorer.domain.sessions import NotSaved
from explorer.runtime import open_classes
from explorer.settings import load_settings
from explorer.store import DatabaseError, open_store, trouble
from explorer.store.sql import patience
from tests.cluster import Cluster, program
from tests.conftest import missing
from tests.silencing_proxy import SilencingProxy
from tests.store.test_sql import with_class

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]

ANSWER = 1.5
"""Seconds that an answer is waited for here, for ``patience``'s own."""

BOUND = ANSWER + 2 * patience.CONNECTING
"""Seconds after which answers are saved again: one that stays silent, and one new connection."""


class Pair(NamedTuple):
    """A server, and its standby."""

    first: Cluster
    standby: Cluster


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Start both; what the first confirms is on the standby."""
    if program("postgres") is None:
        missing("postgres is not installed")
    with tempfile.TemporaryDirectory(prefix="pair-") as name, ExitStack() as stack:
        Path(name).chmod(0o755)
        folders = [Path(name) / each for each in ("first", "standby")]
        for folder in folders:
            folder.mkdir()
        first = Cluster(folders[0])
        stack.callback(first.stop)
        open_store(first.address, Path("unused")).close()
        standby = Cluster(folders[1], first)
        stack.callback(standby.stop)
        first.ask("ALTER SYSTEM SET synchronous_commit = remote_apply")
        first.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        first.ask("SELECT pg_reload_conf()")
        yield Pair(first, standby)


def test_a_standby_is_not_ready_until_it_is_promoted(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start is refused; what runs already says that nothing can be saved, until it can."""
    address = pair.standby.address
    with pytest.raises(DatabaseError, match="nothing can be saved in postgresql"):
        open_classes(load_settings(database=address))
    store = open_store(address, Path("unused"))
    assert store.faults() == ("saving",)
    pair.standby.promote()
    end = time.monotonic() + BOUND
    monkeypatch.setattr(trouble, "QUIET", 0.2)  # a trouble is over this long after its last failure
    while store.faults():
        assert time.monotonic() < end
        time.sleep(0.1)
    store.close()


def test_after_a_failover_with_silent_connections_answers_go_on(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old server says nothing any more, the address leads to the one that was its standby.

    What was confirmed is there; the answer that fell into the silence is told as not saved, and
    counts once when it is sent again.
    """
    monkeypatch.setattr(patience, "ANSWER", ANSWER)
    proxy = SilencingProxy(pair.first.address)
    store = open_store(proxy.address, Path("unused"))
    with_class(store)
    store.answer("s", 0, "anna", ("a",))
    proxy.silence()
    pair.first.freeze(on=True)
    pair.standby.promote()
    proxy.lead_to(pair.standby.address)
    begun = time.monotonic()
    with pytest.raises(NotSaved):
        store.answer("s", 0, "anna", ("b",))
    assert [item.answer for item in store.responses("s")] == [("a",)]
    store.answer("s", 0, "anna", ("b",))
    assert time.monotonic() - begun < BOUND
    assert [item.answer for item in store.responses("s")] == [("b",)]
    assert store.faults() == ()
    store.close()
    proxy.close()
    pair.first.freeze(on=False)
