"""The Chromium that tests and benchmarks drive: which program, and how it is started."""

import shutil
from typing import Final

PROGRAMS: Final = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Debian's names, best first: the shell has the same engine and no window system, and takes half
of the processor time."""

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--single-threaded",  # helpers of the engine's own cost more than they spare here
    "--font-render-hinting=none",  # letters as wide as on a screen; else the shell rounds widths
)


def program() -> str | None:
    """Return the path of the first program that this machine has, or nothing."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
