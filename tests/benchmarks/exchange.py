"""What it costs to take the whole bank out in each format, and to read it in again.

Run ``python -m tests.benchmarks.exchange``. Each format is written twice, in two processes of their
own with another seed for hashes, so that memory and bytes are those of a first run (Linux only). It ends with 1
where a format misses a bar: a file in 1 s, read in 2 s, 100 MB more memory, the same bytes.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import prepare
from explorer.output import say
from explorer.quiz_import.port import read
from tests.shipped import shipped

MOST_WRITING: Final = 1.0
"""Bar: seconds to say what is lost and to make the file."""
MOST_READING: Final = 2.0
"""Bar: seconds to read it."""
MOST_MEMORY: Final = 100.0
"""Bar: MB more than with the content loaded."""

READ: Final = (
    ExchangeFormat.GIFT,
    ExchangeFormat.MOODLE,
    ExchangeFormat.QTI21,
    ExchangeFormat.QTI12,
)
"""The formats that come back."""


def _status(name: str) -> float:
    """Give an entry of this process's status, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1]) / 1024


def one(target: ExchangeFormat) -> dict[str, Any]:
    """Write the bank in a format, and read it where that is done."""
    catalogue = shipped().catalogue
    day, bank, words = catalogue.review.content_date, catalogue.bank, catalogue.words
    Path("/proc/self/clear_refs").write_text("5")  # else the peak is the one of loading
    before, began = _status("VmRSS"), time.perf_counter()
    prepared = prepare(target, bank, words, "abc", day=day, drawings=catalogue.drawings)
    made = prepared.made()
    took = time.perf_counter() - began
    began = time.perf_counter()
    taken = len(read(made).questions) if target in READ else None
    return {
        "questions": prepared.count,
        "bytes": len(made),
        "writing": took,
        "taken": taken,
        "reading": time.perf_counter() - began,
        "memory": _status("VmHWM") - before,
        "digest": hashlib.sha256(made).hexdigest(),
    }


def measured(target: ExchangeFormat, seed: int) -> dict[str, Any]:
    """Measure a format in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.exchange", target.value]
    found = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
    )
    told: dict[str, Any] = json.loads(found.stdout)
    return told


def main() -> int:
    """Measure each format.

    Returns:
        1 where one misses a bar.
    """
    missed = False
    say(f"{'format':<10} questions    kB  write s  taken  read s  more MB  bytes")
    for target in ExchangeFormat:
        runs = [measured(target, seed) for seed in (1, 2)]
        first = runs[0]
        writing, reading, memory = (
            max(run[name] for run in runs) for name in ("writing", "reading", "memory")
        )
        same = first["digest"] == runs[1]["digest"]
        missed |= not same or writing > MOST_WRITING or memory > MOST_MEMORY
        missed |= reading > MOST_READING
        taken = "-" if first["taken"] is None else first["taken"]
        back = "-" if first["taken"] is None else f"{reading:.2f}"
        say(
            f"{target.value:<10} {first['questions']:>9} {first['bytes'] / 1000:>5.0f} {writing:>8.2f}"
            f" {taken:>6} {back:>7} {memory:>8.1f}  {'same' if same else 'DIFFERENT'}"
        )
    return int(missed)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        say(json.dumps(one(ExchangeFormat(sys.argv[1]))))
    else:
        sys.exit(main())
