"""How the tests themselves run: tools that are missing, ports, processes, documents set once."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import conftest, servers
from tests.conftest import Documents, missing

PARENT = """
import subprocess, sys, time
from tests.servers import die_with_parent
child = subprocess.Popen(["sleep", "60"], preexec_fn=die_with_parent)
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_missing_tool_fails_in_continuous_integration(monkeypatch: pytest.MonkeyPatch) -> None:
    """There it is a failure, elsewhere a skip; both say what is missing."""
    monkeypatch.setenv("EXPLORER_CI", "1")
    with pytest.raises(pytest.fail.Exception, match="no Chromium"):
        missing("no Chromium on this machine")
    monkeypatch.delenv("EXPLORER_CI")
    with pytest.raises(pytest.skip.Exception, match="no Chromium"):
        missing("no Chromium on this machine")


def test_a_journey_is_tried_again_only_where_it_is_set(
    monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """Reruns are off by default, and the report names those that happened."""
    monkeypatch.delenv("EXPLORER_TEST_RERUNS", raising=False)
    assert conftest.reruns() == 0
    monkeypatch.setenv("EXPLORER_TEST_RERUNS", "1")
    assert conftest.reruns() == 1
    assert "R" in pytestconfig.option.reportchars


def test_workers_have_ports_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers never take the same port, nor one that the system gives away by itself."""
    found = []
    for worker in ("gw0", "gw1"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        found.append({servers.free_port() for _ in range(50)})
    assert found[0].isdisjoint(found[1])
    assert max(found[0] | found[1]) < 32_768


def test_workers_are_no_more_than_are_useful(monkeypatch: pytest.MonkeyPatch) -> None:
    """One a core, up to four: each may hold a server and a browser."""
    monkeypatch.setattr(sys, "platform", "other")
    for cores, workers in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        assert conftest.pytest_xdist_auto_num_workers() == workers


@pytest.mark.server
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_server_dies_with_the_process_that_started_it() -> None:
    """When a worker is killed, its servers do not stay behind."""
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=servers.ROOT
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 60
    while runs(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not runs(child)


def runs(pid: int) -> bool:
    """Return whether a process runs; one that has ended and waits to be reaped does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_an_equal_document_is_set_once_unless_all_are_set_anew() -> None:
    """Same template and data come from memory; other data, and every one when asked, do not."""
    calls: list[str] = []

    def compile_(path: Path, **options: object) -> bytes:
        calls.append(f"{path}{options}")
        return str(len(calls)).encode()

    made = Documents(compile_)
    first = made.compile(Path("a.typ"), sys_inputs={"data": "1"})
    assert made.compile(Path("a.typ"), sys_inputs={"data": "1"}) == first
    assert made.compile(Path("a.typ"), sys_inputs={"data": "2"}) != first
    assert len(calls) == 2
    made.anew = True
    assert made.compile(Path("a.typ"), sys_inputs={"data": "1"}) != first
    assert len(calls) == 3


@pytest.mark.fresh_pdf
def test_the_marker_reaches_the_engine(documents: Documents) -> None:
    """A test that carries the marker gets no document from memory."""
    assert documents.anew is True


def test_without_the_marker_documents_are_kept(documents: Documents) -> None:
    """All others do."""
    assert documents.anew is False
