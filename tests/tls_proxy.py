"""nginx with the operator's own file and a certificate that nobody trusts."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from explorer import paths
from tests.servers import die_with_parent, free_port, stop, with_servers

FOLDER = paths.ROOT / "docs" / "hosting"
BLOCK = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
NAME = "class.example.org"


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate that nobody trusts, and its key."""
    key, made = folder / "class.key", folder / "class.pem"
    subprocess.run(
        (
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1"),
            *("-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-keyout", key, "-out", made),
        ),
        check=True,
        capture_output=True,
    )
    return made, key


class TlsProxy:
    """nginx before the app; only ports, files and servers are of this machine.

    Args:
        folder: for its configuration and what it writes.
        apps: the ports of the app's processes.
        program: nginx.
        block: the operator's own, which may serve one process and no plain HTTP.
    """

    def __init__(self, folder: Path, apps: Sequence[int], program: str, block: str = BLOCK) -> None:
        made, key = certificate(folder)
        self.port, plain = free_port(), free_port()
        block = with_servers(block, apps).replace(
            "http://127.0.0.1:8501", f"http://127.0.0.1:{apps[0]}"
        )
        block = block.replace("listen 80;", f"listen 127.0.0.1:{plain};")
        for here, there in (
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.port} ssl;"),
            ("/etc/ssl/class.pem", str(made)),
            ("/etc/ssl/class.key", str(key)),
            ("/var/log/nginx/error.log", str(folder / "errors")),
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
        self._command = [program, "-p", str(folder), "-c", str(config)]
        tried = subprocess.run([*self._command, "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0, tried.stderr
        assert "[warn]" not in tried.stderr
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        self._process = subprocess.Popen(self._command, preexec_fn=die_with_parent)

    def stop(self) -> None:
        """Stop it, where it runs."""
        if self._process is not None:
            stop(self._process)
            self._process = None


@contextmanager
def tls_proxy(
    folder: Path, apps: Sequence[int], program: str, block: str = BLOCK
) -> Iterator[TlsProxy]:
    """Run nginx; see ``TlsProxy``."""
    made = TlsProxy(folder, apps, program, block)
    made.start()
    try:
        yield made
    finally:
        made.stop()
