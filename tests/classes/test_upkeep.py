"""Nothing is deleted by surprise."""

from datetime import UTC, datetime, timedelta

import pytest

from explorer.classes.service import ClassService
from explorer.classes.upkeep import doubt, survey, tidy
from explorer.domain.sessions import PlannedQuestion, TeachingPhase
from explorer.store.memory import MemoryStore
from explorer.store.port import Census
from tests.questions import question

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store() -> MemoryStore:
    """A class of today and one of twenty days ago."""
    made = MemoryStore()
    for at in (NOON - 20 * DAY, NOON):
        ClassService(made, clock=lambda at=at: at).open_session(
            (PlannedQuestion(question=question("q1"), phase=TeachingPhase.FREE),),
            title="A lesson",
            content="v1",
        )
    return made


def test_a_class_goes_after_its_days_announced_a_day_before(
    store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    """Announced on day 29 with counts, kept until day 30, then deleted with a count."""
    assert tidy(store, NOON + 8 * DAY, 30) == 0
    assert caplog.messages == []
    at = NOON + 9 * DAY + timedelta(minutes=1)
    assert tidy(store, at, 30) == 0
    assert tidy(store, at + timedelta(hours=23), 30) == 0
    assert [item.split(", as")[0] for item in caplog.messages] == [
        "old classes that will be deleted in a day: 1 of 2"
    ]
    assert tidy(store, at + DAY, 30) == 1
    assert caplog.messages[-1] == "old classes deleted: 1 of 2"
    assert len(store.summaries()) == 1


def test_a_clock_forty_days_ahead_deletes_nothing_at_once(
    store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    """It is announced; when the clock is right again the announcement is void."""
    assert tidy(store, NOON + 40 * DAY, 30) == 0
    assert "2 of 2, as it is 2027-01-04 12:00 UTC" in caplog.messages[-1]
    assert tidy(store, NOON + DAY, 30) == 0
    assert caplog.messages[-1].startswith("the clock was set back")
    assert tidy(store, NOON + 2 * DAY, 30) == 0
    assert len(store.summaries()) == 2


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (NOON - DAY, "a class was moved on later, 2026-11-25 12:00"),
        (NOON + 400 * DAY, "400 days after any class was moved on"),
    ],
)
def test_a_clock_that_cannot_be_right_deletes_nothing(
    store: MemoryStore, now: datetime, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Behind the newest record or far ahead of it: an error, with what to do, however long."""
    assert tidy(store, now, 3) == 0
    assert tidy(store, now + 2 * DAY if now > NOON else now, 3) == 0
    assert len(store.summaries()) == 2
    assert said in caplog.messages[0]
    assert {item.levelname for item in caplog.records} == {"ERROR"}
    assert "--clock-is-right" in caplog.messages[0]
    assert said in survey(store, now, 3).doubt


def test_a_database_with_another_clock_is_named() -> None:
    """Ten minutes are forgiven, more is said with both times."""
    census = Census(total=1, old=1, newest=NOON, clock=NOON)
    assert doubt(census, NOON + timedelta(minutes=9), 30) == ""
    assert "the database's 2026-11-25 12:00" in doubt(census, NOON + DAY, 30)


def test_a_class_that_is_moved_on_after_the_announcement_stays(store: MemoryStore) -> None:
    """Whoever teaches it again on the last day keeps it."""
    at = NOON + 9 * DAY + timedelta(minutes=1)
    tidy(store, at, 30)
    old = next(item for item in store._sessions.values() if item.changed < NOON)
    store._sessions[old.id] = old.evolve(changed=at)
    assert tidy(store, at + DAY, 30) == 0
    assert len(store.summaries()) == 2
