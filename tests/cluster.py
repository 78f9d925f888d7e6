"""A PostgreSQL server of a test's own, which may be stopped, frozen, filled and followed."""

import os
import pwd
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

NEVER: Final = "default_transaction_read_only"


def program(name: str) -> str | None:
    """Find a program of PostgreSQL's, also where Debian keeps those of a server."""
    known = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(known[-1]) if known else None)


class Cluster:
    """A PostgreSQL server without a password and a network; it refuses to run as root.

    Args:
        folder: holds its data and its socket.
        of: the server of which it is a standby, by streaming; without one it has an empty database.
    """

    def __init__(self, folder: Path, of: "Cluster | None" = None) -> None:
        found = program("postgres")
        assert found is not None
        self._bin = Path(found).resolve().parent
        self._base = folder
        self._as: list[str] = []
        if os.getuid() == 0:
            os.chown(self._base, pwd.getpwnam("postgres").pw_uid, -1)
            self._as = ["runuser", "-u", "postgres", "--"]
        self.address = f"postgresql://postgres@/classes?host={self._base}"
        if of is not None:
            self._run("pg_basebackup", "-R", "-N", "-c", "fast", *of.reached)
            self.start()
            return
        self._run("initdb", "-U", "postgres", "-A", "trust", "--wal-segsize=1", "-N")
        with (self._base / "data" / "postgresql.conf").open("a") as settings:
            settings.write("min_wal_size = 2MB\nmax_wal_size = 8MB\nlisten_addresses = ''\n")
        self.start()
        self.ask("CREATE DATABASE classes")

    @property
    def reached(self) -> tuple[str, ...]:
        """The options by which PostgreSQL's programs reach it."""
        return "-h", str(self._base), "-U", "postgres"

    def promote(self) -> None:
        """Make a standby the server that is written to."""
        self._run("pg_ctl", "-w", "promote")

    def start(self) -> None:
        """Start it, where it does not run."""
        if self.pids():
            return
        command = ("-w", "-l", str(self._base / "log"), "-o", f"-k {self._base}", "start")
        self._run("pg_ctl", *command)

    def stop(self) -> None:
        """Stop it, as a power cut does."""
        if self.pids():
            self._run("pg_ctl", "-m", "immediate", "stop")

    def freeze(self, *, on: bool) -> None:
        """Freeze its processes, or let them go on."""
        for pid in self.pids():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP if on else signal.SIGCONT)

    def pids(self) -> list[int]:
        """Give its process and the children of that, or nothing where it does not run."""
        try:
            main = int((self._base / "data" / "postmaster.pid").read_text().split()[0])
            os.kill(main, 0)
        except (OSError, ValueError, IndexError):
            return []
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [main, *map(int, children)]

    def ask(self, statement: str, *, check: bool = True) -> None:
        """Run a statement as its owner, whatever the server's settings say of reading only."""
        environment = os.environ | {"PGOPTIONS": f"-c {NEVER}=off"}
        subprocess.run(
            [*self._as, self._bin / "psql", "-q", *self.reached, "-c", statement],
            env=environment,
            check=check,
            capture_output=True,
            cwd="/",
        )

    def hold(self, table: str) -> "subprocess.Popen[bytes]":
        """Lock a table until the returned process is ended."""
        process = subprocess.Popen(
            [*self._as, self._bin / "psql", "-qAt", *self.reached, "classes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"BEGIN; LOCK TABLE {table}; SELECT 'held';\n".encode())
        process.stdin.flush()
        process.stdout.readline()
        return process

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [*self._as, self._bin / program, "-D", str(self._base / "data"), *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
