"""What the operator of a server does with its classes."""

from datetime import timedelta
from typing import Final

from explorer.classes.keys import IssuedKeys
from explorer.classes.service_base import ServiceBase
from explorer.classes.upkeep import Survey, survey, tidy
from explorer.domain.class_report import AskedQuestion, ClassReport
from explorer.domain.sessions import ClassState, NoSuchClass
from explorer.store.port import Summary

TAUGHT: Final = timedelta(minutes=30)
"""How long after its last move a class that has not ended counts as being taught."""


class Operating(ServiceBase):
    """The use cases of operators."""

    def listed(self) -> tuple[Summary, ...]:
        """List all classes, the latest first; for the operator."""
        return self._store.summaries()

    def export(self, code: str) -> tuple[ClassReport, tuple[AskedQuestion, ...]]:
        """Return a class's report and the data behind it; for the operator. Raises NoSuchClass."""
        return self._outcomes.report(self._lookup.by_code(code))

    def renew_keys(self, code: str) -> IssuedKeys:
        """Give a class new keys, for a host who lost the link; for the operator.

        The old links to console, room's screen and report open nothing any more.

        Raises:
            NoSuchClass: no class has this code.
            NotSaved: the write failed; the old links still work.
        """
        session = self._lookup.by_code(code)
        keys = self._issue(session.code)
        if not self._store.replace_keys(session.id, keys.hashes):
            raise NoSuchClass
        return keys

    def survey(self, days: int) -> Survey:
        """Count what ``purge`` would delete, and doubt the clock; for the operator."""
        return survey(self._store, self._clock(), days)

    def tidy(self, days: int) -> int:
        """Delete what was announced a day ago, and announce what is next; see ``tidy``."""
        return tidy(self._store, self._clock(), days)

    def taught(self, within: timedelta = TAUGHT) -> int:
        """Count the classes that are being taught: not ended, and moved on not long ago.

        Args:
            within: how long a class counts after its host moved it on last.

        Raises:
            Unavailable: the store cannot be read.
        """
        since = self._clock() - within
        return sum(
            item.changed >= since and item.state != ClassState.ENDED
            for item in self._store.summaries()
        )

    def faults(self) -> tuple[str, ...]:
        """Name what is missing for a class to be taught now; it may block like any write."""
        return self._store.faults()

    def purge(self, days: int) -> int:
        """Delete the classes without a transition for some days; return their number."""
        return self._store.purge(self._clock() - timedelta(days=days))

    def close(self) -> None:
        """Close the store."""
        self.changes.close()
        self._store.close()
