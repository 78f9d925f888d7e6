"""Pushing the changing part of the page to phones: server-sent events, one stream a phone.

A change of a class is read once for all its phones, rendered once for each different answer, and
put into the slot of each stream. A slot holds the newest part only: a phone that reads slowly skips
what it missed, and nothing queues up. What the phone has when it connects again is named by the
event's id (``Last-Event-ID``), which is the part's entity tag.

The script keeps polling until a stream has proved itself, and again when it fails; see ``join.js``.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from explorer.classes.service import ClassService
from explorer.classes.views import ParticipantView, Seat
from explorer.domain.sessions import Unavailable
from explorer.web.bounds import RESPONSE
from explorer.web.join.forms import is_same_origin
from explorer.web.join.render import JoinPages, etag

BEAT: Final = 15.0
"""Seconds of silence after which a stream says that it is alive. Proxies cut lines that are silent
for a minute, some for 30 seconds."""

LIFE: Final = RESPONSE * 0.8
"""Longest life of a stream in seconds, less up to a fifth; then the phone connects again, and is
looked up again."""

A_BROWSER: Final = 2
"""Streams of one browser. Over HTTP/1.1 it has six connections to a site for all its tabs, and the
others have to stay free for answers; the oldest stream is told to stop."""

STREAMS: Final = 1_000
"""Default number of streams; above it phones poll."""

_HEADERS: Final = {
    "Cache-Control": "no-store, no-transform",
    "Content-Encoding": "identity",
    "X-Accel-Buffering": "no",
}
"""Nobody on the way may store, change, compress or hold back what is sent."""

_T = TypeVar("_T")

Run: TypeAlias = Callable[..., Awaitable[_T]]


@dataclass(frozen=True, slots=True)
class Pushed:
    """The changing part of a phone's page, with its entity tag."""

    html: str
    tag: str

    @property
    def event(self) -> str:
        """The part as an event."""
        lines = "".join(f"data: {line}\n" for line in self.html.splitlines())
        return f"event: state\nid: {self.tag}\n{lines}\n"


@dataclass(eq=False, slots=True)
class _Stream:
    """The stream of one phone: what it has, and what is to be sent next."""

    participant: str
    code: str
    browser: str
    tag: str
    part: Pushed | None = None
    last: str | None = None
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, part: Pushed) -> None:
        """Send a part, in place of one that waits."""
        if part.tag != self.tag:
            self.part, self.tag = part, part.tag
            self.wake.set()

    def end(self, name: str = "") -> None:
        """End the stream with an event that says why; without one the phone comes back."""
        self.last = name and _event(name)
        self.wake.set()


@dataclass(eq=False, slots=True)
class _Room:
    """The streams of one class."""

    leave: Callable[[], None]
    version: int
    streams: set[_Stream] = field(default_factory=set)
    is_stale: bool = False
    sending: asyncio.Task[None] | None = None


class Streams:
    """The open streams of this process; for the event loop.

    Args:
        classes: the live classes.
        pages: renders parts.
        read: runs a blocking read in a thread.
        most: how many streams may be open.
    """

    def __init__(
        self,
        classes: ClassService,
        pages: JoinPages,
        read: Run[Mapping[str, Pushed] | None],
        most: int,
    ) -> None:
        self._classes = classes
        self._pages = pages
        self._read = read
        self._most = most
        self._rooms: dict[str, _Room] = {}
        self._browsers: defaultdict[str, list[_Stream]] = defaultdict(list)

    def refusal(self, request: Request) -> Response | None:
        """Return why no stream is opened: another origin, or too many; else None."""
        if not is_same_origin(request) or request.headers.get("origin") == "null":
            return Response(status_code=403, headers={"Cache-Control": "no-store"})
        if sum(len(room.streams) for room in self._rooms.values()) >= self._most:
            headers = {"Cache-Control": "no-store", "Retry-After": "60"}
            return Response(status_code=503, headers=headers)
        return None

    def respond(self, request: Request, seat: Seat, browser: str) -> Response:
        """Open a stream.

        Args:
            request: the request.
            seat: the participant.
            browser: the secret of the browser.
        """
        had = request.headers.get("last-event-id") or request.query_params.get("id", "")
        return StreamingResponse(
            self._events(seat, browser, had), media_type="text/event-stream", headers=_HEADERS
        )

    def answered(self, browser: str, view: ParticipantView) -> None:
        """Show the other tabs of a browser what one of them answered."""
        tabs = self._browsers.get(browser, ())
        if len(tabs) > 1:
            html = self._pages.part(view)
            for stream in tabs:
                if stream.code == view.code:
                    stream.put(Pushed(html, etag(html)))

    async def _events(self, seat: Seat, browser: str, had: str) -> AsyncIterator[str]:
        """Yield events until the stream ends or the phone hangs up."""
        stream = _Stream(seat.participant, seat.view.code, browser, had)
        loop = asyncio.get_running_loop()
        end = loop.time() + LIFE * random.uniform(0.8, 1)  # noqa: S311 - not a secret
        self._enter(seat, stream)
        try:
            html = self._pages.part(seat.view)
            stream.put(Pushed(html, etag(html)))
            yield f"retry: {random.randint(1000, 3000)}\n" + _event("hello")  # noqa: S311
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(min(BEAT, end - loop.time())):
                        await stream.wake.wait()
                woken = stream.wake.is_set()
                stream.wake.clear()
                part, stream.part = stream.part, None
                if part is not None:
                    yield part.event
                if stream.last is not None:
                    yield stream.last
                    return
                if not woken:
                    if loop.time() >= end:
                        return
                    yield _event("beat")
        finally:
            self._leave(seat.session_id, stream)

    def _enter(self, seat: Seat, stream: _Stream) -> None:
        room = self._rooms.get(seat.session_id)
        if room is None:
            loop = asyncio.get_running_loop()

            def heard(session_id: str) -> None:
                with suppress(RuntimeError):  # the loop has ended
                    loop.call_soon_threadsafe(self._changed, session_id)

            leave = self._classes.changes.listen(seat.session_id, seat.version, heard)
            room = self._rooms[seat.session_id] = _Room(leave, seat.version)
        room.streams.add(stream)
        if seat.version < room.version or room.sending is not None:
            self._changed(seat.session_id)  # it changed after the seat was read
        mine = self._browsers[stream.browser]
        mine.append(stream)
        for old in mine[:-A_BROWSER]:
            old.end("stop")

    def _leave(self, session_id: str, stream: _Stream) -> None:
        mine = self._browsers[stream.browser]
        mine.remove(stream)
        if not mine:
            del self._browsers[stream.browser]
        room = self._rooms[session_id]
        room.streams.discard(stream)
        if not room.streams:
            room.leave()
            del self._rooms[session_id]

    def _changed(self, session_id: str) -> None:
        room = self._rooms.get(session_id)
        if room is not None:
            room.is_stale = True
            if room.sending is None:
                room.sending = asyncio.create_task(self._send(session_id, room))

    async def _send(self, session_id: str, room: _Room) -> None:
        """Send everybody what they see now, and again while the class changes meanwhile."""
        try:
            while room.is_stale:
                room.is_stale = False
                streams = tuple(room.streams)
                people = frozenset(item.participant for item in streams)
                parts = await self._read(self._parts, session_id, people, room)
                for stream in streams:
                    part = None if parts is None else parts.get(stream.participant)
                    if part is None:
                        stream.end("gone")
                    else:
                        stream.put(part)
        except Unavailable:
            for stream in room.streams:  # they poll, which says what is wrong, and come back
                stream.end()
        finally:
            room.sending = None

    def _parts(
        self, session_id: str, people: Collection[str], room: _Room
    ) -> Mapping[str, Pushed] | None:
        """Render the parts of some participants, in a thread; None where the class was deleted."""
        attendance = self._classes.attendance(session_id)
        if attendance is None:
            return None
        room.version = max(room.version, attendance.session.version)
        made: dict[object, Pushed] = {}
        found: dict[str, Pushed] = {}
        for name in people:
            if name not in attendance.participants:
                continue
            stored = attendance.answers.get(name)
            key: object = stored if stored is None else (stored.answer,)
            if attendance.ended is not None:
                key = name  # at the end each has a part of its own
            if key not in made:
                html = self._pages.part(attendance.view(name))
                made[key] = Pushed(html, etag(html))
            found[name] = made[key]
        return found


def _event(name: str) -> str:
    """Return an event without content. Browsers drop events whose data is empty."""
    return f"event: {name}\ndata: 1\n\n"
