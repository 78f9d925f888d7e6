"""The register of sources as it is read: what rests on each source, and how old it is."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from operator import itemgetter

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.cells import Statement
from explorer.domain.condition import Condition
from explorer.domain.contacts import Contacts
from explorer.domain.facts import Item, items
from explorer.domain.medicine import Medicine
from explorer.domain.numbers import MedicineNumbers
from explorer.domain.section import Section
from explorer.domain.sources import Citation, Source, SourceKind

OLD_YEARS = 5
"""From how many years before the content's own date a text counts as old."""

_UNDATED = ("undated", "no date", "date not shown")


class SourceAge(StrEnum):
    """How old the text is that was read."""

    NEWER_KNOWN = "newer-known"
    OLD = "old"
    UNDATED = "undated"
    RECENT = "recent"


class CitedBy(Frozen):
    """A place of the site that rests on a source; ``medicine`` is an id, or nothing."""

    label: str
    address: str
    medicine: str = ""


class Entry(Frozen):
    """A source with all that rests on it."""

    source: Source
    age: SourceAge
    rests: tuple[CitedBy, ...]


class Register(Frozen):
    """Sources by kind; ``total`` counts those that a filter left out, too."""

    kinds: tuple[tuple[SourceKind, tuple[Entry, ...]], ...]
    shown: int
    total: int


def register(
    catalogue: Catalogue,
    *,
    kind: SourceKind | None = None,
    medicine: str = "",
    age: SourceAge | None = None,
) -> Register:
    """List the sources by kind and title.

    Args:
        catalogue: the content.
        kind: only this kind of document.
        medicine: only what facts on this medicine rest on; the id of a published medicine.
        age: only texts of this age.
    """
    found = [
        entry
        for entry in entries(catalogue)
        if (kind is None or entry.source.kind is kind)
        and (not medicine or any(item.medicine == medicine for item in entry.rests))
        and (age is None or entry.age is age)
    ]
    grouped = tuple(
        (kind, inside)
        for kind in SourceKind
        if (inside := tuple(entry for entry in found if entry.source.kind is kind))
    )
    return Register(kinds=grouped, shown=len(found), total=len(catalogue.sources))


def entries(catalogue: Catalogue) -> tuple[Entry, ...]:
    """Return every source with what rests on it, by title; worked out once for all pages."""
    found: tuple[Entry, ...] | None = catalogue.computed.get(("register",))
    if found is None:
        found = catalogue.computed["register",] = _entries(catalogue)
    return found


def _entries(catalogue: Catalogue) -> tuple[Entry, ...]:
    resting: dict[str, dict[str, CitedBy]] = defaultdict(dict)
    for citations, rests in _places(catalogue):
        for citation in citations:
            resting[citation.source].setdefault(rests.address, rests)
    year = catalogue.review.content_date.year
    return tuple(
        Entry(source=source, age=age_of(source, year), rests=tuple(resting[source.id].values()))
        for source in sorted(catalogue.sources, key=lambda item: item.title.casefold())
    )


def age_of(source: Source, year: int) -> SourceAge:
    """Return how old the text is that was read.

    Args:
        source: the source.
        year: the year of the content.
    """
    if source.newest_known:
        return SourceAge.NEWER_KNOWN
    read = source.revision_read.casefold()
    years = [int(found) for found in re.findall(r"\b(?:19|20)\d\d\b", read)]
    if not years or any(word in read for word in _UNDATED):
        return SourceAge.UNDATED
    return SourceAge.OLD if year - max(years) >= OLD_YEARS else SourceAge.RECENT


def _places(catalogue: Catalogue) -> Iterator[tuple[Iterable[Citation], CitedBy]]:
    """Yield what cites sources, with the place that shows it, in the order of the site.

    Medicines come first, each with its figures, then the guide, the conditions and the contacts.
    """
    order: dict[tuple[type[Frozen], str], int] = {}
    for medicine in catalogue.published:
        order[Medicine, medicine.id] = order[MedicineNumbers, medicine.id] = len(order)
    rest: tuple[Section | Condition | Contacts, ...] = (
        *catalogue.sections,
        *catalogue.conditions,
        *catalogue.contacts,
    )
    for entry in rest:
        order[type(entry), entry.id] = len(order)
    placed = sorted(
        (
            (order[place], item)
            for item in items(catalogue)
            if (place := (type(item.owner), str(getattr(item.owner, "id", "")))) in order
        ),
        key=itemgetter(0),
    )
    for _, item in placed:
        if item.citations:
            yield item.citations, _cited_by(catalogue, item)


def _cited_by(catalogue: Catalogue, item: Item) -> CitedBy:
    """Return the place of the site that shows an item."""
    words = catalogue.words
    owner = item.owner
    if isinstance(owner, Condition):
        label = words("sources.in-condition", name=owner.name)
        return CitedBy(label=label, address=f"compare?c={owner.id}")
    if isinstance(owner, Section):
        label = words("sources.in-guide", question=owner.question)
        return CitedBy(label=label, address=f"guide#{owner.id}")
    ref = item.ref
    if ref is None or ref.medicine is None:
        return CitedBy(label=words("sources.everywhere"), address="./")
    address = ref.page
    if isinstance(item.value, Statement):
        address = f"{address.partition('#')[0]}#{item.value.id}"  # the mistake has its own anchor
    return CitedBy(label=ref.label(catalogue), address=address, medicine=ref.medicine)
