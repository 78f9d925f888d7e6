"""The guide's nightly backup, its trial and its restore; and its lines for a shell and a proxy."""

import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from explorer import paths
from explorer.store import open_store
from tests.conftest import missing
from tests.platform.test_guide_lines import (
    ENVIRONMENT,
    FOLDER,
    GUIDE,
    READ,
    ROLE,
    TRIAL,
    lines,
    own_program,
    reached,
)
from tests.servers import clean_environment
from tests.store.test_sql import with_class

ODD = "p@ss:/?#[]% word"
"""A password that no address can hold as it is."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return where classes are kept, one store after the other."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'classes.sqlite3'}"
        return
    if shutil.which("pg_dump") is None:
        missing("PostgreSQL's client programs are not installed")
    yield request.getfixturevalue("postgresql_database")


def script(folder: Path, address: str) -> tuple[Path, Path]:
    """Install the nightly backup by the guide's first line, with places of this test.

    Returns:
        The script, and where it keeps copies.
    """
    settings, kept, target = folder / "explorer.env", folder / "backups", folder / "daily"
    plain = make_url(address).set(drivername=address.partition(":")[0].partition("+")[0])
    written = plain.render_as_string(hide_password=False)
    settings.write_text(f"EXPLORER_CLASS_SIZE=20\nEXPLORER_DATABASE={written}\n")
    words = lines("install -m 755")[0].replace(
        "/etc/cron.daily/anakinra-explorer-backup", str(target)
    )
    subprocess.run(words.split(), cwd=paths.ROOT, check=True)
    said = target.read_text()
    for there, here in (
        ("/etc/anakinra-explorer.env", settings),
        ("/var/backups/anakinra-explorer", kept),
        ("/opt/anakinra-explorer/bin/anakinra-explorer", own_program(folder)),
    ):
        assert there in said
        said = said.replace(there, str(here))
    target.write_text(said)
    return target, kept


def test_the_nightly_backup_is_dated_private_and_kept_for_30_days(
    tmp_path: Path, address: str
) -> None:
    """Run twice it keeps both; an old one goes; nobody but its owner reads any."""
    store = open_store(address, tmp_path)
    with_class(store)
    target, kept = script(tmp_path, address)
    kept.mkdir()
    old = kept / "classes-2026-01-01-030000.dump"
    old.touch()
    os.utime(old, (0, 0))
    environment = clean_environment(PYTHONPATH=str(paths.ROOT))
    for _ in range(2):
        begun = int(time.time())
        subprocess.run([target], env=environment, check=True, capture_output=True)
        while int(time.time()) == begun:  # a copy's name has the second in it
            time.sleep(0.02)
    copies = list(kept.iterdir())
    assert len(copies) == 2
    for copy in copies:
        assert re.fullmatch(r"classes-\d{4}-\d\d-\d\d-\d{6}\.(sqlite3|dump)", copy.name)
        assert copy.stat().st_mode & 0o077 == 0
    store.close()


def test_a_nightly_backup_of_nothing_fails(tmp_path: Path) -> None:
    """A wrong place is an error that cron reports, and no empty copy."""
    target, kept = script(tmp_path, f"sqlite:///{tmp_path / 'none.sqlite3'}")
    done = subprocess.run(
        [target],
        env=clean_environment(PYTHONPATH=str(paths.ROOT)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "there is no file" in done.stderr
    assert list(kept.iterdir()) == []


def test_a_nightly_backup_is_tried_and_restored(tmp_path: Path, address: str) -> None:
    """By the guide's lines: beside the app the trial finds the answer; then it is put back."""
    store = open_store(address, tmp_path)
    session = with_class(store)
    store.answer("s", 0, "anna", ("a",))
    target, kept = script(tmp_path, address)
    is_sqlite = address.startswith("sqlite")
    environment = clean_environment(
        PYTHONPATH=str(paths.ROOT), PATH=f"{tmp_path}:{os.environ['PATH']}"
    )
    if not is_sqlite:
        environment |= reached(address)
    subprocess.run([target], env=environment, check=True, capture_output=True)
    (copy,) = kept.iterdir()
    before = copy.read_bytes()
    trial = "\n".join(TRIAL[:1] if is_sqlite else TRIAL[1:])
    try:
        found = subprocess.run(
            ["bash", "-ec", trial],
            env=environment | {"BACKUP": str(copy)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    finally:
        if not is_sqlite:
            subprocess.run(["dropdb", "--if-exists", "trial"], env=environment, check=True)
    assert re.search(r"CDF346\t.*\t1\t1\t" if is_sqlite else r"^ +1$", found, re.MULTILINE), found
    assert copy.read_bytes() == before
    store.answer("s", 0, "anna", ("b",))
    store.close()
    if is_sqlite:
        for name in ("classes.sqlite3-wal", "classes.sqlite3-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        copy.replace(tmp_path / "classes.sqlite3")
    else:
        (line,) = re.findall(r"`(pg_restore --clean --if-exists [^`]* FILE)`", GUIDE)
        address_of = make_url(address).set(drivername="postgresql")
        subprocess.run(
            ["bash", "-ec", line.replace("FILE", shlex.quote(str(copy)))],
            env=environment
            | {"EXPLORER_DATABASE": address_of.render_as_string(hide_password=False)},
            check=True,
        )
    again = open_store(address, tmp_path)
    assert again.by_code("CDF346") == session
    assert [item.answer for item in again.responses("s")] == [("a",)]
    again.close()


def test_the_shell_reads_the_settings_as_the_service_does(tmp_path: Path) -> None:
    """Spaces and all, without what is no setting."""
    file = tmp_path / "settings.env"
    said = "".join(f"{name}={value}\n" for name, value in ENVIRONMENT.items())
    file.write_text(f"# ours\n\nPATH=/nowhere\n{said}")
    line = READ.replace("/etc/anakinra-explorer.env", str(file))
    done = subprocess.run(
        ["bash", "-ec", f"{line}\nenv -0"],
        env={"PATH": os.environ["PATH"]},
        check=True,
        capture_output=True,
        text=True,
    )
    found = dict(item.split("=", 1) for item in done.stdout.split("\0") if item)
    assert {name: found.get(name) for name in ENVIRONMENT} == ENVIRONMENT
    assert found["PATH"] == os.environ["PATH"]


def test_a_password_is_written_for_an_address() -> None:
    """By the guide's line, whose question is answered here by a pipe."""
    line = ROLE[2].replace("from getpass import getpass;", "getpass = input;")
    done = subprocess.run(
        ["bash", "-ec", line], input=f"{ODD}\n", text=True, capture_output=True, check=True
    )
    written = ENVIRONMENT["EXPLORER_DATABASE"].replace("PASSWORD", done.stdout.strip())
    assert make_url(written).password == ODD
    libpq = pytest.importorskip("psycopg.conninfo")
    assert libpq.conninfo_to_dict(written)["password"] == ODD


def test_the_files_that_the_guide_installs_are_there(tmp_path: Path) -> None:
    """Every path under docs that it names; its two copies are made by its own lines."""
    named = set(re.findall(r"\bdocs/[\w./@-]*\w", GUIDE))
    assert {"docs/hosting/backup.sh", "docs/hosting/logrotate.conf"} <= named
    assert [name for name in named if not (paths.ROOT / name).exists()] == []
    installed = lines("cp docs/hosting/anakinra-explorer@.service")
    for line in installed:
        if line.startswith("cp "):
            _, source, target = line.split()
            place = tmp_path / target.lstrip("/")
            (place if target.endswith("/") else place.parent).mkdir(parents=True)
            subprocess.run(["cp", source, str(place)], cwd=paths.ROOT, check=True)
    assert [line.split()[0] for line in installed].count("cp") == 2
    assert (tmp_path / "etc/systemd/system/anakinra-explorer@.service").is_file()
    assert (tmp_path / "etc/nginx/conf.d/anakinra-explorer.conf").is_file()


def test_the_log_that_is_rotated_is_the_one_that_is_written() -> None:
    """Copied and truncated, as the guide says."""
    sample = FOLDER / "logrotate.conf"
    (written,) = re.findall(r"2>> (\S+)", GUIDE)
    said = sample.read_text(encoding="utf-8")
    assert f"\n{written} {{" in said
    assert "\n  copytruncate\n" in said


def test_logrotate_takes_the_sample() -> None:
    """It reads the file without an error, and would rotate."""
    program = shutil.which("logrotate") or shutil.which("/usr/sbin/logrotate")
    if program is None:
        missing("logrotate is not installed")
    done = subprocess.run(
        [program, "-d", FOLDER / "logrotate.conf"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "error:" not in done.stderr
