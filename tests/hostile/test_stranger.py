"""A stranger's client against the real server: others go on, and the log stays small."""

import asyncio
import contextlib
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.hostile.tab import browser_cookie, run, tab

pytestmark = pytest.mark.server

CODES = (1003, 1008, 1009, 1013)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name the file that holds what the server says."""
    return tmp_path_factory.mktemp("hostile") / "log"


@pytest.fixture(scope="module")
def base(
    start_server: Callable[..., AbstractContextManager[str]],
    tmp_path_factory: pytest.TempPathFactory,
    log: Path,
) -> Iterator[str]:
    """Run the real command with few open files."""
    started = f"ulimit -n 400; exec {sys.executable} -m explorer.cli run --port {{port}}"
    command = ["bash", "-c", started]
    with start_server(command, folder=tmp_path_factory.mktemp("elsewhere"), log=log) as address:
        yield address


def timed(work: Coroutine[Any, Any, Any], seconds: float = 60) -> Any:
    """Run something that speaks to the server; nothing here waits for ever."""

    async def bounded() -> Any:
        async with asyncio.timeout(seconds):
            return await work

    return run(bounded())


def status(address: str, method: str = "GET", **headers: str) -> int:
    """Ask for an address and give the status."""
    asked = urllib.request.Request(address, method=method, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


async def code_of(socket: Any) -> int | None:
    """Read until the socket is closed, and give the code."""
    with contextlib.suppress(ConnectionClosed):
        async for _ in socket:
            pass
    return socket.close_code  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/upload_file/a/b",
        "/compare/_stcore/upload_file/a/b",
        "//_stcore/upload_file/a/b",
        "/_stcore/metrics",
        "/_stcore/agent/mcp",
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_there_is_nothing_where_no_page_of_ours_goes(base: str, path: str, method: str) -> None:
    """Uploads, figures of the server, programs and sign-in answer 404."""
    assert status(f"{base}{path}", method) == 404


@pytest.mark.parametrize(
    "sent",
    [b"\xff" * 100, b"\0" * 10_000_000, "hello", "x" * 1_000_000],
    ids=["noise", "a large message", "a text", "a large text"],
)
def test_what_is_no_message_closes_the_socket(base: str, sent: bytes | str) -> None:
    """At once, with a code that says why, before and after a page was asked for."""

    async def send(first: bool) -> int | None:
        async with tab(base) as page:
            if first:
                await page.look()
            with contextlib.suppress(ConnectionClosed):
                await page.socket.send(sent)
            return await code_of(page.socket)

    assert timed(send(False)) in CODES
    assert timed(send(True)) in CODES


def test_what_is_kept_for_all_is_not_emptied_by_one(base: str, log: Path) -> None:
    """The message that empties Streamlit's caches is dropped, and the page goes on."""

    async def clear() -> int:
        async with tab(base) as page:
            await page.look()
            for _ in range(5):
                await page.send(BackMsg(clear_cache=True))
            return await page.look()

    assert timed(clear()) > 10
    assert "refused on sockets: unwanted" in log.read_text()


def test_a_page_needs_more_than_its_id_to_come_back(base: str) -> None:
    """Only the browser that opened it finds it again."""

    async def come_back(cookie: str, other: str) -> tuple[str, str, str]:
        async with tab(base, cookie=cookie) as page:
            await page.look()
            named = page.session
        async with tab(base, cookie=other, session=named) as thief:
            await thief.look()
        async with tab(base, cookie=cookie, session=named) as same:
            await same.look()
        return named, thief.session, same.session

    named, thief, same = timed(come_back(browser_cookie(base), browser_cookie(base)))
    assert thief != named
    assert same == named


def test_a_full_server_says_so_and_those_inside_go_on(base: str, log: Path) -> None:
    """Also at a small limit of open files, and what it carries is said at the start."""

    async def fill() -> tuple[int, int, float, int]:
        pages = []
        async with contextlib.AsyncExitStack() as stack:
            for number in range(60):
                page = await stack.enter_async_context(tab(base, address=f"127.0.0.{2 + number}"))
                try:
                    await page.look()
                except (ConnectionClosed, ConnectionError):
                    break
                pages.append(page)
            began = time.monotonic()
            told = await asyncio.to_thread(status, base)
            waited = time.monotonic() - began
            drawn = await pages[0].look()
        return len(pages), told, waited, drawn

    inside, told, waited, drawn = timed(fill(), 120)
    assert f"room for {inside} pages at once" in log.read_text()
    assert told == 503
    assert waited < 1
    assert drawn > 10


def test_silent_connections_take_no_place(base: str) -> None:
    """More of them than there are open files, and a reader is served all the same."""

    async def be_silent() -> int:
        port = int(base.rsplit(":", 1)[1])
        opened = []
        for number in range(600):
            with contextlib.suppress(OSError, TimeoutError):
                opened.append(
                    await asyncio.wait_for(
                        asyncio.open_connection(
                            "127.0.0.1", port, local_addr=(f"127.0.1.{1 + number % 200}", 0)
                        ),
                        5,
                    )
                )
        async with tab(base, address="127.0.2.1") as page:
            drawn = await page.look()
        for _, writer in opened:
            writer.close()
        return drawn

    assert timed(be_silent()) > 10


def test_another_sites_page_is_refused(base: str) -> None:
    """Before the socket is accepted."""

    async def visit() -> int:
        try:
            async with tab(base, origin="https://evil.example"):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    assert timed(visit()) == 403


def test_the_log_is_small_whatever_comes(base: str, log: Path) -> None:
    """Errors of one kind are counted, ids are cut, and nothing that was sent is repeated."""
    before = log.stat().st_size

    async def shout() -> None:
        for number in range(12):
            async with tab(
                base, cookie=browser_cookie(base), address=f"127.0.3.{1 + number % 9}"
            ) as page:
                await page.look("compare", f"c=ra&m=anakinra&secret={number}")
                for name in ("compare.find", "compare.condition", "compare.options"):
                    await page.rerun(widgets=[WidgetState(id=f"$$ID-x-{name}", double_value=1.5)])
                with contextlib.suppress(ConnectionClosed):
                    await page.socket.send("kneeache" * 100)
                await code_of(page.socket)

    timed(shout(), 120)
    written = log.read_text()
    assert log.stat().st_size - before < 20_000
    assert "kneeache" not in written
    assert "secret" not in written


def test_memory_is_bounded_while_a_bomb_is_inflated(base: str) -> None:
    """Ten megabytes of nothing are ten kilobytes on the wire, and are refused unread."""
    process = subprocess.run(
        ["pgrep", "-f", f"run --port {base.rsplit(':', 1)[1]}"],
        capture_output=True,
        text=True,
        check=True,
    )
    status_file = Path(f"/proc/{process.stdout.split()[-1]}/status")

    def peak() -> int:
        lines = status_file.read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024

    async def bomb() -> None:
        for number in range(6):
            async with tab(base, address=f"127.0.4.{1 + number}") as page:
                await page.look()
                with contextlib.suppress(ConnectionClosed):
                    for _ in range(20):
                        await page.socket.send(b"\0" * 9_000_000)

    before = peak()
    timed(bomb(), 120)
    assert peak() - before < 40


def frame(opcode: int, data: bytes = b"", *, last: bool = True) -> bytes:
    """Make a frame as a browser masks it, by the protocol (RFC 6455)."""
    return bytes([(0x80 if last else 0) | opcode, 0x80 | len(data)]) + b"\0\0\0\0" + data


async def raw(base: str, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a socket by hand."""
    port = int(base.rsplit(":", 1)[1])
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    writer.write(
        f"GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Protocol: streamlit\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")
    return reader, writer


STOP = BackMsg(stop_script=True).SerializeToString()

FLOODS = {
    "pings": frame(9),
    "pongs": frame(10),
    "large pings": frame(9, b"x" * 120),
    "continuations": frame(0, last=False),
    "stops": frame(2, STOP),
}


@pytest.mark.parametrize("kind", FLOODS)
def test_tiny_frames_without_end_stop_nobody(base: str, kind: str) -> None:
    """The socket is cut, and a reader's first look takes no longer than it should."""

    async def flood(number: int) -> bool:
        _, writer = await raw(base, f"127.0.5.{number}")
        if kind == "continuations":
            writer.write(frame(2, b"x", last=False))
        end = time.monotonic() + 4
        try:
            while time.monotonic() < end:
                writer.write(FLOODS[kind] * 2000)
                await asyncio.wait_for(writer.drain(), 4)
        except (ConnectionError, TimeoutError):
            return True
        finally:
            writer.close()
        return False

    async def look() -> float:
        await asyncio.sleep(0.2)
        began = time.monotonic()
        async with tab(base, address="127.0.6.1") as page:
            await page.look()
        return time.monotonic() - began

    async def both() -> tuple[list[bool], float]:
        *cut, waited = await asyncio.gather(flood(1), flood(2), look())
        return cut, waited  # type: ignore[return-value]

    cut, waited = timed(both())
    assert all(cut)
    assert waited < 2


def test_pages_that_left_before_they_were_named_are_not_held(base: str) -> None:
    """They would cost open files, and push out the pages of others."""
    process = subprocess.run(
        ["pgrep", "-f", f"run --port {base.rsplit(':', 1)[1]}"],
        capture_output=True,
        text=True,
        check=True,
    )
    files = Path(f"/proc/{process.stdout.split()[-1]}/fd")

    async def part() -> None:
        async with tab(base, address="127.0.7.1") as page:
            message = BackMsg()
            message.rerun_script.fragment_id = "nobody's"
            await page.send(message)

    async def hasty(number: int) -> None:
        async with tab(base, address=f"127.0.7.{1 + number % 200}") as page:
            await page.rerun()
            page.socket.transport.abort()

    async def all_of_them() -> tuple[int, int]:
        await asyncio.sleep(1)
        before = len(list(files.iterdir()))
        for _ in range(30):
            await part()
        for number in range(60):
            await hasty(number)
        # A loaded machine still works through what they asked for; a page that is held stays.
        return before, await _settled(files, before + 30)

    before, after = timed(all_of_them(), 120)
    assert after - before < 30


async def _settled(files: Path, most: int, seconds: int = 40) -> int:
    """Count the open files once they are fewer than ``most``, or when the time is over."""
    end = time.monotonic() + seconds
    while (count := len(list(files.iterdir()))) >= most and time.monotonic() < end:
        await asyncio.sleep(0.5)
    return count


def test_an_odd_origin_of_a_form_is_refused(base: str) -> None:
    """It is no error of the server."""
    for origin in ("http://[::1", "http://[x", "null\x00"):
        with contextlib.suppress(ValueError):
            assert status(f"{base}/join", "POST", Origin=origin) in (400, 403, 422)
