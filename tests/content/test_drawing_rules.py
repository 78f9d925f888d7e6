"""Rules of the line drawings: each rests on the guide as it reads today."""

from pathlib import Path

import pytest

from explorer.cli import main
from explorer.content.kept import tied_to
from explorer.content.load import load
from explorer.content.support import text_hash
from tests.builders import check, edit, small_folder
from tests.content.test_signs_rules import guide

TOLD = "With fever or chills, wait 2 days and call your team the same day, before the next dose."

DRAWINGS = f"""
[fridge]
title = "Wait 2 days"
alternative = "A thermometer."
supported_by = [ {{ ref = "guide/ill/STATEMENT", hash = "{text_hash(TOLD)}" }} ]

[[fridge.labels]]
id = "first"
text = "A mark."
rests_on = "guide/ill/STATEMENT"
"""


def drawn(target: Path) -> Path:
    """Add a guide of one statement and a drawing that rests on it."""
    folder = guide(small_folder(target), "Ill", TOLD)
    section = (folder / "guide/ill.toml").read_text(encoding="utf-8")
    statement = section.rpartition('id = "')[2].partition('"')[0]
    made = DRAWINGS.replace("STATEMENT", statement)
    (folder / "drawings.toml").write_text(made, encoding="utf-8")
    return folder


def found(folder: Path) -> list[str]:
    """Return what the rules of drawings find."""
    return [str(item) for item in check(folder).findings if item.rule.startswith("drawing-")]


def test_a_drawing_that_rests_on_the_guide_is_sound(tmp_path: Path) -> None:
    """The statement exists and reads as it did, and its figure is the drawing's."""
    assert found(drawn(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (f'hash = "{text_hash(TOLD)}"', 'hash = "00000000"', "has changed, look at the drawing"),
        ('title = "Wait 2 days"', 'title = "Wait 3 days"', "'3 day' does not stand in"),
        ('text = "A mark."', 'text = "At 40 °F."', "'40 °F' does not stand in"),
        ('rests_on = "guide/ill', 'rests_on = "guide/well', "does not stand in supported_by"),
        ('ref = "guide/ill/', 'ref = "guide/ill/no-', "no statement of the guide stands at"),
    ],
)
def test_a_drawing_that_says_more_is_found(tmp_path: Path, old: str, new: str, line: str) -> None:
    """A changed statement, a figure of its own and a label that rests on nothing are named."""
    folder = drawn(tmp_path)
    edit(folder, "drawings.toml", old, new)
    assert any(line in item for item in found(folder)), found(folder)


def test_a_drawing_is_among_what_rests_on_a_statement(tmp_path: Path) -> None:
    """After a change of the statement, an editor is told to look at the drawing too."""
    catalogue = load(drawn(tmp_path)).catalogue
    (support,) = catalogue.drawings[0].supported_by
    assert "drawings.toml: fridge" in tied_to(catalogue)[support.ref]


def test_reviewed_writes_the_hash_of_one_drawing(tmp_path: Path) -> None:
    """Who has looked at the drawing names it, and copies no hash."""
    folder = drawn(tmp_path)
    edit(folder, "guide/ill.toml", "With fever or chills", "With a fever or chills")
    (support,) = load(folder).catalogue.drawings[0].supported_by
    assert any("has changed" in item for item in found(folder))
    assert main(["reviewed", support.ref, "fridge", "--data", str(folder)]) == 0
    assert found(folder) == []
