"""The register of sources: what rests on each, and how old each is."""

from pathlib import Path

import pytest

from explorer.content.load import Content
from explorer.domain.source_register import SourceAge, age_of, entries, register
from explorer.domain.sources import SourceKind
from tests.builders import small_catalogue


def test_something_rests_on_every_source(content: Content) -> None:
    """No source stands in the register without a place that it carries."""
    assert [entry.source.id for entry in entries(content.catalogue) if not entry.rests] == []


def test_a_place_is_listed_once(content: Content) -> None:
    """A source that a place cites twice names the place once."""
    for entry in entries(content.catalogue):
        addresses = [item.address for item in entry.rests]
        assert len(addresses) == len(set(addresses))


def test_filters_leave_what_fits(content: Content) -> None:
    """Kind, medicine and age each leave only what fits, and the total stays."""
    found = register(
        content.catalogue, kind=SourceKind.LABEL, medicine="anakinra", age=SourceAge.NEWER_KNOWN
    )
    ((kind, inside),) = found.kinds
    assert kind is SourceKind.LABEL
    assert 0 < found.shown == len(inside) < found.total == len(content.catalogue.sources)
    for entry in inside:
        assert entry.source.newest_known
        assert "anakinra" in {item.medicine for item in entry.rests}


@pytest.mark.parametrize(
    ("read", "newest", "age"),
    [
        ("Dec 2020", "Oct 2025", SourceAge.NEWER_KNOWN),
        ("2021, published 2022", "", SourceAge.RECENT),
        ("2015", "", SourceAge.OLD),
        ("undated, after Mar 2021", "", SourceAge.UNDATED),
        ("abstract", "", SourceAge.UNDATED),
    ],
)
def test_age_is_read_from_the_version(
    tmp_path: Path, read: str, newest: str, age: SourceAge
) -> None:
    """A known newer version counts first, then the last year named; no year is said as such."""
    source = small_catalogue(tmp_path).sources[0]
    changed = source.evolve(revision_read=read, newest_known=newest)
    assert age_of(changed, 2026) is age
