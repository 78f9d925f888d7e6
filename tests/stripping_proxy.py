"""A proxy on loopback that takes a path off each request, as a portal's may."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.servers import free_port

_HEAD_END = b"\r\n\r\n"


@contextmanager
def stripping_proxy(path: str, target: int) -> Iterator[str]:
    """Serve a site under a path, and yield its address.

    Each connection carries one request, so that only its first line has to be read.

    Args:
        path: what is taken off, such as ``/anakinra``; anything else is answered with 404.
        target: port of the server behind it, on this machine.
    """
    port = free_port()
    listening = socket.create_server(("127.0.0.1", port))
    threading.Thread(target=_accept, args=(listening, path, target), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}{path}"
    finally:
        listening.close()


def _accept(listening: socket.socket, path: str, target: int) -> None:
    while True:
        try:
            incoming, _ = listening.accept()
        except OSError:  # closed: the test is over
            return
        threading.Thread(target=_forward, args=(incoming, path, target), daemon=True).start()


def _forward(incoming: socket.socket, path: str, target: int) -> None:
    with incoming, suppress(OSError):
        head = b""
        while _HEAD_END not in head:
            got = incoming.recv(65536)
            if not got:
                return
            head += got
        method, asked, rest = head.split(b" ", 2)
        prefix = f"{path}/".encode()
        if not asked.startswith(prefix):
            incoming.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            return
        if not re.search(rb"(?i)\r\nupgrade: websocket", rest):
            rest = re.sub(rb"(?i)\r\nconnection: [^\r]*", b"", rest, count=1)
            rest = rest.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
        with socket.create_connection(("127.0.0.1", target)) as outgoing:
            outgoing.sendall(b" ".join((method, b"/" + asked.removeprefix(prefix), rest)))
            back = threading.Thread(target=_pipe, args=(outgoing, incoming), daemon=True)
            back.start()
            _pipe(incoming, outgoing)
            back.join()


def _pipe(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while got := source.recv(65536):
            sink.sendall(got)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
