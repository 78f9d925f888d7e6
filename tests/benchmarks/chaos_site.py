"""What the chaos run breaks: a database on a small disk, the app, nginx before it."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from explorer import paths
from tests.benchmarks.chaos_loss import Loss
from tests.cluster import Cluster
from tests.servers import Server
from tests.silencing_proxy import SilencingProxy
from tests.tls_proxy import tls_proxy

DISK: Final = "128m"
"""Size of the disk that can be filled, in memory."""


class SmallDisk:
    """A disk of its own for the database, where this user may mount one.

    Args:
        folder: where it is mounted.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder],
            capture_output=True,
            check=False,
        )
        self.can_be_full = done.returncode == 0
        folder.chmod(0o755)

    def fill(self) -> None:
        """Leave no byte."""
        with suppress(OSError), (self.folder / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(2**16))
        with suppress(OSError), (self.folder / "filler").open("ab", buffering=0) as filler:
            while True:
                filler.write(bytes(2**9))

    def empty(self) -> None:
        """Give the room back."""
        (self.folder / "filler").unlink(missing_ok=True)

    def close(self) -> None:
        """Unmount it."""
        if self.can_be_full:
            subprocess.run(["umount", "--lazy", self.folder], check=True)


class Site:
    """A class's whole way: nginx with TLS, the app, what passes on to the database, a disk.

    Packets can be lost between any two of them.

    Args:
        folder: for everything that is written.
        store: ``sqlite`` or ``postgresql``.
        nginx: the program.
        stack: closes all of it.
    """

    def __init__(self, folder: Path, store: str, nginx: str, stack: ExitStack) -> None:
        self.disk = SmallDisk(folder / "disk")
        stack.callback(self.disk.close)
        self.cluster: Cluster | None = None
        self.way: SilencingProxy | None = None
        if store == "postgresql":
            self.cluster = Cluster(self.disk.folder)
            stack.callback(self.cluster.stop)
            self.address = self.cluster.address
            self.way = SilencingProxy(self.address)
            stack.callback(self.way.close)
        else:
            self.file = self.disk.folder / "classes.sqlite3"
            self.address = f"sqlite:///{self.file}"
        self.log = folder / "app.log"
        given = self.address if self.way is None else self.way.address
        command = (sys.executable, "-m", "explorer.cli", "run", "--port", "{port}")
        self.app = Server(
            command,
            folder=folder,
            database=given,
            environment={"PYTHONPATH": str(paths.ROOT)},
            log=self.log,
        )
        stack.callback(self.app.close)
        self.app.start()
        (folder / "nginx").mkdir()
        self.proxy = stack.enter_context(tls_proxy(folder / "nginx", [self.app.port or 0], nginx))
        self.base = f"https://127.0.0.1:{self.proxy.port}"
        ways = [] if self.way is None else [self.way.port]
        self.loss = Loss([self.proxy.port, self.app.port or 0, *ways])
        stack.callback(self.loss.close)

    def restart(self, environment: Sequence[tuple[str, str]] = ()) -> None:
        """Kill the app as a power cut does, where it runs, and start it again."""
        self.app.kill()
        for name, value in environment:
            self.app.set(name, value)
        self.app.start()


@contextmanager
def site(store: str, nginx: str) -> Iterator[Site]:
    """Set everything up, and take it away again."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as name, ExitStack() as stack:
        Path(name).chmod(0o755)
        yield Site(Path(name), store, nginx, stack)


def ended(process: "subprocess.Popen[bytes]") -> None:
    """End a process that holds a lock, and wait until the lock is gone."""
    if process.stdin is not None:
        process.stdin.close()
    process.wait(timeout=20)
    time.sleep(0.1)
