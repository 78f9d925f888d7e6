"""Processes that tests and benchmarks start: ports, environment, and an end in any case.

Under pytest-xdist each worker has servers, ports and databases of its own. A server dies with the
process that started it, also when that one is killed, so that nothing is left on the machine.
"""

import ctypes
import os
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).parent.parent

FIRST_PORT, PORTS_A_WORKER = 15_000, 1_000
"""Below 32768, from where Linux takes ports for outgoing connections: none of ours gets in between."""

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def worker_number() -> int:
    """Return the number of this pytest-xdist worker, 0 for the first and without workers."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def free_port() -> int:
    """Return a port that nobody listens on, from the range of this worker.

    The start is random, so that two test runs on one machine seldom meet.
    """
    first = FIRST_PORT + PORTS_A_WORKER * (worker_number() % 16)
    while True:
        port = first + random.randrange(PORTS_A_WORKER)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def clean_environment(**changes: str) -> dict[str, str]:
    """Return the environment without settings of ours or of Streamlit's, then with the changes.

    Classes are kept in memory, so that no test writes into the folder of whoever runs it.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("STREAMLIT_", "EXPLORER_")) and name != "PYTHONPATH"
    }
    return kept | {"EXPLORER_DATABASE": "memory"} | changes


def die_with_parent() -> None:
    """Ask the kernel to end this child when its parent ends (Linux only)."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def wait_until_healthy(process: subprocess.Popen[bytes], base: str, seconds: float = 120) -> None:
    """Wait until a server answers its health check, and fail when it ends or takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(f"{base}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"no healthy server at {base} after {seconds} seconds")


def with_servers(block: str, ports: Sequence[int]) -> str:
    """Put servers of this machine into each upstream of nginx's block, with their parameters."""
    return re.sub(
        r"(?:  server 127\S+ (.*)\n)+",
        lambda found: "".join(f"  server 127.0.0.1:{port} {found[1]}\n" for port in ports),
        block,
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a server to stop, and kill it when it does not within a second."""
    process.terminate()
    try:
        process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Server:
    """A server on a port of its own, which can be killed and started again at the same address.

    Args:
        command: words of the command; ``{port}`` in them is filled in.
        folder: its working folder.
        database: address of the database of its classes.
        environment: settings beside the clean environment.
        log: file for what it prints; without one it prints where the tests do.
    """

    def __init__(
        self,
        command: Sequence[str] = (sys.executable, "-m", "explorer.cli", "run", "--port", "{port}"),
        *,
        folder: Path,
        database: str = "memory",
        environment: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        self.database = database
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self._command = [part.replace("{port}", str(self.port)) for part in command]
        self._folder = folder
        self._environment = {"EXPLORER_DATABASE": database, **(environment or {})}
        self._log = log

    def set(self, name: str, value: str) -> None:
        """Set a variable of its environment, before it starts."""
        self._environment[name] = value

    def start(self) -> None:
        """Start it and wait until it is healthy."""
        written: IO[bytes] | None = None if self._log is None else self._log.open("ab")
        try:
            self.process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=clean_environment(**self._environment),
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=None if written is None else subprocess.STDOUT,
                preexec_fn=die_with_parent,
            )
        finally:
            if written is not None:
                written.close()
        wait_until_healthy(self.process, self.base)

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """Stop it, if it runs."""
        if self.process is not None and self.process.poll() is None:
            stop(self.process)


@contextmanager
def running(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    log: Path | None = None,
) -> Iterator[str]:
    """Run a server, yield its address, and stop it; ``{port}`` in the command is filled in."""
    server = Server(command, folder=folder, environment=environment, log=log)
    try:
        server.start()
        yield server.base
    finally:
        server.close()


@contextmanager
def database_on(address: str) -> Iterator[str]:
    """Give the address of a new, empty database of a PostgreSQL server, and drop it afterwards."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url

    url = make_url(address).set(drivername="postgresql+psycopg")
    name = f"test_{secrets.token_hex(6)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def empty(address: str) -> None:
    """Take everything out of a database, what is set for it too, and end who is connected to it.

    A new one takes ten times as long to make.
    """
    import psycopg
    from psycopg.sql import SQL, Identifier

    where = address.replace("postgresql+psycopg:", "postgresql:")
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        name = Identifier(connection.info.dbname)
        connection.execute(SQL("ALTER DATABASE {} RESET ALL").format(name))
