"""A class of 200 on this machine: is an answer lost, and how long does everybody wait?

Run ``python -m tests.benchmarks.room --participants 200 [--short] [--host console|store]``. The
real command serves on loopback with a database of its own. Each participant is a phone that speaks
as the page's script does (see ``phone``). The host presses the buttons of the real console in
Chromium; with ``--host store`` a second process moves the class through the same database instead.
Every confirmed answer is then looked up, and the table says what was lost and how long things
took. Bounded: two minutes, or one with ``--short``.
"""

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from explorer import paths
from explorer.classes.keys import IssuedKeys
from explorer.classes.service import CAPACITY, ClassService
from explorer.content.load import load
from explorer.domain.lessons import live
from explorer.domain.sessions import Action, PlannedQuestion, TeachingPhase
from explorer.store import open_store
from tests import headless
from tests.benchmarks.phone import EVERY, Book, Phone
from tests.servers import (
    clean_environment,
    die_with_parent,
    free_port,
    wait_until_healthy,
    with_servers,
)

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

WAVE = 10.0
"""Seconds in which everybody joins."""

DOWN, UP, DELAY = 1_600_000 / 8, 750_000 / 8, 150
"""A slow phone: bytes a second down and up, and milliseconds that each request waits."""

BEHIND = 5
"""Phones and the host's browser stand behind the server: they are not on its machine in a class."""

TICK = os.sysconf("SC_CLK_TCK")


class Host(Protocol):
    """Who presses."""

    name: str

    async def press(self, action: Action) -> float:
        """Press; give the seconds until the host sees that the class moved."""


class StoreHost:
    """A second process that moves the class through the database that it shares."""

    name = "a second process on the same database (not the console page)"

    def __init__(self, teaching: ClassService, keys: IssuedKeys) -> None:
        self._teaching = teaching
        self._keys = keys

    async def press(self, action: Action) -> float:
        """Press by the service."""
        begun = time.perf_counter()

        def move() -> None:
            version = self._teaching.host(self._keys.console).version
            self._teaching.advance(self._keys.console, action, version)

        await asyncio.to_thread(move)
        return time.perf_counter() - begun


class ConsoleHost:
    """The buttons of the console page, in Chromium, in the same server."""

    name = "the console page in Chromium"

    def __init__(self, page: "Page") -> None:
        self._page = page

    async def open(self, base: str, keys: IssuedKeys) -> None:
        """Open the console by its link."""
        link = f"{base}/teach#console={keys.console}.{keys.projector}.{keys.report}"
        await self._page.goto(link)
        await self._page.locator(".st-key-teach-press-main button").wait_for(timeout=30_000)

    async def press(self, action: Action) -> float:
        """Click, and wait until the console says that the class moved."""
        said = self._page.locator(".ax-said")
        before = await said.inner_text()
        begun = time.perf_counter()
        # beside the large one where that shows more of why
        beside = self._page.locator(f".st-key-teach-press-{action} button")
        main = self._page.locator(".st-key-teach-press-main button")
        await (beside if await beside.count() else main).click()
        while await said.inner_text() == before:
            await asyncio.sleep(0.02)
            if time.perf_counter() - begun > 20:
                raise TimeoutError(f"the console did not show {action}")
        return time.perf_counter() - begun


class Watched:
    """A server process and what it used."""

    def __init__(self, process: subprocess.Popen[bytes], base: str) -> None:
        self._pid = process.pid
        self.base = base
        self.kill = process.kill

    def cpu(self) -> float:
        """Give the seconds of processor time used so far."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self) -> float:
        """Give the most memory used so far, in MB."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        line = next(item for item in status.splitlines() if item.startswith("VmHWM"))
        return int(line.split()[1]) / 1024


@contextmanager
def served(folder: Path, database: str) -> Iterator[Watched]:
    """Start the real command."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "explorer.cli", "run", "--port", str(port)],
            cwd=folder,
            env=clean_environment(EXPLORER_DATABASE=database, PYTHONPATH=str(paths.ROOT)),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,
        )
        try:
            wait_until_healthy(process, base)
            yield Watched(process, base)
        finally:
            process.terminate()
            process.wait(timeout=15)


@contextmanager
def proxied(folder: Path, servers: Sequence[Watched], program: str) -> Iterator[str]:
    """Put nginx before the servers, with the block of the hosting guide; give its address."""
    guide = (paths.ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    (block,) = (item for item in re.findall(r"```nginx\n(.*?)```", guide, re.S) if "phones" in item)
    ports = [urlsplit(server.base).port for server in servers]
    block = with_servers(block, [port for port in ports if port])
    port = free_port()
    block = block.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    places = "".join(
        f"{name}_temp_path {folder}/nginx-{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\n"
        "events { worker_connections 8192; }\n"
        f"http {{\naccess_log off;\n{places}{block}}}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(folder / "nginx.conf")], preexec_fn=die_with_parent
    )
    try:
        wait_until_healthy(process, f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=15)


def plan(number: int) -> tuple[PlannedQuestion, ...]:
    """Take some questions of the bank, one kind after the other."""
    questions = live(load(paths.DATA).catalogue.bank.questions)
    kinds = list(dict.fromkeys(item.kind for item in questions))
    sorted_out = [[item for item in questions if item.kind is kind] for kind in kinds]
    mixed = [items[turn] for turn in range(number) for items in sorted_out if turn < len(items)]
    return tuple(
        PlannedQuestion(question=item, phase=TeachingPhase.FREE) for item in mixed[:number]
    )


def spot(values: Sequence[float], share: float) -> float:
    """Give a percentile, as the value at that place."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


async def first_visit(browser: "Browser", base: str, code: str) -> tuple[int, int, float, float]:
    """Join on a slow phone; give bytes, requests, seconds to the page and seconds after Join."""
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    page = await context.new_page()
    network = await context.new_cdp_session(page)
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.on(
        "Network.requestWillBeSent",
        lambda event: (
            sizes.append(event["redirectResponse"]["encodedDataLength"])
            if "redirectResponse" in event
            else None
        ),
    )
    await network.send("Network.enable")
    await network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": DELAY, "downloadThroughput": DOWN, "uploadThroughput": UP},
    )
    begun = time.perf_counter()
    await page.goto(f"{base}/join?code={code}", wait_until="load")
    shown = time.perf_counter() - begun
    begun = time.perf_counter()
    await page.locator("button.main").click()
    await page.locator("#room[data-now]").wait_for()
    await page.wait_for_load_state("load")
    joined = time.perf_counter() - begun
    found = int(sum(sizes)), len(sizes)
    await context.close()
    return *found, shown, joined


class Measured:
    """What the host's side of a class measured, in seconds."""

    def __init__(self) -> None:
        self.clicks: list[float] = []
        self.questions: list[float] = []
        self.lost = 0
        self.kept = 0
        self.twice = 0
        self.unseen = 0


async def teach(
    host: Host,
    phones: list[Phone],
    book: Book,
    teaching: ClassService,
    keys: IssuedKeys,
    questions: int,
    spread: float,
    kill: Callable[[], None] | None = None,
) -> Measured:
    """Put the questions, wait for the answers, and look each confirmed one up."""
    measured = Measured()

    async def move(action: Action, step: str) -> None:
        pressed = time.perf_counter()
        measured.clicks.append(await host.press(action))
        end = time.perf_counter() + 15
        while len(book.arrivals.get(step, ())) < len(phones) and time.perf_counter() < end:
            await asyncio.sleep(0.05)
            if action in (Action.CLOSE, Action.REVEAL):
                break
        if action in (Action.NEXT, Action.SHOW):
            seen = book.arrivals.get(step, [])
            measured.questions += [at - pressed for at in seen]
            measured.unseen += len(phones) - len(seen)

    for number in range(questions):
        await move(Action.NEXT, f"{number}.reading")
        await asyncio.sleep(1)
        await move(Action.SHOW, f"{number}.shown")
        if kill is not None and number == questions - 1:
            await asyncio.sleep(spread / 2)
            kill()
        await asyncio.sleep(spread + 4)
        await move(Action.CLOSE, f"{number}.closed")
        await asyncio.to_thread(check, teaching, keys, phones, f"{number}.shown", measured)
        await move(Action.REVEAL, f"{number}.revealed")
        await asyncio.sleep(2 * EVERY)
    return measured


def check(
    teaching: ClassService, keys: IssuedKeys, phones: Sequence[Phone], step: str, measured: Measured
) -> None:
    """Compare what each phone was told with what is kept."""
    told = [phone for phone in phones if step in phone.confirmed]
    for phone in told:
        seat = teaching.participant(keys.code, phone.token)
        same = seat.answered and seat.answer in (phone.confirmed[step], *phone.sent[step])
        measured.kept += same
        measured.lost += not same
    sent = sum(step in phone.sent for phone in phones)
    measured.twice += max(0, teaching.host(keys.console).answered - sent)


async def play(options: argparse.Namespace, folder: Path, database: str) -> int:
    """Run the class and print the table."""
    teaching = ClassService(
        open_store(database, folder / "unused"), capacity=max(CAPACITY, options.participants)
    )
    questions = 2 if options.short else 5
    keys = teaching.open_session(plan(questions), title="Load", content="benchmark")
    load_before = os.getloadavg()
    book = Book()
    chance = random.Random(options.seed)
    with ExitStack() as stack:
        servers = [stack.enter_context(served(folder, database)) for _ in range(options.processes)]
        server = servers[0]
        bases = [item.base for item in servers]
        if options.nginx:
            bases = [stack.enter_context(proxied(folder, servers, options.nginx))]
        os.nice(BEHIND)
        program = headless.program()
        if program is None and options.host == "console":
            sys.exit("no Chromium on this machine: run with --host store")
        from playwright.async_api import async_playwright

        async with async_playwright() as playwright:
            browser = None
            visit = None
            if program is not None:
                browser = await playwright.chromium.launch(
                    executable_path=program, args=list(headless.ARGUMENTS)
                )
                other = teaching.open_session(plan(1), title="Visit", content="benchmark")
                await first_visit(browser, server.base, other.code)  # the server is warm then
                visit = await first_visit(browser, server.base, other.code)
            host: Host = StoreHost(teaching, keys)
            if options.host == "console" and browser is not None:
                console = ConsoleHost(await browser.new_page())
                await console.open(bases[0], keys)
                host = console
            phones = [
                Phone(
                    bases[number % len(bases)],
                    keys.code,
                    random.Random(chance.random()),
                    book,
                    options.spread,
                    push=not options.no_push,
                )
                for number in range(options.participants)
            ]
            cpu, begun = server.cpu(), time.perf_counter()

            async def arrive(phone: Phone) -> None:
                await asyncio.sleep(chance.uniform(0, WAVE))
                await phone.join()
                await phone.live()

            lives = [asyncio.create_task(arrive(phone)) for phone in phones]
            await asyncio.sleep(WAVE + 2)
            wave_cpu = (server.cpu() - cpu) / (time.perf_counter() - begun)
            cpu, begun = server.cpu(), time.perf_counter()
            kill = servers[-1].kill if options.kill else None
            measured = await teach(
                host, phones, book, teaching, keys, questions, options.spread, kill
            )
            busy = (server.cpu() - cpu) / (time.perf_counter() - begun)
            for task in lives:
                task.cancel()
            ended = await asyncio.gather(*lives, return_exceptions=True)
            book.troubles += [repr(item) for item in ended if isinstance(item, Exception)]
            await asyncio.gather(*(phone.leave() for phone in phones))
            if browser is not None:
                await browser.close()
        memory = server.memory()
    in_class = teaching.report(keys.report).people
    teaching.close()
    _print(options, host, book, measured, visit, (wave_cpu, busy, memory, load_before), in_class)
    good = measured.lost == 0 and measured.twice == 0 and in_class == options.participants
    return 0 if good else 1


def _print(
    options: argparse.Namespace,
    host: Host,
    book: Book,
    measured: Measured,
    visit: tuple[int, int, float, float] | None,
    used: tuple[float, float, float, tuple[float, float, float]],
    in_class: int,
) -> None:
    wave_cpu, busy, memory, load_before = used

    def pair(values: Sequence[float]) -> str:
        return f"{spot(values, 0.5) * 1000:.0f} / {spot(values, 0.95) * 1000:.0f} ms"

    def met(good: bool) -> str:
        return "met" if good else "MISSED"

    confirmed, new = spot(book.confirmations, 0.95), spot(measured.questions, 0.95)
    lines: list[tuple[str, Any, str]] = [
        ("participants, in the class", f"{options.participants}, {in_class}", ""),
        (
            "load average before the start (1, 5, 15 min)",
            " ".join(f"{item:.2f}" for item in load_before),
            "",
        ),
        ("host", host.name, ""),
        (
            "answers lost",
            f"{measured.lost} of {measured.lost + measured.kept}",
            f"0: {met(measured.lost == 0)}",
        ),
        ("answers counted twice", measured.twice, f"0: {met(measured.twice == 0)}"),
        (
            "confirmed, p50 / p95",
            pair(book.confirmations),
            f"p95 <= 200 ms: {met(confirmed <= 0.2)}",
        ),
        (
            "click to question on the phones, p50 / p95",
            pair(measured.questions),
            f"p95 <= 400 ms: {met(new <= 0.4)}",
        ),
        ("phones that saw no new question within 15 s", measured.unseen, ""),
        (
            "host's click to the console's answer, p50 / p95",
            pair(measured.clicks),
            f"p95 <= 400 ms: {met(spot(measured.clicks, 0.95) <= 0.4)}",
        ),
        (
            f"joining in a wave of {WAVE:.0f} s, p50 / p95",
            pair(book.joins),
            f"p95 <= 1000 ms: {met(spot(book.joins, 0.95) <= 1)}",
        ),
        ("streams, pushes, looks (polls)", f"{book.streams}, {book.pushes}, {book.looks}", ""),
        ("answers changed, sent twice at once", f"{book.changes}, {book.doubles}", ""),
        ("page loaded again, came back as a stranger", f"{book.reloads}, {book.strangers}", ""),
        ("sent again after a failure, refused as late", f"{book.retries}, {book.late}", ""),
        (
            "server's processor while joining, while teaching",
            f"{wave_cpu:.0%}, {busy:.0%} of one core",
            "",
        ),
        ("server's memory, most", f"{memory:.0f} MB", ""),
    ]
    if visit is None:
        lines.append(("first visit", "not measured: no Chromium", ""))
    else:
        size, requests, shown, joined = visit
        lines.append(
            (
                "first visit at 1.6 Mbit/s and 150 ms: bytes, requests",
                f"{size}, {requests}",
                f"<= 60000: {met(size <= 60_000)}",
            )
        )
        lines.append(
            ("first visit: link to page, Join to the room", f"{shown:.1f} s, {joined:.1f} s", "")
        )
    width = max(len(name) for name, _, _ in lines)
    told = [
        f"{name:<{width}}  {value}" + (f"  [{bar}]" if bar else "") for name, value, bar in lines
    ]
    told += [
        f"trouble: {trouble} ({book.troubles.count(trouble)} times)"
        for trouble in sorted(set(book.troubles))
    ]
    told.append(f"answers lost: {measured.lost}")
    sys.stdout.write("\n".join(told) + "\n")


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--participants", type=int, default=200)
    parser.add_argument("--short", action="store_true", help="two questions instead of five")
    parser.add_argument("--host", choices=["console", "store"], default="console")
    parser.add_argument("--spread", type=float, default=3.0, help="seconds in which people answer")
    parser.add_argument("--no-push", action="store_true", help="phones poll only")
    parser.add_argument("--processes", type=int, default=1, help="servers that share the phones")
    parser.add_argument("--nginx", help="the program: put it before the servers, as the guide says")
    parser.add_argument("--kill", action="store_true", help="kill the last server in a burst")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database", help="postgresql://…; by default a new SQLite file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="room-") as name:
        database = options.database or f"sqlite:///{name}/classes.sqlite3"
        return asyncio.run(play(options, Path(name), database))


if __name__ == "__main__":
    sys.exit(main())
