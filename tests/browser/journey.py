"""What the journeys share: opening a page, scanning it, and whether it fits its window."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

STREAMLITS_OWN = '[data-testid="stSidebarNavItems"]'
"""On a phone Streamlit puts the headings of its menu straight into a list, which axe minds."""

POLL = 50
"""Milliseconds between two looks: by default a browser draws every frame to look again."""

TALL = 5000
"""Pixels: axe skips the contrast of what is scrolled out of view."""

WIDTHS = {"desktop": 1280, "phone": 390, "small-phone": 360}
"""Pixels of the windows in which every screen has to fit."""

_OVERFLOW = """() => {
  const page = document.querySelector('[data-testid=stMain]') || document.documentElement;
  return page.scrollWidth - page.clientWidth;
}"""

_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

_WATCH = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  window.scriptHasRun = false;
  window.watchedSince = undefined;
  new MutationObserver(() => {
    if (app.dataset.testScriptState === 'running') window.scriptHasRun = true;
  }).observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
}"""

_SETTLED = """milliseconds => {
  const app = document.querySelector('[data-testid=stApp]');
  if (app.dataset.testScriptState !== 'notRunning' ||
      app.dataset.testConnectionState !== 'CONNECTED') {
    window.quietSince = undefined;
    return false;
  }
  window.quietSince ??= performance.now();
  return performance.now() - window.quietSince > milliseconds;
}"""

_HAS_RUN = """milliseconds => {
  window.watchedSince ??= performance.now();
  return (window.scriptHasRun || performance.now() - window.watchedSince > milliseconds)
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning';
}"""

AT_ONCE = 5_000
"""Milliseconds: a browser that is busy draws the beginning and the end of a short run at once, so
that there is nothing to see."""


_DRAWN = """milliseconds => {
  const isDrawn = !document.querySelector('#first')
    && document.querySelector('footer.ax-foot')
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
    && (!document.querySelector('[data-ax-go]') || window.explorerHeard?.has('go'));
  window.drawnSince = isDrawn ? window.drawnSince ?? performance.now() : undefined;
  return isDrawn && performance.now() - window.drawnSince >= milliseconds;
}"""
"""The app has taken over from the reading, to its end, and stands; without their script our links
work too, but load the page anew."""

STANDS = 150
"""Milliseconds without a run: what the tab and the address hold comes with the second one."""


def open_at(page: "Page", address: str) -> None:
    """Open an address and wait for the end of the app's page.

    One function looks for all of it: a look at a locator lays the half-drawn page out each time,
    which takes a fifth of the work of loading it.
    """
    page.goto(address, wait_until="commit")
    page.wait_for_function(_DRAWN, arg=STANDS, polling=POLL)


def open_files(page: "Page") -> None:
    """Open what can be taken away, and wait for the buttons that a script draws."""
    page.get_by_text("Files, print, link").click()
    page.get_by_role("button", name="Copy link").wait_for()


def open_everything(page: "Page") -> None:
    """Open every box of ours that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")


_REMEMBER = """() => {
  window.foldsWere = new Map([...document.querySelectorAll('details')].map(at => [at, at.open]));
}"""

_PUT_BACK = """() => {
  document.activeElement?.blur();
  for (const [fold, open] of window.foldsWere) fold.open = open;
  document.querySelector('[data-testid=stMain]').scrollTo(0, 0);
  window.scrollTo(0, 0);
}"""


def remember_folds(page: "Page") -> None:
    """Note which boxes of a page are open, for ``put_back``."""
    page.evaluate(_REMEMBER)


def put_back(page: "Page") -> None:
    """Open and close the boxes of a page as they were, scroll to its top, and leave what has the focus."""
    page.emulate_media(media="null")
    page.evaluate(_PUT_BACK)
    page.evaluate(_TWO_FRAMES)


def resize(page: "Page", width: int, height: int) -> None:
    """Change the window, and wait until it is drawn at the new size."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(_TWO_FRAMES)


@contextmanager
def app_runs(page: "Page") -> Iterator[None]:
    """Wait until what is done inside has made the app's script run to its end."""
    page.evaluate(_WATCH)
    yield
    page.wait_for_function(_HAS_RUN, arg=AT_ONCE, polling=POLL)


def later(page: "Page", milliseconds: int) -> None:
    """Let the page's own clock, which the test has installed, run ahead."""
    page.clock.run_for(milliseconds)
    page.evaluate(_TWO_FRAMES)


def settled(page: "Page", milliseconds: int = 1000) -> None:
    """Wait until the page is connected and its script has stood still for a while.

    After a lost line one run follows another: what the tab holds comes back with the second.
    """
    page.evaluate("() => { window.quietSince = undefined; }")
    page.wait_for_function(_SETTLED, arg=milliseconds, polling=POLL)


def violations(page: "Page") -> list[tuple[str, list[str]]]:
    """Run axe on the whole page, in a very tall window, and list what it finds."""
    from axe_playwright_python.sync_playwright import Axe

    size = page.viewport_size
    assert size is not None
    resize(page, size["width"], TALL)
    found: list[dict[str, Any]] = (
        Axe().run(page, context={"exclude": [STREAMLITS_OWN]}).response["violations"]
    )
    resize(page, size["width"], size["height"])
    return [(item["id"], [node["html"][:160] for node in item["nodes"][:3]]) for item in found]


def clean(*pages: "Page") -> list[object]:
    """List what axe finds on several pages."""
    return [found for page in pages for found in violations(page)]


def too_wide(page: "Page", *names: str) -> list[str]:
    """Resize the window, and name the sizes at which the page is wider than it.

    Args:
        page: a page that is drawn.
        names: sizes of ``WIDTHS``; all of them where none is named.
    """
    before = page.viewport_size
    assert before is not None
    found = []
    for name in names or tuple(WIDTHS):
        resize(page, WIDTHS[name], before["height"])
        if page.evaluate(_OVERFLOW) > 0:
            found.append(name)
    resize(page, before["width"], before["height"])
    return found
