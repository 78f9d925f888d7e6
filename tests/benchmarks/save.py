"""From saving a file to seeing it: what an editor waits for beside ``run --drafts``.

Run ``python -m tests.benchmarks.save``. A server of drafts on a copy of the content, and one page in
Chromium; for each page one text of its file is changed, and the time is taken from the end of the
save until the page shows the new words. Prints median and worst of each page; ends with 1 where a
median is above the bar.
"""

import argparse
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from explorer.output import say
from explorer.paths import DATA
from tests import headless
from tests.servers import running

if TYPE_CHECKING:
    from playwright.sync_api import Page

BAR: Final = 1.5
"""Seconds that a save may take to be seen, as a median."""

REST: Final = 6.0
"""Seconds between two saves: the rules that follow a page are done by then."""

TRIED: Final = (
    ("/medicine?m=anakinra", "medicines/anakinra.toml", "Two errors can do great harm"),
    ("/compare?c=ra&m=anakinra,methotrexate", "conditions.toml", "Rheumatoid arthritis"),
    ("/guide#store-summary", "guide/storing.toml", "Keep the syringes in the fridge"),
)
"""Page, file, and words of the file that the page shows."""


def seconds_to_see(page: "Page", file: Path, words: str, number: int) -> float:
    """Write another text into a file and wait until the page has it."""
    new = f"{words.partition(' ')[0]} zebra {number}"
    text = file.read_text(encoding="utf-8")
    was = re.sub(rf"{words.partition(' ')[0]} zebra \d+", words, text)
    file.write_text(was.replace(words, new), encoding="utf-8")
    saved = time.perf_counter()
    page.wait_for_function(
        "words => document.body.textContent.includes(words)", arg=new, timeout=60_000
    )
    return time.perf_counter() - saved


def main() -> int:
    """Measure each page and print a line for it."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=5, help="saves of each page")
    saves = parser.parse_args().saves
    command = (sys.executable, "-m", "explorer.cli", "run", "--drafts", "--port", "{port}")
    missed = False
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(shutil.copytree(DATA, Path(made) / "data"))
        chromium = playwright.chromium.launch(
            executable_path=headless.program(), args=headless.ARGUMENTS
        )
        log = Path(made) / "log"
        with running((*command, "--data", str(folder)), folder=Path(made), log=log) as base:
            for address, name, words in TRIED:
                page = chromium.new_page()
                page.goto(base + address)
                page.locator("footer.ax-foot").wait_for(timeout=60_000)
                times = []
                for number in range(saves):
                    page.wait_for_timeout(REST * 1000)
                    times.append(seconds_to_see(page, folder / name, words, number))
                page.close()
                median = statistics.median(times)
                missed = missed or median > BAR
                say(f"{address}: median {median:.2f} s, worst {max(times):.2f} s (bar {BAR} s)")
        chromium.close()
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
