"""The register of sources as it is read: what rests on each source, and how old it is."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, Medicine
from explorer.domain.sources import Citation, Source, SourceKind

OLD_YEARS = 5
"""From how many years before the content's own date a text counts as old."""

_UNDATED = ("undated", "no date", "date not shown")


class SourceAge(StrEnum):
    """How the text that was read stands to today's knowledge."""

    NEWER_KNOWN = "newer-known"
    OLD = "old"
    UNDATED = "undated"
    RECENT = "recent"


class Rests(Frozen):
    """A place of the site that rests on a source; ``medicine`` is an id, or nothing."""

    label: str
    address: str
    medicine: str = ""


class Entry(Frozen):
    """A source with all that rests on it."""

    source: Source
    age: SourceAge
    rests: tuple[Rests, ...]


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
    """Give every source with what rests on it, by title."""
    resting: dict[str, dict[str, Rests]] = defaultdict(dict)
    for citations, rests in _places(catalogue):
        for citation in citations:
            resting[citation.source].setdefault(rests.address, rests)
    year = catalogue.review.content_date.year
    return tuple(
        Entry(source=source, age=age_of(source, year), rests=tuple(resting[source.id].values()))
        for source in sorted(catalogue.sources, key=lambda item: item.title.casefold())
    )


def age_of(source: Source, year: int) -> SourceAge:
    """Tell how old the text is that was read.

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


def _places(catalogue: Catalogue) -> Iterator[tuple[Iterable[Citation], Rests]]:
    for medicine in catalogue.published:
        yield from _of_medicine(catalogue, medicine)
    words = catalogue.words
    for section in catalogue.sections:
        for statement in section.statements:
            label = words("sources.in-guide", question=section.question)
            yield statement.citations, Rests(label=label, address=f"guide#{section.id}")
    for condition in catalogue.conditions:
        address = f"compare?c={condition.id}"
        own = Rests(label=words("sources.in-condition", name=condition.name), address=address)
        yield condition.preselect.citations, own
        for said in (*condition.card, *condition.not_compared):
            yield said.citations, own
        for flag in condition.red_flags:
            yield flag.citations, own
        for option in condition.no_new_medicine:
            for cells in option.cells:
                for cell in (cells.default, *cells.variants):
                    yield cell.citations, own
    for contact in catalogue.contacts:
        everywhere = Rests(label=words("sources.everywhere"), address="./")
        yield contact.nobody_answers.citations, everywhere
        for flag in contact.red_flags:
            yield flag.citations, everywhere


def _of_medicine(
    catalogue: Catalogue, medicine: Medicine
) -> Iterator[tuple[Iterable[Citation], Rests]]:
    words = catalogue.words

    def rests(short: str, anchor: str) -> Rests:
        label = words("sources.in-medicine", title=medicine.heading, short=short)
        address = f"medicine?m={medicine.id}#{anchor}"
        return Rests(label=label, address=address, medicine=medicine.id)

    yield medicine.mistake.citations, rests(words("compare.mistake-row"), medicine.mistake.id)
    for flag in medicine.red_flags:
        yield flag.citations, rests(words("compare.flags-row"), "red-flags")
    for item in medicine.not_with:
        yield item.citations, rests(words("compare.first-group"), "medicine-first")
    for use in medicine.uses:
        name = catalogue.condition(use.condition).name
        yield use.citations, rests(name, f"use-{use.condition}")
    for cells in medicine.cells:
        for cell in (cells.default, *cells.variants):
            row = catalogue.row(cells.row)
            yield cell.citations, rests(row.short, f"row-{row.id}")
    for numbers in catalogue.numbers:
        if numbers.id == medicine.id:
            for result in numbers.results:
                yield result.citations, rests(words("figures.title"), "medicine-figures")
