"""What a content folder may hold: whatever stands in it, the check ends and names it."""

import json
import os
import re
import socket
import stat
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import paths
from explorer.content import files, toml
from explorer.content.check import check_folder
from explorer.content.findings import ContentError, Finding, Level, Report
from explorer.content.load import FILES, FOLDERS, KEPT, OPTIONAL, build, load, read_folder
from tests.builders import small_folder

TODAY = date(2026, 11, 25)


def said(folder: Path) -> dict[str, str]:
    """Check a folder and give the reasons by file."""
    return {item.file: item.reason for item in check_folder(folder, TODAY).findings}


def test_a_pipe_a_socket_and_a_device_are_named(tmp_path: Path) -> None:
    """None is opened, so nothing waits or grows; each is an error of its own."""
    folder = small_folder(tmp_path)
    os.mkfifo(folder / "medicines" / "pipe.toml")
    with socket.socket(socket.AF_UNIX) as place:
        here = Path.cwd()
        os.chdir(folder)
        try:
            place.bind("socket.toml")
        finally:
            os.chdir(here)
        found = said(folder)
    assert found["medicines/pipe.toml"] == "it is a pipe, and has to be a plain file"
    assert found["socket.toml"] == "it is a socket, and has to be a plain file"


def test_a_pipe_in_the_place_of_a_file_is_named_once(tmp_path: Path) -> None:
    """It is not told to be missing as well."""
    folder = small_folder(tmp_path)
    (folder / "rows.toml").unlink()
    os.mkfifo(folder / "rows.toml")
    report = check_folder(folder, TODAY)
    assert [(item.file, item.rule) for item in report.findings] == [("rows.toml", "unreadable")]


@pytest.mark.parametrize("target", ["/dev/zero", "/etc/passwd", "../outside.toml"])
def test_a_link_to_outside_is_named_and_not_read(tmp_path: Path, target: str) -> None:
    """An endless device, a file of the system, a neighbour: what is no content is not read."""
    folder = small_folder(tmp_path)
    (tmp_path / "outside.toml").write_text("secret = 1", encoding="utf-8")
    (folder / "medicines" / "link.toml").symlink_to(
        target if target.startswith("/") else tmp_path / "outside.toml"
    )
    assert said(folder)["medicines/link.toml"] == "it is a link to outside the folder"


def test_links_within_the_folder_are_read(tmp_path: Path) -> None:
    """A file may be a link to another in the folder, and the folder itself one to elsewhere."""
    folder = small_folder(tmp_path)
    plain = load(folder).version
    (folder / "rows.toml").rename(folder / "x-rows.toml")
    (folder / "rows.toml").symlink_to("x-rows.toml")
    (tmp_path / "way").symlink_to(folder)
    names = dict(read_folder(tmp_path / "way").files)
    assert "rows.toml" in names
    assert not [item for item in read_folder(folder).unreadable if item.rule == "unreadable"]
    (folder / "rows.toml").unlink()
    (folder / "x-rows.toml").rename(folder / "rows.toml")
    assert load(folder).version == plain


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    """A loop and a missing target are errors, not tracebacks."""
    folder = small_folder(tmp_path)
    (folder / "medicines" / "loop.toml").symlink_to("loop.toml")
    (folder / "medicines" / "gone.toml").symlink_to("nothing")
    found = said(folder)
    assert found["medicines/loop.toml"].startswith("it is a link that leads nowhere: ")
    assert found["medicines/gone.toml"].startswith("it is a link that leads nowhere: ")


def test_a_folder_named_as_a_file_is_named(tmp_path: Path) -> None:
    """It is never passed over, with or without something in it."""
    folder = small_folder(tmp_path)
    (folder / "medicines" / "gamma.toml").mkdir()
    (folder / "rows.toml").unlink()
    (folder / "rows.toml").mkdir()
    found = said(folder)
    assert found["medicines/gamma.toml"] == "it is a folder, and has to be a file"
    assert found["rows.toml"] == "it is a folder, and has to be a file"


def test_a_linked_folder_is_named(tmp_path: Path) -> None:
    """Links to folders are not followed, so no loop of them is walked for ever."""
    folder = small_folder(tmp_path)
    (folder / "medicines" / "again").symlink_to(folder)
    assert said(folder)["medicines/again"] == "it is a folder, and has to be a plain file"


def test_what_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or folder without the right to read it is an error that says so."""
    folder = small_folder(tmp_path)
    real_open, real_list = os.open, os.scandir

    def guarded(path: os.PathLike[str] | str, *rest: int) -> int:
        if str(path).endswith("rows.toml"):
            raise PermissionError(13, "Permission denied")
        return real_open(path, *rest)

    def listed(path: os.PathLike[str]):  # type: ignore[no-untyped-def]
        if str(path).endswith("medicines"):
            raise PermissionError(13, "Permission denied")
        return real_list(path)

    monkeypatch.setattr(files.os, "open", guarded)
    monkeypatch.setattr(files.os, "scandir", listed)
    found = {item.file: item.reason for item in read_folder(folder).unreadable}
    assert found["rows.toml"] == "it cannot be read: Permission denied"
    assert found["medicines"] == "it cannot be read: Permission denied"


def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, all files together, their number and their depth: beyond each there is an error."""
    folder = small_folder(tmp_path)
    big = folder / "medicines" / "big.toml"
    big.touch()
    os.truncate(big, 50 * 1024**3)
    begun = time.monotonic()
    assert said(folder)["medicines/big.toml"] == "it is larger than 4 MB"
    assert time.monotonic() - begun < 5
    big.unlink()
    deep = folder / "/".join("abcdefgh")
    deep.mkdir(parents=True)
    assert "deeper than 4 folders" in said(folder)["a/b/c/d/e"]
    monkeypatch.setattr(files, "MOST_FILES", 10)
    assert "more than 10 files" in " ".join(said(folder).values())
    monkeypatch.setattr(files, "MOST_FILES", 2_000)
    monkeypatch.setattr(files, "LARGEST_FOLDER", 3_000)
    assert "MB together" in " ".join(said(folder).values())


@pytest.mark.parametrize(
    "name", [b"a\xff.toml", b"a\nb.toml", b"\x1b[31m.toml", b"a" * 250 + b".toml"]
)
def test_odd_names_are_named_without_being_carried_out(tmp_path: Path, name: bytes) -> None:
    """A file name is shown escaped, as one line."""
    folder = small_folder(tmp_path)
    (folder / os.fsdecode(name)).write_text("a = 1", encoding="utf-8")
    lines = [str(item) for item in check_folder(folder, TODAY).findings]
    assert lines
    assert all(line.isprintable() for line in lines)
    "\n".join(lines).encode("utf-8")


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("file", "this is a file, and has to be the data folder"),
        ("none", "there is no such data folder"),
        ("loop", "the data folder cannot be read: Too many levels of symbolic links"),
        ("a" * 300, "the data folder cannot be read: File name too long"),
        ("a\0b", "the data folder cannot be read: a null byte in its name"),
        ("file/x", "the data folder cannot be read: Not a directory"),
        ("pipe", "this is a file, and has to be the data folder"),
    ],
)
def test_a_folder_that_is_none_is_one_finding(tmp_path: Path, place: str, why: str) -> None:
    """Whatever stands where the folder should be, one line says so."""
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    report = check_folder(tmp_path / place, TODAY)
    assert [item.reason for item in report.findings] == [why]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


DEEP = {
    "arrays": "a = " + "[" * 100_000,
    "closed arrays": "a = " + "[" * 200 + "]" * 200,
    "inline tables": "a = " + "{a=" * 5_000 + "1" + "}" * 5_000,
    "a header": "[" + ".".join("a" * 200_000) + "]",
    "a key": ".".join("a" * 200_000) + " = 1",
    "a quoted key": ".".join(['"a b"'] * 100_000) + " = 1",
    "a spaced key": " . ".join(["'a'"] * 100_000) + " = 1",
    "headers": "\n".join("[" + ".".join(["a"] * n) + "]" for n in range(1, 20)),
    "a large figure": "a = 1e999999999",
    "a small figure": "a = 1e-999999999",
    "no figure": "a = nan",
    "endless": "a = -inf",
    "many digits": "a = " + "9" * 10_000,
    "digits": "a = " + "9" * 31,
    "many decimals": "a = 0." + "1" * 10_000,
    "hexadecimal": "a = 0x" + "f" * 10_000,
    "no end": 'a = "' + "a" * 1_000_000,
    "one word": "a" * 3_000_000,
    "quotes": '"' * 100_000,
    "points": "a = " + "." * 100_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_no_text_stops_a_check(tmp_path: Path, text: str) -> None:
    """Deep, long or odd TOML is one error within seconds, never a traceback or a full memory."""
    folder = small_folder(tmp_path)
    (folder / "medicines" / "odd.toml").write_text(text, encoding="utf-8")
    begun = time.monotonic()
    found = said(folder)
    assert time.monotonic() - begun < 5
    assert list(found) == ["medicines/odd.toml"]
    assert len(found["medicines/odd.toml"]) < 300


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """The reader knows only these two ways."""
    with suppress(toml.TomlError):
        assert isinstance(toml.read(text), dict)


def test_a_text_with_many_points_is_no_long_key() -> None:
    """A version, an address and dots in a sentence are read as they are."""
    text = 'a = "1.2.3.4.5.6.7.8 a.b.c.d.e.f.g.h.i.j ......................"'
    assert toml.read(text)["a"].startswith("1.2.3")


def part_of(name: str) -> str:
    """Return the kind of a file: its folder, or its own name."""
    return name.partition("/")[0]


def test_values_of_a_wrong_kind_are_findings(tmp_path: Path) -> None:
    """A key of each kind of file, set to a value of another kind, is an error or accepted."""
    read = read_folder(small_folder(tmp_path))
    small, whole = read.files, read_folder(paths.DATA).files
    shipped = {part_of(name): (name, table) for name, table in reversed(whole)}
    held = {part_of(name) for name, _ in small}
    lacking = [file for part, file in shipped.items() if part not in held]
    folder = read.evolve(files=(*small, *lacking))
    build(folder)
    tried = {part_of(name): name for name, _ in reversed(folder.files)}
    assert tried.keys() >= {*FILES, *OPTIONAL, KEPT, *FOLDERS}
    for part, name in tried.items():
        keys = list(shipped[part][1])[:3]
        for key, value in zip(keys, (1, [1], {"a": 1}), strict=False):
            changed = tuple(
                (other, {**content, key: value} if other == name else content)
                for other, content in folder.files
            )
            with suppress(ContentError):
                build(folder.evolve(files=changed))


def test_a_finding_is_printed_without_control_signs() -> None:
    """As JSON too: the text is ASCII and can be read back."""
    odd = "a\x1b[31m\u202e\x9b\x7f\n"
    finding = Finding(file=odd, key=odd, level=Level.ERROR, rule="x", reason=odd)
    made = Report(findings=(finding,)).to_json()
    assert made.isascii()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", made)
    assert json.loads(made)["findings"][0]["reason"] == odd
