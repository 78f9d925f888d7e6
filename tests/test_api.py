"""The public Python interface: what a notebook gets, and what it costs whoever does not use it."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

import explorer
from explorer.api import ReportResult, Site
from explorer.content import checked
from explorer.content.findings import ContentError
from explorer.content.load import Folder
from explorer.domain.catalogue import UnknownId
from explorer.domain.class_report import ClassReport
from explorer.store import open_store
from tests.builders import edit, small_folder
from tests.export.test_report import made


@pytest.fixture(scope="module")
def site() -> Site:
    return explorer.load()


@pytest.fixture(scope="module")
def frame(site: Site) -> pd.DataFrame:
    return site.compare("ra", ["anakinra", "methotrexate"]).to_frame()


def test_the_example_of_the_docs_works(site: Site) -> None:
    """A notebook finds a line by its id, with the text of each option and its sources."""
    frame = site.compare("ra", ["anakinra", "methotrexate"]).to_frame()
    line = frame.loc[frame["row"] == "how-often", ["option", "text", "sources"]]
    assert list(line["option"]) == ["anakinra", "methotrexate"]
    assert "WEEK" in line["text"].iloc[1]
    assert all(len(sources) > 0 for sources in line["sources"])


def test_the_folder_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a notebook gets is what was checked, not a second reading of a folder that may change."""
    whole = checked.read_folder
    read: list[Path] = []

    def counted(folder: Path) -> Folder:
        read.append(folder)
        return whole(folder)

    monkeypatch.setattr(checked, "read_folder", counted)
    explorer.load(small_folder(tmp_path))
    assert len(read) == 1


def test_a_frame_holds_every_cell_with_what_belongs_to_it(site: Site, frame: pd.DataFrame) -> None:
    """One line a cell; cautions, certainties and what was searched are those of the cells."""
    comparison = site.compare("ra", ["anakinra", "methotrexate"]).comparison
    assert len(frame) == 2 * (len(comparison.rows) + 3)
    cells = [cell for row in comparison.rows for cell in row.cells]
    words = site.content.catalogue.words
    assert set(frame["caution"]) - {""} == {
        words("compare.note", note=cell.note) for cell in cells if cell.note
    }
    assert (frame["certainty"] != "").sum() == sum(cell.evidence is not None for cell in cells)
    assert (frame["searched"] != "").sum() == sum(bool(cell.searched) for cell in cells)
    assert set(frame["kind"]) >= {"stated"}
    assert isinstance(frame["checked"].dropna().iloc[0], date)


def test_gaps_are_no_stated_facts(site: Site) -> None:
    """A cell that was not found has its kind, so that nobody counts it as a "no"."""
    frame = site.compare("dira", ["anakinra", "rilonacept"]).to_frame()
    gaps = frame[frame["kind"] == "not-found"]
    assert len(gaps) > 0
    assert (gaps["searched"] != "").any()


def test_an_age_group_and_rows_can_be_chosen(site: Site) -> None:
    """The same arguments as on the page: rows by id, and for a child what holds for a child."""
    found = site.compare("stills", ["anakinra", "canakinumab"], ["how-often"], age="child")
    assert set(found.to_frame()["row"]) == {"use", "mistake", "red-flags", "how-often"}
    assert set(found.to_frame()["age"]) == {"child"}


def test_unknown_ids_are_named(site: Site) -> None:
    """A slip in an id is a message that names it."""
    with pytest.raises(UnknownId, match="'anakinre'"):
        site.compare("ra", ["anakinre"])
    with pytest.raises(ValueError, match="old"):
        site.compare("ra", ["anakinra"], age="old")


def test_content_with_errors_is_refused(tmp_path: Path) -> None:
    """What a server would not start on is not analysed either."""
    folder = small_folder(tmp_path)
    edit(folder, "medicines/alpha.toml", '"One shot every day."', '"The best shot."')
    with pytest.raises(ContentError, match="best"):
        explorer.load(folder)


def test_a_class_report_is_three_frames() -> None:
    """Questions, answers and changes have numbers to work with, not texts."""
    report = ReportResult(report=made())
    questions = report.to_frame()
    assert list(questions["n"]) == [10, 10]
    assert list(questions["share"]) == [0.5, 1.0]
    answers = report.to_frame("answers")
    assert answers["count"].sum() == 20
    changes = report.to_frame("changes")
    point = changes.set_index("concept").loc["Call the same day"]
    assert point["points"] == pytest.approx(50)
    assert point["wrong_right"] == 5
    with pytest.raises(ValueError, match="no table 'names'"):
        report.to_frame("names")  # type: ignore[arg-type]


def test_a_small_class_stays_hidden() -> None:
    """Under five people a frame holds how many there were, and nothing that they answered."""
    report = ReportResult(report=made(people=4))
    assert list(report.to_frame()["n"]) == [4, 4]
    assert report.to_frame()["share"].isna().all()
    assert len(report.to_frame("answers")) == 0
    assert report.to_frame("changes")["before"].isna().all()


def test_a_report_is_read_from_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``class_report`` opens the database that was named, and closes it again."""
    asked: list[str] = []

    def export(self: object, code: str) -> tuple[ClassReport, tuple[()]]:
        asked.append(code)
        return made(), ()

    monkeypatch.setattr("explorer.classes.service.ClassService.export", export)
    folder = small_folder(tmp_path)
    address = f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    open_store(address, tmp_path).close()
    site = explorer.load(folder, database=address)
    assert site.class_report("ABC234").report.opened == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    assert asked == ["ABC234"]


@pytest.mark.server
@pytest.mark.parametrize(
    "line",
    [
        "import explorer",
        "import explorer.cli",
        "import explorer; explorer.load().compare('ra', ['anakinra'])",
    ],
)
def test_pandas_is_imported_only_when_it_is_used(line: str) -> None:
    """Neither the package, nor the command, nor a comparison without a frame imports pandas."""
    code = f"import sys; {line}; sys.exit('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
