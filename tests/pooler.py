"""PgBouncer in front of a PostgreSQL server, in one of its modes."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from tests.servers import die_with_parent, free_port, stop

PROGRAM: Final = shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")

CONNECTIONS: Final = 24
"""What two processes of the app hold at most: in the mode of sessions each needs its own."""

CONFIGURATION: Final = """[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listening}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = {mode}
default_pool_size = {connections}
"""


@contextmanager
def pooled(address: str, mode: str) -> Iterator[str]:
    """Run PgBouncer, and give the address of the same database behind it.

    Args:
        address: ``postgresql://…``, also with a folder of sockets as its host.
        mode: ``session`` or ``transaction``.
    """
    assert PROGRAM is not None
    url, port = make_url(address), free_port()
    with tempfile.TemporaryDirectory(prefix="pooler-") as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "users").write_text(f'"{url.username}" "{url.password or ""}"\n')
        configuration = Path(folder) / "ini"
        configuration.write_text(
            CONFIGURATION.format(
                host=url.host or url.query.get("host", "127.0.0.1"),
                port=url.port or url.query.get("port", 5432),
                listening=port,
                folder=folder,
                mode=mode,
                connections=CONNECTIONS,
            )
        )
        process = subprocess.Popen(
            [PROGRAM, "-q", configuration],
            user=pwd.getpwnam("postgres").pw_uid if os.getuid() == 0 else None,  # it refuses root
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,
        )
        try:
            _wait_for(port)
            yield url.set(host="127.0.0.1", port=port, query={}).render_as_string(
                hide_password=False
            )
        finally:
            stop(process)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
