"""A browser's line to the server: requests, one cookie, and a stream of events."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

TROUBLE = (ConnectionError, TimeoutError, asyncio.IncompleteReadError, ssl.SSLError)

PATIENCE = 8.0
"""Seconds after which the page's script gives a request up and tries again."""


_TRUSTING = ssl._create_unverified_context()
"""For a certificate of the benchmark's own."""


@dataclass
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    text: str


class Browser:
    """One kept connection and one cookie: HTTP/1.1, and no more of it than our server speaks.

    A full client takes longer for a request than the server does, and 200 of them on the same
    two cores would measure themselves.
    """

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        self._host, self._port = str(parts.hostname), int(parts.port or 80)
        self._tls = _TRUSTING if parts.scheme == "https" else None
        self._line = asyncio.Lock()
        self._pipes: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.cookie = ""

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for something."""
        return await self._ask("GET", path, headers or {}, "")

    async def post(
        self, path: str, form: list[tuple[str, str]], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Post a form, and follow where that leads."""
        posted = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        answer = await self._ask("POST", path, posted, urlencode(form))
        if answer.status == 303:
            return await self.get(answer.headers["location"])
        return answer

    async def events(self, path: str) -> AsyncIterator[tuple[str, str, str]]:
        """Yield name, id and data of each event of a stream, over a connection of its own."""
        reader, writer = await asyncio.open_connection(
            self._host, self._port, limit=2**20, ssl=self._tls
        )
        lines = [f"GET {path} HTTP/1.0", f"Host: {self._host}:{self._port}"]
        lines += [f"Cookie: participant={self.cookie}", "", ""]
        writer.write("\r\n".join(lines).encode())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            if " 200 " not in head.partition("\r\n")[0]:
                raise ConnectionError(head.partition("\r\n")[0])
            while event := (await reader.readuntil(b"\n\n")).decode():
                fields = [line.partition(": ") for line in event.splitlines() if line]
                named = {name: value for name, _, value in fields}
                data = "\n".join(value for name, _, value in fields if name == "data")
                yield named.get("event", ""), named.get("id", ""), data
        finally:
            writer.close()

    def close(self) -> None:
        """Hang up."""
        if self._pipes is not None:
            self._pipes[1].close()
        self._pipes = None

    async def _ask(self, method: str, path: str, headers: Mapping[str, str], body: str) -> Answer:
        """Send a request; over a new connection where the kept one was closed meanwhile."""
        sent = {"Host": f"{self._host}:{self._port}", "Content-Length": str(len(body)), **headers}
        if self.cookie:
            sent["Cookie"] = f"participant={self.cookie}"
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {sent[name]}" for name in sent), "", body]
        request = "\r\n".join(lines).encode()
        async with self._line, asyncio.timeout(PATIENCE):
            kept = self._pipes is not None
            try:
                return await self._talk(request)
            except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                self.close()
                if not kept:
                    raise
                return await self._talk(request)
            except BaseException:  # half of an answer may still come
                self.close()
                raise

    async def _talk(self, request: bytes) -> Answer:
        if self._pipes is None:
            self._pipes = await asyncio.open_connection(self._host, self._port, ssl=self._tls)
        reader, writer = self._pipes
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])
        }
        if "set-cookie" in headers:
            self.cookie = headers["set-cookie"].partition(";")[0].partition("=")[2]
        content = await reader.readexactly(int(headers.get("content-length", "0")))
        text = "" if "content-encoding" in headers else content.decode()
        return Answer(int(head[0].split()[1]), headers, text)
