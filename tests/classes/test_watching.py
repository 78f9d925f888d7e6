"""The last state stays on console and screen while the store is away."""

import threading

import pytest

from explorer.classes.host_views import HostView
from explorer.classes.service import ClassService
from explorer.classes.watching import Watching
from explorer.domain.sessions import NoSuchClass, PlannedQuestion, TeachingPhase, Unavailable
from explorer.store.memory import MemoryStore
from tests.questions import question


@pytest.fixture
def view() -> HostView:
    teaching = ClassService(MemoryStore())
    plan = (PlannedQuestion(question=question("q1"), phase=TeachingPhase.FREE),)
    return teaching.host(teaching.open_session(plan, title="T", content="v1").console)


def fine() -> float | None:
    return None


def away() -> HostView:
    raise Unavailable


def test_the_last_state_stays_and_says_how_old_it_is(view: HostView) -> None:
    """Seen, then away for seven seconds, then there again; and whether answers are saved."""
    now = [0.0]
    watching = Watching(lambda: now[0])
    assert watching.look("k", lambda: view, fine).age is None
    now[0] = 7.0
    found = watching.look("k", away, lambda: 4.0)
    assert (found.view, found.age, found.unsaved) == (view, 7.0, 4.0)
    assert watching.look("k", lambda: view, fine).age is None


def test_what_was_never_seen_or_was_deleted_is_not_shown(view: HostView) -> None:
    """Another key shows nothing of it; nor does its own, once the class is gone."""
    watching = Watching()
    watching.look("k", lambda: view, fine)
    with pytest.raises(Unavailable):
        watching.look("other", away, fine)

    def gone() -> HostView:
        raise NoSuchClass

    with pytest.raises(NoSuchClass):
        watching.look("k", gone, fine)
    with pytest.raises(Unavailable):
        watching.look("k", away, fine)


def test_a_silent_store_is_asked_once_and_not_waited_for(view: HostView) -> None:
    """One thread waits, however often the page looks."""
    watching, go, asked = Watching(patience=0.01), threading.Event(), []
    watching.look("k", lambda: view, fine)

    def silent() -> HostView:
        asked.append(1)
        go.wait(10)
        return view

    for _ in range(5):
        assert watching.look("k", silent, fine).age is not None
    go.set()
    assert asked == [1]
