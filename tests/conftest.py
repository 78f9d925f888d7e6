"""What several folders of tests need."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from explorer import paths

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from explorer.content.load import Content

settings.register_profile("unhurried", deadline=None)  # speed is measured, never tested
settings.load_profile("unhurried")

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


os.environ["EXPLORER_DATABASE"] = "memory"  # no test writes into the folder of whoever runs it


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def clean_environment(**changes: str) -> dict[str, str]:
    """Give the environment without settings of ours or of Streamlit's, then with the changes.

    Classes are kept in memory, so that no test writes into the folder of whoever runs it.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("STREAMLIT_", "EXPLORER_")) and name != "PYTHONPATH"
    }
    return kept | {"EXPLORER_DATABASE": "memory"} | changes


def wait_until_healthy(process: subprocess.Popen[bytes], base: str, seconds: float = 60) -> None:
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


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a server to stop, and end it when it does not."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def content() -> "Content":
    """Load the content that is shipped."""
    from explorer.content.load import load

    return load(paths.DATA)


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """Start Chromium; skip without one, but fail in continuous integration."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        reason = "no Chromium on this machine: the tests in a browser were not run"
        if os.environ.get("EXPLORER_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgresql() -> str:
    """Give the address of a PostgreSQL server; skip without one, but fail in continuous integration.

    The server is the test's own: databases are made and dropped on it.
    """
    address = os.environ.get("EXPLORER_TEST_POSTGRESQL", "")
    if not address:
        reason = "EXPLORER_TEST_POSTGRESQL is not set: nothing was tested on PostgreSQL"
        if os.environ.get("EXPLORER_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return address


@pytest.fixture
def postgresql_database(postgresql: str) -> Iterator[str]:
    """Give the address of a new, empty database, and drop it afterwards."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url

    url = make_url(postgresql).set(drivername="postgresql+psycopg")
    name = f"test_{secrets.token_hex(6)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@contextmanager
def running(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    log: Path | None = None,
) -> Iterator[str]:
    """Run a server, give its address, and stop it; ``{port}`` in the command is filled in."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    written = None if log is None else log.open("wb")
    process = subprocess.Popen(
        [part.replace("{port}", str(port)) for part in command],
        cwd=folder,
        env=clean_environment(**(environment or {})),
        stdin=subprocess.DEVNULL,
        stdout=written,
        stderr=None if written is None else subprocess.STDOUT,
    )
    try:
        wait_until_healthy(process, base)
        yield base
    finally:
        stop(process)
        if written is not None:
            written.close()


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """Give the environment without settings of ours or of Streamlit's."""
    return clean_environment()


@pytest.fixture(scope="session")
def start_server() -> "Callable[..., AbstractContextManager[str]]":
    """Give ``running``, which starts a server of a test's own."""
    return running


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name the file that holds what the server of ``server`` says."""
    return tmp_path_factory.mktemp("log") / "server.log"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, server_log: Path) -> Iterator[str]:
    """Start the real command from a folder that is not ours, and give its address."""
    command = [sys.executable, "-m", "explorer.cli", "run", "--port", "{port}"]
    folder = tmp_path_factory.mktemp("elsewhere")
    with running(command, folder=folder, log=server_log) as base:
        yield base
