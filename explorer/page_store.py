"""Streamlit's sessions, one for each page: how many are kept, and how one is deleted for good."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import ClientContext, SessionClient, SessionInfo

from explorer import memory

KEPT_LONGER: Final = 60
"""Seconds that Streamlit holds a page longer than we do: we forget it, by a timer."""

DELAY: Final = 5.0
"""Seconds after a page was forgotten until its memory is released: many that go together cost one
round."""

MOMENT: Final = 0.5
"""Seconds in which Streamlit's loop has looked at every page that is connected."""

_releasing: set[asyncio.Task[None]] = set()


class _Held(MemorySessionStorage):
    """Streamlit's own store of pages that lost their line, but for those that nobody can find."""

    def __init__(self, most: int, seconds: int, known: Callable[[str], bool]) -> None:
        super().__init__(maxsize=most, ttl_seconds=seconds)
        self._known = known

    def save(self, session_info: SessionInfo) -> None:
        """Hold a page; one that left before its id was told is no browser's, and is closed."""
        super().save(session_info)
        session = session_info.session.id
        if not self._known(session):
            asyncio.get_running_loop().call_soon(forget, session)


def hold(most: int, seconds: int, known: Callable[[str], bool]) -> None:
    """Let Streamlit hold more pages that lost their line.

    It holds 128, and whoever opens and leaves 128 pages would push everybody else's out.

    Args:
        most: pages that it holds.
        seconds: for how long.
        known: returns whether a browser can find a page again, by its id.
    """
    held = _Held(most, seconds + KEPT_LONGER, known)
    manager: Any = Runtime.instance()._session_mgr  # noqa: SLF001 - nothing else leads there
    manager._session_storage = held  # noqa: SLF001


def forget(session: str) -> None:
    """Close a page for good, and soon give back what it held, so that nothing typed stays.

    Args:
        session: id of the page. For the event loop.
    """
    if Runtime.exists():
        Runtime.instance().close_session(session)
        if not _releasing:
            task = asyncio.get_running_loop().create_task(_release())
            _releasing.add(task)
            task.add_done_callback(_releasing.discard)


class _Nobody(SessionClient):
    """A browser that is not there."""

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Take a message and do nothing with it."""

    @property
    def client_context(self) -> ClientContext | None:
        """There is none."""
        return None


async def _release() -> None:
    await asyncio.sleep(DELAY)
    runtime = Runtime.instance()
    # Streamlit's loop goes over the connected pages and holds on to the one it saw last until it
    # sees another: without other visitors for good. So it is shown one that holds nothing.
    nobody = runtime.connect_session(client=_Nobody(), user_info={})
    await asyncio.sleep(MOMENT)
    runtime.close_session(nobody)
    memory.release()
