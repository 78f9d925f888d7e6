"""A saved class plan to a learning platform's file, by the command."""

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from explorer import runtime
from explorer.cli import main
from tests.quiz_import import files

if TYPE_CHECKING:
    from explorer.content.load import Content


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch, content: "Content") -> None:
    """Take the content that is read already: reading it for each command takes seconds."""
    monkeypatch.setattr(runtime, "read_checked", lambda _folder, **_: content)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A plan with an educator's own questions, made from a file of Moodle."""
    mine, plan = tmp_path / "mine.xml", tmp_path / "plan.json"
    mine.write_bytes(files.MOODLE)
    assert main(["import", "quiz", str(mine), "-o", str(plan)]) == 0
    return plan


def test_own_questions_come_back_as_they_were(saved: Path, tmp_path: Path) -> None:
    """The questions of the plan are in the file, with options and key, and nothing else is."""
    target = tmp_path / "again.xml"
    assert main(["export", "quiz", "--to", "moodle", "--plan", str(saved), "-o", str(target)]) == 0
    root = ElementTree.parse(target).getroot()
    stems = [item.findtext("questiontext/text", "") for item in root.iter("question")]
    asked = [stem for stem in stems if stem]
    assert len(asked) == 2
    assert "The capital of France?" in asked[0]
    right = [item for item in root.iter("answer") if float(item.get("fraction", "")) == 100]
    assert [item.findtext("text") for item in right] == ["<p>Paris</p>", "<p>True</p>"]


@pytest.mark.parametrize("other", [["--topic", "allergy"], ["--audience", "nurse"]])
def test_a_plan_says_itself_which_questions(
    other: list[str], saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Topic and audience choose from the bank: beside a plan they are refused."""
    target = tmp_path / "out.xml"
    words = ["export", "quiz", "--to", "moodle", "--plan", str(saved), *other, "-o", str(target)]
    assert main(words) == 2
    assert "--plan says which questions" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize("text", ["{}", "no plan", "[" * 100_000])
def test_a_file_that_is_no_plan_is_one_line(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written, and the line names the file."""
    plan, target = tmp_path / "plan.json", tmp_path / "out.xml"
    plan.write_text(text, encoding="utf-8")
    words = ["export", "quiz", "--to", "gift", "--plan", str(plan), "-o", str(target)]
    assert main(words) != 0
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert str(plan) in said
    assert not target.exists()
