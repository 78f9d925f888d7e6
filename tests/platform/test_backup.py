"""A backup checks its source, counts what it holds, and is never over an old one."""

import sqlite3
from pathlib import Path

import pytest

from explorer.classes.service import ClassService
from explorer.cli import main
from explorer.domain.sessions import PlannedQuestion, TeachingPhase
from explorer.store import open_store
from tests.questions import question


def test_a_backup_of_a_class_in_use_restores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the app's connection open; the copy opens as a store, for its owner only."""
    address = f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    store = open_store(address, tmp_path)
    plan = (PlannedQuestion(question=question("q1"), phase=TeachingPhase.FREE),)
    keys = ClassService(store).open_session(plan, title="T", content="v1")
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", "--database", address, str(copy)]) == 0
    source = tmp_path / "classes.sqlite3"
    assert capsys.readouterr().out == f"{copy}: 1 classes, 0 people, 0 answers, from {source}\n"
    assert copy.stat().st_mode & 0o077 == 0
    restored = open_store(f"sqlite:///{copy}", tmp_path)
    assert restored.by_code(keys.code) == store.by_code(keys.code)
    restored.close()
    store.close()


def test_a_backup_of_nothing_or_over_a_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong name makes no empty copy; an old copy stays; each is one line and exit 2."""
    wrong = f"sqlite:///{tmp_path / 'none.sqlite3'}"
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", "--database", wrong, str(copy)]) == 2
    assert list(tmp_path.iterdir()) == []
    source = tmp_path / "classes.sqlite3"
    open_store(f"sqlite:///{source}", tmp_path).close()
    copy.write_text("an old one")
    assert main(["backup", "--database", f"sqlite:///{source}", str(copy)]) == 2
    assert copy.read_text() == "an old one"
    assert main(["backup", "--database", f"sqlite:///{source}", str(tmp_path / "no/x")]) == 2
    other = tmp_path / "other.sqlite3"
    with sqlite3.connect(other) as made:
        made.execute("CREATE TABLE a (b)")
    made.close()
    assert main(["backup", "--database", f"sqlite:///{other}", str(tmp_path / "y")]) == 2
    assert main(["backup", "--database", "postgresql://u@h/x", str(tmp_path / "z")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 5
    assert "there is no file" in said[0]
    assert "left as it is" in said[1]
    assert "pg_dump" in said[4]
