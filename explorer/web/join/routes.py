"""The routes of the participant's page."""

from collections.abc import Awaitable, Callable
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from explorer.classes.service import ClassService
from explorer.domain.catalogue import Catalogue
from explorer.web import assets
from explorer.web.join.endpoints import JoinEndpoints
from explorer.web.join.render import EVENTS, NOW, TAKE_HOME, JoinPages
from explorer.web.join.streams import STREAMS
from explorer.web.throttle import Guesses

_Endpoint = Callable[[Request], Awaitable[Response]]


def join_routes(
    catalogue: Callable[[], Catalogue],
    classes: Callable[[], ClassService],
    *,
    days: int,
    base: str = "",
    guesses: Guesses | None = None,
    streams: int = STREAMS,
) -> list[Route]:
    """Create the routes of the participant's page.

    Args:
        catalogue: returns the content, for interface words, contacts and red flags; called once,
            at the first request.
        classes: returns the live classes; called once, then too.
        days: after how many days answers are deleted.
        base: path under which the site is reached; links start with it.
        guesses: limits wrong codes; by default a new one.
        streams: how many phones may have the state pushed to them; further ones poll.
    """
    created: list[JoinEndpoints] = []
    creating = Lock()

    def create() -> None:
        with creating:
            if not created:
                pages = JoinPages(catalogue(), days, base)
                created.append(
                    JoinEndpoints(
                        pages, classes(), guesses or Guesses(), days=days, streams=streams
                    )
                )

    def endpoint(method: Callable[[JoinEndpoints, Request], Awaitable[Response]]) -> _Endpoint:
        async def respond(request: Request) -> Response:
            if not created:
                await run_in_threadpool(create)
            return await method(created[0], request)

        return respond

    async def to_the_form(request: Request) -> Response:
        """Lead whoever typed more than the address, such as a code behind it, to where it goes."""
        if f"/join/{request.path_params['rest']}".startswith(assets.PREFIX):
            return Response(status_code=404)
        return RedirectResponse(f"{base}/join", status_code=303)

    return [
        Route("/join", endpoint(JoinEndpoints.show), methods=["GET"]),
        Route("/join", endpoint(JoinEndpoints.join), methods=["POST"]),
        Route("/join/leave", endpoint(JoinEndpoints.leave), methods=["POST"]),
        Route(TAKE_HOME, endpoint(JoinEndpoints.take_home), methods=["GET"]),
        Route(NOW, endpoint(JoinEndpoints.poll), methods=["GET"]),
        Route(EVENTS, endpoint(JoinEndpoints.events), methods=["GET"]),
        Route("/join/answer", endpoint(JoinEndpoints.answer), methods=["POST"]),
        assets.route(),
        Route("/join/{rest:path}", to_the_form, methods=["GET"]),
    ]
