"""What is pushed to phones: the state at once, by server-sent events, and what happens without."""

import asyncio
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from explorer.classes.service import ClassService
from explorer.content.load import Content
from explorer.domain.sessions import Action, Door, PlannedQuestion, TeachingPhase, Unavailable
from explorer.store import open_store
from explorer.web.connections import Http
from explorer.web.join import join_routes
from explorer.web.join import streams as pushing
from explorer.web.security_headers import SecurityHeaders
from tests.questions import question
from tests.servers import free_port
from tests.web.live_class import CODE, LiveClass

PLAN = tuple(
    PlannedQuestion(question=question(name), phase=TeachingPhase.FREE) for name in ("q1", "q2")
)


class Stream:
    """The open stream of one phone, as its browser reads it."""

    def __init__(
        self, port: int, token: str, path: str = "", code: str = CODE, **headers: str
    ) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        sent = {"Cookie": f"participant={token}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self._line.request("GET", f"/join/events?code={code}{path}", headers=sent)
        self._answer = self._line.getresponse()
        self.status = self._answer.status
        self.headers = self._answer.headers

    def next(self) -> tuple[str, str, str]:
        """Return the name, id and data of the next event; an empty name at the end."""
        name = id_ = ""
        data: list[str] = []
        while line := self._answer.readline().decode().rstrip("\n"):
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "id":
                id_ = value
            elif field == "data":
                data.append(value)
        return name, id_, "\n".join(data)

    def close(self) -> None:
        """Hang up."""
        self._answer.close()
        self._line.close()


@contextmanager
def serving(
    service: ClassService, content: Content, streams: int = pushing.STREAMS
) -> Iterator[int]:
    """Serve phones on a port of this machine, with the real server's protocol."""
    port = free_port()
    app = Starlette(
        routes=join_routes(lambda: content.catalogue, lambda: service, days=30, streams=streams),
        middleware=[Middleware(SecurityHeaders)],
    )
    config = uvicorn.Config(app, port=port, log_level="error", http=Http, lifespan="off")
    Http.most = 1000
    server = uvicorn.Server(config)
    ready = threading.Event()

    async def run() -> None:
        serve = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        ready.set()
        await serve

    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(5)
        assert not thread.is_alive(), "an open stream held the server up"


@pytest.fixture
def lesson() -> Iterator[LiveClass]:
    """Open a class."""
    made = LiveClass(PLAN)
    yield made
    made.service.close()


@pytest.fixture
def port(lesson: LiveClass, content: Content) -> Iterator[int]:
    """Serve it."""
    with serving(lesson.service, content) as port:
        yield port


def test_a_change_is_pushed_at_once_with_its_tag(lesson: LiveClass, port: int) -> None:
    """A stream begins with the state, and each press sends the next one, rendered for its phone."""
    token = lesson.service.join(CODE)
    stream = Stream(port, token)
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.headers["x-accel-buffering"] == "no"
    assert "no-store" in stream.headers["cache-control"]
    assert stream.next()[0] == "hello"
    _, waiting, _ = stream.next()
    lesson.act(Action.NEXT)
    _, reading, html = stream.next()
    assert "What about q1?" in html
    assert "data-live" not in html
    lesson.act(Action.SHOW)
    _, shown, html = stream.next()
    assert "data-live" in html
    assert len({waiting, reading, shown, ""}) == 4
    lesson.service.answer(CODE, token, lesson.position_token, ("b",))
    lesson.act(Action.CLOSE)
    closed = stream.next()[2]
    stream.close()
    assert "<li>Text b.</li>" in closed


def test_a_phone_that_comes_back_gets_only_what_it_has_not(lesson: LiveClass, port: int) -> None:
    """The id of the last event is the tag of what the phone shows; so is the page's own."""
    token = lesson.service.join(CODE)
    stream = Stream(port, token)
    stream.next()
    _, tag, _ = stream.next()
    stream.close()
    first = Stream(port, token, Last_Event_ID=tag)
    second = Stream(port, token, f"&id={tag}")
    assert [first.next()[0], second.next()[0]] == ["hello", "hello"]
    lesson.act(Action.NEXT)  # and not the state that they have
    assert ["What about" in item.next()[2] for item in (first, second)] == [True, True]
    first.close()
    second.close()
    stale = Stream(port, token, Last_Event_ID='"of-yesterday"')
    assert [stale.next()[0], stale.next()[0]] == ["hello", "state"]
    stale.close()


def test_a_stream_is_refused_to_whoever_is_not_in_the_class(lesson: LiveClass, port: int) -> None:
    """A stranger, another site, and a page without an origin get none."""
    token = lesson.service.join(CODE)
    refused = {
        Stream(port, "t" * 43).status: "a stranger",
        Stream(port, token, Sec_Fetch_Site="cross-site").status: "another site",
    }
    assert refused == {401: "a stranger", 403: "another site"}
    for origin in ("null", "https://other.test", "http://[", f"https://127.0.0.1:{port}.test"):
        assert Stream(port, token, Origin=origin).status == 403, origin
    own = Stream(port, token, Origin=f"http://127.0.0.1:{port}", Sec_Fetch_Site="same-origin")
    assert own.status == 200
    own.close()


def test_a_browser_holds_two_of_its_six_connections(lesson: LiveClass, port: int) -> None:
    """The oldest of three tabs is told to stop, and polls."""
    token = lesson.service.join(CODE)
    tabs = [Stream(port, token) for _ in range(3)]
    for tab in tabs:
        assert [tab.next()[0], tab.next()[0]] == ["hello", "state"]
    assert tabs[0].next()[0] == "stop"
    assert tabs[0].next()[0] == ""
    lesson.act(Action.NEXT)
    assert [tab.next()[0] for tab in tabs[1:]] == ["state", "state"]
    for tab in tabs:
        tab.close()


def test_above_the_cap_phones_poll(lesson: LiveClass, content: Content) -> None:
    """The next stream is refused for a minute; one that ends makes room."""
    tokens = [lesson.service.join(CODE) for _ in range(2)]
    with serving(lesson.service, content, streams=1) as port:
        first = Stream(port, tokens[0])
        first.next()
        second = Stream(port, tokens[1])
        assert (second.status, second.headers["retry-after"]) == (503, "60")
        second.close()
        version = lesson.service.host(lesson.keys.console).version
        first.next()
        lesson.service.turn_door(lesson.keys.console, Door.LET_GO, version)
        assert first.next()[0] == "gone"  # who never answered is let go
        assert first.next()[0] == ""
        first.close()
        tokens[1] = lesson.service.join(CODE)
        third = Stream(port, tokens[1])
        assert third.status == 200
        third.close()


def test_silence_is_broken_by_beats(
    lesson: LiveClass, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that proxies keep the line."""
    monkeypatch.setattr(pushing, "BEAT", 0.02)
    stream = Stream(port, lesson.service.join(CODE))
    assert [stream.next()[0] for _ in range(5)] == ["hello", "state", "beat", "beat", "beat"]
    stream.close()


def test_a_stream_ends_in_time(
    lesson: LiveClass, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each phone is looked up again now and then."""
    monkeypatch.setattr(pushing, "LIFE", 0.2)
    stream = Stream(port, lesson.service.join(CODE))
    names = list(iter(lambda: stream.next()[0], ""))
    assert names[0] == "hello"
    assert "beat" not in names
    stream.close()


def test_a_phone_that_does_not_read_gets_the_newest_only() -> None:
    """Nothing queues up for it, and what it has already is not sent again."""
    stream = pushing._Stream("person", CODE, "browser", '"a"')
    sent = []
    for tag in ('"a"', '"b"', '"b"', '"c"'):
        stream.put(pushing.Pushed("<p>", tag))
        sent.append(stream.part.tag if stream.part else "")
    assert sent == ["", '"b"', '"b"', '"c"']


def test_a_change_made_by_another_process_is_pushed(content: Content, tmp_path: Path) -> None:
    """Found by a look at the shared file; who saw the question here is in the room."""
    database = f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    here, there = (ClassService(open_store(database, tmp_path)) for _ in range(2))
    keys = there.open_session(PLAN, title="A lesson", content="v1")
    token = here.join(keys.code)
    with serving(here, content) as port:
        stream = Stream(port, token, code=keys.code)
        stream.next(), stream.next()
        for action in (Action.NEXT, Action.SHOW):
            there.advance(keys.console, action, there.host(keys.console).version)
            assert stream.next()[0] == "state"
        here.participant(keys.code, token)  # the look after the push
        there.advance(keys.console, Action.CLOSE, there.host(keys.console).version)
        assert stream.next()[0] == "state"
        stream.close()
    (asked,) = there.report(keys.report).questions
    assert asked.n == 1
    here.close()
    there.close()


def test_a_stream_ends_where_the_class_cannot_be_read(lesson: LiveClass, port: int) -> None:
    """Its phone polls then, which says what is wrong, and comes back."""
    stream = Stream(port, lesson.service.join(CODE))
    stream.next(), stream.next()
    lesson.store.read_error = Unavailable
    lesson.service.changes.tell(lesson.session.id, lesson.session.version + 1)
    assert stream.next()[0] == ""
    stream.close()
