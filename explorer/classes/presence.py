"""Who has loaded the open question, and whether participants join implausibly fast; in memory."""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Final, NamedTuple

from explorer.domain.sessions import ClassState, Session

BURST: Final = 40
"""Participants who join within ``BURST_SECONDS``: then a program is more likely than a room. 200
people who scan the code at the same time join in ten seconds, 20 a second."""

BURST_SECONDS: Final = 1.0

_SESSIONS: Final = 2_000
"""Sessions for which times of joining are kept."""


class Seen(NamedTuple):
    """The participants who loaded a question, and the version of the session at which they did."""

    version: int
    participants: frozenset[str]


class Presence:
    """Records who has loaded the open question of a class until the class moves on.

    Kept in memory, so that polling costs no write: a class of 200 polls 130 times a second. After
    a restart all phones poll again, well before the host moves on.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: dict[str, tuple[int, set[str]]] = {}

    def record(self, session: Session, participant: str) -> Seen | None:
        """Record that a participant polled.

        Args:
            session: the current session.
            participant: id of the participant.

        Returns:
            Who was recorded at an earlier version, once, if the class has moved on since.
        """
        with self._lock:
            known = self._seen.get(session.id)
            earlier = None
            if known is not None and known[0] < session.version:
                earlier = self._seen.pop(session.id)
            if session.state is ClassState.SHOWN:
                version, participants = self._seen.setdefault(session.id, (session.version, set()))
                if version == session.version:
                    participants.add(participant)
            return None if earlier is None else Seen(earlier[0], frozenset(earlier[1]))

    def overdue(self, session: Session) -> Seen | None:
        """Return who is recorded for an earlier version of a session, and forget them.

        Where another process led the class on, this one learns of it later.
        """
        with self._lock:
            known = self._seen.get(session.id)
            if known is None or known[0] >= session.version:
                return None
            found = self._seen.pop(session.id)
            return Seen(found[0], frozenset(found[1]))

    def drain(self, session_id: str) -> Seen | None:
        """Return who is recorded for a session, and forget them."""
        with self._lock:
            found = self._seen.pop(session_id, None)
            return None if found is None else Seen(found[0], frozenset(found[1]))


class JoinBursts:
    """Detects classes that participants join faster than a room can.

    Args:
        clock: monotonic time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._latest: dict[str, deque[float]] = {}
        self._detected: set[str] = set()

    def record(self, session_id: str) -> None:
        """Record that a participant joined."""
        now = self._clock()
        with self._lock:
            latest = self._latest.setdefault(session_id, deque(maxlen=BURST))
            latest.append(now)
            if len(latest) == BURST and now - latest[0] < BURST_SECONDS:
                self._detected.add(session_id)
            if len(self._latest) > _SESSIONS:
                self._latest.clear()

    def is_detected(self, session_id: str) -> bool:
        """Return whether a burst was detected and the host has not reacted yet."""
        with self._lock:
            return session_id in self._detected

    def reset(self, session_id: str) -> None:
        """Forget a session: its host has reacted, or it was deleted."""
        with self._lock:
            self._detected.discard(session_id)
            self._latest.pop(session_id, None)
