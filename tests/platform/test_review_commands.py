"""The commands of a review: a sheet out, a filled one in, and what they say on the way."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from explorer import paths, review_commands
from explorer.cli import main
from explorer.content.load import SIGNATURES, load
from tests.builders import TODAY, edit, question_folder, small_folder
from tests.reviewing import Filling, filled, sign

pytestmark = pytest.mark.slow

MISTAKE = "alpha/mistake"


@pytest.fixture(autouse=True)
def _on_a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXPLORER_DATA", raising=False)
    monkeypatch.setattr(review_commands, "_today", lambda: TODAY)


def run(*words: object) -> int:
    return main([str(word) for word in words])


@pytest.mark.parametrize("to", ["pdf", "xlsx"])
@pytest.mark.parametrize("scope", [["--medicine", "alpha"], ["--questions"], ["--part", "signs"]])
def test_a_sheet_is_written(tmp_path: Path, scope: list[str], to: str) -> None:
    """Each scope gives a file in each format."""
    folder = question_folder(tmp_path)
    target = tmp_path / f"sheet.{to}"
    assert run("export", "review", "--data", folder, *scope, "--to", to, "-o", target) == 0
    assert target.read_bytes().startswith(b"%PDF" if to == "pdf" else b"PK")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--medicine ID, --guide, --questions, --part NAME or --changed-since VERSION"),
        (["--guide", "--part", "signs"], "name what is to be signed"),
        (["--part", "sings"], "there is no line in 'sings' (parts are: conditions, options, alpha"),
        (["--guide", "--questions"], "name what is to be signed"),
        (["--medicine", "none"], "There is no medicine 'none'."),
        (["--guide"], "there is no line in 'guide'"),
        (["--changed-since", "abcdef0123"], "no review of content version 'abcdef0123' is kept"),
        (["--changed-since", "older/data"], "'older/data' is no folder, and no content version"),
        (["--changed-since", "/"], "holds no content: rows.toml is missing"),
    ],
)
def test_what_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    """It ends with 2 and a line, and no file is left."""
    target = tmp_path / "x.pdf"
    folder = small_folder(tmp_path)
    assert run("export", "review", "--data", folder, *words, "--to", "pdf", "-o", target) == 2
    assert said in capsys.readouterr().err
    assert not target.exists()


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    """By the version that a review names, or by the folder of an older copy."""
    (tmp_path / "old").mkdir()
    old = small_folder(tmp_path / "old")
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right"})
    edit(folder, "medicines/alpha.toml", "two shots", "three shots")
    for since in ("0123456789", old):
        target = tmp_path / "changed.xlsx"
        code = run(
            "export", "review", "--data", folder, "--changed-since", since,
            "--to", "xlsx", "-o", target,
        )  # fmt: skip
        assert code == 0
        sheet = Filling(target.read_bytes())
        assert sheet.row(MISTAKE) == 3
        assert sheet.lines.max_row == 3


def test_a_copy_of_another_format_is_told_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A newer folder has keys that this program lacks: it says so, and to swap the two."""
    (tmp_path / "new").mkdir()
    newer = small_folder(tmp_path / "new")
    edit(newer, "medicines/alpha.toml", 'status = "published"', 'status = "published"\nnewer = 1')
    target = tmp_path / "x.pdf"
    words = ("--changed-since", newer, "--to", "pdf", "-o", target)
    assert run("export", "review", "--data", small_folder(tmp_path), *words) == 2
    said = capsys.readouterr().err
    assert f"{newer} cannot be read by this program" in said
    assert "(findings: 1, the first: medicines/alpha.toml: newer" in said
    assert "name the two the other way round" in said
    assert not target.exists()


def test_a_filled_sheet_is_read_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows that were left out, the editor's list, the counts; the signatures stand in the folder."""
    folder = small_folder(tmp_path)
    marks = {MISTAKE: "right", "alpha/route": "wrong", "alpha/how-often": "perhaps"}
    path = filled(folder, tmp_path / "sheet.xlsx", marks, role="pharmacist")
    assert run("import", "review", "--data", folder, path) == 0
    said = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        r"Lines, row \d+: alpha/how-often: not taken: 'perhaps' is no mark; .*", said[0]
    )
    assert said[1] == "medicines/alpha.toml: cells.route: wrong: no reason given"
    assert said[2].startswith(
        "taken: right: 1, unclear: 0, wrong: 1; there already: 0; not taken: 1; without a mark: "
    )
    assert said[3] == "wrong or unclear without a reason, so ask whoever signed: 1"
    assert said[4] == f"written: {folder / SIGNATURES}"
    assert load(folder).catalogue.sign_off.of(MISTAKE) is not None


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what would be taken, and leaves the folder as it was."""
    folder = small_folder(tmp_path)
    path = filled(folder, tmp_path / "sheet.xlsx", {MISTAKE: "right"})
    assert run("import", "review", "--data", folder, path, "--dry-run") == 0
    assert "taken: right: 1" in capsys.readouterr().out
    assert not (folder / SIGNATURES).exists()


@pytest.mark.parametrize(
    ("marks", "role", "said"),
    [
        ({MISTAKE: "right"}, "", "your role on the first sheet is needed"),
        ({MISTAKE: "perhaps"}, "nurse", "nothing new was taken, so nothing was written"),
        ({}, "nurse", "nothing new was taken, so nothing was written"),
    ],
)
def test_what_gives_nothing_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], marks: dict[str, str], role: str, said: str
) -> None:
    """It ends with 2 and says why; the folder stays as it was."""
    folder = small_folder(tmp_path)
    path = filled(folder, tmp_path / "sheet.xlsx", marks, role=role)
    assert run("import", "review", "--data", folder, path) == 2
    assert said in capsys.readouterr().err
    assert not (folder / SIGNATURES).exists()


def test_broken_content_takes_no_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the content has an error of its own, that is said first, and nothing is written."""
    folder = small_folder(tmp_path)
    path = filled(folder, tmp_path / "sheet.xlsx", {MISTAKE: "right"})
    edit(folder, "medicines/beta.toml", "status =", "state =")
    assert run("import", "review", "--data", folder, path) == 2
    assert "there is no such key" in capsys.readouterr().err
    assert not (folder / SIGNATURES).exists()


def test_all_medicines_are_written_and_cannot_be_read_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``export content`` has no way back, and says so where one tries."""
    folder = small_folder(tmp_path)
    target = tmp_path / "content.xlsx"
    assert run("export", "content", "--data", folder, "--to", "xlsx", "-o", target) == 0
    assert run("import", "review", "--data", folder, target) == 2
    assert "no sheet has the hidden row" in capsys.readouterr().err
    assert run("import", "content", target) == 2
    assert "No such command 'content'" in capsys.readouterr().err


@pytest.mark.usefixtures("checked_once")
def test_the_examples_of_the_guide_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of the section on sign-off ends with 0, one after the other, as written."""
    document = (paths.DATA / "README.md").read_text(encoding="utf-8")
    section = document.partition("\n## Sign-off\n")[2].partition("\n## ")[0]
    lines = re.findall(r"^ {4}(anakinra-explorer .*)$", section, flags=re.MULTILINE)
    assert len(lines) == 10
    here = tmp_path / "here"
    shutil.copytree(paths.DATA, here / "data")
    shutil.copytree(paths.DATA, tmp_path / "older" / "data")
    medicine, first = "medicines/anakinra.toml", 'text = "'  # the first text is the mistake
    edit(tmp_path / "older" / "data", medicine, first, f"{first}See. ")
    day = load(here / "data").catalogue.review.content_date
    monkeypatch.chdir(here)
    monkeypatch.setenv("EXPLORER_DATA", str(here / "data"))
    monkeypatch.setattr(review_commands, "_today", lambda: day)
    for line in lines:
        if "0123456789" in line:
            sign(here / "data", {"anakinra/mistake": "right"}, on=day.isoformat())
            edit(here / "data", medicine, first, f"{first}Look. ")
        assert main(shlex.split(line)[1:]) == 0, line
        if Path("anakinra.xlsx").exists() and not Path("anakinra-filled.xlsx").exists():
            sheet = Filling(Path("anakinra.xlsx").read_bytes())
            sheet.field("role", "automated reader")
            sheet.field("date", day.isoformat())
            sheet.put("anakinra/mistake", mark="right")
            sheet.save(Path("anakinra-filled.xlsx"))
    assert sorted(path.name for path in here.glob("*.*")) == [
        "anakinra-filled.xlsx", "anakinra.xlsx", "changed.pdf", "changed.xlsx", "content.xlsx",
        "guide.pdf", "questions.xlsx", "signs.xlsx", "stills.pdf",
    ]  # fmt: skip
