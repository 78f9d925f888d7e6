"""Figures for an operator's monitoring in the text format of Prometheus, for who has the token.

Off without ``EXPLORER_METRICS_TOKEN``. Every label is a word of this program: a route, a status, a
reason, a state. Nothing that a person typed, answered or was given is in one: no code of a class,
no title, no address.

``prometheus_client`` is the maintainers' own library: it writes the format and keeps histograms
right among threads, and needs nothing else. It is imported here only, and this module only where
the figures are on.
"""

import hmac
import time
from collections import Counter as Tally
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH: Final = "/metrics"

KIND: Final = "text/plain; version=0.0.4; charset=utf-8"
"""Media type of the format, with the version that every scraper reads."""

BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histograms in seconds."""

ROUTES: Final = (
    ("/join/answer", "answer"),
    ("/join/now", "poll"),
    ("/join/events", "stream"),
    ("/join", "phone"),
    ("/read", "reading"),
    ("/static", "file"),
    ("/component", "file"),
    ("/media", "file"),
    ("/_stcore", "app"),
    (PATH, "probe"),
    ("/readyz", "probe"),
)
"""Names of routes, by how their paths start; the first that fits counts."""

PAGE: Final = "page"
"""Any other path: whatever is no route gets a page of the app."""

REASONS: Final[Mapping[int, str]] = {
    400: "malformed",
    401: "no token, or not joined",
    403: "from another site",
    404: "not there",
    405: "wrong method",
    408: "too slow",
    409: "too late, or the class is full or locked",
    410: "the class is over or has another code",
    413: "too large",
    421: "another name",
    422: "answer not complete",
    429: "too many wrong codes",
    503: "no room, or the store is away",
}
"""Why a request was refused, by its status."""

WHAT_STORE_NEEDS: Final = ("store", "saving", "space")
"""What ``/readyz`` may name as missing."""


@dataclass(frozen=True)
class StoreFigures:
    """What the store holds.

    Attributes:
        classes: number of classes by state.
        people: people in them.
        answers: answers in them.
    """

    classes: Mapping[str, int]
    people: int
    answers: int

    @classmethod
    def of(cls, classes: Iterable[tuple[str, int, int]]) -> "StoreFigures":
        """Add up classes, each with its state, its people and its answers."""
        found = tuple(classes)
        return cls(
            classes=Tally(state for state, _, _ in found),
            people=sum(people for _, people, _ in found),
            answers=sum(answers for _, _, answers in found),
        )


@dataclass(frozen=True)
class FigureSources:
    """Where figures are read that others keep already.

    Attributes:
        pages: pages that are connected now, and how many may be.
        guesses: wrong codes and wrong passphrases since the start, by which of them.
        store: what the store holds; None where it says nothing.
        missing: names what the store needs and has not.
    """

    pages: Callable[[], tuple[int, int]]
    guesses: Callable[[], Mapping[str, int]]
    store: Callable[[], Awaitable[StoreFigures | None]]
    missing: Callable[[], Awaitable[tuple[str, ...]]]


class _Now(Collector):
    """Gauges that are read when they are asked for."""

    def __init__(self, sources: FigureSources) -> None:
        self._sources = sources
        self.store: StoreFigures | None = None
        self.missing: tuple[str, ...] = ()

    def collect(self) -> Iterator[Metric]:
        """Yield what is now."""
        connected, most = self._sources.pages()
        yield GaugeMetricFamily(
            "explorer_pages_connected", "Pages of the app with an open socket.", value=connected
        )
        yield GaugeMetricFamily("explorer_pages_most", "Most of them at once.", value=most)
        guesses = CounterMetricFamily(
            "explorer_wrong_guesses", "Wrong codes of classes and passphrases.", labels=["what"]
        )
        for what, times in self._sources.guesses().items():
            guesses.add_metric([what], times)
        yield guesses
        missing = GaugeMetricFamily(
            "explorer_store_missing", "1 where the store lacks it; see /readyz.", labels=["what"]
        )
        for what in WHAT_STORE_NEEDS:
            missing.add_metric([what], what in self.missing)
        yield missing
        if self.store is not None:
            yield from _held(self.store)


def _held(store: StoreFigures) -> Iterator[Metric]:
    classes = GaugeMetricFamily("explorer_classes", "Classes by state.", labels=["state"])
    for state, number in sorted(store.classes.items()):
        classes.add_metric([state], number)
    yield classes
    yield GaugeMetricFamily(
        "explorer_class_people", "People who joined classes that are kept.", value=store.people
    )
    yield GaugeMetricFamily("explorer_answers_kept", "Answers that are kept.", value=store.answers)


class Metrics:
    """The figures of this process.

    Args:
        version: version of the program.
        content: version of its content.
        sources: where figures are read that others keep.
    """

    def __init__(self, version: str, content: str, sources: FigureSources) -> None:
        # When each label was first used is of no use, and half the text.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._sources = sources
        self._registry = CollectorRegistry()
        self._now = _Now(sources)
        self._registry.register(self._now)
        ProcessCollector(registry=self._registry)
        about = Gauge(
            "explorer_build", "Versions.", ["version", "content"], registry=self._registry
        )
        about.labels(version, content).set(1)
        self._requests = Histogram(
            "explorer_request_seconds",
            "From a request to the head of its answer.",
            ["route", "status"],
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._runs = Histogram(
            "explorer_page_run_seconds",
            "From a press to the end of the page's run.",
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._streams = Gauge(
            "explorer_phone_streams",
            "Phones that a class is pushed to; others ask.",
            registry=self._registry,
        )
        self._refused = Counter(
            "explorer_refused", "What was refused.", ["where", "reason"], registry=self._registry
        )

    def refused(self, reason: str) -> None:
        """Count what was refused on a page's socket, by a reason that this program words."""
        self._refused.labels("socket", reason).inc()

    def ran(self, seconds: float) -> None:
        """Note how long a page's run took."""
        self._runs.observe(seconds)

    def answered(self, path: str, status: int, seconds: float) -> None:
        """Note a request by its route, status and time."""
        route = route_of(path)
        self._requests.labels(route, str(status)).observe(seconds)
        if status >= 400:
            self._refused.labels(route, REASONS.get(status, f"status {status}")).inc()

    def streaming(self, change: int) -> None:
        """Count one stream of a phone more, or less."""
        self._streams.inc(change)

    async def text(self) -> bytes:
        """Return all figures in the text format."""
        self._now.store = await self._sources.store()
        self._now.missing = await self._sources.missing()
        return generate_latest(self._registry)


class Measured:
    """Middleware that notes how long requests take and how they end.

    Args:
        app: the application behind it.
        metrics: the figures.
        clock: seconds that only go forward.
    """

    def __init__(
        self, app: ASGIApp, metrics: Metrics, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; what is none goes on untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = self._clock()
        path = str(scope["path"])
        streams = 0

        async def send_and_note(message: Message) -> None:
            nonlocal streams
            if message["type"] == "http.response.start":
                status = int(message["status"])
                self._metrics.answered(path, status, self._clock() - began)
                if route_of(path) == "stream" and status == 200:
                    streams = 1
                    self._metrics.streaming(1)
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        finally:
            self._metrics.streaming(-streams)


def route_of(path: str) -> str:
    """Name the route of a path."""
    for start, name in ROUTES:
        if path == start or path.startswith(f"{start}/"):
            return name
    return PAGE


def metrics_route(metrics: Metrics, token: str) -> Route:
    """Make the route ``/metrics``.

    Args:
        metrics: the figures.
        token: what the header ``Authorization: Bearer ...`` has to hold.
    """
    wanted = f"Bearer {token}".encode()

    async def respond(request: Request) -> Response:
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, wanted):
            return PlainTextResponse(
                "Unauthorized", status_code=401, headers={"WWW-Authenticate": "Bearer"}
            )
        text = await metrics.text()
        return Response(text, headers={"Content-Type": KIND, "Cache-Control": "no-store"})

    return Route(PATH, respond, methods=["GET"])
