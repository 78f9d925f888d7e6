"""What the cells of the comparison rest on: how many on weak or old texts alone."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.catalogue import HOME, Catalogue
from explorer.domain.cells import Age, Cell, CellKind
from explorer.domain.label_dates import LABELS, date_in
from explorer.domain.medicine import Medicine
from explorer.domain.sources import Citation, ReadIn, SourceKind

OLD_BEFORE: Final = 2020
"""US texts of an earlier year, and undated ones, count as old."""


class CellSources(Frozen):
    """Cells by what they rest on, as refs such as ``anakinra/storage`` in the order of the data.

    Attributes:
        not_found: cells that say that nothing was found.
        secondary_only: cells that rest on secondary pages and on nothing else. A register of an
            authority is no secondary page.
        old_us_only: cells that rest on old US labels and leaflets and on nothing else.
        old_preselected: those of them that an option shows which is chosen at the start.
    """

    not_found: tuple[str, ...]
    secondary_only: tuple[str, ...]
    old_us_only: tuple[str, ...]
    old_preselected: tuple[str, ...]


def cell_sources(catalogue: Catalogue) -> CellSources:
    """Count what the cells of the published medicines rest on."""
    cells = [item for medicine in catalogue.published for item in _cells(medicine)]
    old = [(ref, cell) for ref, cell in cells if _is_old(catalogue, cell.citations)]
    shown = _preselected(catalogue)
    return CellSources(
        not_found=tuple(ref for ref, cell in cells if cell.kind is CellKind.NOT_FOUND),
        secondary_only=tuple(
            ref for ref, cell in cells if _is_secondary(catalogue, cell.citations)
        ),
        old_us_only=tuple(ref for ref, _ in old),
        old_preselected=tuple(ref for ref, cell in old if id(cell) in shown),
    )


def by_medicine(refs: tuple[str, ...]) -> dict[str, int]:
    """Return how many of the refs are of each medicine."""
    return dict(Counter(ref.partition("/")[0] for ref in refs))


def _cells(medicine: Medicine) -> Iterator[tuple[str, Cell]]:
    for row in medicine.cells:
        yield f"{medicine.id}/{row.row}", row.default
        for cell in row.variants:
            yield f"{medicine.id}/{row.row}/{cell.place}", cell


def _is_secondary(catalogue: Catalogue, citations: tuple[Citation, ...]) -> bool:
    return bool(citations) and all(
        item.read_in is ReadIn.SECONDARY
        and catalogue.source(item.source).kind is not SourceKind.DATABASE
        for item in citations
    )


def _is_old(catalogue: Catalogue, citations: tuple[Citation, ...]) -> bool:
    sources = [catalogue.source(item.source) for item in citations]
    return bool(sources) and all(
        source.jurisdiction == HOME
        and source.kind in LABELS
        and date_in(source.revision_read)[0] < OLD_BEFORE
        for source in sources
    )


def _preselected(catalogue: Catalogue) -> frozenset[int]:
    """Return the identities of the cells that options show which are chosen at the start."""
    medicines = {medicine.id: medicine for medicine in catalogue.published}
    return frozenset(
        id(row.resolve(condition.id, age))
        for condition in catalogue.conditions
        for option in condition.preselect.options
        if option in medicines
        for row in medicines[option].cells
        for age in Age
    )
