"""One medicine in full: nothing of it is left out, and nothing is said twice."""

from pathlib import Path

import pytest

from explorer.content.load import Content
from explorer.domain.catalogue import UnknownId
from explorer.domain.profile import profile
from tests.builders import small_catalogue


def test_every_cell_is_there_with_its_variants(content: Content) -> None:
    """Each cell of the file stands on the page, variants after the general one."""
    medicine = content.catalogue.medicine("canakinumab")
    shown = profile(content.catalogue, "canakinumab")
    rows = [row for group in shown.groups for row in group.rows]
    assert len(rows) == len(content.catalogue.rows)
    held = sum(1 + len(cells.variants) for cells in medicine.cells)
    assert sum(len(row.cells) for row in rows) == held


def test_every_citation_has_a_number(content: Content) -> None:
    """All citations of the medicine and of its figures are in the list of references."""
    medicine = content.catalogue.medicine("anakinra")
    cited = {
        citation
        for cells in medicine.cells
        for cell in (cells.default, *cells.variants)
        for citation in cell.citations
    }
    cited |= {citation for use in medicine.uses for citation in use.citations}
    cited |= {citation for flag in medicine.red_flags for citation in flag.citations}
    shown = {item.citation for item in profile(content.catalogue, "anakinra").references}
    assert cited <= shown


def test_conditions_without_a_use_stand_apart(tmp_path: Path) -> None:
    """A condition without a stated use is listed apart from those with one."""
    shown = profile(small_catalogue(tmp_path), "beta")
    assert [condition.id for condition in shown.used] == ["ra"]
    assert [condition.id for condition in shown.not_used] == ["gout"]


def test_a_use_leads_to_its_comparison(tmp_path: Path) -> None:
    """The link beside a use opens the condition with this medicine among the options."""
    shown = profile(small_catalogue(tmp_path), "beta")
    assert shown.used[0].compare == "compare?c=ra&m=alpha,beta"


def test_an_unknown_medicine_is_named(tmp_path: Path) -> None:
    """An id that does not exist is refused by name."""
    with pytest.raises(UnknownId, match="'omega'"):
        profile(small_catalogue(tmp_path), "omega")
