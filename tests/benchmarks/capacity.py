"""What one person costs: processor time, memory and bytes, and how many people that makes a core.

Run ``python -m tests.benchmarks.capacity``. Processor time of the server's process is counted, not
time on the clock, so that other work on the machine changes the figures little. Measured are a
first visit (Chromium, cold, everything it loads), a press of each kind (see ``load``), a page of the
reading edition, and the memory of pages that are open. What phones cost ``room`` tells.
"""

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from tests import headless
from tests.benchmarks.load import EVERY, _cpu, load, person, prepare
from tests.benchmarks.reading import COMPARED, every_path, hammer
from tests.hostile.tab import COMPARE
from tests.servers import Server

BUSY: Final = 0.6
"""Share of a core that is planned with: above it people begin to wait for each other."""

PEOPLE: Final = 200
OPEN: Final = 150
VISITS: Final = 10


def _say(name: str, value: float, unit: str, more: str = "") -> None:
    sys.stdout.write(f"{name}: {value:.2f} {unit}{more}\n")
    sys.stdout.flush()


def memory(server: Server) -> float:
    """Give the memory of a server now, in MB."""
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    line = next(item for item in status.splitlines() if item.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def visits(server: Server, path: str) -> tuple[float, float, float]:
    """Open a page cold some times; give CPU seconds, bytes and requests of one."""
    from playwright.sync_api import sync_playwright

    program = headless.program()
    if program is None:
        sys.exit("no Chromium on this machine")
    sizes: list[float] = []
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(headless.ARGUMENTS))

        def visit() -> None:
            context = browser.new_context()
            page = context.new_page()
            network = context.new_cdp_session(page)
            inlined: set[str] = set()

            def ask(event: dict[str, Any]) -> None:
                if event["request"]["url"].startswith("data:"):
                    inlined.add(event["requestId"])

            def end(event: dict[str, Any]) -> None:
                if event["requestId"] not in inlined:
                    sizes.append(event["encodedDataLength"])

            network.on("Network.requestWillBeSent", ask)
            network.on("Network.loadingFinished", end)
            network.send("Network.enable")
            page.goto(server.base + path)
            page.locator(".ax-foot").first.wait_for(timeout=60_000)
            page.wait_for_timeout(1_500)
            context.close()

        visit()  # the server has everything in memory then
        sizes.clear()
        before = _cpu(server)
        for _ in range(VISITS):
            visit()
        used = _cpu(server) - before
        browser.close()
    return used / VISITS, sum(sizes) / VISITS, len(sizes) / VISITS


async def opened(server: Server) -> tuple[float, float]:
    """Open many pages over sockets; give CPU seconds and MB of one."""
    async with contextlib.AsyncExitStack() as stack:

        async def one(number: int) -> None:
            where = person(server.base, number, "compare", COMPARE)
            await prepare(await stack.enter_async_context(where), "facts")

        await one(OPEN)
        cpu, held = _cpu(server), memory(server)
        for number in range(OPEN):
            await one(number)
        return (_cpu(server) - cpu) / OPEN, (memory(server) - held) / OPEN


def idle(server: Server, seconds: float = 10) -> float:
    """Give the share of a core that a server takes with nobody there."""
    before = _cpu(server)
    time.sleep(seconds)
    return (_cpu(server) - before) / seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="of each kind of press")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        limits = {"EXPLORER_MAX_SESSIONS": "2000", "EXPLORER_ADDRESS_SHARE": "100"}
        server = Server(folder=folder, environment=limits, log=folder / "log")
        try:
            server.start()
            time.sleep(15)  # until it has compressed its pages
            _say("memory at rest", memory(server), "MB")
            _say("processor at rest", idle(server) * 100, "% of a core")
            used, held = asyncio.run(opened(server))
            _say("a page opened over its socket", used * 1000, "ms of a core")
            _say("memory of an open page", held * 1000, "kB")
            for path in ("/", "/compare?c=ra&m=anakinra,methotrexate"):
                used, size, requests = visits(server, path)
                more = f", {size / 1000:.0f} kB in {requests:.0f} requests"
                _say(f"first visit of {path}", used * 1000, "ms of a core", more)
            for press in ("facts", "choice", "page"):
                found = asyncio.run(load(server, PEOPLE, asked.seconds, press))
                each = found.core * found.seconds / len(found.taken)
                people = f"; each {EVERY:.0f} s: {BUSY * EVERY / each:.0f} people a core"
                _say(f"press: {press}", each * 1000, "ms of a core", people)
            paths = [*every_path(), COMPARED][::12]
            for path in paths:
                asyncio.run(hammer(server.base, f"/read/{path}", 0.1))
            before, count = _cpu(server), 0.0
            for path in paths:
                count += asyncio.run(hammer(server.base, f"/read/{path}", 1)) * 1
            each = (_cpu(server) - before) / count
            _say("page of the reading edition", each * 1000, "ms of a core")
            _say("memory at the end", memory(server), "MB")
        finally:
            server.close()


if __name__ == "__main__":
    main()
