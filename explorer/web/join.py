"""The participant page of a class: ``/join?code=ABC123``, what the QR code opens.

Pages made on the server, with plain forms; a small script keeps them in step. Who somebody is
stands in one cookie with a random value, never in an address or a page.
"""

import asyncio
import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar
from urllib.parse import parse_qs, quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from explorer.domain.catalogue import Catalogue, Urgency
from explorer.domain.letters import one_line
from explorer.domain.sessions import (
    ClassEnded,
    ClassFull,
    ClassLocked,
    CodeChanged,
    Misfit,
    NoSuchClass,
    NotJoined,
    TooLate,
    Unavailable,
    Unreadable,
)
from explorer.web import assets
from explorer.web.guesses import Guesses, TooManyGuesses
from explorer.web.rooms import Room, Rooms, State

COOKIE: Final = "participant"

NOW: Final = "/join/now"

COOKIE_SECONDS: Final = 24 * 60 * 60
"""How long a browser is known: a class with its breaks, and not for good."""

EVERY: Final = 1500
"""Milliseconds between two looks for something new, give or take 15 %."""

REFRESH: Final = 5
"""Seconds after which a browser without scripts loads a page again that holds no form."""

BODY_LIMIT: Final = 8192
"""Bytes of a posted form; the longest answer has a few hundred."""

FIELDS: Final = 64
"""Fields of a posted form; sorting has one for each line."""

READERS: Final = 4
"""Threads that look where a class stands."""

WRITERS: Final = 16
"""Threads that keep something. They wait for the disk, and never keep a reader waiting."""

_STILL: Final = frozenset({State.WAITING, State.READING, State.CLOSED, State.BETWEEN})

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")

_NO_STORE: Final = {"Cache-Control": "no-store"}

_T = TypeVar("_T")

_Endpoint = Callable[[Request], Awaitable[Response]]


class BodyTooLarge(Exception):
    """More was posted than any form of ours holds."""


def join_routes(
    catalogue: Callable[[], Catalogue],
    rooms: Callable[[], Rooms],
    *,
    days: int,
    guesses: Guesses | None = None,
) -> list[Route]:
    """Make the routes of the participant page.

    Args:
        catalogue: gives the content, for interface words, contacts and signs; called once, at
            the first request.
        rooms: gives the classes; called once, then too.
        days: after how many days answers are deleted.
        guesses: what is known of wrong codes; by default nothing yet.
    """
    made: list[_Pages] = []
    making = Lock()

    def make() -> None:
        with making:
            if not made:
                made.append(_Pages(catalogue(), rooms(), days, guesses or Guesses()))

    def to(method: Callable[[_Pages, Request], Awaitable[Response]]) -> _Endpoint:
        async def answer(request: Request) -> Response:
            if not made:
                await run_in_threadpool(make)
            return await method(made[0], request)

        return answer

    return [
        Route("/join", to(_Pages.see), methods=["GET"]),
        Route("/join", to(_Pages.enter), methods=["POST"]),
        Route(NOW, to(_Pages.now), methods=["GET"]),
        Route("/join/answer", to(_Pages.answer), methods=["POST"]),
        assets.route(),
    ]


class _Pages:
    def __init__(self, catalogue: Catalogue, rooms: Rooms, days: int, guesses: Guesses) -> None:
        self._words = catalogue.words
        self._rooms = rooms
        self._days = days
        self._guesses = guesses
        self._readers = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="look")
        self._writers = ThreadPoolExecutor(max_workers=WRITERS, thread_name_prefix="keep")
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).with_name("templates")),
            autoescape=True,
            undefined=StrictUndefined,
        )
        contact = catalogue.contact()
        poison = self._words("frame.poison", words=contact.poison_words, number="\0")
        environment.globals.update(
            w=self._words,
            contact=contact,
            poison=poison.partition("\0"),
            signs=[
                (urgency.value, found)
                for urgency in Urgency
                if (found := [flag for flag in contact.red_flags if flag.urgency is urgency])
            ],
            css=assets.address("join.css"),
            js=assets.address("join.js"),
            every=EVERY,
        )
        self._page: Template = environment.get_template("page.html.j2")
        self._enter: Template = environment.get_template("enter.html.j2")
        self._trouble: Template = environment.get_template("trouble.html.j2")
        self._room: Template = environment.get_template("room.html.j2")

    async def see(self, request: Request) -> Response:
        """Show the room to who has joined, and the way in to everybody else."""
        code = _code(request.query_params.get("code", ""))
        if not code:
            return self._way_in(request)
        token = _token(request)
        if token:
            try:
                return self._show(await self._look(self._rooms.room, code, token))
            except NotJoined:
                pass
            except Unavailable as problem:
                return self._unavailable(request, problem)
        try:
            async with self._guesses.attempt(_address(request)) as attempt:
                try:
                    lobby = await self._look(self._rooms.find, code)
                except NoSuchClass:
                    attempt.was_wrong()
                    raise
        except NoSuchClass:
            return self._way_in(request, code=code, problem="wrong", status=404)
        except ClassEnded:
            return self._way_in(request, problem="over", status=410)
        except CodeChanged:
            return self._way_in(request, problem="changed", status=410)
        except ClassLocked:
            return self._way_in(request, code=code, problem="locked", status=409)
        except TooManyGuesses:
            return self._way_in(request, code=code, problem="guesses", status=429)
        except Unavailable as problem:
            return self._unavailable(request, problem)
        return self._way_in(request, code=lobby.code, title=lobby.title)

    async def enter(self, request: Request) -> Response:
        """Join a class."""
        if not _same_origin(request):
            return self._way_in(request, problem="elsewhere", status=403)
        try:
            form = await _form(request)
        except BodyTooLarge:
            return Response(status_code=413, headers=_NO_STORE)
        code = _code(_first(form, "code"))
        token = _token(request)
        if not code:
            return self._way_in(request, problem="no-code", status=422)
        if not token:
            return self._way_in(request, code=code, problem="cookies", status=400)
        try:
            async with self._guesses.attempt(_address(request)) as attempt:
                try:
                    await self._keep(self._rooms.enter, code, token)
                except NoSuchClass:
                    attempt.was_wrong()
                    raise
        except NoSuchClass:
            return self._way_in(request, code=code, problem="wrong", status=404)
        except ClassEnded:
            return self._way_in(request, problem="over", status=410)
        except CodeChanged:
            return self._way_in(request, problem="changed", status=410)
        except ClassFull:
            return self._way_in(request, code=code, problem="full", status=409)
        except ClassLocked:
            return self._way_in(request, code=code, problem="locked", status=409)
        except Unreadable as problem:
            return self._unavailable(request, problem)
        except Unavailable:
            return self._way_in(request, code=code, problem="busy", status=503)
        except TooManyGuesses:
            return self._way_in(request, code=code, problem="guesses", status=429)
        answer = RedirectResponse(_room_address(code), status_code=303, headers=_NO_STORE)
        _give_cookie(request, answer, token)
        return answer

    async def now(self, request: Request) -> Response:
        """Give the room's part of the page, or 304 when it has not changed."""
        code, token = _code(request.query_params.get("code", "")), _token(request)
        try:
            room = await self._look(self._rooms.room, code, token)
        except NotJoined:
            return Response(status_code=401, headers=_NO_STORE)
        except Unavailable as problem:
            return self._unavailable(request, problem)
        html = self._part(room)
        headers = {"ETag": _tag(html)} | _NO_STORE
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(html, headers=headers)

    async def answer(self, request: Request) -> Response:
        """Keep an answer, and say so only when it is durable."""
        if not _same_origin(request):
            return self._way_in(request, problem="elsewhere", status=403)
        try:
            form = await _form(request)
        except BodyTooLarge:
            return Response(status_code=413, headers=_NO_STORE)
        code, token = _code(_first(form, "code")), _token(request)
        given = tuple(line for part in form.get("given", ()) if (line := one_line(part)))
        not_sure = bool(_first(form, "unsure"))
        problem: tuple[str, ...] = ()
        status = 200
        after: Room | None = None
        try:
            kept = None if not_sure else given
            after = await self._keep(self._rooms.answer, code, token, _first(form, "step"), kept)
        except NotJoined:
            return self._not_joined(request, code)
        except Misfit as error:
            problem, status = (str(error),), 422
        except TooLate:
            problem, status = (self._words("join.problem-late"),), 409
        except Unreadable as unreadable:
            return self._unavailable(request, unreadable)
        except Unavailable:
            problem, status = (self._words("join.problem-unsaved"),), 503
        if status == 200 and not _wants_part(request):
            return RedirectResponse(_room_address(code), status_code=303, headers=_NO_STORE)
        try:
            room: Room = (
                after if after is not None else await self._look(self._rooms.room, code, token)
            )
        except NotJoined:
            return self._not_joined(request, code)
        except Unavailable as unavailable:
            return self._unavailable(request, unavailable)
        if status in {422, 503}:  # what was chosen stays on the page
            room = room.evolve(given=given)
        if not _wants_part(request):
            return self._show(room, problem=problem, status=status)
        part = self._part(room)
        html = self._part(room, problem) if problem else part
        return HTMLResponse(html, status_code=status, headers={"ETag": _tag(part)} | _NO_STORE)

    async def _look(self, work: Callable[..., _T], *given: object) -> _T:
        """Run what reads, which may block, in a thread."""
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, partial(work, *given)
        )

    async def _keep(self, work: Callable[..., _T], *given: object) -> _T:
        """Run what writes, which waits for the disk, in a thread."""
        return await asyncio.get_running_loop().run_in_executor(
            self._writers, partial(work, *given)
        )

    def _part(self, room: Room, problem: tuple[str, ...] = ()) -> str:
        place = ""
        if room.asked:
            place = self._words("quiz.progress", n=room.place, all=room.total)
        return self._room.render(room=room, place=place, problem=problem)

    def _show(self, room: Room, problem: tuple[str, ...] = (), status: int = 200) -> Response:
        part = self._part(room)
        html = self._page.render(
            title=f"{self._words('join.class')} {room.code}",
            code=room.code,
            main=self._part(room, problem) if problem else part,
            script=room.state is not State.ENDED,
            refresh=REFRESH if room.state in _STILL and not problem else 0,
            now=f"{NOW}?code={quote(room.code)}",
            tag=_tag(part),
        )
        return HTMLResponse(html, status_code=status, headers=_NO_STORE)

    def _way_in(
        self,
        request: Request,
        *,
        code: str = "",
        title: str = "",
        problem: str = "",
        status: int = 200,
    ) -> Response:
        """Show the way into a class; a cookie is given along, by which the browser is known."""
        words = self._words
        main = self._enter.render(
            known=bool(title),
            title=title,
            code=code,
            problem=[words(f"join.{problem}"), words(f"join.{problem}-do")] if problem else [],
            wrong=problem in {"wrong", "no-code"},
            days=self._days,
        )
        html = self._page.render(
            title=words("join.title"), code="", main=main, script=False, refresh=0, now="", tag=""
        )
        answer = HTMLResponse(html, status_code=status, headers=_NO_STORE)
        if status == 429:
            answer.headers["Retry-After"] = "30"
        if not _token(request):
            _give_cookie(request, answer, secrets.token_urlsafe(32))
        return answer

    def _unavailable(self, request: Request, problem: Unavailable) -> Response:
        """Say that the store cannot be read now; a script tries again by itself.

        A class that cannot be read at all is no better in a moment: the script is sent to load the
        page again, which says so.
        """
        lost = isinstance(problem, Unreadable)
        if request.url.path == NOW or _wants_part(request):
            return Response(status_code=404 if lost else 503, headers=_NO_STORE)
        words = self._words
        name = "unreadable-class" if lost else "unavailable"
        lines = [words(f"join.{name}"), words(f"join.{name}-do")]
        html = self._page.render(
            title=words("join.title"),
            code="",
            main=self._trouble.render(lines=lines),
            script=False,
            refresh=0,
            now="",
            tag="",
        )
        headers = _NO_STORE if lost else _NO_STORE | {"Retry-After": "5"}
        return HTMLResponse(html, status_code=503, headers=headers)

    def _not_joined(self, request: Request, code: str) -> Response:
        if _wants_part(request):
            return Response(status_code=401, headers=_NO_STORE)
        return RedirectResponse(_room_address(code), status_code=303, headers=_NO_STORE)


def _code(given: str) -> str:
    """Read a code as people type it: small letters, spaces and hyphens do not matter."""
    return re.sub(r"[^A-Z0-9]", "", given.upper())[:12]


def _room_address(code: str) -> str:
    return f"/join?code={quote(code)}"


def _tag(html: str) -> str:
    return f'"{hashlib.blake2s(html.encode(), digest_size=9).hexdigest()}"'


def _wants_part(request: Request) -> bool:
    return request.headers.get("x-part") == "room"


def _token(request: Request) -> str:
    """Give the browser's token, or nothing where it has none of ours."""
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def _give_cookie(request: Request, answer: Response, token: str) -> None:
    answer.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        path="/join",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _same_origin(request: Request) -> bool:
    """Tell whether a form was posted from a page of ours.

    A browser says so in Sec-Fetch-Site, on https and localhost only, and in Origin. Under our
    referrer policy a plain form's Origin is ``null``: then the cookie's SameSite, which keeps it
    out of requests from other sites, is what stands.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin", "null")
    try:
        named = urlsplit(origin).netloc
    except ValueError:
        return False
    return origin == "null" or named == request.headers.get("host")


async def _form(request: Request) -> dict[str, list[str]]:
    """Read a posted form. Raises BodyTooLarge."""
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise BodyTooLarge
    except ClientDisconnect:
        return {}
    try:
        return parse_qs(body.decode("utf-8", "replace"), max_num_fields=FIELDS)
    except ValueError:
        raise BodyTooLarge from None


def _first(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0]
