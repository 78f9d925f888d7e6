"""Routes of Streamlit's that no page of ours uses: there is nothing there."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

CLOSED: Final = re.compile(
    r"(^|/)(_stcore/(upload_file|metrics|agent|script-health-check)|auth/(login|logout)"
    r"|oauth2callback)(/|$)"
)
"""Uploads, figures of the server, its interface for programs, a run of a script on demand, and
signing in; on every page's path, since Streamlit looks for its routes there too."""


def closed_route(path: str) -> Route:
    """Make a route at which there is nothing: without it a page of the app would be there.

    Args:
        path: the path.
    """

    async def nothing(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("Not Found", status_code=404)

    return Route(path, nothing)


class ClosedRoutes:
    """Middleware that answers 404 on ``CLOSED``, whatever the method.

    Args:
        app: the app.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and CLOSED.search(re.sub(r"//+", "/", scope["path"])):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
