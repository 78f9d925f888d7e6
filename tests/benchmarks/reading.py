"""The reading edition: its weight and first words on a phone, its width, its paper, its speed.

Run ``python -m tests.benchmarks.reading``. A server of its own; every page of the edition once in
Chromium, cold, as a phone of 390 by 844 pixels: bytes over the wire, requests, and the sideways
scroll at 156 pixels; some of them three times at 1.6 Mbit/s and 150 ms: the first contentful paint;
three of them as paper (A4). Then the comparison's pages a second from the one process, against a
plain Starlette page in turn and in the same run, and what 400 people wait who read a page each five
seconds. Prints each number beside its bar; with ``--strict`` a number that misses its bar fails.
"""

import argparse
import asyncio
import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.export.reading.model import Target
from explorer.reading import edition_of
from tests import headless
from tests.benchmarks.wire import Browser as Line
from tests.servers import Server
from tests.shipped import shipped

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHONE = {"width": 390, "height": 844}
NARROW = 156
"""Pixels of a phone's width at 250 % zoom."""

DOWN, UP, DELAY = 1.6e6 / 8, 0.75e6 / 8, 150
"""Bytes a second and milliseconds of a slow phone."""

COMPARED = "compare/ra?m=anakinra,methotrexate"

FIRST_WORDS = ("", COMPARED, "medicine/anakinra", "guide", "guide/infections", "quiz/allergy")
"""Pages whose first words are timed: of each kind, and the heaviest."""

PAPER = {"guide": 25, "guide/infections": 3, COMPARED: 8}
"""Most sheets of A4 that a page may take."""

SETTLE = 10.0
"""Seconds in which the server compresses what was opened."""

PEOPLE, EVERY = 400, 5.0
LINES = 8
"""Connections that ask for one page after the other."""

PLAIN = """from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

async def page(request):
    return HTMLResponse("<!doctype html><title>Plain</title><h1>Plain</h1>")

app = Starlette(routes=[Route("/_stcore/health", page), Route("/plain", page)])
"""

_FIRST = """() => new Promise(done => new PerformanceObserver(list => {
  const found = list.getEntriesByName('first-contentful-paint');
  if (found.length) done(found[0].startTime);
}).observe({ type: 'paint', buffered: true }))"""

_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Report:
    """Writes numbers beside their bars and counts those that miss."""

    def __init__(self) -> None:
        self.missed = 0

    def line(self, name: str, value: float, bar: float, unit: str, *, most: bool = True) -> None:
        """Write one number.

        Args:
            name: what was measured.
            value: the number.
            bar: what it is held against.
            unit: its unit.
            most: the bar is the most allowed; else it is the least.
        """
        is_met = value <= bar if most else value >= bar
        self.missed += not is_met
        sign = "at most" if most else "at least"
        end = "" if is_met else "  MISSED"
        sys.stdout.write(f"{name}: {value:.2f} {unit} ({sign} {bar:g}){end}\n")
        sys.stdout.flush()


def every_path() -> list[str]:
    """Name every page; of comparisons, the preselection and one pair."""
    made = edition_of(shipped())
    return [*(item.path for item in made.targets() if not item.options), COMPARED]


def opened(browser: "Browser", address: str, *, slow: bool) -> tuple[float, int, float, int]:
    """Open a page cold; give bytes, requests, seconds to the first words, pixels too wide."""
    page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
    network = page.context.new_cdp_session(page)
    asked: set[str] = set()
    sizes: list[float] = []

    def ask(event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            asked.add(event["requestId"])

    def end(event: dict[str, Any]) -> None:
        if event["requestId"] in asked:
            sizes.append(event["encodedDataLength"])

    network.on("Network.requestWillBeSent", ask)
    network.on("Network.loadingFinished", end)
    network.send("Network.enable")
    if slow:
        network.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": DELAY,
                "downloadThroughput": DOWN,
                "uploadThroughput": UP,
            },
        )
    page.goto(address, wait_until="networkidle" if slow else "load")
    first = float(page.evaluate(_FIRST)) / 1000
    page.set_viewport_size({"width": NARROW, "height": 400})
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    wide = int(page.evaluate(_WIDE))
    page.context.close()
    return sum(sizes), len(sizes), first, wide


def in_a_browser(base: str, report: Report) -> None:
    """Measure what a browser sees."""
    from playwright.sync_api import sync_playwright

    program = headless.program()
    if program is None:
        sys.exit("no Chromium on this machine")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(headless.ARGUMENTS))
        for _ in range(2):  # the second time is what almost everybody gets
            seen = {
                path: opened(browser, f"{base}/read/{path}", slow=False) for path in every_path()
            }
            time.sleep(SETTLE)
        heavy = max(seen, key=lambda path: seen[path][0])
        report.line(f"heaviest of {len(seen)} pages (/{heavy})", seen[heavy][0] / 1000, 60, "kB")
        report.line("most requests", max(found[1] for found in seen.values()), 4, "requests")
        wide = max(seen, key=lambda path: seen[path][3])
        report.line(f"sideways at {NARROW} px, all open (/{wide})", seen[wide][3], 0, "px")
        for path in dict.fromkeys((*FIRST_WORDS, heavy)):
            taken = [opened(browser, f"{base}/read/{path}", slow=True)[2] for _ in range(3)]
            report.line(f"first words of /{path}", statistics.median(taken), 0.8, "s")
        for path, most in PAPER.items():
            page = browser.new_page()
            page.goto(f"{base}/read/{path}")
            sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
            report.line(f"paper of /{path}", sheets, most, "sheets")
            page.close()
        browser.close()


async def hammer(base: str, path: str, seconds: float) -> float:
    """Ask for a page over a few lines without a pause; give pages a second."""
    until = time.monotonic() + seconds

    async def ask(line: Line) -> int:
        count = 0
        while time.monotonic() < until:
            answer = await line.get(path, {"Accept-Encoding": "br"})
            assert answer.status == 200, answer.status
            count += 1
        line.close()
        return count

    return sum(await asyncio.gather(*(ask(Line(base)) for _ in range(LINES)))) / seconds


async def each_once(base: str, paths: list[str]) -> None:
    """Open each page once, one after the other: the first reader of a page waits for its making."""
    line, taken = Line(base), []
    for path in paths:
        began = time.monotonic()
        await line.get(f"/read/{path}", {"Accept-Encoding": "br"})
        taken.append(time.monotonic() - began)
    line.close()
    sys.stdout.write(
        f"first opening of {len(paths)} pages: median {statistics.median(taken) * 1000:.0f} ms, "
        f"longest {max(taken) * 1000:.0f} ms\n"
    )


async def crowd(base: str, paths: list[str], seconds: float) -> list[float]:
    """Let people read, each over a line of their own; give what each page took."""
    until = time.monotonic() + seconds
    taken: list[float] = []

    async def read(line: Line) -> None:
        await asyncio.sleep(random.uniform(0, EVERY))
        while time.monotonic() < until:
            began = time.monotonic()
            answer = await line.get(f"/read/{random.choice(paths)}", {"Accept-Encoding": "br"})
            assert answer.status == 200, answer.status
            taken.append(time.monotonic() - began)
            await asyncio.sleep(EVERY * random.uniform(0.9, 1.1))
        line.close()

    await asyncio.gather(*(read(Line(base)) for _ in range(PEOPLE)))
    return taken


def on_the_line(product: str, plain: str, report: Report, seconds: float) -> None:
    """Measure what the process sends."""
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(3):  # in turn, so that other work on the machine meets both
        floor.append(asyncio.run(hammer(plain, "/plain", seconds)))
        ours.append(asyncio.run(hammer(product, f"/read/{COMPARED}", seconds)))
    one, other = statistics.median(floor), statistics.median(ours)
    sys.stdout.write(f"a plain Starlette page: {one:.0f} pages/s; ours: {other:.0f} pages/s\n")
    report.line("share of the plain page's", other / one, 0.5, "x", most=False)
    pairs = [item for item in edition_of(shipped()).targets() if item.options][::20]
    paths = [*every_path(), *(_with_options(item) for item in pairs)]
    asyncio.run(each_once(product, paths))
    taken = sorted(asyncio.run(crowd(product, paths, seconds * 3)))
    p95 = taken[int(len(taken) * 0.95)] * 1000
    report.line(f"{PEOPLE} people, {len(taken)} pages, p95", p95, 50, "ms")


def _with_options(item: Target) -> str:
    return f"{item.path}?m={','.join(item.options)}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="of each turn on the line")
    parser.add_argument("--strict", action="store_true", help="fail where a bar is missed")
    parser.add_argument("--no-browser", action="store_true", help="measure the line alone")
    asked = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "plain.py").write_text(PLAIN, encoding="utf-8")
        product = Server(folder=folder, log=folder / "log")
        words = "-m uvicorn plain:app --port {port} --no-access-log --log-level warning"
        plain = Server([sys.executable, *words.split()], folder=folder, log=folder / "plain-log")
        try:
            product.start()
            plain.start()
            if not asked.no_browser:
                in_a_browser(product.base, report)
            on_the_line(product.base, plain.base, report, asked.seconds)
        finally:
            product.close()
            plain.close()
    return 1 if asked.strict and report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
