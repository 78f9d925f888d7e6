"""A stranger who speaks the app's protocol, against the server and its readers.

Run ``python -m tests.benchmarks.hostile``. It starts servers of its own on loopback, sends them what
no page sends, and prints what the issue of the second attack asks for: how much slower the first
page of compare is (ratio of medians, quiet and attacked in turn), what 500 visits that left still
hold, what the next visitor is told when the server is full, the size of the log, and how long what
somebody typed is in the server's memory. Each part stops by itself; all take about eight minutes.
"""

import argparse
import asyncio
import contextlib
import os
import random
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from explorer import paths
from tests.hostile.tab import Tab, browser_cookie, tab
from tests.servers import clean_environment, die_with_parent, free_port, stop, wait_until_healthy

STRANGER = "127.0.0.2"
"""Where the stranger comes from; readers come from 127.0.0.1."""

MEGABYTE = 1024 * 1024


class Server:
    """A server of our own, and what the system says of it."""

    def __init__(self, process: subprocess.Popen[bytes], base: str, log: Path) -> None:
        self.process = process
        self.base = base
        self.log = log

    def memory(self) -> float:
        """Give the megabytes that it holds."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    def holds(self, text: str) -> int:
        """Count how often a text stands in its memory, in the two forms that Python has."""
        found = 0
        forms = (text.encode(), text.encode("utf-16-le"))
        maps = Path(f"/proc/{self.process.pid}/maps").read_text().splitlines()
        with Path(f"/proc/{self.process.pid}/mem").open("rb", 0) as memory:
            for line in maps:
                span, kind = line.split()[:2]
                if "r" not in kind or "w" not in kind:
                    continue
                first, last = (int(part, 16) for part in span.split("-"))
                with contextlib.suppress(OSError, ValueError, OverflowError):
                    memory.seek(first)
                    held = memory.read(last - first)
                    found += sum(held.count(form) for form in forms)
        return found


@contextlib.contextmanager
def server(limit: int = 0) -> Iterator[Server]:
    """Run the real command, with a limit of open files or the machine's own."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = f"exec {sys.executable} -m explorer.cli run --port {port}"
    if limit:
        command = f"ulimit -n {limit}; {command}"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as written:
            process = subprocess.Popen(
                ["bash", "-c", command],
                cwd=folder,
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
            )
        try:
            wait_until_healthy(process, base)
            yield Server(process, base, log)
        finally:
            stop(process)


async def looks(base: str, seconds: float) -> list[float]:
    """Open compare again and again as new readers do; give how long each waited."""
    taken = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        async with tab(base, cookie=browser_cookie(base)) as page:
            await page.look()
        taken.append(time.monotonic() - began)
        await asyncio.sleep(0.3)
    return taken


async def clear_caches(page: Tab) -> None:
    """Ask five times a second to empty all caches."""
    await page.send(BackMsg(clear_cache=True))
    await asyncio.sleep(0.2)


async def press_without_end(page: Tab) -> None:
    """Ask for a run a hundred times a second."""
    await page.rerun()
    await asyncio.sleep(0.01)


async def choose_what_nobody_chose(page: Tab) -> None:
    """Ask for comparisons that nobody asked for before."""
    rows = tomllib.loads((paths.DATA / "rows.toml").read_text())["rows"]
    chosen = ",".join(random.sample(sorted(rows), 10))
    options = "anakinra,methotrexate,adalimumab,infliximab"
    await page.rerun(query=f"c=ra&m={options}&rows={chosen}")
    await asyncio.sleep(0.01)


async def unknown_widgets(page: Tab) -> None:
    """Send values of hundreds of widgets that are nowhere."""
    named = (f"w{secrets.token_hex(8)}" for _ in range(390))
    await page.rerun(widgets=[WidgetState(id=name, string_value="x" * 600) for name in named])


async def noise(page: Tab) -> None:
    """Send what is no message."""
    await page.socket.send(secrets.token_bytes(1000))


async def large(page: Tab) -> None:
    """Send ten megabytes that are a few kilobytes on the wire."""
    await page.socket.send(b"\0" * (10 * MEGABYTE))


async def words(page: Tab) -> None:
    """Send a text where messages are bytes."""
    await page.socket.send("hello")


async def wrong_values(page: Tab) -> None:
    """Send values of the wrong kind, as text, for widgets that stand on the page."""
    ids = {part for text in page.texts for part in _ids(text)}
    await page.rerun(widgets=[WidgetState(id=name, string_value="x") for name in list(ids)[:100]])
    await asyncio.sleep(0.05)


def _ids(message: bytes) -> list[str]:
    found = []
    for part in message.split(b"$$ID-")[1:]:
        name = part.split(b"\n")[0].split(b"\x12")[0][:120]
        with contextlib.suppress(UnicodeDecodeError):
            found.append("$$ID-" + "".join(c for c in name.decode() if c.isprintable()))
    return found


ATTACKS: dict[str, Callable[[Tab], Awaitable[None]]] = {
    "empty all caches": clear_caches,
    "press without end": press_without_end,
    "choices nobody made": choose_what_nobody_chose,
    "unknown widgets": unknown_widgets,
    "noise": noise,
    "large messages": large,
    "texts": words,
    "wrong values": wrong_values,
}


def stranger(base: str, name: str, address: str) -> None:
    """Attack until the process is ended; come back whenever the socket is closed."""
    attack = ATTACKS[name]

    async def once() -> None:
        async with tab(base, cookie=browser_cookie(base), address=address) as page:
            await page.look()
            reading = asyncio.create_task(_read(page))
            while not reading.done():
                await attack(page)
            await reading

    async def again() -> None:
        while True:
            with contextlib.suppress(Exception):
                await once()
            await asyncio.sleep(0.01)

    asyncio.run(again())


async def _read(page: Tab) -> None:
    with contextlib.suppress(Exception):
        async for _ in page.socket:
            pass


@contextlib.contextmanager
def attacked(base: str, name: str, address: str = STRANGER) -> Iterator[None]:
    """Have a stranger at work."""
    process = get_context("fork").Process(target=stranger, args=(base, name, address), daemon=True)
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join()


async def speed(target: Server, seconds: float) -> None:
    """Print how much slower the first page of compare is, attack by attack."""
    await looks(target.base, 2)
    for name in ATTACKS:
        quiet = statistics.median(await looks(target.base, seconds))
        with attacked(target.base, name):
            await asyncio.sleep(2)
            busy = statistics.median(await looks(target.base, 2 * seconds))
        quiet = min(quiet, statistics.median(await looks(target.base, seconds)))
        say(
            f"compare, first page, {name}: {quiet * 1000:.0f} to {busy * 1000:.0f} ms, ratio {busy / quiet:.2f}"
        )


async def hold(target: Server, visits: int, addresses: int) -> None:
    """Print what many visits hold that sent all they could and left without a word."""
    await looks(target.base, 3)
    before = target.memory()

    async def visit(number: int) -> None:
        with contextlib.suppress(Exception):
            address = f"127.0.0.{2 + number % addresses}"
            async with tab(
                target.base, cookie=browser_cookie(target.base), address=address
            ) as page:
                await page.look()
                name = f"results.link-{number}"
                text = secrets.token_hex(4000)
                many = [WidgetState(id=f"{name}-{at}", string_value=text) for at in range(30)]
                await page.rerun(widgets=many)
                await page.finished()
                await page.socket.send(b"\0" * 1_000_000)
                page.socket.transport.abort()  # leaves without a word, so that the page is held

    for start in range(0, visits, 10):
        await asyncio.gather(*(visit(start + at) for at in range(10)))
    most = target.memory()
    say(
        f"memory, {visits} hostile visits from {addresses} addresses: {before:.0f} MB before, "
        f"{most:.0f} MB when the last one left"
    )
    await asyncio.sleep(30)
    say(f"  30 s later: {target.memory():.0f} MB")


async def full(target: Server) -> None:
    """Print what the next visitor is told when no page more is taken."""
    open_ones = []
    async with contextlib.AsyncExitStack() as stack:
        for number in range(300):
            try:
                page = await stack.enter_async_context(
                    tab(target.base, address=f"127.0.0.{2 + number % 5}")
                )
                await asyncio.wait_for(page.look(), 3)
            except (ConnectionError, TimeoutError, OSError):
                break
            except Exception as error:
                say(f"  the next one: {type(error).__name__}")
                break
            open_ones.append(page)
        status, seconds = ask(target.base)
        began = time.monotonic()
        await open_ones[0].look()
        say(
            f"pages open at 1024 open files: {len(open_ones)}; the next is told {status} after "
            f"{seconds * 1000:.0f} ms; one that is open runs in {(time.monotonic() - began) * 1000:.0f} ms"
        )


def ask(base: str) -> tuple[int, float]:
    """Ask for the first page, and give the status and how long it took."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(base, timeout=10) as answer:
            return answer.status, time.monotonic() - began
    except urllib.error.HTTPError as error:
        return error.code, time.monotonic() - began


async def log(target: Server, seconds: float) -> None:
    """Print what some hostile minutes leave in the log."""
    each = seconds / len(ATTACKS)
    for name in ATTACKS:
        with attacked(target.base, name):
            await asyncio.sleep(each)
    say(f"log of {seconds / 60:.1f} hostile minutes: {target.log.stat().st_size / 1024:.1f} kB")


@contextlib.asynccontextmanager
async def typed(target: Server, marker: str) -> AsyncIterator[Tab]:
    """Open a page on which somebody typed a word to search for."""
    async with tab(target.base, cookie=browser_cookie(target.base)) as page:
        await page.look()
        await page.rerun(widgets=[WidgetState(id="$$ID-0-compare.find", string_value=marker)])
        await page.finished()
        yield page


async def marker(target: Server, most: float) -> None:
    """Print how long a typed word is in the server's memory after its page was closed."""
    text = "kneeache" + secrets.token_hex(12)
    async with typed(target, text):
        say(f"a typed word in memory while the page is open: {target.holds(text)} times")
    began = time.monotonic()
    while (left := target.holds(text)) and time.monotonic() - began < most:
        await asyncio.sleep(10)
    say(f"  {time.monotonic() - began:.0f} s after it was closed: {left} times")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("speed", "hold", "full", "log", "marker"))
    parser.add_argument("--seconds", type=float, default=6, help="of each look at the speed")
    parser.add_argument("--visits", type=int, default=500)
    parser.add_argument("--addresses", type=int, default=1, help="from which these visits come")
    given = parser.parse_args()
    parts: dict[str, tuple[int, Callable[[Server], Awaitable[None]]]] = {
        "speed": (0, lambda target: speed(target, given.seconds)),
        "full": (1024, full),
        "log": (0, lambda target: log(target, 300)),
        "marker": (0, lambda target: marker(target, 600)),
        "hold": (0, lambda target: hold(target, given.visits, given.addresses)),
    }
    os.environ["PYTHONUNBUFFERED"] = "1"
    for name, (limit, part) in parts.items():
        if given.only in (None, name):
            with server(limit) as target:
                asyncio.run(part(target))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
