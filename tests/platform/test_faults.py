"""What goes wrong in a class: with real servers, real processes and real kills."""

import re
import secrets
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from explorer.classes.keys import IssuedKeys
from explorer.classes.service import ClassService
from explorer.cli import main
from explorer.domain.sessions import Action, PlannedQuestion, TeachingPhase
from explorer.store import open_store
from tests.questions import question
from tests.servers import Server, clean_environment, die_with_parent

pytestmark = pytest.mark.server

PLAN = tuple(
    PlannedQuestion(question=question(name), phase=TeachingPhase.FREE)
    for name in ("q1", "q2", "q3", "q4", "q5")
)

WRITERS = """
import os, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import explorer.store.sql
from explorer.store import open_store
from explorer.classes.service import ClassService

address, code = sys.argv[1:]

def take_part(number):
    token = f"token-{number:037}"
    teaching.join(code, token)
    for given in ("b", "c", "a", "a"):
        teaching.answer(code, token, "0.shown", (given,))

for first in (0, 10, 20, 30):
    if not os.fork():  # each has a process and a store of its own; all is imported once
        teaching = ClassService(open_store(address, Path("unused")))
        with ThreadPoolExecutor(max_workers=10) as threads:
            done = list(threads.map(take_part, range(first, first + 10)))
        os.write(1, f"{len(done)}\\n".encode())
        os._exit(0)
for _ in range(4):
    os.wait()
"""

HOST = """
import sys
from pathlib import Path
from explorer.domain.sessions import Action, MovedOn
from explorer.store import open_store
from explorer.classes.service import ClassService

address, console = sys.argv[1:]
teaching = ClassService(open_store(address, Path("unused")))
for line in sys.stdin:
    action, version = line.split()
    try:
        teaching.advance(console, Action(action), int(version))
    except MovedOn as refused:
        print("refused", refused, flush=True)
    else:
        print("moved", flush=True)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    found: str = request.getfixturevalue("postgresql_database")
    return found


@contextmanager
def teaching_on(address: str) -> Iterator[ClassService]:
    made = ClassService(open_store(address, Path("unused")))
    yield made
    made.close()


def opened(teaching: ClassService, presses: str = "next show") -> IssuedKeys:
    keys = teaching.open_session(PLAN, title="A lesson", content="v1")
    for name in presses.split():
        teaching.advance(keys.console, Action(name), teaching.host(keys.console).version)
    return keys


def started(script: str, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(),
        preexec_fn=die_with_parent,
    )


def test_forty_writers_in_four_processes_lose_nothing(address: str) -> None:
    """Forty people in four processes answer four times each: forty answers, each the last one."""
    with teaching_on(address) as teaching:
        keys = opened(teaching)
        said, _ = started(WRITERS, address, keys.code).communicate(timeout=120)
        assert said == "10\n" * 4
        view = teaching.host(keys.console)
        assert (view.joined, view.answered) == (40, 40)
        assert [tally.count for tally in view.tallies] == [40, 0, 0]


def test_two_hosts_who_press_at_once_move_the_class_once(address: str) -> None:
    """In each of nine rounds one of two processes moves the class, and the other is told so."""
    presses = ("next", "show", "close", "reveal", "next", "show", "close", "again", "end")
    with teaching_on(address) as teaching:
        keys = opened(teaching, "")
        hosts = [started(HOST, address, keys.console) for _ in range(2)]
        for version, action in enumerate(presses, 1):
            for host in hosts:
                assert host.stdin is not None
                host.stdin.write(f"{action} {version}\n")
                host.stdin.flush()
            said = sorted(host.stdout.readline() for host in hosts if host.stdout is not None)
            assert said == [
                "moved\n",
                "refused The class was moved on a moment ago. Look where it stands now.\n",
            ]
            assert teaching.host(keys.console).version == version + 1
        for host in hosts:
            host.communicate(timeout=120)


def ask(server: Server, path: str, token: str, **fields: str) -> tuple[int, str]:
    """Load a page, or post a form, as the phone that has this token."""
    data = urllib.parse.urlencode(fields).encode() if fields else None
    request = urllib.request.Request(
        server.base + path, data=data, headers={"Cookie": f"participant={token}"}
    )
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Shows a redirect as it is."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Phone(Thread):
    """Somebody who changes their mind as fast as the server confirms it."""

    def __init__(self, server: Server, code: str, end: Event) -> None:
        super().__init__()
        self.server, self.code, self.end = server, code, end
        self.token = secrets.token_urlsafe(32)
        self.confirmed = ""
        self.sent = ""
        self.count = 0

    def run(self) -> None:
        turn = 0
        while not self.end.is_set():
            self.sent = "abc"[turn % 3]
            try:
                status, _ = ask(
                    self.server,
                    "/join/answer",
                    self.token,
                    code=self.code,
                    step="0.shown",
                    given=self.sent,
                )
            except (OSError, HTTPException):
                return
            if status == 303:
                self.confirmed = self.sent
                self.count += 1
            turn += 1


def test_a_server_killed_in_a_burst_loses_no_confirmed_answer(tmp_path: Path) -> None:
    """kill -9 while twenty phones answer, and a new start: same people, same answers, each once.

    The new start announces that a class that nobody moved for months will go, and deletes nothing.
    """
    file = tmp_path / "classes.sqlite3"
    server = Server(folder=tmp_path, database=f"sqlite:///{file}")
    server.start()
    try:
        with teaching_on(server.database) as teaching:
            keys, old = opened(teaching), opened(teaching)
            end = Event()
            phones = [Phone(server, keys.code, end) for _ in range(20)]
            for phone in phones:
                assert ask(server, "/join", phone.token, code=keys.code)[0] == 303
            for phone in phones:
                phone.start()
            until = time.monotonic() + 120
            while min(phone.count for phone in phones) < 2 and time.monotonic() < until:
                time.sleep(0.05)
            server.kill()
            end.set()
            for phone in phones:
                phone.join()
            change(file, "UPDATE sessions SET changed = '2026-01-01' WHERE code = ?", old.code)
            server.start()
            view = teaching.host(keys.console)
            assert (view.joined, view.answered) == (20, 20)
            for phone in phones:
                # what was on its way when the server died may have been kept or not
                assert phone.count >= 2
                (kept,) = teaching.participant(keys.code, phone.token).answer or ("",)
                assert kept in {phone.confirmed, phone.sent}
            status, page = ask(server, f"/join?code={keys.code}", phones[0].token)
            assert status == 200
            assert PLAN[0].question.stem in page
            again = {"code": keys.code, "step": "0.shown", "given": "a"}
            assert {ask(server, "/join/answer", phone.token, **again)[0] for phone in phones} == {
                303
            }
            assert [tally.count for tally in teaching.host(keys.console).tallies] == [20, 0, 0]
            assert {item.code for item in teaching.listed()} == {keys.code, old.code}
    finally:
        server.close()


def change(file: Path, statement: str, *values: str) -> None:
    """Change a database past the program."""
    connection = sqlite3.connect(file)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def test_the_server_does_not_start_on_a_newer_database(tmp_path: Path) -> None:
    """It ends with 2 and one line after the folder's, and leaves the database as it is."""
    file = tmp_path / "classes.sqlite3"
    open_store(f"sqlite:///{file}", tmp_path).close()
    change(file, "INSERT INTO migrations VALUES ('0099_later', '2027')")
    done = subprocess.run(
        [sys.executable, "-m", "explorer.cli", "run", "--database", f"sqlite:///{file}"],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    folder, _, said = done.stderr.partition("\n")
    assert re.match(r"\d{4}-\d\d-\d\d \S+ INFO explorer: content: /", folder)
    assert said == (
        f"anakinra-explorer: not started: the database sqlite:///{file} is newer than this "
        "program: it has 0099_later. Install the version that made it, or a later one\n"
    )


def test_what_the_operator_sees_and_deletes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The three commands on a class of eight people: a line, a report, and nothing left."""
    address = f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    with teaching_on(address) as teaching:
        keys = opened(teaching)
        for _ in range(8):
            teaching.answer(keys.code, teaching.join(keys.code), "0.shown", ("a",))

    def command(*words: str) -> tuple[int, str, str]:
        code = main(["sessions", *words, "--database", address])
        return code, *capsys.readouterr()

    listed = command("list")[1].rstrip("\n").split("\t")
    assert [listed[0], *listed[2:]] == [keys.code, "shown", "8", "8", "A lesson"]
    report = tmp_path / "report.csv"
    assert command("export", keys.code, "--to", "csv", "-o", str(report)) == (0, "", "")
    assert keys.code in report.read_text(encoding="utf-8-sig")
    code, _, said = command("export", "ZZZZZZ", "--to", "csv", "-o", str(tmp_path / "none.csv"))
    assert (code, said.count("\n")) == (2, 1)
    assert "There is no class with this code." in said
    assert not (tmp_path / "none.csv").exists()
    assert command("purge") == (0, "deleted: 0 of 1\n", "")
    going_on = "1 of 1 have not ended and were moved on in the last day"
    code, out, said = command("purge", "--older-than", "0", "--dry-run")
    assert (code, out, said) == (0, "would be deleted: 1 of 1\n", f"note: {going_on}\n")
    code, out, said = command("purge", "--older-than", "0")
    assert (code, out, said.count("\n")) == (2, "", 1)
    assert f"nothing was deleted: {going_on}" in said
    assert command("list")[1] != ""
    assert command("purge", "--older-than", "0", "--open-too") == (0, "deleted: 1 of 1\n", "")
    assert command("list") == (0, "", "")
    code, _, said = command("purge", "--older-than", "soon")
    assert code == 2
    assert "a number of days, 0 or more: 'soon'" in said
