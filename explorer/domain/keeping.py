"""What a server keeps, where and for how long, as far as its settings say it."""

from enum import StrEnum
from typing import Final

from explorer.domain.base import Frozen


class KeptThing(StrEnum):
    """Something that is kept, in the order in which it is told."""

    ENTRY = "entry"
    ADDRESS = "address"
    SIZE = "size"
    CHECKS = "checks"
    LINKS = "links"
    TAB_COOKIE = "tab-cookie"
    CLASS_COOKIE = "class-cookie"
    ANSWERS = "answers"
    ANSWERS_IN_MEMORY = "answers-in-memory"
    NETWORK = "network"
    LOG = "log"
    PROXY = "proxy"
    FIGURES = "figures"
    NO_FIGURES = "no-figures"
    BACKUPS = "backups"
    FILES = "files"


WITHOUT_A_SERVER: Final = (KeptThing.SIZE, KeptThing.PROXY, KeptThing.FILES)
"""What a copy of the pages has: there is nothing to enter and no class."""


class Keeping(Frozen):
    """What the settings of a server say about keeping.

    Attributes:
        class_days: days after a class was last moved on until it is deleted.
        in_memory: classes are in the memory of the process only.
        figures: the server counts for the operator's monitoring.
        left: minutes that a page is held after its reader closed it.
        ended: the same after the browser was closed.
        lost: the same after the connection was lost.
    """

    class_days: int
    in_memory: bool
    figures: bool
    left: int
    ended: int
    lost: int

    @property
    def things(self) -> tuple[KeptThing, ...]:
        """What is kept here."""
        absent = {
            KeptThing.ANSWERS if self.in_memory else KeptThing.ANSWERS_IN_MEMORY,
            KeptThing.NO_FIGURES if self.figures else KeptThing.FIGURES,
        }
        if self.in_memory:
            absent.add(KeptThing.BACKUPS)
        return tuple(thing for thing in KeptThing if thing not in absent)
