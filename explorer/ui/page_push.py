"""Draws a part of a page again as soon as something has changed, without waiting for its timer.

The part is a fragment with a timer of its own, which stays: a push that is lost costs only the time
until the timer's next turn. A page that is gone or shows another part is dropped at the next
change, and whenever another page begins to follow something.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Final

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

Listen = Callable[[Callable[[], None]], Callable[[], None]]
"""Begins to listen: takes what to call, from any thread, and returns what ends it."""

_lock: Final = Lock()
_following: Final[dict[tuple[str, str], Callable[[], None]]] = {}
"""What ends the listening of each page for each of its parts."""


def follow(listen: Listen) -> None:
    """Draw the fragment that calls this again whenever what it listens to changes.

    It listens once for each page and fragment, however often the fragment is drawn.

    Args:
        listen: begins to listen; called in this thread, it may raise.
    """
    context = get_script_run_ctx(suppress_warning=True)
    fragment = ThreadState.get().fragment_id
    if context is None or fragment is None or not Runtime.exists():
        return
    place = (context.session_id, fragment)
    with _lock:
        if place in _following:
            return
        _following[place] = _nothing
    _drop_lost()
    try:
        end = listen(partial(_heard, place))
    except BaseException:
        _drop(place)
        raise
    with _lock:
        if place in _following:
            _following[place] = end
            return
    end()  # dropped meanwhile


def followed() -> int:
    """Return how many parts of pages are followed."""
    return len(_following)


def _heard(place: tuple[str, str]) -> None:
    """Ask the page's own loop to draw the part again; from any thread."""
    session = Runtime.instance().get_app_session(place[0]) if Runtime.exists() else None
    if session is None:
        _drop(place)
        return
    loop: asyncio.AbstractEventLoop = session._event_loop  # noqa: SLF001 - nothing else leads there
    loop.call_soon_threadsafe(_draw, place)


def _draw(place: tuple[str, str]) -> None:
    """Draw the part again; on the loop of the pages."""
    session = Runtime.instance().get_app_session(place[0])
    if session is None or not session.has_fragment(place[1]):
        _drop(place)
        return
    last = session._client_state  # noqa: SLF001 - the page and the address stay as they are
    session.request_rerun(
        ClientState(
            fragment_id=place[1],
            page_script_hash=last.page_script_hash,
            query_string=last.query_string,
            is_auto_rerun=True,
        )
    )


def _drop_lost() -> None:
    """Let go of the pages that are gone."""
    runtime = Runtime.instance()
    with _lock:
        places = tuple(_following)
    for place in places:
        session = runtime.get_app_session(place[0])
        if session is None:
            _drop(place)


def _drop(place: tuple[str, str]) -> None:
    with _lock:
        end = _following.pop(place, _nothing)
    end()


def _nothing() -> None:
    """End nothing: listening has not begun yet."""
