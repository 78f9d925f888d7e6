"""A proxy before PostgreSQL that can fall silent without closing anything, or refuse.

What a firewall that forgets its connections, or a failover, looks like from the app: every byte is
taken, none is passed on, and nobody says so.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

from sqlalchemy.engine import make_url


class Pair:
    """A connection of the app and the one to the server that goes with it."""

    def __init__(self, near: socket.socket, far: socket.socket) -> None:
        self.near, self.far = near, far
        self.is_silent = False

    def start(self, *, is_silent: bool) -> None:
        """Pass both directions on, in threads of their own."""
        self.is_silent = is_silent
        for taken, given in ((self.near, self.far), (self.far, self.near)):
            Thread(target=self._pass, args=(taken, given), daemon=True).start()

    def _pass(self, taken: socket.socket, given: socket.socket) -> None:
        with suppress(OSError):
            while some := taken.recv(65_536):
                if not self.is_silent:
                    given.sendall(some)
        if not self.is_silent:
            self.close()

    def close(self) -> None:
        """End both."""
        for end in (self.near, self.far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class SilencingProxy:
    """Passes connections on to a PostgreSQL server until it is told otherwise.

    Args:
        address: ``postgresql://…``, also with a folder of sockets as its host.
    """

    def __init__(self, address: str) -> None:
        url = make_url(address)
        self.lead_to(address)
        self._lock = Lock()
        self._pairs: list[Pair] = []
        self._new_are_silent = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.address = url.set(host="127.0.0.1", port=self.port, query={}).render_as_string(
            hide_password=False
        )
        self.accepted = 0
        Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def lead_to(self, address: str) -> None:
        """Pass new connections on to another server, as a name does that was given to it."""
        url = make_url(address)
        host = str(url.host or url.query.get("host") or "127.0.0.1")
        self._connect = _connector(host, int(url.port or str(url.query.get("port") or 5432)))

    @property
    def open(self) -> int:
        """The number of connections that the app holds now."""
        with self._lock:
            return sum(pair.near.fileno() >= 0 for pair in self._pairs)

    def silence(self, *, new: bool = False) -> None:
        """Pass nothing on any more over the connections that are open; over new ones neither."""
        with self._lock:
            self._new_are_silent = new
            for pair in self._pairs:
                pair.is_silent = True

    def refuse(self) -> None:
        """End all connections, and refuse new ones."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            pair.close()

    def listen(self) -> None:
        """Take new connections and pass them on; those that fell silent stay so."""
        self._new_are_silent = False
        if self._listening.fileno() < 0:
            self._listening = socket.create_server(("127.0.0.1", self.port))
            Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def close(self) -> None:
        """End everything."""
        with suppress(OSError):
            self.refuse()

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listening.accept()
                try:
                    far = self._connect()
                except OSError:
                    near.close()
                    continue
                pair = Pair(near, far)
                with self._lock:
                    self.accepted += 1
                    self._pairs.append(pair)
                    pair.start(is_silent=self._new_are_silent)


def _connector(host: str, port: int) -> Callable[[], socket.socket]:
    if not host.startswith("/"):
        return lambda: socket.create_connection((host, port), timeout=None)

    def connect() -> socket.socket:
        made = socket.socket(socket.AF_UNIX)
        made.connect(str(Path(host) / f".s.PGSQL.{port}"))
        return made

    return connect
