"""The files for an operator: nginx takes its block and a request passes; systemd takes its unit."""

import http.client
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from explorer import paths
from explorer.cli import main
from tests.conftest import missing
from tests.servers import die_with_parent, free_port, stop

FOLDER = paths.ROOT / "docs" / "hosting"
BLOCK = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
UNIT = FOLDER / "anakinra-explorer@.service"
GUIDE = (paths.ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
NAME = "class.example.org"


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate that nobody trusts."""
    key, certificate = folder / "class.key", folder / "class.pem"
    subprocess.run(
        (
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-keyout", key, "-out", certificate),
        ),
        check=True,
        capture_output=True,
    )
    return certificate, key


@pytest.fixture(scope="module")
def proxy(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run nginx with the operator's file; only ports, files and servers are of this machine."""
    if NGINX is None:
        missing("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    certificate, key = _certificate(folder)
    port, plain = free_port(), free_port()
    one = f"  server 127.0.0.1:{urlsplit(server).port} fail_timeout=5s;\n"
    block = re.sub(r"(?:  server 127.*\n)+", one, BLOCK)
    for here, there in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("/etc/ssl/class.pem", str(certificate)),
        ("/etc/ssl/class.key", str(key)),
    ):
        assert block.count(here) == 1
        block = block.replace(here, there)
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/log;\n"
        f"events {{}}\nhttp {{\n{places}{block}}}\n",
        encoding="utf-8",
    )
    command = [NGINX, "-p", str(folder), "-c", str(config)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr
    process = subprocess.Popen(command, preexec_fn=die_with_parent)
    try:
        yield port
    finally:
        stop(process)


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
    sent = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Origin": f"https://{NAME}",
    }
    assert _get(proxy, "/_stcore/stream", sent).status == 101
    assert _get(proxy, "/_stcore/stream", sent | {"Origin": "https://evil.example"}).status == 403
    assert _get(proxy, "/join").status == 200


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
    plain = re.compile(r"^#.*\n|^  server \S+ fail_timeout=5s;\n", re.MULTILINE)
    assert plain.sub("", inside) == plain.sub("", BLOCK)
    assert re.findall(r"server (app\d):8501", inside) == ["app1", "app2"] * 2
