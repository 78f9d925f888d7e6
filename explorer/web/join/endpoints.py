"""What the participant's page answers to each request."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, TypeVar

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from explorer.classes.keys import normalise_code
from explorer.classes.service import ClassService
from explorer.classes.views import EndedView, OpenView, ParticipantView
from explorer.domain.letters import one_line
from explorer.domain.sessions import (
    ClassEnded,
    InvalidAnswer,
    NoSuchClass,
    NotJoined,
    TooLate,
    Unavailable,
    Unreadable,
)
from explorer.web.join.forms import (
    BodyTooLarge,
    class_url,
    client_address,
    first,
    is_same_origin,
    read_form,
    set_token,
    token_of,
    wants_part,
)
from explorer.web.join.refusals import REFUSALS
from explorer.web.join.render import NOW, JoinPages, etag
from explorer.web.join.streams import Streams
from explorer.web.throttle import Guesses

READERS: Final = 4
"""Threads that read from the store."""

WRITERS: Final = 16
"""Threads that write to the store. They wait for the disk and must not block the readers."""

_NO_STORE: Final = {"Cache-Control": "no-store"}

_T = TypeVar("_T")


class JoinEndpoints:
    """Answers the requests of participants.

    Args:
        pages: renders the pages.
        classes: the live classes.
        guesses: limits wrong codes.
        days: after how many days answers are deleted.
        streams: how many phones may have the state pushed to them.
    """

    def __init__(
        self,
        pages: JoinPages,
        classes: ClassService,
        guesses: Guesses,
        *,
        days: int,
        streams: int,
    ) -> None:
        self._pages = pages
        self._classes = classes
        self._guesses = guesses
        self._days = days
        self._readers = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="join-read")
        self._writers = ThreadPoolExecutor(max_workers=WRITERS, thread_name_prefix="join-write")
        self._streams = Streams(classes, pages, self._read, streams)

    async def show(self, request: Request) -> Response:
        """Show the class to its participants, and the form for joining to everybody else."""
        code = normalise_code(request.query_params.get("code", ""))
        if not code:
            return self._entry(request)
        token = token_of(request)
        if token:
            try:
                page = self._room(await self._read(self._classes.participant, code, token))
                set_token(request, page, token, days=self._days)
                return page
            except NotJoined:
                pass
            except Unavailable as problem:
                return self._unavailable(request, problem)
        try:
            found = await self._guess(request, code, partial(self._read, self._classes.find, code))
        except tuple(REFUSALS) as refusal:
            return self._refused(request, code, refusal)
        except Unavailable as problem:
            return self._unavailable(request, problem)
        return self._entry(request, code=found.code, title=found.title)

    async def join(self, request: Request) -> Response:
        """Join a class."""
        form = await self._posted(request)
        if isinstance(form, Response):
            return form
        code = normalise_code(first(form, "code"))
        token = token_of(request)
        if not code:
            return self._entry(request, problem="no-code", status=422)
        if not token:
            return self._entry(request, code=code, problem="cookies", status=400)
        try:
            await self._guess(request, code, partial(self._write, self._classes.join, code, token))
        except tuple(REFUSALS) as refusal:
            return self._refused(request, code, refusal)
        except Unreadable as problem:
            return self._unavailable(request, problem)
        except Unavailable:
            return self._entry(request, code=code, problem="busy", status=503)
        response = RedirectResponse(class_url(code), status_code=303, headers=_NO_STORE)
        set_token(request, response, token, days=self._days)
        return response

    async def leave(self, request: Request) -> Response:
        """Take a participant out of the class, with all their answers."""
        form = await self._posted(request)
        if isinstance(form, Response):
            return form
        code, token = normalise_code(first(form, "code")), token_of(request)
        try:
            await self._write(self._classes.leave, code, token)
        except (NotJoined, ClassEnded):
            return RedirectResponse(class_url(code), status_code=303, headers=_NO_STORE)
        except Unavailable as problem:
            return self._unavailable(request, problem)
        return self._entry(request, code=code, problem="left")

    async def take_home(self, request: Request) -> Response:
        """Show the page that a participant keeps, once the class has ended."""
        code = normalise_code(request.query_params.get("code", ""))
        token = token_of(request)
        try:
            view = await self._read(self._classes.participant, code, token)
        except NotJoined:
            return self._not_joined(request, code)
        except Unavailable as problem:
            return self._unavailable(request, problem)
        if not isinstance(view, EndedView):
            return RedirectResponse(class_url(code), status_code=303, headers=_NO_STORE)
        return HTMLResponse(self._pages.take_home(view), headers=_NO_STORE)

    async def poll(self, request: Request) -> Response:
        """Return the part of the page that changes, or 304 when it has not changed."""
        code = normalise_code(request.query_params.get("code", ""))
        token = token_of(request)
        try:
            view = await self._read(self._classes.participant, code, token)
        except NotJoined:
            return Response(status_code=401, headers=_NO_STORE)
        except Unavailable as problem:
            return self._unavailable(request, problem)
        html = self._pages.part(view)
        headers = {"ETag": etag(html)} | _NO_STORE
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(html, headers=headers)

    async def events(self, request: Request) -> Response:
        """Push the part of the page that changes, whenever it does."""
        refused = self._streams.refusal(request)
        if refused is not None:
            return refused
        token = token_of(request)
        code = normalise_code(request.query_params.get("code", ""))
        try:
            seat = await self._read(self._classes.seat, code, token)
        except NotJoined:
            return Response(status_code=401, headers=_NO_STORE)
        except Unavailable:
            return Response(status_code=503, headers=_NO_STORE)
        return self._streams.respond(request, seat, token)

    async def answer(self, request: Request) -> Response:
        """Save an answer, and confirm it only when it is durable."""
        form = await self._posted(request)
        if isinstance(form, Response):
            return form
        code, token = normalise_code(first(form, "code")), token_of(request)
        chosen = tuple(line for part in form.get("given", ()) if (line := one_line(part)))
        answer = None if first(form, "unsure") else chosen
        sure = {"yes": True, "no": False}.get(first(form, "sure"))
        problem: tuple[str, ...] = ()
        status = 200
        saved: ParticipantView | None = None
        try:
            saved = await self._write(
                partial(self._classes.answer, sure=sure), code, token, first(form, "step"), answer
            )
        except NotJoined:
            return self._not_joined(request, code)
        except InvalidAnswer as error:
            problem, status = (str(error),), 422
        except TooLate:
            problem, status = (self._pages.words("join.problem-late"),), 409
        except Unreadable as unreadable:
            return self._unavailable(request, unreadable)
        except Unavailable:
            problem, status = (self._pages.words("join.problem-unsaved"),), 503
        if saved is not None:
            self._streams.answered(token, saved)
        if status == 200 and not wants_part(request):
            return RedirectResponse(class_url(code), status_code=303, headers=_NO_STORE)
        try:
            view: ParticipantView = (
                saved
                if saved is not None
                else await self._read(self._classes.participant, code, token)
            )
        except NotJoined:
            return self._not_joined(request, code)
        except Unavailable as unavailable:
            return self._unavailable(request, unavailable)
        if status in {422, 503} and isinstance(view, OpenView):  # the choice stays on the page
            view = view.evolve(answer=chosen, sure=sure)
        if not wants_part(request):
            return self._room(view, problem=problem, status=status)
        part = self._pages.part(view)
        html = self._pages.part(view, problem) if problem else part
        return HTMLResponse(html, status_code=status, headers={"ETag": etag(part)} | _NO_STORE)

    async def _guess(self, request: Request, code: str, work: Callable[[], Awaitable[_T]]) -> _T:
        """Try a code, which counts as a guess of this address where it is wrong.

        Raises TooManyGuesses, and what the work raises.
        """
        async with self._guesses.attempt(client_address(request), code) as attempt:
            try:
                found = await work()
            except NoSuchClass:
                attempt.was_wrong()
                raise
            except tuple(REFUSALS):
                attempt.was_right()
                raise
            attempt.was_right()
            return found

    async def _read(self, work: Callable[..., _T], *arguments: object) -> _T:
        """Run a blocking read in a thread."""
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, partial(work, *arguments)
        )

    async def _write(self, work: Callable[..., _T], *arguments: object) -> _T:
        """Run a write, which waits for the disk, in a thread."""
        return await asyncio.get_running_loop().run_in_executor(
            self._writers, partial(work, *arguments)
        )

    def _room(
        self, view: ParticipantView, problem: tuple[str, ...] = (), status: int = 200
    ) -> Response:
        html = self._pages.room(view, problem)
        return HTMLResponse(html, status_code=status, headers=_NO_STORE)

    async def _posted(self, request: Request) -> dict[str, list[str]] | Response:
        """Read a form of our own page, or return the answer to one that is not taken."""
        if not is_same_origin(request):
            return self._entry(request, problem="elsewhere", status=403)
        try:
            return await read_form(request)
        except BodyTooLarge:
            return Response(status_code=413, headers=_NO_STORE)

    def _entry(
        self,
        request: Request,
        *,
        code: str = "",
        title: str = "",
        problem: str = "",
        status: int = 200,
    ) -> Response:
        """Respond with the form for joining; sets the cookie that identifies the browser."""
        html = self._pages.entry(code=code, title=title, problem=problem)
        response = HTMLResponse(html, status_code=status, headers=_NO_STORE)
        if status == 429:
            response.headers["Retry-After"] = "30"
        if not token_of(request):
            set_token(request, response, secrets.token_urlsafe(32))
        return response

    def _refused(self, request: Request, code: str, refusal: Exception) -> Response:
        """Respond with the form for joining, and why the class of this code cannot be joined."""
        told = REFUSALS[type(refusal)]
        kept = code if told.keeps_code else ""
        return self._entry(request, code=kept, problem=told.problem, status=told.status)

    def _unavailable(self, request: Request, problem: Unavailable) -> Response:
        """Respond that the store cannot be read now; the script retries by itself.

        A class that cannot be read at all is not readable a moment later either: at 404 the script
        reloads the page, which says so.
        """
        lost = isinstance(problem, Unreadable)
        if request.url.path == NOW or wants_part(request):
            return Response(status_code=404 if lost else 503, headers=_NO_STORE)
        html = self._pages.failure("unreadable-class" if lost else "unavailable")
        headers = _NO_STORE if lost else _NO_STORE | {"Retry-After": "5"}
        return HTMLResponse(html, status_code=503, headers=headers)

    def _not_joined(self, request: Request, code: str) -> Response:
        if wants_part(request):
            return Response(status_code=401, headers=_NO_STORE)
        return RedirectResponse(class_url(code), status_code=303, headers=_NO_STORE)
