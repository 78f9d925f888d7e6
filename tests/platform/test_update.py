"""An update, and the way back, as the hosting guide has it, with a class running across both."""

import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import create_engine, text

from explorer.store import DatabaseError, open_store
from tests.builders import small_folder
from tests.platform.test_faults import Phone, ask, opened, teaching_on
from tests.servers import ROOT, Server, clean_environment

pytestmark = [pytest.mark.server, pytest.mark.slow]

GUIDE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")

LATER = "ALTER TABLE sessions ADD COLUMN later INTEGER;\n"

PEOPLE = 12


def lines(begin: str) -> list[str]:
    """Take the commands of a block of the guide, by its first words."""
    (block,) = (
        item for item in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) if item.startswith(begin)
    )
    return [line.partition("  #")[0].rstrip() for line in block.splitlines()]


def newer(folder: Path) -> Path:
    """Make a version of the program that has one migration more."""
    made = folder / "newer"
    shutil.copytree(ROOT / "explorer", made / "explorer")
    for name in ("data", "pages", ".streamlit", "pyproject.toml"):
        (made / name).symlink_to(ROOT / name)
    (made / "explorer/store/migrations/0099_later.sql").write_text(LATER, encoding="utf-8")
    return made


class Machine:
    """What the operator works on: the service, the installed version, a shell."""

    def __init__(self, folder: Path, address: str) -> None:
        self.installed = ROOT
        self.versions = {"/path/to/new/source": newer(folder), "/path/to/old/source": ROOT}
        self.server = Server(folder=folder, database=address, log=folder / "log")
        self.codes: list[int] = []
        self._data = str(small_folder(folder))
        self._folder = folder
        self._address = address.replace("postgresql+psycopg", "postgresql")

    def run(self, line: str) -> None:
        """Do what a line of the guide says."""
        words = line.split()
        match words[0], words[1:]:
            case "systemctl", ["kill", "--signal=USR1", _]:
                self.signal("USR1")
            case "systemctl", ["stop", _]:
                self.signal("TERM")
                self.wait()
            case "systemctl", ["start", _]:
                self.server.set("PYTHONPATH", str(self.installed))
                self.server.start()
            case "while", ["systemctl", "is-active", *_]:
                self.wait()
            case "curl", ["--fail", *_]:
                assert (
                    urllib.request.urlopen(f"{self.server.base}/readyz", timeout=20).status == 200
                )
            case "(cd", [source, "&&", "/opt/anakinra-explorer/bin/pip", "install", *_]:
                self.installed = self.versions[source]
            case _:
                self.shell(line)

    def signal(self, name: str) -> None:
        """Send the process a signal."""
        assert self.server.process is not None
        subprocess.run(["kill", "-s", name, str(self.server.process.pid)], check=True)

    def wait(self) -> None:
        """Wait until the process has ended."""
        assert self.server.process is not None
        self.codes.append(self.server.process.wait(timeout=60))

    def shell(self, line: str) -> None:
        """Let the shell run a line; the command is that of the installed version.

        The content that it checks is a small one: the shipped one takes seconds.
        """
        command = f"{sys.executable} -m explorer.cli"
        line = line.replace("/opt/anakinra-explorer/bin/anakinra-explorer", command)
        subprocess.run(
            ["sh", "-ec", line],
            cwd=self._folder,
            env=clean_environment(
                EXPLORER_DATABASE=self._address,
                EXPLORER_DATA=self._data,
                PYTHONPATH=str(self.installed),
                FILE=self._address.removeprefix("sqlite:///"),
            ),
            check=True,
            timeout=120,
            capture_output=True,
        )


class Stubborn(Phone):
    """Somebody whose phone sends an answer again until it is confirmed, as its script does."""

    def run(self) -> None:
        turn = 0
        fields = {"code": self.code, "step": "0.shown"}
        while not self.end.is_set() or self.sent != self.confirmed:
            self.sent = "abc"[turn % 3]
            try:
                status, _ = ask(self.server, "/join/answer", self.token, given=self.sent, **fields)
            except (OSError, HTTPException):
                status = 0
            if status == 303:
                self.confirmed = self.sent
                self.count += 1
                turn += 1
            time.sleep(0.05)


@contextmanager
def answering(server: Server, code: str) -> Iterator[list[Stubborn]]:
    """Let people answer without a pause."""
    end = Event()
    phones = [Stubborn(server, code, end) for _ in range(PEOPLE)]
    for phone in phones:
        assert ask(server, "/join", phone.token, code=code)[0] == 303
        phone.start()
    try:
        yield phones
    finally:
        end.set()
        for phone in phones:
            phone.join(60)


def each_answers_again(phones: list[Stubborn]) -> None:
    """Wait until each of them had two more answers confirmed."""
    before = [phone.count for phone in phones]
    end = time.monotonic() + 60
    while any(phone.count < old + 2 for phone, old in zip(phones, before, strict=True)):
        assert time.monotonic() < end
        time.sleep(0.02)


def status(server: Server, path: str) -> int:
    """Ask for a page as a new visitor."""
    try:
        with urllib.request.urlopen(server.base + path, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def columns(address: str) -> int:
    """Count the columns of the table of classes."""
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = len(connection.execute(text("SELECT * FROM sessions")).keys())
    engine.dispose()
    return found


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_class_goes_through_an_update_and_back(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Drained, stopped, backed up, updated, started; rolled back: no confirmed answer is lost.

    While it drains new visitors get 503, phones and the class go on, and the process stays.
    """
    address = (
        f"sqlite:///{tmp_path / 'classes.sqlite3'}"
        if kind == "sqlite"
        else request.getfixturevalue("postgresql_database")
    )
    machine = Machine(tmp_path, address)
    server = machine.server
    is_others = "pg_" if kind == "sqlite" else "$FILE"
    update, back = (
        [line for line in lines(begin) if is_others not in line]
        for begin in ("systemctl kill", "systemctl stop")
    )
    if kind == "postgresql":  # the check of the content knows no database
        update = [line for line in update if " backup " not in line and " check" not in line]
    try:
        machine.run("systemctl start anakinra-explorer@8501")
        with teaching_on(address) as teaching:
            keys = opened(teaching)
            before = columns(address)
            with answering(server, keys.code) as phones:
                each_answers_again(phones)
                assert status(server, "/compare") == status(server, "/readyz") == 200
                machine.run(update[0])
                each_answers_again(phones)
                assert status(server, "/compare") == status(server, "/readyz") == 503
                assert status(server, "/teach") == status(server, "/read/guide") == 200
                assert server.process is not None
                assert server.process.poll() is None
                machine.signal("TERM")  # the operator does not wait for the end of the class
                for line in update[1:]:
                    machine.run(line)
                each_answers_again(phones)
            assert columns(address) == before + 1
            for phone in phones:
                assert teaching.participant(keys.code, phone.token).answer == (phone.confirmed,)
            assert (teaching.host(keys.console).joined, teaching.host(keys.console).answered) == (
                PEOPLE,
                PEOPLE,
            )
        machine.installed = ROOT
        with pytest.raises(DatabaseError, match="0099_later"):
            open_store(address, tmp_path)
        for line in back:
            machine.run(line)
        with teaching_on(address) as teaching:
            assert columns(address) == before
            view = teaching.host(keys.console)
            assert (view.joined, view.answered) == (PEOPLE, PEOPLE)  # all had answered before
            assert ask(server, f"/join?code={keys.code}", phones[0].token)[0] == 200
            teaching.advance(keys.console, "end", view.version)  # type: ignore[arg-type]
            machine.run(update[0])
            machine.run(update[1])  # no class is left: it ends by itself
        assert set(machine.codes) <= {0, -15}, "systemd takes others for a failure, and starts anew"
    finally:
        server.close()
