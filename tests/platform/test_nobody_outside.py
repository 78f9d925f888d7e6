"""The server asks no machine but its own and the database's, whoever visits it."""

import socket
import sys
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.servers import Server

pytestmark = pytest.mark.server


def test_a_server_on_all_addresses_asks_nobody_what_its_own_is(tmp_path: Path) -> None:
    """Neither at its start nor for a page of another site; the log says where it listens."""
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.settimeout(1)
        way = f"http://127.0.0.1:{outside.getsockname()[1]}"
        server = Server(
            (sys.executable, "-m", "explorer.cli", "run", "--host", "0.0.0.0", "--port", "{port}"),
            folder=tmp_path,
            environment={"http_proxy": way, "https_proxy": way},
            log=tmp_path / "log",
        )
        server.start()
        try:
            with pytest.raises(InvalidStatus):
                connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", origin="http://LOCALHOST:1")
            with pytest.raises(TimeoutError):
                outside.accept()
        finally:
            server.close()
    assert f"listens on http://0.0.0.0:{server.port}\n" in (tmp_path / "log").read_text()
