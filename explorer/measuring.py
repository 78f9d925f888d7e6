"""The figures of this process put together, where the operator switched them on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.routing import Route
from starlette.types import ASGIApp

from explorer.domain.sessions import Unavailable
from explorer.runtime import Runtime
from explorer.ui import resources
from explorer.web.asked import Asked
from explorer.web.bounds import Bounds
from explorer.web.pages import Pages
from explorer.web.readiness import Readiness
from explorer.web.throttle import Guesses


@dataclass(frozen=True)
class Measuring:
    """What the server is given to measure with.

    Attributes:
        routes: where the figures are read.
        middleware: makes the middleware that times requests.
        hooks: what the pages' sockets are told to call, by the name of the argument.
    """

    routes: tuple[Route, ...]
    middleware: Callable[[ASGIApp], ASGIApp]
    hooks: Mapping[str, Any]


def measuring(
    version: str,
    runtime: Runtime,
    *,
    pages: Pages,
    limits: Bounds,
    readiness: Readiness,
    guesses: Guesses,
) -> Measuring | None:
    """Return what measures, or None where the figures are off.

    Args:
        version: version of the program.
        runtime: for the token, the version of the content and the classes.
        pages: the registry of pages.
        limits: how many there may be.
        readiness: what is asked for the state of the store, at most once a second.
        guesses: counts wrong codes.
    """
    token = runtime.settings.metrics_token.get_secret_value()
    if not token:
        return None
    from explorer.web.metrics import FigureSources, Measured, Metrics, StoreFigures, metrics_route

    def held() -> StoreFigures | None:
        try:
            classes = runtime.classes.listed()
        except Unavailable:
            return None
        return StoreFigures.of((item.state, item.people, item.answers) for item in classes)

    metrics = Metrics(
        version,
        runtime.content.version,
        FigureSources(
            pages=lambda: (pages.connected, limits.pages),
            guesses=lambda: {"code": guesses.wrong, "passphrase": resources.gate().wrong},
            store=Asked(held).answer,
            missing=readiness.missing,
        ),
    )
    return Measuring(
        routes=(metrics_route(metrics, token),),
        middleware=lambda app: Measured(app, metrics),
        hooks={"refused": metrics.refused, "ran": metrics.ran},
    )
