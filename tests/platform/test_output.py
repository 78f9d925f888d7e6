"""Where files are written and what lines hold: nothing else is replaced, nothing is carried out."""

import io
import os
import socket
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import cli, files, paths
from explorer.cli import main
from explorer.files import OutputError, write_file
from explorer.output import say
from explorer.store import open_store
from explorer.store.port import Summary

EXPORT = ["export", "comparison", "--condition", "ra", "--medicines", "anakinra,methotrexate"]


def shell(
    line: str, *words: str, folder: Path, stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run the command as the shell does; ``$0`` is the interpreter, ``$@`` our arguments."""
    return subprocess.run(
        ["bash", "-c", line, sys.executable, *words],
        cwd=paths.ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        | {"EXPLORER_DATABASE": f"sqlite:///{folder / 'classes.sqlite3'}"},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    """Through a chain of links the last file gets the content, with its own rights."""
    target = tmp_path / "folder" / "real.csv"
    target.parent.mkdir()
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    first, second = tmp_path / "first", tmp_path / "second"
    second.symlink_to(target)
    first.symlink_to("second")
    write_file(str(first), b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert first.is_symlink()
    assert second.is_symlink()
    assert [path.name for path in target.parent.iterdir()] == ["real.csv"]


def test_a_link_to_a_file_that_is_not_there_makes_it(tmp_path: Path) -> None:
    """A dangling link is followed too."""
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "new.csv")
    write_file(str(link), b"new")
    assert link.is_symlink()
    assert (tmp_path / "new.csv").read_bytes() == b"new"


def test_a_pipe_with_a_reader_is_written_to(tmp_path: Path) -> None:
    """The reader gets the whole file, and the pipe is one afterwards."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_file(str(pipe), b"x" * 200_000)
    reader.join(10)
    assert got == [b"x" * 200_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_pipe_without_a_reader_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while there is one line; nothing waits for ever."""
    monkeypatch.setattr(files, "READER_SECONDS", 0.1)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="nobody reads this pipe"):
        write_file(str(tmp_path / "pipe"), b"x")


def test_a_socket_is_refused_and_stays(tmp_path: Path) -> None:
    """A socket is no place for a file."""
    with socket.socket(socket.AF_UNIX) as place:
        place.bind(str(tmp_path / "s"))
        with pytest.raises(OutputError, match="it is a socket"):
            write_file(str(tmp_path / "s"), b"x")
        assert stat.S_ISSOCK((tmp_path / "s").stat().st_mode)


def test_a_device_is_written_to_and_stays() -> None:
    """The null device takes all, the full one says so; both are devices afterwards."""
    write_file(os.devnull, b"x")
    with pytest.raises(OutputError, match="No space left on device"):
        write_file("/dev/full", b"x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a" * 256, "File name too long"),
        ("\N{SNOWMAN}" * 100, "File name too long"),
        ("a\0b", "null"),
        ("loop", "symbolic links"),
        ("", "No such file or directory"),
        ("none/x", "No such file or directory"),
    ],
)
def test_a_name_that_cannot_be_is_one_line(
    tmp_path: Path, name: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Too long, with a NUL, a loop of links: one line, exit 2, nothing left behind."""
    (tmp_path / "loop").symlink_to("loop")
    before = sorted(tmp_path.iterdir())
    place = f"{tmp_path}/{name}" if name else ""
    assert main([*EXPORT, "--to", "csv", "-o", place]) == 2
    said = capsys.readouterr().err
    assert said.startswith("anakinra-explorer: cannot write ")
    assert why in said
    assert said.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_the_longest_name_that_can_be_is_written(tmp_path: Path) -> None:
    """A name of 255 bytes is fine, whatever the temporary one is called."""
    write_file(str(tmp_path / ("a" * 255)), b"x")
    assert (tmp_path / ("a" * 255)).read_bytes() == b"x"


@pytest.mark.server
@pytest.mark.parametrize("end", [" | head -c 20", " > out; head -c 20 out"])
def test_standard_output_can_be_named(tmp_path: Path, end: str) -> None:
    """/dev/stdout takes the file, as a pipe and as a plain file, and stays what it is."""
    line = f'cd {tmp_path} && PYTHONPATH={paths.ROOT} "$0" -m explorer.cli "$@"{end}'
    done = shell(line, *EXPORT, "--to", "csv", "-o", "/dev/stdout", folder=tmp_path)
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("\ufeff")
    assert Path("/dev/stdout").is_symlink()


@pytest.mark.server
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("sessions list", 0),  # there is no class, so that nothing is written
        ("sessions purge", cli.PIPE_CUT),
        ("check --data {folder}", cli.PIPE_CUT),
        ("check --data {folder} 2>&1", cli.PIPE_CUT),
        ("--help", cli.PIPE_CUT),
    ],
)
def test_a_cut_pipe_is_quiet(tmp_path: Path, words: str, code: int) -> None:
    """Where nobody reads on, the command ends without a word, as other tools do."""
    open_store(f"sqlite:///{tmp_path / 'classes.sqlite3'}", tmp_path).close()
    read, write = os.pipe()
    os.close(read)
    given = words.format(folder=tmp_path)
    done = shell(f'"$0" -m explorer.cli {given}', folder=tmp_path, stdout=write)
    os.close(write)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.stderr.count("\n") <= 3  # what it has to say, and no trace
    assert done.returncode == code


@pytest.mark.server
def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    """Where standard output cannot take more, there is a line, and exit 2."""
    done = shell('"$0" -m explorer.cli "$@" >/dev/full', "--version", folder=tmp_path)
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr
    assert done.returncode == 2


@pytest.mark.server
def test_a_closed_output_stops_nothing(tmp_path: Path) -> None:
    """With both streams closed by the shell, the file is written all the same."""
    target = tmp_path / "out.csv"
    line = '"$0" -m explorer.cli "$@" >&- 2>&-'
    done = shell(line, *EXPORT, "--to", "csv", "-o", str(target), folder=tmp_path)
    assert done.returncode == 0
    assert target.stat().st_size > 1000


@pytest.mark.server
def test_a_terminal_that_lacks_a_letter_gets_an_escape(tmp_path: Path) -> None:
    """With ASCII alone, a line of ours is still a line."""
    done = shell(
        'PYTHONIOENCODING=ascii "$0" -m explorer.cli "$@"',
        "check", "--data", str(tmp_path / "caf\u00e9"), folder=tmp_path,
    )  # fmt: skip
    assert "there is no such data folder" in done.stderr
    assert "caf\\xe9" in done.stderr
    assert done.returncode == 2


TITLE = "Class\x1b[31m\r\n\tX\u202ey\x9b\x7f\u2028z\u2066"


def test_the_list_of_classes_holds_no_control_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line for a class, with five tabs and no other sign that a terminal carries out."""
    item = Summary(
        code="ABC234", title=TITLE, state="open", people=3, answers=2,
        opened=datetime(2026, 11, 25, tzinfo=UTC), changed=datetime(2026, 11, 25, tzinfo=UTC),
    )  # fmt: skip
    monkeypatch.setattr("explorer.classes.service.ClassService.listed", lambda _self: (item,))
    address = f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    open_store(address, tmp_path).close()
    assert main(["sessions", "list", "--database", address]) == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.count("\t") == 5
    assert said.rstrip("\n").replace("\t", "").isprintable()
    assert "Class\\x1b[31m\\r\\n\\tX\\u202ey" in said


@given(st.text(st.characters(exclude_categories=())))
def test_no_line_of_ours_is_two_or_carried_out(text: str) -> None:
    """Any text, in any line that the command prints."""
    out = io.StringIO()
    say(text, stream=out)
    said = out.getvalue()
    assert len(said.splitlines()) == 1
    assert not [sign for sign in said[:-1] if ord(sign) < 32 or 127 <= ord(sign) < 160]
    assert not set(said) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
