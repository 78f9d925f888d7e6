"""A process that drains: who is sent away, who goes on, and when it ends."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse

from explorer.content.load import Content
from explorer.web.busy import busy_page
from explorer.web.drain import QUIET, READING, Drain
from explorer.web.pages import Pages
from explorer.web.readiness import readiness_route
from explorer.web.visits import Visits
from tests.web.test_visits import LIMITS, WIRE, Streamlit, asked, page, stream

HOUR = 3600.0


@pytest.fixture
def drain() -> Drain:
    """Give what nobody has begun yet."""
    return Drain()


@pytest.fixture
def client(drain: Drain) -> Iterator[TestClient]:
    """Serve what the server has, in small."""
    paths = ("/", "/teach", "/anakinra/teach/", "/join", "/read/guide")
    app = Starlette(
        routes=[
            *(Route(path, page) for path in paths),
            readiness_route("v1", is_draining=lambda: drain.is_on),
            WebSocketRoute("/_stcore/stream", Streamlit().stream),
        ],
        middleware=[
            Middleware(
                Visits,
                pages=Pages(LIMITS, lambda _: None, kept=5, left=5),
                wire=WIRE,
                busy=lambda: "being updated",
                drain=drain,
            )
        ],
    )
    with TestClient(app) as made:
        yield made


def test_new_visitors_are_sent_away_and_a_proxy_is_told(client: TestClient, drain: Drain) -> None:
    """503 for a page, for a socket and for ``/readyz``; before the signal all three are served."""
    assert client.get("/").status_code == client.get("/readyz").status_code == 200
    drain.begin()
    answer = client.get("/")
    assert (answer.status_code, answer.text) == (503, "being updated")
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (503, "draining")
    with pytest.raises(WebSocketDenialResponse) as refused, stream(client):
        pass
    assert refused.value.status_code == 503


def test_who_is_here_goes_on(client: TestClient, drain: Drain) -> None:
    """An open page, its return after a lost connection, phones and the reading edition."""
    with stream(client, "one") as open_page:
        named = asked(open_page)
        drain.begin()
        open_page.send_bytes(b"run")
        assert open_page.receive_bytes() == b"ended"
    with stream(client, "one", named) as back:
        back.send_bytes(b"run")
        assert back.receive_bytes() == f"session {named}".encode()
    assert client.get("/join").status_code == client.get("/read/guide").status_code == 200


@pytest.mark.parametrize("path", ["/teach", "/anakinra/teach/"])
def test_who_teaches_may_load_the_console_again(
    client: TestClient, drain: Drain, path: str
) -> None:
    """The class goes on; the socket that follows the page is let in."""
    drain.begin()
    assert client.get(path).status_code == 200
    with stream(client) as console:
        assert asked(console) == "page-1"


@pytest.mark.parametrize(
    ("passed", "taught", "quiet", "over"),
    [
        (0, 0, QUIET, True),
        (0, 0, QUIET - 1, False),  # somebody reads
        (READING, 0, 0, True),  # for ten minutes
        (HOUR, 1, HOUR, False),  # a class goes on
        (2 * HOUR, 1, 0, True),  # the bound
    ],
)
def test_it_ends_with_the_last_class_or_at_the_bound(
    passed: float, taught: int, quiet: float, *, over: bool
) -> None:
    """Never before it was asked to."""
    now = [0.0]
    drain = Drain(2 * HOUR, clock=lambda: now[0])
    assert not drain.is_over(0, HOUR)
    drain.begin()
    now[0] = passed
    assert drain.is_over(taught, quiet) is over


_ALONE = """
import asyncio, os, signal
from explorer.web.drain import Drain, listen_for_drain

async def play():
    drain, seen, looks = Drain(3600), [], iter((1, 1, 0))
    listen_for_drain(drain)
    def taught():
        seen.append(drain.is_on)
        return next(looks)
    waiting = asyncio.create_task(drain.until_over(taught, lambda: 3600, look=0.001))
    await asyncio.sleep(0.01)
    assert seen == []
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.wait_for(waiting, 10)
    assert seen == [True, True, True], seen

asyncio.run(play())
"""


def test_the_signal_begins_it_and_it_ends_by_itself() -> None:
    """USR1; two looks see a class, the third does not. Signals want a main thread of their own."""
    played = subprocess.run(
        [sys.executable, "-c", _ALONE], capture_output=True, text=True, timeout=60, check=False
    )
    assert played.returncode == 0, played.stderr


def test_the_page_says_why_and_what_can_be_read(content: Content) -> None:
    """The emergency number first; the reading edition, which needs no session, under the base."""
    words = content.catalogue.words
    told = busy_page(content.catalogue, is_updated=True, base="/anakinra")
    assert words("frame.updated") in told
    assert words("frame.busy") not in told
    assert f'<a href="/anakinra/read/">{words("frame.read-now")}</a>' in told
    assert content.catalogue.contact().emergency in told
    assert words("frame.updated") not in busy_page(content.catalogue)
