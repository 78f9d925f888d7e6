"""The compare page as a reader meets it: screens, words, elements, stops of the keyboard, shifts.

Run ``python -m tests.benchmarks.glance``. A server of its own and a phone of 390 by 844 pixels; for
each comparison, before anything is opened: the height in screens, the visible words, the screen of
the glance's first cell, the elements that a full run and a press inside the facts send (read from
the socket), the stops of the keyboard, the Tab presses to the link that leads on, and the layout
shift while the page loads. Prints a table; nothing here fails.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests import headless
from tests.servers import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}

ADDRESSES = (
    "/compare?c=ra&m=anakinra,methotrexate",
    "/compare?c=ra&m=adalimumab,anakinra,methotrexate",
    "/compare?c=stills&m=anakinra,canakinumab",
    "/compare?c=pericarditis&m=anakinra,rilonacept",
    "/compare?c=gout-flares&m=anakinra,canakinumab",
)

_SHIFT = """() => {
  window.shifted = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) window.shifted += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}"""

_MEASURE = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const cell = document.querySelector('.gl-v td');
  const stops = [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
    .filter(node => node.tabIndex >= 0 && !node.disabled && node.checkVisibility({
      contentVisibilityAuto: true, visibilityProperty: true }));
  return {
    high: main.scrollHeight,
    words: main.innerText.split(/\\s+/).filter(Boolean).length,
    cell: cell ? cell.getBoundingClientRect().top + main.scrollTop : -1,
    result: document.querySelector('#glance').getBoundingClientRect().top + main.scrollTop,
    stops: stops.length,
    shifted: window.shifted,
  };
}"""

MOST_TABS = 300
"""Presses after which the link that leads on counts as out of reach."""


class Socket:
    """Counts the elements that the server sends to a page."""

    def __init__(self, page: "Page") -> None:
        self.elements = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._read))

    def _read(self, frame: Any) -> None:
        if not isinstance(frame, bytes):
            return
        message = ForwardMsg()
        message.ParseFromString(frame)
        if message.WhichOneof("type") == "ref_hash":
            self.elements += 1
        elif message.WhichOneof("type") == "delta":
            self.elements += message.delta.WhichOneof("type") == "new_element"


def measured(browser: "Browser", base: str, address: str) -> dict[str, Any]:
    """Open a comparison on a phone and measure it."""
    page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
    page.add_init_script(f"({_SHIFT})()")
    socket = Socket(page)
    page.goto(base + address)
    page.locator("footer.ax-foot").wait_for(timeout=60_000)
    page.wait_for_timeout(2_000)
    found: dict[str, Any] = page.evaluate(_MEASURE)
    found["full"] = socket.elements
    found["tabs"] = tabs_to_next(page)  # first: Tab goes on from where a press was
    socket.elements = 0
    page.get_by_text("Show only what differs").click()
    page.wait_for_timeout(2_000)
    found["press"] = socket.elements
    page.context.close()
    return found


def tabs_to_next(page: "Page") -> int:
    """Count the presses of Tab from the top of the page to the link that leads on."""
    page.evaluate("document.activeElement.blur(); document.body.focus()")
    for count in range(1, MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href') === '#glance-end'"):
            page.keyboard.press("Enter")
            page.wait_for_timeout(300)
        if page.evaluate("(document.activeElement.innerText || '').trim().startsWith('Next')"):
            return count
    return MOST_TABS


def main() -> int:
    """Measure each comparison and print a line for it."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("addresses", nargs="*", default=ADDRESSES)
    addresses = parser.parse_args().addresses
    program = headless.program()
    if program is None:
        sys.stderr.write("no Chromium on this machine\n")
        return 1
    command = [sys.executable, "-m", "explorer.cli", "run", "--port", "{port}"]
    folder = Path(tempfile.mkdtemp())
    with running(command, folder=folder, log=folder / "log") as base, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(headless.ARGUMENTS))
        for address in addresses:
            found = measured(browser, base, address)
            high = PHONE["height"]
            sys.stdout.write(
                f"{address}\n  screens {found['high'] / high:.1f} "
                f"(result alone {(found['high'] - found['result']) / high:.1f}), "
                f"words {found['words']}, first cell on screen {1 + found['cell'] // high:.0f}, "
                f"elements: full run {found['full']}, press in the facts {found['press']}; "
                f"stops {found['stops']}, Tab presses to Next {found['tabs']}, "
                f"shift {found['shifted']:.3f}\n"
            )
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
