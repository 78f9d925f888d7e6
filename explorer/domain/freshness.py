"""How fresh the content is on a day: newer sources, facts and questions to read again."""

from collections import defaultdict
from datetime import date, timedelta

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.cells import Cell, RowCells
from explorer.domain.facts import items
from explorer.domain.medicine import Medicine

CAREFUL_DAYS = 183
"""Days after which what could hurt most is read again: half a year."""

DAYS = 366
"""Days after which everything else is read again: a year."""


class OldSource(Frozen):
    """A source of which a newer text is known, and how many places rest on it."""

    id: str
    title: str
    read: str
    newest: str
    places: int


class OldFacts(Frozen):
    """Facts of one medicine that were last read on one day, and wait to be read again."""

    file: str
    careful: bool
    read: date
    keys: tuple[str, ...]


class OldQuestion(Frozen):
    """A question whose day of review has come."""

    id: str
    due: date


class Freshness(Frozen):
    """What is due on a day."""

    day: date
    sources: tuple[OldSource, ...]
    facts: tuple[OldFacts, ...]
    questions: tuple[OldQuestion, ...]
    review_due: date
    oldest_careful: date | None
    """Day of the oldest last reading of what could hurt most."""

    @property
    def count(self) -> int:
        """Number of facts that wait to be read again."""
        return sum(len(item.keys) for item in self.facts)


def freshness(catalogue: Catalogue, day: date) -> Freshness:
    """Return what is due on a day.

    Args:
        catalogue: the content.
        day: the day.
    """
    resting: dict[str, int] = defaultdict(int)
    careful_rows = {row.id for row in catalogue.rows if row.careful}
    due: dict[tuple[bool, str, date], list[str]] = defaultdict(list)
    read_on: list[date] = []
    published = {medicine.id for medicine in catalogue.published}
    for item in items(catalogue):
        for source in {citation.source for citation in item.citations}:
            resting[source] += 1
        owner = item.owner
        if not isinstance(owner, Medicine) or owner.id not in published:
            continue
        if not item.citations and not isinstance(item.value, Cell):
            continue
        holder = item.within(RowCells)
        careful = holder is None or holder.row in careful_rows
        read = item.value.checked if isinstance(item.value, Cell) else None
        read = read or owner.checked
        if careful:
            read_on.append(read)
        if day > read + timedelta(days=CAREFUL_DAYS if careful else DAYS):
            due[careful, item.file, read].append(item.key)
    return Freshness(
        day=day,
        sources=tuple(
            OldSource(
                id=source.id,
                title=source.title,
                read=source.revision_read,
                newest=source.newest_known,
                places=resting[source.id],
            )
            for source in catalogue.sources
            if source.newest_known
        ),
        facts=tuple(
            OldFacts(file=file, careful=careful, read=read, keys=tuple(keys))
            for (careful, file, read), keys in sorted(
                due.items(), key=lambda item: (not item[0][0], item[0][2], item[0][1])
            )
        ),
        questions=tuple(
            OldQuestion(id=question.id, due=question.due)
            for question in catalogue.bank.questions
            if question.due <= day
        ),
        review_due=catalogue.review.next_due,
        oldest_careful=min(read_on, default=None),
    )
