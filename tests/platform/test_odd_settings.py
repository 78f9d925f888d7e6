"""Settings with odd values: one clear line, exit 2, and never a secret."""

import os
from pathlib import Path

import pytest

from explorer.cli import main
from explorer.settings import SettingsError, database_file, load_settings
from explorer.store import DatabaseError, open_store

WORD = "hunter2secret"

DATABASES = [
    f"postgresql://u:{WORD}@[::1",
    f"postgresql://u:{WORD}@h:port/x",
    f"postgresql://u:{WORD}/more@h/x",
    f"postgresql://u:12/{WORD}@127.0.0.1/x",
    f"postgresql://u:{WORD}@127.0.0.1:99999/x",
    f"postgresql://u@127.0.0.1:1/x?password={WORD}",
    f"postgresql://u@127.0.0.1:1/x?nosuch={WORD}",
    f"postgresql://u:{WORD}@127.0.0.1:1/x?sslmode=bogus",
    f"postgresql://u:{WORD}@h\udcff/x",
    f"postgresql://u:{WORD}\udcff@127.0.0.1:1/x",
    f"mysql://u:{WORD}@h/x",
    f"postgresql+nosuch://u:{WORD}@h/x",
    f"sqlite://u:{WORD}@h/x",
    f"://{WORD}",
    WORD,
    "sqlite:////tmp/a%00b",
    "sqlite:////tmp/x?timeout=abc",
    "sqlite:////dev/null",
    "sqlite:////",
    "sqlite:////nonexistent/x",
    "sqlite:////" + "a" * 5_000,
]


@pytest.mark.parametrize("database", DATABASES)
def test_an_odd_database_is_one_line_without_the_password(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As variable and as option, from the service and from the command."""
    with pytest.raises((DatabaseError, SettingsError)) as caught:
        open_store(load_settings(database=database).database.get_secret_value(), Path("unused"))
    assert WORD not in str(caught.value)
    assert main(["sessions", "list", "--database", database]) == 2
    said = capsys.readouterr().err
    assert said.startswith("anakinra-explorer: ")
    assert said.count("\n") == 1
    assert WORD not in said


@pytest.mark.parametrize(
    "host",
    [
        "999.1.1.1",
        "192.0.2.1",
        " ",
        "nosuch.invalid",
        "a" * 300,
        ".",
        "http://x",
        "[::1]",
        "a\0b",
        "\u2603" * 70,
    ],
)
def test_a_host_that_nothing_can_listen_on_is_one_line(
    host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The server is not started, and the line names the setting and the value."""
    assert main(["run", "--host", host, "--port", "8599"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("anakinra-explorer: host (EXPLORER_HOST): cannot listen on ")
    assert said.count("\n") == 1
    assert len(said) < 300


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATA", "~nosuchuser/x"),
        ("PORT", "9" * 5_000),
        ("PORT", "\u0660x"),
        ("CLASSES", "1e9"),
        ("PUBLIC_URL", "http://[::1"),
        ("PUBLIC_URL", "http://host:port"),
        ("PUBLIC_URL", "http://:80"),
        ("PUBLIC_URL", "http://h:99999"),
        ("DATABASE", f"{WORD}\udcff"),
    ],
)
def test_an_odd_value_is_one_line(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the setting, shows the start of the value, and nothing of a secret."""
    monkeypatch.setenv(f"EXPLORER_{name}", value)
    assert (
        main(
            ["sessions", "list", "--database", "nosuch"]
            if name != "DATABASE"
            else ["sessions", "list"]
        )
        == 2
    )
    said = capsys.readouterr().err
    assert name in said
    assert said.count("\n") == 1
    assert len(said) < 400
    assert WORD not in said


def test_a_data_folder_that_is_a_loop_or_a_nul_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither is a traceback, whatever the command."""
    (tmp_path / "loop").symlink_to("loop")
    for place in (str(tmp_path / "loop"), str(tmp_path / "a\0b")):
        code = main(["check", "--data", place])
        out = capsys.readouterr()
        assert code in (1, 2)
        assert "loop" in out.out + out.err or "null" in out.out + out.err


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Classes in memory need no home; else the line names the setting."""

    def homeless(_self: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr(Path, "expanduser", homeless)
    with pytest.raises(DatabaseError, match="set EXPLORER_DATABASE to another place, or to memory"):
        open_store("", database_file())
    open_store("memory", database_file()).close()
    assert os.path.lexists(os.devnull)
