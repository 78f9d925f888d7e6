"""What the parts of the service share: its store, its memory, and how a class is saved."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from explorer.classes.changes import Changes
from explorer.classes.host_views import HostView
from explorer.classes.keys import IssuedKeys
from explorer.classes.lookup import ClassLookup
from explorer.classes.outcomes import Outcomes
from explorer.classes.presence import JoinBursts, Presence, Seen
from explorer.classes.watching import Watching
from explorer.domain.sessions import (
    MovedOn,
    Session,
)
from explorer.store.port import KeyRole, Store

CAPACITY: Final = 250
"""Default capacity of a class."""

CLASSES: Final = 200
"""Default number of classes per day."""

DAY: Final = timedelta(days=1)
"""How long after its last transition a class counts towards the number of classes per day."""

ATTEMPTS: Final = 20
"""Attempts to draw a code that is not taken."""


class ServiceBase:
    """The live classes of this server.

    Args:
        store: where classes are kept.
        clock: returns the current time, timezone-aware; only for the record and for ``purge``.
        token: returns a new secret of at least 43 characters.
        pick: returns a random character of a string, for codes.
        capacity: capacity of a new class.
        classes: most classes that are opened or changed within a day, ended ones included.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(tz=UTC),
        token: Callable[[], str] = lambda: secrets.token_urlsafe(32),
        pick: Callable[[str], str] = secrets.choice,
        capacity: int = CAPACITY,
        classes: int = CLASSES,
    ) -> None:
        self._store = store
        self._clock = clock
        self._token = token
        self._pick = pick
        self._capacity = capacity
        self._classes = classes
        self._presence = Presence()
        self._bursts = JoinBursts()
        self._outcomes = Outcomes(store)
        self._lookup = ClassLookup(store, self._outcomes)
        self.changes = Changes(store)
        self._watching = Watching()

    def _issue(self, code: str) -> IssuedKeys:
        """Draw the keys of a class."""
        console, projector, report = (self._token() for _ in range(3))
        return IssuedKeys(code=code, console=console, projector=projector, report=report)

    def _replaced(self, changed: Session) -> HostView:
        """Save a class that its host changed, and tell of it. Raises MovedOn, NotSaved."""
        if not self._store.replace(changed):
            raise MovedOn
        self.changes.tell(changed.id, changed.version)
        return self._host_view(changed, for_host=True)

    def _at_version(self, console_key: str, expected_version: int) -> Session:
        """Return a class for a change by its host. Raises NoSuchClass, MovedOn."""
        session = self._lookup.by_key(KeyRole.CONSOLE, console_key)
        if session.version != expected_version:
            raise MovedOn
        return session

    def _save_seen(self, session_id: str, seen: Seen | None) -> None:
        """Save who had loaded a question."""
        if seen is not None:
            self._store.record_seen(session_id, seen.participants, seen.version)

    def _host_view(self, session: Session, *, for_host: bool) -> HostView:
        rush = self._bursts.is_detected(session.id)
        return self._lookup.host_view(session, for_host=for_host, rush=rush)
