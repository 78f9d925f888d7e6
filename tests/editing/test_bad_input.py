"""What an editor's hand or program leaves in a file: one line that says what to do."""

from pathlib import Path

import pytest

from tests.builders import check, edit, small_folder

ALPHA = "medicines/alpha.toml"
SAY = 'say = "AL-fa"\n'


def only(folder: Path) -> str:
    """Return the one line that a check prints."""
    (finding,) = check(folder).findings
    return str(finding)


@pytest.mark.parametrize(
    ("new", "line", "what"),
    [
        ("say = \u201cAL-fa\u201d\n", 3, "curly quotation marks hold no text here; type straight"),
        ('say = "AL-fa\n', 3, "a text is not closed before the end of the line"),
        ('say = "AL "fa" x"\n', 3, 'a quotation mark inside a text has to be written as \\"'),
        ("say = AL-fa\n", 3, "the value is missing or stands without quotation marks"),
        ('say = "AL-fa"\nsay = "AL"\n', None, "this key stands here twice; keep one of them"),
        ('say "AL-fa"\n', 3, "a key needs = and a value behind it"),
        ('say = "AL-fa" "x"\n', 3, "more stands behind the value than belongs there"),
    ],
)
def test_a_slip_of_the_pen_is_named_in_an_editors_words(
    tmp_path: Path, new: str, line: int | None, what: str
) -> None:
    """The line of the file and what to do there; no word of a parser."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, SAY, new)
    said = only(folder)
    assert what in said
    if line is not None:
        assert said.startswith(f"{ALPHA}: line {line}: error: ")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            '"2.1", read_in = "label" } ]\n[[cells.how-often',
            '"2.1" read_in = "label" } ]\n[[cells.how-often',
            "a comma or a closing } is missing",
        ),
        (
            'brands = [ { name = "Alphabrand", say = "AL-fa-brand" } ]',
            'brands = [ { name = "A", say = "A" } { name = "B", say = "B" } ]',
            "a comma is missing between two of its items",
        ),
    ],
)
def test_a_missing_comma_is_named(tmp_path: Path, old: str, new: str, what: str) -> None:
    """In a table on one line, and between two items of a list."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, old, new)
    assert what in only(folder)


def test_another_encoding_and_a_mark_at_the_start(tmp_path: Path) -> None:
    """Latin-1 is named with its line; the mark that Windows writes first is passed over."""
    folder = small_folder(tmp_path)
    path = folder / ALPHA
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert check(folder).findings == ()
    path.write_bytes(text.replace("AL-fa", "\u00c4L-fa").encode("latin-1"))
    assert only(folder) == (
        f"{ALPHA}: line 3: error: the file is not UTF-8 text; save it with that encoding"
    )


def test_tabs_before_a_key_do_no_harm(tmp_path: Path) -> None:
    """An editor that indents with tabs writes the same content."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, SAY, f"\t{SAY}")
    assert check(folder).findings == ()


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "medicines/.alpha.toml.swp", "medicines/alpha.toml~", "._rows.toml",
     "medicines/alpha.toml.bak", "Thumbs.db", "#rows.toml#", "~$rows.toml"],
)  # fmt: skip
def test_droppings_of_an_editor_stop_nothing(tmp_path: Path, name: str) -> None:
    """Each is a warning that names it; the content stays the same, and so does its version."""
    folder = small_folder(tmp_path)
    (folder / name).write_bytes(b"\xff\x00 anything")
    assert only(folder) == (
        f"{name}: -: warning: an editor or the system left this behind; nothing reads it, so "
        "delete it"
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("brands_shown = [\"Alphabrand\"]", 'brands_shown = "Alphabrand"', "write a list here"),
        ('say = "AL-fa"\n', "say = 3\n", "write a text here, in quotation marks; found '3'"),
        ("checked = 2026-11-01", 'checked = "soon"', "checked"),
        ('kind = "il1-blocker"', 'kind = "il2-blocker"', "kinds.toml has"),
        ('values = ["under-skin"]', 'values = ["vein"]', "(rows.toml: rows.route.choices), which has mouth, under-skin"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_what_may_stand_there(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    """No word of the program's models; file and list where the right values are."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, old, new)
    said = [str(item) for item in check(folder).findings]
    assert any(what in line for line in said), said
    assert not any("instance" in line or "dictionary" in line for line in said)
