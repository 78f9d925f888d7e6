"""Work per rerun: the compare page with four options against a page with one heading.

Run ``python -m tests.benchmarks.rerun``. Both run in this process, in turn, as the server runs
them: from the start of the script to its end, with everything that Streamlit does in between, and
without the test harness, browser and network. Prints medians in milliseconds and their ratio.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest

from explorer import paths

OPTIONS = "adalimumab,anakinra,infliximab,methotrexate"
HEADING = "import streamlit as st\nst.title('One heading')\n"


SPENT: list[float] = []
"""Milliseconds of the script runs, newest last."""


def watch() -> None:
    """Time each run of a script inside Streamlit's own runner."""
    original = ScriptRunner._run_script

    def run_script(self: ScriptRunner, *arguments: Any) -> None:
        begun = time.perf_counter()
        try:
            original(self, *arguments)
        finally:
            SPENT.append((time.perf_counter() - begun) * 1000)

    ScriptRunner._run_script = run_script  # type: ignore[method-assign]


def timed(app: AppTest) -> float:
    """Rerun once and give the time of the script's run, in milliseconds."""
    app.run()
    if app.exception:
        sys.exit(f"the page failed: {app.exception[0].value}")
    return SPENT[-1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100, help="counted reruns of each page")
    runs = parser.parse_args().runs
    watch()
    plain = AppTest.from_string(HEADING, default_timeout=30).run()
    full = AppTest.from_file(str(Path(paths.PACKAGE) / "app.py"), default_timeout=30).run()
    full.switch_page("../pages/compare.py")
    full.query_params["c"] = "ra"
    full.query_params["m"] = OPTIONS
    full.run()
    for _ in range(5):
        timed(plain)
        timed(full)
    heading, compare = [], []
    for _ in range(runs):
        heading.append(timed(plain))
        compare.append(timed(full))
    one, other = statistics.median(heading), statistics.median(compare)
    sys.stdout.write(
        f"reruns: {runs} each\n"
        f"a page with one heading: {one:.1f} ms\n"
        f"compare, four options, all rows: {other:.1f} ms\n"
        f"ratio of medians: {other / one:.2f}\n"
    )


if __name__ == "__main__":
    main()
