"""A bad day of a class of 30: what is lost, and who is told how soon?

Run ``python -m tests.benchmarks.chaos --store sqlite`` or ``--store postgresql``, on a machine with
Debian's packages ``nginx``, ``openssl``, ``postgresql`` and, for the console, ``chromium``. The
real command serves behind nginx with TLS, as ``docs/hosting/nginx.conf`` says. One thing after the
other is broken for some seconds while people answer, and mended. Every confirmed answer is looked
up. The table is Markdown. Bounded: eight minutes a store.

A full disk needs the right to mount one in memory, lost packets root and ``nftables``, and a clock
that is ahead libfaketime (``--faketime FILE``); where one is missing the table says so.
"""

import argparse
import asyncio
import random
import shutil
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from explorer.classes.service import ClassService
from explorer.domain.sessions import Action
from explorer.store import open_store
from tests import headless
from tests.benchmarks.chaos_faults import Fault, faults, library
from tests.benchmarks.chaos_site import Site, site
from tests.benchmarks.chaos_watch import Watch, WatchedPhone
from tests.benchmarks.phone import Book
from tests.benchmarks.room import ConsoleHost, Measured, StoreHost, check, plan

if TYPE_CHECKING:
    from playwright.async_api import Page

BEFORE: Final = 3.0
"""Seconds in which people answer before something breaks."""

AFTER: Final = 15.0
"""Seconds after it is mended until the question is closed: phones try again at growing intervals."""

SEEN_WITHIN: Final = 15.0
"""Seconds in which the next question has to be on all phones."""


COLUMNS: Final = (
    "fault",
    "kept / lost / twice / not confirmed",
    "a phone was told after",
    "all went on after its end",
    "next change on phones",
    "/readyz",
    "console",
    "log",
)

LINES: Final = 40
"""Most lines of the log that are printed for one fault."""


@dataclass
class Outcome:
    """What one fault did."""

    fault: Fault
    kept: int = 0
    lost: int = 0
    twice: int = 0
    open: int = 0
    told: float | None = None
    went_on: float | None = None
    silent: int = 0
    next_seen: int = 0
    next_after: float = 0.0
    ready: float | None = None
    missing: str = ""
    warned: float | None = None
    words: str = ""
    lines: list[tuple[float, str, str]] = field(default_factory=list)


class Lesson:
    """A class whose questions are put while things break."""

    def __init__(
        self, there: Site, people: int, seed: int, console: "Page | None", pictures: Path | None
    ) -> None:
        self._there = there
        self._teaching = ClassService(open_store(there.address, Path("unused")))
        self.keys = self._teaching.open_session(plan(14), title="Chaos", content="benchmark")
        self._host = StoreHost(self._teaching, self.keys)
        self._book = Book()
        self._number = 0
        chance = random.Random(seed)
        self.phones = [
            WatchedPhone(
                there.base,
                self.keys.code,
                random.Random(chance.random()),
                self._book,
                3.0,
                push=number % 3 > 0,
            )
            for number in range(people)
        ]
        self.watch = Watch(there.app.base, there.log, console, pictures)

    def close(self) -> None:
        """Close the connections that move the class."""
        self._teaching.close()

    async def arrive(self) -> list["asyncio.Task[None]"]:
        """Let everybody join."""
        await asyncio.gather(*(phone.join() for phone in self.phones))
        return [asyncio.create_task(phone.live()) for phone in self.phones]

    async def suffer(self, fault: Fault, length: float) -> Outcome:
        """Put a question, break something while people answer, mend it, and count."""
        outcome = Outcome(fault)
        step = f"{self._number}.shown"
        for phone in self.phones:
            phone.spread_over(BEFORE + length + 2)
        await self._host.press(Action.NEXT)
        await self._host.press(Action.SHOW)
        await asyncio.sleep(BEFORE)
        begun = time.perf_counter()
        held = await asyncio.to_thread(fault.begin)
        await asyncio.sleep(max(0.0, begun + length - 1 - time.perf_counter()))
        await self.watch.picture(fault.name)
        await asyncio.sleep(max(0.0, begun + length - time.perf_counter()))
        await asyncio.to_thread(fault.mend, held)
        end = begun if fault.stays else time.perf_counter()
        await asyncio.sleep(AFTER)
        await self._next_is_seen(outcome, step)
        now = time.perf_counter()
        failed = {phone: phone.failed_after(begun) for phone in self.phones}
        told = [item for item in failed.values() if item is not None]
        on = [
            phone.went_on_after(end)
            for phone, at in failed.items()
            if phone.polls or at is not None
        ]
        outcome.told = min(told, default=None)
        outcome.went_on = max((item for item in on if item is not None), default=None)
        outcome.silent = sum(item is None for item in on)
        outcome.ready, outcome.missing = self.watch.not_ready_after(begun)
        outcome.warned, outcome.words = self.watch.console_said_after(begun, end + 5)
        outcome.lines = self.watch.logged(begun, now)
        return outcome

    async def _next_is_seen(self, outcome: Outcome, step: str) -> None:
        """Close the question, look each answer up, and see on how many phones the end arrives."""
        measured = Measured()
        await self._host.press(Action.CLOSE)
        await asyncio.to_thread(check, self._teaching, self.keys, self.phones, step, measured)
        outcome.kept, outcome.lost, outcome.twice = measured.kept, measured.lost, measured.twice
        outcome.open = sum(
            step in phone.sent and step not in phone.confirmed for phone in self.phones
        )
        arrived = f"{self._number}.revealed"
        pressed = time.perf_counter()
        await self._host.press(Action.REVEAL)
        while time.perf_counter() < pressed + SEEN_WITHIN:
            seen = self._book.arrivals.get(arrived, [])
            if len(seen) == len(self.phones):
                break
            await asyncio.sleep(0.1)
        seen = self._book.arrivals.get(arrived, [])
        outcome.next_seen = len(seen)
        outcome.next_after = max(seen, default=pressed) - pressed
        self._number += 1


async def play(options: argparse.Namespace, there: Site) -> int:
    """Break everything, one thing after the other, and print the table."""
    async with AsyncExitStack() as stack:
        page = None
        program = headless.program()
        if program is not None:
            from playwright.async_api import async_playwright

            playwright = await stack.enter_async_context(async_playwright())
            browser = await playwright.chromium.launch(
                executable_path=program, args=list(headless.ARGUMENTS)
            )
            stack.push_async_callback(browser.close)
            page = await browser.new_page(ignore_https_errors=True)
        lesson = Lesson(there, options.participants, options.seed, page, options.pictures)
        stack.callback(lesson.close)
        if page is not None:
            await ConsoleHost(page).open(there.base, lesson.keys)
        lives = await lesson.arrive()
        watching = asyncio.create_task(lesson.watch.run())
        outcomes = []
        for fault in faults(there, options.faketime):
            if options.only and not any(name in fault.name for name in options.only):
                continue
            sys.stderr.write(f"{fault.name}{': skipped' if fault.skipped else ''}\n")
            outcomes.append(
                Outcome(fault) if fault.skipped else await lesson.suffer(fault, options.length)
            )
        for task in (watching, *lives):
            task.cancel()
        ended = await asyncio.gather(watching, *lives, return_exceptions=True)
        for error in ended:  # who stopped looking on saw nothing more: the table would be wrong
            if not isinstance(error, asyncio.CancelledError):
                sys.stderr.write(f"ended early: {error!r}\n")
    _print(options, outcomes)
    return 1 if any(item.lost or item.twice for item in outcomes) else 0


def _print(options: argparse.Namespace, outcomes: list[Outcome]) -> None:
    rows = [
        f"### {options.store}, {options.participants} phones, each fault {options.length:.0f} s\n",
        "| " + " | ".join(COLUMNS) + " |",
        "|---" * len(COLUMNS) + "|",
    ]
    for item in outcomes:
        if item.fault.skipped:
            rows.append(f"| {item.fault.name} | skipped: {item.fault.skipped} | | | | | | |")
            continue
        lines = item.lines
        levels = ", ".join(
            f"{sum(level == name for _, level, _ in lines)} {name or 'without level'}"
            for name in dict.fromkeys(level for _, level, _ in lines)
        )
        silent = f", {item.silent} said nothing more" if item.silent else ""
        rows.append(
            f"| {item.fault.name} | {item.kept} / {item.lost} / {item.twice} / {item.open} "
            f"| {_after(item.told)} | {_after(item.went_on)}{silent} "
            f"| {item.next_seen} of {options.participants} in {item.next_after:.1f} s "
            f"| {_after(item.ready)} {item.missing} | {_after(item.warned)} "
            f"| {len(lines)}{': ' + levels if levels else ''}"
            f"{', first ' + _after(lines[0][0]) if lines else ''} |"
        )
    for item in outcomes:
        rows.append(f"\n{item.fault.name}: console “{item.words[:120]}”")
        rows += [f"    {at:5.1f} s {level} {said[:150]}" for at, level, said in item.lines[:LINES]]
    sys.stdout.write("\n".join(rows) + "\n")


def _after(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds:.1f} s"


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--participants", type=int, default=30)
    parser.add_argument("--length", type=float, default=10.0, help="seconds that a fault lasts")
    parser.add_argument("--only", nargs="*", help="words of the faults to run; by default all")
    parser.add_argument("--nginx", default=shutil.which("nginx") or "/usr/sbin/nginx")
    parser.add_argument("--faketime", default=library(), help="libfaketime.so.1")
    parser.add_argument("--pictures", type=Path, help="folder for pictures of the console")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with site(options.store, options.nginx) as there:
        return asyncio.run(play(options, there))


if __name__ == "__main__":
    sys.exit(main())
