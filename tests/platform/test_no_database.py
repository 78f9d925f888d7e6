"""Commands on classes that are not there: one line, exit 2, and nothing is made."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

import explorer
from explorer.classes.service import ClassService
from explorer.cli import main
from explorer.domain.sessions import Action, PlannedQuestion, TeachingPhase
from explorer.session_commands import sessions
from explorer.store import DatabaseError, open_store
from tests.questions import question

COMMANDS = {
    "backup": ["backup", "copy"],
    "export": ["sessions", "export", "CDF346", "--to", "csv", "-o", "report.csv"],
    "link": ["sessions", "link", "CDF346"],
    "list": ["sessions", "list"],
    "purge": ["sessions", "purge", "--older-than", "0", "--open-too", "--clock-is-right"],
}
"""Every command on classes that exist, by its last word."""

WORDS = pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)


@pytest.fixture(autouse=True)
def home(read_once: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder that is home, too, with no setting in force."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("EXPLORER_DATABASE", raising=False)
    return tmp_path


def held(folder: Path) -> Mapping[str, bytes]:
    """Return what lies in a folder, however deep; a folder counts with no content."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def test_no_command_on_classes_is_left_out() -> None:
    """A new one has to be tried here too."""
    assert {"backup", *sessions.commands} == set(COMMANDS)


@WORDS
def test_without_a_setting_no_file_appears_at_home(
    words: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty new file would pass for the server's: as a list without classes, or as a backup."""
    assert main(words) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert f"there is no file {home}/.local/share/anakinra-explorer/classes.sqlite3;" in said.err
    assert "set EXPLORER_DATABASE" in said.err
    assert held(home) == {}


@WORDS
@pytest.mark.parametrize("form", ["sqlite:///{}", "sqlite:///file:{}?mode=rwc&uri=true"])
def test_a_mistyped_file_is_not_made(
    words: list[str], form: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """However the file is written, as SQLite's own address too."""
    missing = home / "clases.sqlite3"
    assert main([*words, "--database", form.format(missing)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert f"there is no file {missing}; set EXPLORER_DATABASE" in said.err
    assert held(home) == {}


@WORDS
@pytest.mark.parametrize("is_empty", [True, False], ids=["empty", "of another program"])
def test_a_file_that_is_not_ours_stays_as_it_is(
    words: list[str], is_empty: bool, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No table is made in it, and not a byte is changed."""
    file = home / "other.sqlite3"
    file.touch()
    if not is_empty:
        with sqlite3.connect(file) as other:
            other.execute("CREATE TABLE notes (words)")
        other.close()
    before = held(home)
    assert main([*words, "--database", f"sqlite:///{file}"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert str(file) in said.err
    assert held(home) == before


@WORDS
def test_classes_in_memory_are_the_servers_only(
    words: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No command can see them, so none says that there are none."""
    assert main([*words, "--database", "memory"]) == 2
    assert "EXPLORER_DATABASE is memory" in capsys.readouterr().err
    assert held(home) == {}


@WORDS
def test_a_new_database_of_postgresql_gets_no_tables(
    words: list[str], home: Path, postgresql_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The app makes them when it starts; a command on another database than the app's does not."""
    from sqlalchemy import create_engine, inspect
    from sqlalchemy.engine import make_url

    assert main([*words, "--database", postgresql_database]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    expected = "pg_dump" if words[0] == "backup" else "it has no tables of this program"
    assert expected in said.err
    engine = create_engine(make_url(postgresql_database).set(drivername="postgresql+psycopg"))
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_the_report_of_a_notebook_makes_no_database(home: Path) -> None:
    """The public interface reads classes, and makes none either."""
    with pytest.raises(DatabaseError, match=r"there is no file .*; set EXPLORER_DATABASE"):
        explorer.load().class_report("CDF346")
    assert held(home) == {}


def test_a_class_that_may_be_going_on_goes_only_where_that_is_said(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ended ones, and those left alone for a day, go as before."""
    address = f"sqlite:///{home / 'classes.sqlite3'}"
    teaching = ClassService(open_store(address, home))
    plan = [PlannedQuestion(question=question("q"), phase=TeachingPhase.FREE)]
    keys = teaching.open_session(plan, title="T", content="v")
    purge = ["sessions", "purge", "--older-than", "0", "--database", address]
    assert main(purge) == 2
    assert "nothing was deleted: 1 of 1 have not ended" in capsys.readouterr().err
    assert len(teaching.listed()) == 1
    teaching.advance(keys.console, Action.END, teaching.host(keys.console).version)
    assert main(purge) == 0
    assert capsys.readouterr().out == "deleted: 1 of 1\n"
    teaching.close()
