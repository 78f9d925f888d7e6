"""Lines of the command on the terminal: no text in them is carried out by it."""

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from explorer.domain.letters import escaped


def say(*columns: str, stream: TextIO | None = None) -> None:
    """Write a line of our own, on standard output unless told otherwise.

    Args:
        columns: its text, or its columns, divided by tabs; control characters, line breaks and
            characters that turn the direction of writing are shown as escapes.
        stream: where to.
    """
    if stream is not None:
        with suppress(OSError):  # a full disk or a cut pipe is told where it is written to
            sys.stdout.flush()  # what was written before stands before it, also in one file
    (stream or sys.stdout).write("\t".join(map(escaped, columns)) + "\n")


def prepare_streams() -> None:
    """Let no character and no closed stream stop the command.

    A character that the terminal's encoding lacks is shown as an escape. A stream that the shell
    closed is one that takes everything.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def hush_streams() -> None:
    """Let nothing more be written: who read us has gone, and the interpreter must not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):  # it has no descriptor: under a test
            continue
    os.close(nowhere)
