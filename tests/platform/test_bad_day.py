"""What an operator's bad day does to a running server: signals, changed options, a proxy alone."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack, suppress
from html import escape
from pathlib import Path
from threading import Thread

import pytest

from explorer import paths
from explorer.content.load import Content
from explorer.web.ending import KILLED, LONGEST_END
from tests.conftest import missing
from tests.platform.test_faults import opened, teaching_on
from tests.servers import Server, die_with_parent, free_port, stop
from tests.silencing_proxy import SilencingProxy

pytestmark = [pytest.mark.server, pytest.mark.slow]

GUIDE = (paths.ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
SOON = """
import sys
from functools import partial
from explorer.cli import main
from explorer.web import ending

ending.bound_ending = partial(ending.bound_ending, 1.0)
sys.exit(main(sys.argv[1:]))
"""
"""The command, which has a second to end."""

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


def get(address: str) -> tuple[int, str]:
    """Ask for an address; return status and text."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_no_change_of_options_under_the_app_logs_a_visitor(tmp_path: Path) -> None:
    """Streamlit reads its options again as soon as a file of them changes, and switches its log on.

    A file that cannot be read is one that was read: the log says so, and then a phone comes.
    """
    options, log = tmp_path / ".streamlit" / "config.toml", tmp_path / "log"
    options.parent.mkdir()
    server = Server(folder=tmp_path, log=log)
    try:
        server.start()
        options.write_text("[logger")
        until(lambda: "Error parsing config toml" in log.read_text())
        assert get(f"{server.base}/join?code=CDF346")[0] < 500
        assert get(f"{server.base}/compare?c=gout")[0] == 200
    finally:
        server.close()
    said = log.read_text()
    assert re.search(r"\d ERROR \S+: Error parsing config toml", said)
    for hidden in ("CDF346", "c=gout", "GET "):
        assert hidden not in said


def test_term_ends_a_process_whose_database_is_silent(
    postgresql_database: str, tmp_path: Path
) -> None:
    """Phones and the listener wait for it meanwhile; HUP, which came before, ended nothing.

    The time that it has is a second here: less than anybody waits for the database.
    """
    proxy = SilencingProxy(postgresql_database)
    command = (sys.executable, "-c", SOON, "run", "--port", "{port}")
    server = Server(command, folder=tmp_path, database=proxy.address, log=tmp_path / "log")
    with ExitStack() as stack:
        stack.callback(proxy.close)
        stack.callback(server.close)
        server.start()
        assert server.process is not None
        keys = opened(stack.enter_context(teaching_on(postgresql_database)))
        server.process.send_signal(signal.SIGHUP)
        assert get(f"{server.base}/join?code={keys.code}")[0] == 200
        proxy.silence(new=True)

        def look() -> None:
            with suppress(OSError):  # the process ends first
                get(f"{server.base}/join?code={keys.code}")

        for _ in range(12):
            Thread(target=look, daemon=True).start()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=LONGEST_END + 5) == KILLED


def test_while_the_app_is_down_the_proxy_says_so_in_our_words(
    tmp_path: Path, content: Content
) -> None:
    """By the guide's two lines and the page beside them, with whom to call; no code is logged."""
    if NGINX is None:
        missing("nginx is not installed")
    page = paths.ROOT / "docs" / "hosting" / "down.html"
    (tmp_path / "class").mkdir()
    shutil.copy(page, tmp_path / "class")
    lines = [line for line in re.findall(r"`([^`\n]+[;}])`", GUIDE) if "down.html" in line]
    assert len(lines) == 2
    port, nobody = free_port(), free_port()
    written = "\n".join(lines).replace("/var/www", str(tmp_path))
    (tmp_path / "conf").write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log {tmp_path}/error crit;\n"
        f"events {{}}\nhttp {{ access_log {tmp_path}/access; "
        + " ".join(f"{kind}_temp_path {tmp_path};" for kind in ("client_body", "proxy"))
        + f"\nserver {{ listen 127.0.0.1:{port};\n{written}\n"
        f"location / {{ access_log off; proxy_pass http://127.0.0.1:{nobody}; }} }} }}\n"
    )
    process = subprocess.Popen(
        [NGINX, "-p", tmp_path, "-c", tmp_path / "conf"],
        stderr=subprocess.DEVNULL,
        preexec_fn=die_with_parent,
    )
    try:
        until(lambda: _listens(port))
        status, text = get(f"http://127.0.0.1:{port}/join?code=CDF346")
    finally:
        stop(process)
    assert status == 502
    words, contact = content.catalogue.words, content.catalogue.contact()
    assert escape(words("export.help-now", emergency=contact.emergency_words)) in text
    assert words("frame.site") in text
    assert (tmp_path / "access").stat().st_size == 0
    assert "CDF346" not in (tmp_path / "error").read_text()


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
