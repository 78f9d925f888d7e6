"""Whether this server can do its work: for the checks of a host, not for visitors."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

PATIENCE: Final = 2.0
"""Seconds after which a store that has not answered counts as missing."""

KEPT: Final = 1.0
"""Seconds for which an answer is given again, so that nobody keeps the store busy by asking."""

SILENT: Final = ("store",)
"""What is missing where the store does not answer."""


class Readiness:
    """Asks the store, one question at a time, in a thread that nothing else waits for.

    Args:
        faults: names what is missing; it may block.
        clock: seconds that only go forward.
        patience: seconds to wait for it.
    """

    def __init__(
        self,
        faults: Callable[[], tuple[str, ...]] = lambda: (),
        *,
        clock: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self._faults = faults
        self._clock = clock
        self._patience = patience
        self._lock = Lock()
        self._asked: Future[tuple[str, ...]] | None = None
        self._begun = 0.0

    async def missing(self) -> tuple[str, ...]:
        """Return what is missing; empty where this server is ready."""
        with self._lock:
            asked, age = self._asked, self._clock() - self._begun
            if asked is None or (asked.done() and age >= KEPT):
                asked, age = Future(), 0.0
                asked.set_running_or_notify_cancel()  # whoever waits no more does not end it
                self._asked, self._begun = asked, self._clock()
                Thread(target=self._ask, args=(asked,), name="readiness", daemon=True).start()
        waiting = asyncio.wrap_future(asked)
        await asyncio.wait({waiting}, timeout=max(0.0, self._patience - age))
        return waiting.result() if waiting.done() else SILENT

    def _ask(self, asked: "Future[tuple[str, ...]]") -> None:
        found: tuple[str, ...] = SILENT
        try:
            found = self._faults()
        finally:
            asked.set_result(found)


def readiness_route(
    content_version: str,
    readiness: Readiness | None = None,
    *,
    is_draining: Callable[[], bool] = lambda: False,
) -> Route:
    """Make the route ``/readyz``.

    Args:
        content_version: version of the content that was checked at the start and is served until
            the end: a server without checked content does not start.
        readiness: what is asked; None where nothing can be missing.
        is_draining: whether new visitors belong to another process.

    Returns:
        A route that answers 200 with that version, or 503 with the names of what is missing; 503
        also while draining.
    """
    asked = readiness or Readiness()

    async def readyz(_request: Request) -> JSONResponse:
        missing = [*(() if content_version else ("content",)), *await asked.missing()]
        said = {"status": "not ready", "missing": missing} if missing else {"status": "ready"}
        draining = is_draining()
        if draining:
            said = {**said, "status": "draining"}
        return JSONResponse(
            {**said, "content_version": content_version},
            status_code=503 if missing or draining else 200,
            headers={"Cache-Control": "no-store"},
        )

    return Route("/readyz", readyz, methods=["GET"])
