"""The files for an operator: nginx takes its block and a request passes; systemd takes its unit."""

import http.client
import re
import shutil
import signal
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from explorer import paths
from explorer.cli import main
from tests.conftest import missing
from tests.platform.test_faults import opened, teaching_on
from tests.servers import Server, free_port
from tests.tls_proxy import BLOCK, FOLDER, NAME, tls_proxy

UNIT = FOLDER / "anakinra-explorer@.service"
GUIDE = (paths.ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Origin": f"https://{NAME}",
}
"""What a browser sends to open the socket of a page."""


@contextmanager
def proxied(folder: Path, ports: Sequence[int], block: str = BLOCK) -> Iterator[int]:
    """Run nginx with the operator's file before processes on these ports, and yield its own."""
    if NGINX is None:
        missing("nginx is not installed")
    with tls_proxy(folder, ports, NGINX, block) as proxy:
        yield proxy.port


@pytest.fixture(scope="module")
def proxy(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run nginx before one server."""
    with proxied(tmp_path_factory.mktemp("nginx"), [urlsplit(server).port or 0]) as port:
        yield port


def _get(port: int, path: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    """Ask over TLS, as soon as the proxy listens."""
    trusting = ssl._create_unverified_context()
    end = time.monotonic() + 5
    while True:
        line = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting)
        try:
            line.request("GET", path, headers={"Host": NAME, **(headers or {})})
        except ConnectionRefusedError:
            assert time.monotonic() < end
            time.sleep(0.02)
        else:
            return line.getresponse()


def _answer(port: int, path: str) -> http.client.HTTPResponse:
    """Ask a process itself."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request("GET", path)
    return line.getresponse()


def test_a_page_passes_the_operators_proxy(proxy: int) -> None:
    """The app knows that it is reached over TLS, and the visitor gets the cookie of a process."""
    answer = _get(proxy, "/compare")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert re.fullmatch(
        r"node=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax",
        answer.headers["Set-Cookie"],
    )
    assert f"wss://{NAME}" in answer.headers["Content-Security-Policy"]


def test_a_socket_and_a_phone_pass_the_operators_proxy(proxy: int) -> None:
    """Without the two headers of the socket every page would stay empty."""
    sent = SOCKET
    assert _get(proxy, "/_stcore/stream", sent).status == 101
    assert _get(proxy, "/_stcore/stream", sent | {"Origin": "https://evil.example"}).status == 403
    assert _get(proxy, "/join").status == 200


def test_the_figures_do_not_pass_the_operators_proxy(proxy: int) -> None:
    """nginx itself refuses: the app, which has no token here, would answer 404."""
    assert _get(proxy, "/metrics").status == 403


def test_the_guides_block_for_one_process_serves_all_of_it(server: str, tmp_path: Path) -> None:
    """A page, its socket and a phone pass over TLS, as the app is told; the figures do not."""
    blocks = re.findall(r"```nginx\n(.*?)```", GUIDE, re.DOTALL)
    (block,) = (item for item in blocks if "upstream" not in item)
    with proxied(tmp_path, [urlsplit(server).port or 0], block) as port:
        page = _get(port, "/compare")
        assert (page.status, _get(port, "/join").status) == (200, 200)
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert _get(port, "/_stcore/stream", SOCKET).status == 101
        assert _get(port, "/metrics").status == 403


@pytest.mark.slow
def test_new_visitors_of_a_process_that_drains_reach_the_other(server: str, tmp_path: Path) -> None:
    """Page and socket, whichever process the cookie names; nobody is told to come back later."""
    database = f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    other = Server(folder=tmp_path, database=database, log=tmp_path / "log")
    other.start()
    try:
        assert other.process is not None
        ports = [urlsplit(server).port or 0, other.port]
        with proxied(tmp_path, ports) as port, teaching_on(database) as held:
            opened(held)  # while it is taught, the process stays
            nodes = [{"Cookie": f"node={number:032x}"} for number in range(8)]
            assert {_get(port, "/compare", node).status for node in nodes} == {200}
            other.process.send_signal(signal.SIGUSR1)
            end = time.monotonic() + 10
            while _answer(other.port, "/readyz").status == 200 and time.monotonic() < end:
                time.sleep(0.02)
            assert {_get(port, "/compare", node).status for node in nodes} == {200}
            sockets = {_get(port, "/_stcore/stream", SOCKET | node).status for node in nodes}
            assert sockets == {101}
            assert _answer(other.port, "/compare").status == 503
    finally:
        other.close()


def test_no_log_of_the_proxy_holds_a_code(tmp_path: Path) -> None:
    """Neither of what it passes on nor of what it cannot: then the usual level repeats the request."""
    with proxied(tmp_path, [free_port()]) as port:
        assert _get(port, "/join?code=CDF346").status == 502
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert tmp_path / "errors" in written
    assert not any(b"CDF346" in path.read_bytes() for path in written)
    for server in re.findall(r"^server \{.*?^\}", BLOCK, re.DOTALL | re.MULTILINE):
        assert "\n  access_log off;" in server


class _Holder(BaseHTTPRequestHandler):
    """Has the file of a page, or has none: it lies with the process that made the page."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


class _Other(_Holder):
    status = 404


def test_a_file_is_found_with_whichever_process_made_it(tmp_path: Path) -> None:
    """Whatever the cookie says: a 404 of one process is asked of the other."""
    with ExitStack() as stack:
        servers = [
            stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), kind))
            for kind in (_Holder, _Other)
        ]
        for server in servers:
            Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
        port = stack.enter_context(proxied(tmp_path, [item.server_port for item in servers]))
        nodes = [{"Cookie": f"node={number:032x}"} for number in range(8)]
        assert {_get(port, "/media/report.pdf", node).status for node in nodes} == {200}


def test_the_guide_routes_as_the_file_does() -> None:
    """The block in the guide is read, the file is installed: each line of routing is in both."""
    (block,) = (
        item for item in re.findall(r"```nginx\n(.*?)```", GUIDE, re.DOTALL) if "phones" in item
    )
    routing = re.compile(r"^ *(?:proxy_|hash |map |least_conn|location ).*$", re.MULTILINE)
    assert routing.findall(block) == routing.findall(BLOCK)
    assert len(routing.findall(block)) > 10


def test_the_unit_starts_our_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Each flag of the unit is one that the command knows."""
    (line,) = re.findall(r"^ExecStart=\S+ (.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    assert main(["run", "--help"]) == 0
    known = capsys.readouterr().out
    flags = re.findall(r"--[a-z-]+", line)
    assert flags
    assert all(flag in known for flag in flags)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """No key is misspelt; the program stands in for the installed one."""
    unit = tmp_path / "anakinra-explorer@8501.service"
    text = UNIT.read_text(encoding="utf-8")
    unit.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text), encoding="utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    assert unit.name not in found.stderr, found.stderr


def test_the_containers_block_differs_in_its_servers_only() -> None:
    """What a test runs of the one file holds for the other."""
    inside = (FOLDER / "nginx.compose.conf").read_text(encoding="utf-8")
    plain = re.compile(r"^#.*\n|^  server \S+ \w+=\w+;\n", re.MULTILINE)
    assert plain.sub("", inside) == plain.sub("", BLOCK)
    assert re.findall(r"server (app\d):8501", inside) == ["app1", "app2"] * 2
