"""Whoever says "ready" has asked."""

import threading
import time

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explorer.web.readiness import Readiness, readiness_route


def client(readiness: Readiness) -> TestClient:
    return TestClient(Starlette(routes=[readiness_route("v1", readiness)]))


@pytest.mark.parametrize("missing", ["store", "saving", "space"])
def test_what_is_missing_is_named(missing: str) -> None:
    """503, and which part; with nothing missing 200."""
    answer = client(Readiness(lambda: (missing,))).get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "missing": [missing], "content_version": "v1"}
    assert client(Readiness(lambda: ())).get("/readyz").json() == {
        "status": "ready",
        "content_version": "v1",
    }


def test_without_content_nothing_is_ready() -> None:
    """The content is a part like the others."""
    app = Starlette(routes=[readiness_route("", Readiness())])
    assert TestClient(app).get("/readyz").json()["missing"] == ["content"]


def test_the_store_is_asked_once_a_second() -> None:
    """However many ask; after a second it is asked again."""
    now, asked = [0.0], []

    def faults() -> tuple[str, ...]:
        asked.append(now[0])
        return ()

    held = client(Readiness(faults, clock=lambda: now[0]))
    for _ in range(5):
        assert held.get("/readyz").status_code == 200
    now[0] = 1.0
    held.get("/readyz")
    assert asked == [0.0, 1.0]


def test_a_silent_store_is_not_waited_for() -> None:
    """The answer is bounded, no second question is asked meanwhile, and the end is noticed."""
    go, times = threading.Event(), []

    def faults() -> tuple[str, ...]:
        times.append(1)
        go.wait(10)
        return ()

    now = [0.0]
    readiness = Readiness(faults, clock=lambda: now[0], patience=0.05)
    begun = time.monotonic()
    with client(readiness) as held:
        assert held.get("/readyz").json()["missing"] == ["store"]
        now[0] = 9.0
        assert held.get("/readyz").json()["missing"] == ["store"]
        assert time.monotonic() - begun < 2
        assert times == [1]
        go.set()
        threads = [item for item in threading.enumerate() if item.name == "readiness"]
        for item in threads:
            item.join()
        assert held.get("/readyz").status_code == 200
