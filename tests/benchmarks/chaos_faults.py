"""The faults of the chaos run: each begins, and is mended."""

import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.chaos_loss import PERCENT
from tests.benchmarks.chaos_site import Site, ended
from tests.cluster import NEVER

AHEAD: Final = "+40d"
"""How far a clock jumps: longer than classes are kept."""


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong.

    ``stays`` says that nobody mends it: what the app holds is dead, and what it makes anew is not.
    """

    name: str
    begin: Callable[[], Any]
    mend: Callable[[Any], None]
    skipped: str = ""
    stays: bool = False


def faults(site: Site, faketime: str) -> list[Fault]:
    """List the faults of a site.

    Args:
        site: what is broken.
        faketime: the library that moves a clock, or an empty text.
    """
    return [
        Fault("proxy stopped", site.proxy.stop, lambda _: site.proxy.start()),
        _packets_lost(site),
        *(_sqlite(site) if site.cluster is None else _postgresql(site)),
        *_full_disk(site),
        Fault(
            "app frozen",
            lambda: _signal(site, signal.SIGSTOP),
            lambda _: _signal(site, signal.SIGCONT),
        ),
        Fault("app killed", site.app.kill, lambda _: site.app.start()),
        _clock(site, faketime),
    ]


def library() -> str:
    """Return the installed libfaketime, or an empty text."""
    return next(map(str, Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), "")


def _signal(site: Site, number: int) -> None:
    assert site.app.process is not None
    site.app.process.send_signal(number)


def _packets_lost(site: Site) -> Fault:
    def end(_: None) -> None:
        sys.stderr.write(f"packets lost: {site.loss.end()}\n")

    skipped = "" if site.loss.can_be() else "no rules of nftables can be made by this user"
    return Fault(f"{PERCENT} % of packets lost", site.loss.begin, end, skipped)


def _sqlite(site: Site) -> list[Fault]:
    def lock() -> sqlite3.Connection:
        held = sqlite3.connect(site.file, isolation_level=None, check_same_thread=False)
        end = time.monotonic() + 10
        while True:
            try:
                held.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                if time.monotonic() > end:
                    raise
            else:
                return held

    def unlock(held: sqlite3.Connection) -> None:
        held.execute("ROLLBACK")
        held.close()

    return [Fault("file locked", lock, unlock)]


def _postgresql(site: Site) -> list[Fault]:
    cluster, way = site.cluster, site.way
    assert cluster is not None
    assert way is not None

    def read_only(on: str) -> None:
        cluster.ask(f"ALTER SYSTEM SET {NEVER} = {on}")
        cluster.ask("SELECT pg_reload_conf()")

    return [
        Fault("connections silent", way.silence, lambda _: None, stays=True),
        Fault("database silent", lambda: way.silence(new=True), lambda _: way.listen()),
        Fault("database refuses", way.refuse, lambda _: way.listen()),
        Fault("database stopped", cluster.stop, lambda _: cluster.start()),
        Fault(
            "database frozen",
            lambda: cluster.freeze(on=True),
            lambda _: cluster.freeze(on=False),
        ),
        Fault("database read only", lambda: read_only("on"), lambda _: read_only("off")),
        Fault("table locked", lambda: cluster.hold("responses"), ended),
    ]


def _full_disk(site: Site) -> list[Fault]:
    """PostgreSQL goes on for a while where its log has room, and stops at once where it has not."""

    def fill() -> None:
        site.disk.fill()
        if site.cluster is not None:  # what was written before may be written again
            for _ in range(10):
                site.cluster.ask("SELECT pg_switch_wal()", check=False)
                site.cluster.ask("CHECKPOINT", check=False)
            site.disk.fill()

    def empty(_: None) -> None:
        site.disk.empty()
        if site.cluster is not None:
            time.sleep(1)
            site.cluster.start()

    skipped = "" if site.disk.can_be_full else "no small disk can be mounted by this user"
    first = (
        [Fault("disk full, log has room", site.disk.fill, empty, skipped)] if site.cluster else []
    )
    return [*first, Fault("disk full", fill, empty, skipped)]


def _clock(site: Site, faketime: str) -> Fault:
    """The app starts with a clock that is ahead, and then with the right one."""

    def ahead() -> None:
        site.restart(
            (
                ("LD_PRELOAD", faketime),
                ("FAKETIME", AHEAD),
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            )
        )

    def right(_: None) -> None:
        with suppress(ProcessLookupError):
            site.restart((("LD_PRELOAD", ""), ("FAKETIME", "+0")))

    skipped = "" if faketime else "libfaketime is not installed"
    return Fault(f"clock {AHEAD} at the start", ahead, right, skipped)
