"""The server: the Streamlit app, with our headers, compressed static files and routes around it.

``anakinra-explorer`` and ``streamlit run explorer/asgi.py`` both start what is here. Importing
this module is starting the server: it ends the program when the content has errors.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse

if __package__ != "explorer":  # started by path: the checkout need not be installed
    sys.path.append(str(Path(__file__).resolve().parent.parent))

from explorer.settings import load_settings
from explorer.startup import content, refuse_broken_content
from explorer.web.compressed_static import CompressedCopies, CompressedStatic, cache_folder
from explorer.web.join import join_routes
from explorer.web.readiness import readiness_route
from explorer.web.rooms import LiveRooms
from explorer.web.security_headers import SECURITY_HEADERS, SecurityHeaders

KEPT_DAYS = 30
"""Days after which the answers of a class are deleted."""

_data = load_settings().data
refuse_broken_content(_data)

_copies = CompressedCopies(
    source=Path(st.__file__).parent / "static" / "static", folder=cache_folder(st.__version__)
)


def _rooms() -> LiveRooms:
    from explorer.live import teaching

    return LiveRooms(teaching())


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    _copies.start()
    yield None


async def _server_error(_request: Request, _error: Exception) -> PlainTextResponse:
    return PlainTextResponse("Internal Server Error", status_code=500, headers=SECURITY_HEADERS)


app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=_lifespan,
    routes=[
        readiness_route(lambda: content(_data).version),
        *join_routes(lambda: content(_data).catalogue, _rooms, days=KEPT_DAYS),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(CompressedStatic, copies=_copies)],
    exception_handlers={Exception: _server_error},
)
