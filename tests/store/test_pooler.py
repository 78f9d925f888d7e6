"""A class behind PgBouncer, which gives a connection for a session, or anew for each transaction."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Timer

import pytest

from explorer.classes.service import ClassService
from explorer.domain.sessions import Action
from tests.conftest import missing
from tests.platform.test_faults import opened, teaching_on
from tests.pooler import PROGRAM, pooled

PEOPLE = 30


@pytest.fixture(params=["session", "transaction"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def two(postgresql_database: str, mode: str) -> Iterator[tuple[ClassService, ClassService]]:
    """Open the classes twice behind a pooler, as two processes of the app do."""
    if PROGRAM is None:
        missing("pgbouncer is not installed")
    with ExitStack() as stack:
        address = stack.enter_context(pooled(postgresql_database, mode))
        one, other = (stack.enter_context(teaching_on(address)) for _ in range(2))
        yield one, other


def test_a_class_behind_a_pooler_loses_nothing(two: tuple[ClassService, ClassService]) -> None:
    """Often enough that a driver would prepare statements, which another transaction has not."""
    keys = opened(two[0])

    def take_part(number: int) -> None:
        teaching = two[number % 2]
        token = teaching.join(keys.code)
        for given in ("b", "c", "b", "a"):
            teaching.answer(keys.code, token, "0.shown", (given,))
            assert teaching.participant(keys.code, token).answer == (given,)

    with ThreadPoolExecutor(max_workers=20) as threads:
        list(threads.map(take_part, range(PEOPLE)))
    view = two[1].host(keys.console)
    assert (view.joined, view.answered) == (PEOPLE, PEOPLE)
    assert [tally.count for tally in view.tallies] == [PEOPLE, 0, 0]
    assert two[0].faults() == ()


def test_a_change_is_heard_where_a_session_keeps_its_connection(
    two: tuple[ClassService, ClassService], mode: str
) -> None:
    """By a notification, or else by the next look after as long as was waited for."""
    one, store = two[0], two[1]._store
    keys = opened(one)
    store.wait(0)  # begins to listen
    version = one.host(keys.console).version
    press = Timer(0.2, one.advance, (keys.console, Action.CLOSE, version))
    press.start()
    begun = time.monotonic()
    store.wait(20 if mode == "session" else 1)
    took = time.monotonic() - begun
    press.join()
    assert (took < 15) if mode == "session" else (took >= 1)
    assert two[1].host(keys.console).version == version + 1
