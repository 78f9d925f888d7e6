"""Whether this server can do its work: for the checks of a host, not for visitors."""

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

_log = logging.getLogger(__name__)


def readiness_route(content_version: Callable[[], str]) -> Route:
    """Make the route ``/readyz``.

    Args:
        content_version: Loads the content and gives its version, or raises.

    Returns:
        A route that answers 200 with the version of the content, or 503 when it does not load.
        The reason goes to the log and not to the caller.
    """

    def readyz(_request: Request) -> JSONResponse:
        try:
            body = {"status": "ready", "content_version": content_version()}
        except Exception:
            _log.exception("the content does not load")
            return JSONResponse(
                {"status": "not ready"}, status_code=503, headers={"Cache-Control": "no-store"}
            )
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    return Route("/readyz", readyz, methods=["GET"])
