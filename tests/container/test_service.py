"""The unit and nginx's file under a systemd of their own: started, killed, drained and started again."""

import re
import shutil
from collections.abc import Iterator

import pytest

from tests.container.engine import guide_lines
from tests.container.site import Site
from tests.servers import ROOT

pytestmark = pytest.mark.container

GUIDE = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")

PLACE = "/var/lib/anakinra-explorer/anakinra-explorer/classes.sqlite3"
"""Where the guide says that the unit keeps classes."""

SETTINGS = """EXPLORER_PUBLIC_URL=https://class.example.org
EXPLORER_TEACH_PASSPHRASE=four words of your own
"""

ASK = "curl --silent --fail --insecure --resolve class.example.org:443:127.0.0.1"


class Machine:
    """A container whose first process is systemd."""

    def __init__(self, site: Site) -> None:
        self._engine = site.engine
        place = site.folder / "machine"
        shutil.copytree(ROOT / "tests/container/service", place)
        for name in ("anakinra-explorer@.service", "nginx.conf"):
            shutil.copy(ROOT / "docs/hosting" / name, place)
        for name in ("class.pem", "class.key"):
            shutil.copy(site.folder / "tls" / name, place)
        (place / "explorer.env").write_text(SETTINGS, encoding="utf-8")
        self._engine.run("build", "-q", "--pull=never", "-t", "machine", place)
        words = ("--name", "machine", "--systemd=always", "--privileged", "--network", "none")
        self._engine.run("run", "-d", *words, "machine")

    def shell(self, line: str) -> str:
        """Run a line in it, as root."""
        return self._engine.run("exec", "-w", "/root", "machine", "bash", "-ec", line)

    def value(self, service: str, name: str) -> str:
        """Ask systemd for a property of a service."""
        return self.shell(f"systemctl show --value -p {name} {service}")

    def close(self) -> None:
        """Switch it off."""
        self._engine.run("rm", "-f", "-v", "-t", "2", "machine")


@pytest.fixture(scope="module")
def machine(site: Site) -> Iterator[Machine]:
    """Start the machine and, by the unit's first lines, two processes."""
    made = Machine(site)
    try:
        made.shell("systemctl is-system-running --wait || true")
        unit = (ROOT / "docs/hosting/anakinra-explorer@.service").read_text(encoding="utf-8")
        (line,) = re.findall(r"^# +(systemctl enable .*)$", unit, re.MULTILINE)
        made.shell(line)
        for port in (8501, 8502):
            made.shell(f"curl -sf --retry 60 --retry-connrefused http://127.0.0.1:{port}/readyz")
        yield made
    finally:
        made.close()


def test_two_processes_run_without_rights_and_share_one_file(machine: Machine) -> None:
    """No capability, filtered calls, a user of systemd's; a page passes the operator's nginx."""
    process = machine.value("anakinra-explorer@8501", "MainPID")
    told = machine.shell(f"cat /proc/{process}/status")
    assert re.search(r"^CapEff:\s+0{16}$", told, re.MULTILINE)
    assert re.search(r"^NoNewPrivs:\s+1$", told, re.MULTILINE)
    assert re.search(r"^Seccomp:\s+2$", told, re.MULTILINE)
    assert re.search(r"^Uid:\s+[1-9]", told, re.MULTILINE)
    assert machine.shell(f"stat -c %a {PLACE}") == "600"
    assert "<title>" in machine.shell(f"{ASK} https://class.example.org/compare")


def test_a_killed_process_is_started_again(machine: Machine) -> None:
    """Its neighbour serves meanwhile."""
    machine.shell("systemctl kill --signal=KILL anakinra-explorer@8502")
    machine.shell(f"{ASK} -o /dev/null https://class.example.org/compare")
    machine.shell(
        "until [ $(systemctl show --value -p NRestarts anakinra-explorer@8502) = 1 ]; do sleep 1; done"
    )
    machine.shell("curl -sf --retry 60 --retry-connrefused http://127.0.0.1:8502/readyz")


def test_the_guides_lines_of_an_update_hold_for_the_unit(machine: Machine) -> None:
    """systemd takes the end of a drained process for a good one, and starts the next."""
    for line in guide_lines(GUIDE, "systemctl kill"):
        if "pip" not in line and "pg_dump" not in line:
            machine.shell(f"export EXPLORER_DATABASE=sqlite:///{PLACE}; {line}")
    assert machine.value("anakinra-explorer@8501", "Result") == "success"
    assert machine.value("anakinra-explorer@8501", "ActiveState") == "active"
    assert machine.shell("head -c 15 before.sqlite3") == "SQLite format 3"
