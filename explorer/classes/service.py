"""The use cases of live classes; see the package for an example."""

from explorer.classes.attending import Attending
from explorer.classes.hosting import Hosting
from explorer.classes.operating import Operating
from explorer.classes.service_base import CAPACITY, CLASSES, DAY

__all__ = ["CAPACITY", "CLASSES", "DAY", "ClassService"]


class ClassService(Hosting, Attending, Operating):
    """The live classes of this server. Thread-safe; calls may block.

    Args:
        store: where classes are kept.
        clock: returns the current time, timezone-aware; only for the record and for ``purge``.
        token: returns a new secret of at least 43 characters.
        pick: returns a random character of a string, for codes.
        capacity: capacity of a new class.
        classes: most classes that are opened or changed within a day, ended ones included.
    """
