"""The guide's lines for a service: run as they stand, but for root, passwords and places."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from explorer import paths, runtime
from explorer.settings import load_settings
from explorer.store import open_store
from explorer.store.sql import base
from tests.conftest import missing

GUIDE = (paths.ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
FOLDER = paths.ROOT / "docs" / "hosting"
(ENVIRONMENT,) = (
    dict(line.split("=", 1) for line in block.splitlines())
    for block in re.findall(r"```ini\n(.*?)```", GUIDE, re.DOTALL)
    if block.startswith("EXPLORER_")
)


def lines(begin: str) -> list[str]:
    """Return the lines of the guide's block that begins so, without whom they run as."""
    (block,) = (
        item
        for item in re.findall(r"```(?:ba)?sh\n(.*?)```", GUIDE, re.DOTALL)
        if item.startswith(begin)
    )
    return [line.replace("sudo -u postgres ", "") for line in block.splitlines()]


ROLE = lines("sudo -u postgres createuser")
TRIAL = lines("anakinra-explorer sessions list --database")
READ = "\n".join(lines("mapfile"))


def reached(address: str) -> dict[str, str]:
    """Return the variables by which PostgreSQL's programs reach a server as its owner."""
    server = make_url(address)
    return {
        "PGHOST": str(server.host or server.query.get("host", "")),
        "PGPORT": str(server.port or server.query.get("port", 5432)),
        "PGUSER": str(server.username),
        "PGPASSWORD": str(server.password or ""),
    }


def own_program(folder: Path) -> Path:
    """Make the command, as it is installed."""
    program = folder / "anakinra-explorer"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m explorer.cli "$@"\n')
    program.chmod(0o755)
    return program


def test_the_role_of_the_guide_owns_what_the_app_needs(postgresql: str) -> None:
    """Role and database by the guide's lines: the app makes its tables as that role."""
    if shutil.which("createuser") is None:
        missing("PostgreSQL's client programs are not installed")
    server = make_url(postgresql)
    used = server.set(drivername="postgresql+psycopg")
    role, database = (line.split()[-1] for line in ROLE[:2])
    environment = os.environ | reached(postgresql)
    told = make_url(ENVIRONMENT["EXPLORER_DATABASE"])
    assert (told.username, told.database) == (role, database)

    def clear() -> None:
        engine = create_engine(used, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)"))
            connection.execute(text(f"DROP ROLE IF EXISTS {role}"))
        engine.dispose()

    clear()
    try:
        for line in ROLE[:2]:
            words = [word for word in line.split() if word != "--pwprompt"]
            subprocess.run(words, env=environment, check=True, capture_output=True)
        mine = server.set(username=role, password=None, database=database)
        store = open_store(mine.render_as_string(), Path("unused"))
        assert store.faults() == ()
        store.close()
    finally:
        clear()


def test_the_settings_file_is_its_owners_and_holds_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installed by the guide's line nobody else may read it; each of its names is a setting."""
    written = tmp_path / "explorer.env"
    written.write_text("".join(f"{name}={value}\n" for name, value in ENVIRONMENT.items()))
    target = tmp_path / "etc.env"
    for line in lines("install -m 600"):
        words = line.replace("/etc/anakinra-explorer.env", str(target)).split()
        subprocess.run(words, cwd=tmp_path, check=True)
    assert not written.exists()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    held = load_settings()
    assert held.public_url == ENVIRONMENT["EXPLORER_PUBLIC_URL"]
    assert held.database.get_secret_value() == ENVIRONMENT["EXPLORER_DATABASE"]
    assert held.teach_passphrase.get_secret_value() == ENVIRONMENT["EXPLORER_TEACH_PASSPHRASE"]


def test_the_number_of_connections_in_the_guide_is_the_pools() -> None:
    """What an administrator plans with is what the program takes."""
    from explorer.store.sql.server import SERVER_OVERFLOW, SERVER_POOL

    assert f"uses {SERVER_POOL + SERVER_OVERFLOW} connections of PostgreSQL at most" in " ".join(
        GUIDE.split()
    )


def test_a_missing_driver_is_installed_by_the_guides_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The start is refused with 2 and one line, whose command is the guide's."""

    def without(*_: object, **__: object) -> None:
        raise ImportError

    monkeypatch.setattr(base, "open_engine", without)
    monkeypatch.setattr(runtime, "_current", None)
    with pytest.raises(SystemExit) as ended:
        runtime.start(load_settings(database="postgresql://me@127.0.0.1/classes"))
    said = capsys.readouterr().err
    command = "pip install -c constraints.txt '.[postgresql"
    assert ended.value.code == 2
    assert said.count("\n") == 1
    assert command in said
    assert command in GUIDE


@pytest.mark.server
def test_each_line_of_a_start_has_time_and_level(server: str, server_log: Path) -> None:
    """Version, content, classes, passphrase, bounds; Streamlit's greeting is none of ours."""
    assert server
    ours, streamlits = [], []
    for line in filter(None, server_log.read_text(encoding="utf-8").splitlines()):
        is_ours = re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ [A-Z]+ explorer", line)
        (ours if is_ours else streamlits).append(line.strip())
    said = "\n".join(ours)
    for part in (" INFO explorer: version ", "content: /", "classes are kept in", "passphrase"):
        assert part in said
    assert [line for line in streamlits if not line.startswith(("You can now", "URL: "))] == []
