"""A file as it is written: every value is found where it stands, and one can be replaced alone."""

import tomllib
from pathlib import Path

import pytest

from explorer import paths
from explorer.editing.toml_file import TomlFile


@pytest.mark.parametrize(
    "name", ["medicines/anakinra.toml", "questions/storing.toml", "signs.toml", "words.toml"]
)
def test_every_text_stands_where_it_is_said_to(name: str) -> None:
    """What is written at the place of a text reads as that text."""
    file = TomlFile(paths.DATA, name)
    found = list(file.strings())
    assert len(found) > 50
    for path, text in found:
        assert tomllib.loads(f"a = {file.written(path)}")["a"] == text


ODD = """\
# a comment with "quotes" and [brackets]
"a key" = 'one # no comment'
many = \"\"\"
two
"quoted" \\\\ lines\"\"\"
list = [ # a comment
  "x", # "y",
  { b.c = "deep", d = [1, 2] },
]
[[t]]
id = "first"
[t.inner]
v = "\\"one\\""
[[t]]
id = "second"
[[t.more]]
v = "two"
"""


@pytest.fixture
def odd(tmp_path: Path) -> TomlFile:
    """Write a file with what is odd in TOML."""
    (tmp_path / "odd.toml").write_text(ODD, encoding="utf-8")
    return TomlFile(tmp_path, "odd.toml")


def test_odd_files_are_read(odd: TomlFile) -> None:
    """Comments, long texts, dotted keys and tables in lists do not hide a value."""
    assert dict(odd.strings()) == {
        ("a key",): "one # no comment",
        ("many",): 'two\n"quoted" \\ lines',
        ("list", 0): "x",
        ("list", 1, "b", "c"): "deep",
        ("t", 0, "id"): "first",
        ("t", 0, "inner", "v"): '"one"',
        ("t", 1, "id"): "second",
        ("t", 1, "more", 0, "v"): "two",
    }
    assert odd.line(("t", 1, "more", 0, "v")) == 17
    assert odd.key(("t", 1, "more", 0, "v")) == "t.second.more.1.v"


def test_one_value_is_replaced_and_nothing_else(odd: TomlFile, tmp_path: Path) -> None:
    """Every other byte of the file stays, comments too."""
    odd.replace(("list", 1, "b", "c"), '"new"')
    odd.save()
    assert (tmp_path / "odd.toml").read_text(encoding="utf-8") == ODD.replace('"deep"', '"new"')


def test_an_item_is_added_at_the_end(odd: TomlFile) -> None:
    """The list stays a list, whether it stands on one line or on several."""
    odd.append(("list", 1, "d"), "3")
    odd.append(("list",), '"z"')
    assert odd.data["list"][1]["d"] == [1, 2, 3]
    assert odd.data["list"][-1] == "z"
