"""Sheets that come back from a spreadsheet in another language, or in another format."""

from datetime import datetime
from pathlib import Path

import pytest

from explorer.content.review_sheet import SheetError
from explorer.domain.signatures import ReviewMark
from tests.builders import small_folder
from tests.content.test_review_import import (
    MISTAKE,
    ROUTE,
    come_back,
    marks,
    reasons,
    taken,
)
from tests.reviewing import Filling


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make the small folder."""
    return small_folder(tmp_path)


@pytest.mark.parametrize("said", ["WAHR", "VRAI", "VERDADERO", "=WAHR()", "=TRUE()"])
def test_true_in_another_language_is_no_mark(folder: Path, said: str) -> None:
    """A German Excel shows a tick as WAHR; typed as a word or a formula it says none of the three."""
    result = come_back(folder, lambda s: s.put(ROUTE, mark=said), alpha__mistake="right")
    assert marks(result) == {MISTAKE: ReviewMark.RIGHT}
    assert f"{ROUTE}: not taken" in reasons(result)


def test_a_sheet_is_known_by_its_hidden_names_alone(folder: Path) -> None:
    """Tabs that an Excel in another language renamed, moved or added do not matter."""

    def rename(sheet: Filling) -> None:
        sheet.lines.title, sheet.start.title = "Zeilen", "Tabelle1"
        sheet.book.move_sheet(sheet.lines, offset=-1)
        sheet.book.create_sheet("Feuil3", 0).append(["notes", 1.5, "1,5"])

    result = come_back(folder, rename, alpha__mistake="right", alpha__route="perhaps")
    assert marks(result) == {MISTAKE: ReviewMark.RIGHT}
    assert reasons(result).startswith("Zeilen, row ")
    assert result.record is not None
    assert str(result.record.on) == "2026-11-23"


@pytest.mark.parametrize(
    ("value", "kept"),
    [(2.5, "2.5"), ("2,5 mg; 7,5 mg", "2,5 mg; 7,5 mg"), (datetime(2026, 11, 23), "2026-11-23")],  # noqa: DTZ001
)
def test_a_reason_may_be_a_figure_or_a_day(folder: Path, value: object, kept: str) -> None:
    """What a spreadsheet made of a typed reason is kept as it reads, commas and semicolons too."""
    result = come_back(folder, lambda s: s.put(ROUTE, why=value), alpha__route="wrong")
    assert result.record is not None
    (line,) = result.record.lines
    assert line.why == kept


@pytest.mark.parametrize("ending", [".csv", ".ods", ".xls"])
def test_another_format_is_refused_with_what_to_do(
    folder: Path, tmp_path: Path, ending: str
) -> None:
    """Saved with semicolons, as OpenDocument or as an old workbook: save it as .xlsx."""
    path = tmp_path / f"sheet{ending}"
    path.write_text("ref;words;mark;why;code\nalpha/route;A shot.;wahr;2,5;0\n", encoding="utf-8")
    with pytest.raises(SheetError, match=r"save it as \.xlsx"):
        taken(folder, path)
