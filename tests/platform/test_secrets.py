"""No part of a setting that may be secret is ever printed, however it is misspelt."""

import logging
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from explorer import runtime
from explorer.cli import main
from explorer.settings import PREFIX, SETTINGS
from explorer.store import DatabaseError, open_store

MARK = "hunter2marker"

DATABASES = [
    f"postgresql://u:{MARK}@127.0.0.1:1/x",
    f"postgresql://u:p@{MARK}@127.0.0.1:1/x",
    f"postgresql://u:{MARK}@p@127.0.0.1:1/x",
    f"postgresql://u:p/{MARK}@127.0.0.1:1/x",
    f"postgresql://u:p?{MARK}@127.0.0.1:1/x",
    f"postgresql://u:p#{MARK}@127.0.0.1:1/x",
    f"postgresql://u:p:{MARK}@127.0.0.1:1/x",
    f"postgresql://u:p%{MARK}@127.0.0.1:1/x",
    f"postgresql://u:p {MARK}@127.0.0.1:1/x",
    f"postgresql://{MARK}@127.0.0.1:1/x",
    f"postgresql://u:{MARK}127.0.0.1:1/x",
    f"postgresql://u:{MARK}127.0.0.1/x",
    f"postgresql://127.0.0.1:1/{MARK}",
    f"postgresql:/u:{MARK}@127.0.0.1:1/x",
    f"postgresql:u:{MARK}@127.0.0.1:1/x",
    f"postgresql//u:{MARK}@127.0.0.1:1/x",
    f" postgresql://u:{MARK}@127.0.0.1:1/x",
    f"postgresql ://u:{MARK}@127.0.0.1:1/x",
    f"postgresql://127.0.0.1:1/x?user=u&password={MARK}",
    f"postgresql://127.0.0.1:1/x?{MARK}=1",
    f"postgresql://127.0.0.1:1/x?sslmode={MARK}",
    f"postgresql://127.0.0.1:1/x?connect_timeout={MARK}",
    f"postgresql://u:p@127.0.0.1:1/x?options={MARK}",
    f"POSTGRESQL://u:{MARK}@127.0.0.1:1/x",
    f"postgres://u:{MARK}@127.0.0.1:1/x",
    f"mysql://u:{MARK}@127.0.0.1:1/x",
    f"host=127.0.0.1 port=1 user=u password={MARK}",
    f"sqlite:////nowhere/x?timeout={MARK}",
    f"sqlite://u:{MARK}@h/x",
    f"'postgresql://u:{MARK}@127.0.0.1:1/x'",
    MARK,
]


@pytest.mark.parametrize("database", DATABASES)
def test_no_part_of_a_database_is_told(
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    """By variable, by option, as a stray argument, as the store's own error, on every level."""
    with caplog.at_level(logging.DEBUG):
        with pytest.raises(DatabaseError) as caught:
            open_store(database, tmp_path / "unused")
        for words in (["--database", database], [database]):
            assert main(["sessions", "list", *words]) == 2
        monkeypatch.setenv("EXPLORER_DATABASE", database)
        assert main(["sessions", "list"]) == 2
    said = capsys.readouterr()
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    for told in (str(caught.value), said.out, said.err, caplog.text):
        assert MARK not in told


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("value", ["@{}\udcff", "x://u:{}@h:port", "@{}", "\n{}@", "u:{}@h"])
def test_an_address_in_the_wrong_setting_is_not_told(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody puts the database's address, or half of it, into another line."""
    monkeypatch.setenv(PREFIX + name, value.format(MARK))
    monkeypatch.setattr(runtime, "start", lambda *_args, **_named: sys.exit(99))
    with suppress(SystemExit):  # what a setting may be is the next test
        main(["run", "--port", "8597"])
    said = capsys.readouterr()
    assert MARK not in said.out + said.err


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_misspelt_name_is_named_without_its_value(
    setting: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, exit 2, within a second, with the name that was meant."""
    meant = PREFIX + setting
    for name in (meant.lower(), meant.title(), meant[:-1], meant[:-2] + meant[-1], f"{meant}S"):
        with monkeypatch.context() as patch:
            patch.setenv(name, f"postgresql://u:{MARK}@h/x")
            begun = time.monotonic()
            assert main(["run"]) == 2
            assert time.monotonic() - begun < 1
        said = capsys.readouterr().err
        assert said == (
            f"anakinra-explorer: {name}: there is no such setting; did you mean {meant}?\n"
        )


BAD = {
    "DATA": ["nosuch/folder"],
    "LOCAL_DATA": ["nosuch/folder"],
    "HOST": ["LOCALHOST.nosuch.invalid"],
    "JURISDICTION": ["US", "!", "xx"],
    "PUBLIC_URL": ["class.example.org", "ftp://x", "http://"],
    "BASE_PATH": ["anakinra", "/a b", "/a/"],
    "FRAME_ANCESTORS": ["portal", "*"],
    "TEACH_PASSPHRASE": [],  # whatever is set are the words
    "METRICS_TOKEN": ["x", "too short for it", "with spaces between its twenty"],
    "DATABASE": ["Memory", "sqlite", "SQLITE:///x", "mysql://h/x", "postgresql://u@h:x/y"],
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_bad_value_is_one_line_with_the_name(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nonsense, empty, too large, in the wrong case: exit 2 within a second, and what it may be."""
    monkeypatch.setattr(runtime, "start", lambda *_args, **_named: sys.exit(99))
    for value in ("", " ", *BAD.get(name, ["x", "-1", "1e3", "9" * 30, "TRUE"])):
        with monkeypatch.context() as patch:
            patch.setenv(PREFIX + name, value)
            begun = time.monotonic()
            code = main(["run", "--port", "8597"] if name != "PORT" else ["run"])
            assert time.monotonic() - begun < 1, value
        said = capsys.readouterr().err
        assert code == 2, (value, said)
        assert said.count("\n") == 1, said
        assert PREFIX + name in said
