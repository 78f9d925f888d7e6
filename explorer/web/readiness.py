"""Whether this server can do its work: for the checks of a host, not for visitors."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


def readiness_route(content_version: str) -> Route:
    """Make the route ``/readyz``.

    Args:
        content_version: version of the content that was checked and is served.

    Returns:
        A route that answers 200 with that version. There is no other answer: a server starts with
        checked content only, and serves that content until it ends.
    """

    def readyz(_request: Request) -> JSONResponse:
        return JSONResponse(
            {"status": "ready", "content_version": content_version},
            headers={"Cache-Control": "no-store"},
        )

    return Route("/readyz", readyz, methods=["GET"])
