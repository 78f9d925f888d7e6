"""How many questions of which sort the bank holds, by topic.

Weights follow where patients on biologics score lowest in published questionnaires (signs that
need a doctor, vaccines; the BioSecure cohorts) and what harms most when it is not known. It is a
frozen table: a change of it is a decision about the product, not about content.
"""

from explorer.domain.base import Frozen
from explorer.domain.questions import Kind

SINGLE, SEVERAL, ORDER, SORT, NUMBER = (
    Kind.SINGLE,
    Kind.SEVERAL,
    Kind.ORDER,
    Kind.SORT,
    Kind.NUMBER,
)


class Planned(Frozen):
    """A topic's questions: by audience, critical ones, by level, and the kinds in use."""

    topic: str
    audiences: tuple[int, int, int]
    critical: int
    levels: tuple[int, int, int, int]
    kinds: tuple[Kind, ...] = (SINGLE,)

    @property
    def count(self) -> int:
        """All questions of the topic."""
        return sum(self.audiences)


def _row(
    topic: str,
    audiences: tuple[int, int, int],
    critical: int,
    levels: tuple[int, int, int, int],
    *more: Kind,
) -> Planned:
    kinds = (SINGLE, *more)
    return Planned(topic=topic, audiences=audiences, critical=critical, levels=levels, kinds=kinds)


# topic, (patient, both, nurse), critical, (recall, understand, apply, analyse), other kinds
BLUEPRINT: tuple[Planned, ...] = (
    _row("what-it-is", (2, 1, 0), 0, (1, 2, 0, 0)),
    _row("before-you-start", (1, 2, 2), 2, (1, 0, 4, 0), SEVERAL, SORT),
    _row("storing", (0, 3, 1), 1, (0, 1, 3, 0)),
    _row("injecting", (1, 4, 2), 3, (2, 0, 4, 1), SEVERAL, ORDER, SORT),
    _row("dose", (1, 2, 3), 4, (0, 1, 5, 0), NUMBER),
    _row("infections", (1, 4, 1), 2, (0, 0, 5, 1), SORT),
    _row("allergy", (0, 2, 1), 2, (1, 0, 2, 0), SORT),
    _row("site-reactions", (1, 1, 0), 0, (0, 1, 1, 0), SEVERAL),
    _row("other-medicines", (0, 3, 1), 2, (0, 1, 2, 1)),
    _row("vaccines", (0, 2, 1), 2, (1, 0, 2, 0)),
    _row("surgery-dentist", (1, 1, 0), 0, (0, 0, 2, 0)),
    _row("tests", (1, 0, 2), 2, (1, 1, 1, 0), SORT),
    _row("pregnancy", (1, 1, 0), 0, (0, 0, 2, 0)),
    _row("stopping", (1, 1, 0), 0, (0, 1, 1, 0)),
    _row("teach-back", (0, 0, 2), 0, (0, 0, 1, 1), ORDER),
    _row("reading-numbers", (1, 1, 1), 0, (0, 1, 0, 2), NUMBER),
)

KINDS = {SINGLE: 40, SEVERAL: 6, ORDER: 3, SORT: 6, NUMBER: 2}
"""How many questions of each kind the whole bank holds."""

TOTAL = 57
