"""Telling those who wait that a class has changed, here or in another process of the database."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Final

from explorer.domain.sessions import Unavailable
from explorer.store.port import Store

PATIENCE: Final = 2.0
"""Longest time in seconds between two looks at the versions: for a notification that was lost."""

RETRY: Final = 1.0
"""Seconds until the next look after one that failed."""

GONE: Final = -1
"""The version of a class that was deleted."""

_log = logging.getLogger(__name__)

Heard = Callable[[str], None]
"""Called with the id of a session that has changed, from any thread; it must not block."""


class Changes:
    """Knows who waits for a change of which session. Thread-safe.

    A change made by this process is told at once. Those of other processes are found by a thread
    that runs while somebody waits: it sleeps until the store says that something may have changed,
    and then compares versions, one query for all sessions.

    Args:
        store: where classes are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wanted = threading.Condition()
        self._heard: defaultdict[str, list[Heard]] = defaultdict(list)
        self._known: dict[str, int] = {}
        self._thread: threading.Thread | None = None
        self._closed = False

    def listen(self, session_id: str, version: int, heard: Heard) -> Callable[[], None]:
        """Call somebody at each change of a session.

        Args:
            session_id: the session.
            version: the version that they have seen.
            heard: what to call.

        Returns:
            What ends it.
        """
        with self._wanted:
            self._heard[session_id].append(heard)
            self._known.setdefault(session_id, version)
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(
                    target=self._watch, name="class-changes", daemon=True
                )
                self._thread.start()
            self._wanted.notify_all()

        def leave() -> None:
            with self._wanted:
                waiting = self._heard[session_id]
                if heard in waiting:
                    waiting.remove(heard)
                if not waiting:
                    del self._heard[session_id]
                    self._known.pop(session_id, None)

        return leave

    def tell(self, session_id: str, version: int = GONE) -> None:
        """Tell everybody that a session has a new version, unless they were told already."""
        with self._wanted:
            known = self._known.get(session_id)
            if known is None or known == GONE or (version != GONE and version <= known):
                return
            self._known[session_id] = version
            waiting = tuple(self._heard[session_id])
        for heard in waiting:
            heard(session_id)

    def close(self) -> None:
        """Stop watching."""
        with self._wanted:
            self._closed = True
            self._wanted.notify_all()

    def _watch(self) -> None:
        while self._is_wanted():
            try:
                self._look()
            except Unavailable:  # the store has said why
                self._rest()
            except Exception as error:  # without this thread nobody would hear of anything again
                _log.error("a look for changes failed: %s", type(error).__name__)
                self._rest()

    def _look(self) -> None:
        self._store.wait(PATIENCE)
        with self._wanted:
            ids = () if self._closed else tuple(self._heard)
        found = self._store.versions(ids) if ids else {}
        for session_id in ids:
            self.tell(session_id, found.get(session_id, GONE))

    def _rest(self) -> None:
        with self._wanted:
            self._wanted.wait_for(lambda: self._closed, RETRY)

    def _is_wanted(self) -> bool:
        """Wait until somebody listens; return False once this is closed."""
        with self._wanted:
            self._wanted.wait_for(lambda: self._heard or self._closed)
            return not self._closed
