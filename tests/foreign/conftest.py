"""A Moodle for the tests that need one, installed once and served for those that open its pages."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.foreign.moodle_site import Moodle, install, php, plugins
from tests.servers import database_on, free_port


@pytest.fixture(scope="session")
def moodle(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moodle]:
    """Install a site; it takes one to three minutes."""
    with database_on(postgresql) as database:
        yield install(tmp_path_factory.mktemp("moodle"), database, free_port(), plugins())


@pytest.fixture(scope="session")
def moodle_pages(moodle: Moodle) -> Iterator[Moodle]:
    """Serve the site with the server that PHP brings."""
    address = moodle.address.removeprefix("http://")
    # a page asks for its parts at once, and one process would answer one after the other
    environment = os.environ | {"PHP_CLI_SERVER_WORKERS": "4"}
    with subprocess.Popen(
        [*php(), "-S", address],
        cwd=moodle.code,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            wait_until_taken(int(address.rpartition(":")[2]))
            yield moodle
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def wait_until_taken(port: int, seconds: float = 30) -> None:
    """Wait until somebody listens on a port."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"nobody listens on port {port} after {seconds} seconds")
