"""What cells rest on: secondary pages alone, and old US texts alone."""

import pytest

from explorer.domain.catalogue import Catalogue
from explorer.domain.cell_sources import by_medicine, cell_sources
from explorer.domain.sources import Citation, ReadIn, SourceKind
from tests.shipped import shipped

REF = "anakinra/storage"


def resting_on(kind: SourceKind, read_in: ReadIn, revision: str) -> Catalogue:
    """Return the shipped content with one cell that rests on one source of this kind."""
    catalogue = shipped().catalogue
    source = catalogue.sources[0].evolve(
        kind=kind, revision_read=revision, jurisdiction="us", superseded_by=None
    )
    cited = (Citation(source=source.id, place="1", read_in=read_in),)
    anakinra = next(item for item in catalogue.medicines if item.id == "anakinra")
    cells = tuple(
        row.evolve(default=row.default.evolve(citations=cited)) if row.row == "storage" else row
        for row in anakinra.cells
    )
    changed = anakinra.evolve(cells=cells)
    return catalogue.evolve(
        sources=(source, *catalogue.sources[1:]),
        medicines=tuple(changed if item.id == "anakinra" else item for item in catalogue.medicines),
    )


@pytest.mark.parametrize(
    ("kind", "read_in", "weak"),
    [
        (SourceKind.SECONDARY, ReadIn.SECONDARY, True),
        (SourceKind.LABEL, ReadIn.SECONDARY, True),
        (SourceKind.DATABASE, ReadIn.SECONDARY, False),
        (SourceKind.LABEL, ReadIn.LABEL, False),
    ],
)
def test_a_label_told_by_a_page_is_secondary(
    kind: SourceKind, read_in: ReadIn, *, weak: bool
) -> None:
    """What counts is in what the fact was read; a register of an authority is no such page."""
    assert (REF in cell_sources(resting_on(kind, read_in, "2024")).secondary_only) is weak


@pytest.mark.parametrize(
    ("kind", "revision", "old"),
    [
        (SourceKind.LABEL, "Oct 2013", True),
        (SourceKind.LEAFLET, "undated copy", True),
        (SourceKind.LABEL, "Dec 2020", False),
        (SourceKind.REVIEW, "2009", False),
    ],
)
def test_old_us_texts_are_counted(kind: SourceKind, revision: str, *, old: bool) -> None:
    """US labels and leaflets before 2020 and undated ones count; anakinra is preselected."""
    found = cell_sources(resting_on(kind, ReadIn.LABEL, revision))
    assert (REF in found.old_us_only) is old
    assert (REF in found.old_preselected) is old


def test_no_cell_of_the_start_rests_on_old_texts_alone() -> None:
    """The shipped content keeps the bars that the content was given."""
    found = cell_sources(shipped().catalogue)
    assert found.old_preselected == ()
    assert len(found.secondary_only) <= 10
    assert sum(by_medicine(found.not_found).values()) == len(found.not_found)
