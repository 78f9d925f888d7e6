"""Browser contexts and windows that are used again, so that a test does not pay for new ones."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PATIENCE = 60_000
"""Milliseconds that a browser waits for what a test waits for; speed is measured, never tested."""

STORES = "cache_storage,indexeddb,local_storage,service_workers"
"""What an origin may keep past its tabs, beside cookies and copies of static files."""

LEAVES_MORE = (
    "add_init_script",
    "expose_binding",
    "expose_function",
    "route",
    "route_web_socket",
    "set_extra_http_headers",
    "set_geolocation",
    "set_offline",
)
"""Methods of a context or a window after which it cannot be put back."""

FORGET = "() => { try { sessionStorage.clear(); } catch { /* denied: nothing is held */ } }"

UNSET = {"media": "null", "color_scheme": "null", "reduced_motion": "null", "forced_colors": "null"}


class Contexts:
    """Contexts whose cache and first window stay: both spare half of the work of loading the app.

    A context that a test closes is emptied of all windows but its first, of cookies, permissions
    and storage. The first window loses its page, its tab's storage and whoever listens to it. What
    a test left more than that in, such as a script or a route, is closed for good.

    Args:
        new_context: the browser's own way to make one.
    """

    def __init__(self, new_context: "Callable[..., BrowserContext]") -> None:
        self._new = new_context
        self._idle: dict[str, list[BrowserContext]] = {}

    def take(self, **options: Any) -> "BrowserContext":
        """Return a context with these options in which nothing is kept."""
        key = json.dumps(options, sort_keys=True, default=repr)
        idle = self._idle.setdefault(key, [])
        return idle.pop() if idle else _Reused(self._new(**options), options, idle).context


class _Reused:
    """A context that goes back to the idle ones when a test closes it.

    Args:
        context: a new context.
        options: how it was made.
        idle: where it goes.
    """

    def __init__(
        self, context: "BrowserContext", options: dict[str, Any], idle: "list[BrowserContext]"
    ) -> None:
        self.context = context
        self._options = options
        self._idle = idle
        self._origins: set[str] = set()
        self._window: Page | None = None
        self._is_free = False
        self._left: list[str] = []
        self._listeners: list[tuple[Any, str, Any]] = []
        context.set_default_timeout(PATIENCE)
        self._close, self._new_page = context.close, context.new_page
        context.on("page", self._note_origins)
        self._used, self._heard = _noted(context)
        clock = context.clock
        clock.install = _noting(clock.install, self._used)  # type: ignore[method-assign]
        context.new_page = self._page  # type: ignore[method-assign]
        context.close = self._give_back  # type: ignore[method-assign]

    def _note_origins(self, page: "Page") -> None:
        page.on("framenavigated", lambda frame: self._origins.add(frame.url))

    def _page(self) -> "Page":
        if self._window is not None and not self._window.is_closed():
            if not self._is_free:
                return self._new_page()
            self._is_free = False
            return self._window
        self._window = self._new_page()
        self._left, self._listeners = _noted(self._window)
        return self._window

    def _give_back(self) -> None:
        if self._used:
            self._close()
            return
        _silence(self._heard)
        if self._window is None or self._window.is_closed():
            self._window = None
            self._page()
        window = self._window
        _silence(self._listeners)
        for other in self.context.pages:
            if other != window:
                other.close()
        origins = {origin(url) for url in self._origins if url.startswith("http")}
        _empty(self.context, window, origins)
        if self._left or len(origins) > 1:
            window.close()  # what the tab holds of another origin is out of reach
        else:
            self._put_back(window)
        self._is_free = not window.is_closed()
        self._origins.clear()
        self._idle.append(self.context)

    def _put_back(self, window: "Page") -> None:
        if window.url.startswith("http"):
            window.evaluate(FORGET)
        window.goto("about:blank")
        window.emulate_media(**UNSET)
        if self._options.get("viewport"):
            window.set_viewport_size(self._options["viewport"])


def _noted(found: Any) -> tuple[list[str], list[tuple[Any, str, Any]]]:
    """Return lists that fill with the methods used that leave more, and with who listens."""
    used: list[str] = []
    heard: list[tuple[Any, str, Any]] = []
    for name in LEAVES_MORE:
        if hasattr(found, name):
            setattr(found, name, _noting(getattr(found, name), used))
    listen = found.on

    def on(event: str, handler: Any) -> None:
        heard.append((found, event, handler))
        listen(event, handler)

    found.on = on
    return used, heard


def _silence(heard: list[tuple[Any, str, Any]]) -> None:
    for found, event, handler in heard:
        found.remove_listener(event, handler)
    heard.clear()


def _noting(method: Callable[..., Any], used: list[str]) -> Callable[..., Any]:
    def call(*given: Any, **named: Any) -> Any:
        used.append(method.__name__)
        return method(*given, **named)

    return call


def origin(url: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _empty(context: "BrowserContext", window: "Page", origins: set[str]) -> None:
    """Take cookies, permissions and what origins keep out of a context."""
    context.clear_cookies()
    context.clear_permissions()
    session = context.new_cdp_session(window)
    for item in sorted(origins):
        session.send("Storage.clearDataForOrigin", {"origin": item, "storageTypes": STORES})
    session.detach()
