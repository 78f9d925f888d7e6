"""The server: the Streamlit app, with our headers, compressed static files and routes around it.

``anakinra-explorer`` and ``streamlit run explorer/asgi.py`` both start what is here. Importing
this module is starting the server: it ends the program when the content has errors.
"""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

if __package__ != "explorer":  # started by path: the checkout need not be installed
    sys.path.append(str(Path(__file__).resolve().parent.parent))

from explorer import __version__, logs, memory, page_store, protocol, runtime
from explorer.domain.sessions import Unavailable
from explorer.measuring import measuring
from explorer.reading import (
    FRONT_PATHS,
    FRONT_SCRIPT,
    NOWHERE,
    front_renderer,
    offline_copy,
    paths_of,
    reading_pages,
)
from explorer.ui import resources
from explorer.ui.failure import failure_handler
from explorer.ui.frame import STYLE
from explorer.web.base_path import BasePath
from explorer.web.bounds import bounds, raise_open_files
from explorer.web.busy import busy_page, busy_text
from explorer.web.closed_routes import ClosedRoutes, closed_route
from explorer.web.compressed_static import CompressedCopies, CompressedStatic
from explorer.web.connections import BoundedConnections
from explorer.web.drain import Drain, listen_for_drain
from explorer.web.ending import bound_ending
from explorer.web.front import Front, front_scripts
from explorer.web.hosts import KnownHosts, known_hosts
from explorer.web.icon_font import IconFont
from explorer.web.join import join_routes
from explorer.web.pages import Pages
from explorer.web.reached import Reached
from explorer.web.readiness import Readiness, readiness_route
from explorer.web.reading import ReadingEdition, reading_routes, warm
from explorer.web.security_headers import SecurityHeaders, headers_for
from explorer.web.security_text import security_text_routes
from explorer.web.throttle import Guesses
from explorer.web.visit_socket import Wire
from explorer.web.visits import Visits

logs.install()
memory.overwrite_freed()

_runtime = runtime.start()
_settings = _runtime.settings
if _settings.log == "json":
    logs.write_json()
_catalogue = _runtime.content.catalogue

_bounds = bounds(
    pages=_settings.max_sessions,
    per_address=_settings.sessions_per_address,
    address_share=_settings.address_share,
    open_files=raise_open_files(),
)

HOUR = 60 * 60
"""Seconds between two looks for classes that are too old to keep."""

_static = Path(st.__file__).parent / "static"

_copies = CompressedCopies(_static / "static")

_scripts = front_scripts(FRONT_SCRIPT)

_kept = int(st.get_option("server.disconnectedSessionTTL"))

_reading = reading_pages(
    _runtime.content,
    base=_settings.path,
    site=_settings.origin,
    keeping=resources.keeping(),
)

_pages = Pages(_bounds, page_store.forget, kept=_kept)

_readiness = Readiness(_runtime.classes.faults)

_guesses = Guesses()

_measuring = measuring(
    __version__,
    _runtime,
    pages=_pages,
    limits=_bounds,
    readiness=_readiness,
    guesses=_guesses,
)
"""None where they are off: then nothing is counted, and the library is not there."""
_drain = Drain(_settings.drain_minutes * 60)

HANDOVER = 0.0005
"""Seconds after which a busy thread hands over to a waiting one. With Python's own 5 ms, threads
that commit answers would wait for the event loop longer than for the disk."""


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    sys.setswitchinterval(HANDOVER)
    gc.freeze()  # the content stays for good: looking through it again halts everybody for 0.3 s
    page_store.hold(
        _bounds.held + _bounds.pages, _kept, lambda session: _pages.by_session(session) is not None
    )
    lines = (f"version {__version__}", *_runtime.lines, *_bounds.lines, _listening())
    for line in lines:
        logs.tell(line)
    with suppress(ValueError):  # not in the main thread: the signals are another's
        bound_ending()
        listen_for_drain(_drain)
    tasks = (
        asyncio.create_task(_purge_hourly()),
        asyncio.create_task(_end_after_draining()),
        asyncio.create_task(warm(_reading, paths_of(_runtime.content))),
    )
    yield None
    for task in tasks:
        task.cancel()


def _listening() -> str:
    """Say where; Streamlit's own greeting would ask a service outside for our address."""
    host, port = st.get_option("server.address"), st.get_option("server.port")
    return f"listens on http://{f'[{host}]' if ':' in host else host}:{port}{_settings.path}"


async def _purge_hourly() -> None:
    """Look for old classes now and every hour. The store logs where it fails."""
    while True:
        with suppress(Unavailable):
            await asyncio.to_thread(_runtime.purge)
        await asyncio.sleep(HOUR)


async def _end_after_draining() -> None:
    """End the process as TERM does, once it was drained."""

    def taught() -> int:
        try:
            return _runtime.classes.taught()
        except Unavailable:
            return 1

    await _drain.until_over(taught, _pages.quiet)
    os.kill(os.getpid(), signal.SIGTERM)


async def _server_error(request: Request, _error: Exception) -> PlainTextResponse:
    headers = headers_for(request.url.path, _settings.frame_ancestors)
    return PlainTextResponse("Internal Server Error", status_code=500, headers=headers)


app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=_lifespan,
    on_script_error=failure_handler(_catalogue),
    routes=[
        readiness_route(_runtime.content.version, _readiness, is_draining=lambda: _drain.is_on),
        *(_measuring.routes if _measuring else (closed_route("/metrics"),)),
        *security_text_routes(_settings.security_contact, _settings.origin),
        *join_routes(
            lambda: _catalogue,
            lambda: _runtime.classes,
            days=_settings.class_days,
            base=_settings.path,
            guesses=_guesses,
            streams=_bounds.streams,
        ),
    ],
    middleware=[
        *(  # uvicorn itself believes a proxy on this machine only
            [Middleware(ProxyHeadersMiddleware, trusted_hosts=_settings.trusted_proxies.split())]
            if _settings.trusted_proxies
            else []
        ),
        Middleware(Reached),
        Middleware(BasePath, base=_settings.path),
        *([Middleware(_measuring.middleware)] if _measuring else []),
        Middleware(
            BoundedConnections, most=_bounds.connections, full=lambda: busy_text(_catalogue)
        ),
        Middleware(SecurityHeaders, frame_ancestors=_settings.frame_ancestors, scripts=_scripts),
        Middleware(KnownHosts, known=known_hosts(_settings.public_url, _settings.host)),
        Middleware(ClosedRoutes),
        Middleware(ReadingEdition, routes=reading_routes(_reading, offline_copy(_runtime.content))),
        Middleware(
            Visits,
            pages=_pages,
            wire=Wire(
                judge=protocol.judge,
                said=protocol.said,
                owner=protocol.owner,
                is_own_origin=protocol.is_own_origin,
            ),
            busy=lambda: busy_page(_catalogue, is_updated=_drain.is_on, base=_settings.path),
            drain=_drain,
            **(_measuring.hooks if _measuring else {}),
        ),
        Middleware(IconFont),
        Middleware(CompressedStatic, copies=_copies),
        Middleware(
            Front,
            render=front_renderer(_runtime.content, base=_settings.path, site=_settings.origin),
            paths=FRONT_PATHS,
            base=_settings.path,
            style=STYLE,
            script=FRONT_SCRIPT,
            missing=lambda: _reading.page(NOWHERE, {})[0],
        ),
    ],
    exception_handlers={Exception: _server_error},
)
