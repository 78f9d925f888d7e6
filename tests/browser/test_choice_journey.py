"""The choice in a real browser: quick, still under the finger, by keyboard, in forced colours."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import open_at, too_wide, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

RA = "/compare?c=ra&m=anakinra,methotrexate"

_SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) window.shifted += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}"""

_LOOK = """node => {
  const seen = getComputedStyle(node);
  return [seen.backgroundColor, seen.borderColor, seen.color].join(' ');
}"""


@pytest.fixture
def forced(chromium: "Browser", server: str) -> "Iterator[Page]":
    """Open a phone's window in forced colours, as high contrast on Windows has them."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, base_url=server, forced_colors="active"
    )
    yield context.new_page()
    context.close()


def look(node: "Locator") -> str:
    """Give what makes a control look chosen."""
    return str(node.evaluate(_LOOK))


def open_options(page: "Page", address: str = RA) -> None:
    """Unfold the options of a comparison."""
    open_at(page, address)
    page.get_by_role("link", name="Change condition or options").click()
    page.get_by_role("heading", name="Which options?").wait_for(timeout=20_000)
    page.locator("[data-ax-box]:checked").first.wait_for(state="attached", timeout=15_000)


@pytest.mark.parametrize("address", ["/", "/compare", RA, "/quiz"])
def test_nothing_moves_while_a_page_loads(page: "Page", address: str) -> None:
    """The sum of all shifts (CLS) stays under 0.05; 0.1 is the mark that is called good."""
    page.add_init_script(f"({_SHIFTS})()")
    open_at(page, address)
    page.wait_for_timeout(1500)
    assert page.evaluate("window.shifted") <= 0.05


def test_a_tick_moves_nothing_and_keeps_the_focus(page: "Page") -> None:
    """The box stays under the finger, the address follows, and keys go on from there."""
    open_options(page)
    box = page.get_by_role("checkbox", name="Certolizumab pegol (Cimzia)")
    before = box.bounding_box()
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**certolizumab**")
    page.get_by_text("3 picked.").wait_for()
    assert box.bounding_box() == before
    assert box.is_checked()
    assert box.evaluate("node => node === document.activeElement")
    page.keyboard.press("Space")
    page.get_by_text("2 picked.").wait_for()
    assert not box.is_checked()
    assert violations(page) == []
    assert too_wide(page) == []


def test_at_four_the_others_are_closed_at_once(page: "Page") -> None:
    """In the browser, before any answer of the server; one taken away opens them again."""
    open_options(page, "/compare?c=ra&m=adalimumab,anakinra,methotrexate")
    page.get_by_text("Stay on what is taken now").click()
    assert page.locator("[data-ax-box]:enabled").count() == 4
    page.get_by_text("Four are picked").wait_for()
    page.get_by_text("Stay on what is taken now").click()
    assert page.locator("[data-ax-box]:disabled").count() == 0


def test_an_everyday_name_finds_its_condition(page: "Page") -> None:
    """Typed letters filter the list in the browser, reach no server, and Enter opens the one.

    A medicine is found too, by any of its names, and its page opens in the same session.
    """
    sent: list[bytes] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda data: sent.append(_as_bytes(data))),
    )
    open_at(page, "/compare")
    field = page.get_by_role("searchbox", name="What illness is it for?")
    field.press_sequentially("sJIA")
    assert page.locator(".ax-rows li:visible").count() == 1
    field.fill("zebra")
    page.get_by_text("No condition or medicine here has that name.").wait_for()
    field.fill("sjia")
    field.press("Enter")
    page.get_by_role("heading", name="About you").wait_for(timeout=20_000)
    assert "c=stills" in page.url
    page.get_by_role("link", name="Change").click()
    field.wait_for()
    field.fill("MTX")
    assert page.locator(".ax-rows li:visible").count() == 1
    field.press("Enter")
    page.get_by_role("heading", level=1, name="Methotrexate (Trexall, Otrexup)").wait_for(
        timeout=20_000
    )
    assert "m=methotrexate" in page.url
    typed = (b"zebra", b"sjia", b"mtx")
    assert not any(word in data.lower() for data in sent for word in typed)


def _as_bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


def test_the_steps_are_links_that_lose_nothing(page: "Page") -> None:
    """From the facts to what matters and back, in the same session."""
    open_at(page, RA)
    page.get_by_role("link", name="What matters", exact=True).click()
    page.get_by_role("heading", name="What matters to me").wait_for(timeout=20_000)
    page.locator(".ax-path").get_by_role("link", name="Compare").click()
    page.get_by_role("heading", name="Rheumatoid arthritis (RA)").wait_for(timeout=20_000)
    assert page.locator(".ax-chosen").first.inner_text().startswith("Anakinra, Methotrexate")
    heading = page.get_by_role("heading", level=1).bounding_box()
    assert heading is not None
    assert heading["y"] <= 250


def test_a_press_while_the_page_still_runs_is_taken_up_afterwards(page: "Page") -> None:
    """A message under way would lead back to the page that was left; so the press waits."""
    open_at(page, RA)
    state = "document.querySelector('[data-testid=stApp]').dataset.testScriptState = '{}'"
    page.evaluate(state.format("running"))
    page.get_by_role("link", name="What matters", exact=True).click()
    page.wait_for_function("() => window.explorerWaiting.has('go')")
    assert page.get_by_role("heading", name="What matters to me").count() == 0
    page.evaluate(state.format("notRunning"))
    page.get_by_role("heading", name="What matters to me").wait_for()
    assert not page.evaluate("window.explorerWaiting.size")


def test_what_is_chosen_looks_so_in_forced_colours(forced: "Page") -> None:
    """Options, steps, answers of the quiz and pills: with colours taken away, chosen is seen."""
    open_options(forced)
    boxes = forced.locator(".ax-box")
    assert look(boxes.filter(has=forced.locator(":checked")).first) != look(boxes.nth(2))
    steps = forced.locator(".ax-path")
    assert look(steps.locator("[aria-current]")) != look(steps.locator("a").first)
    forced.get_by_role("link", name="What matters", exact=True).click()
    pill = forced.get_by_role("radio", name="start a medicine")
    pill.wait_for(timeout=20_000)
    before = look(pill)
    pill.click()
    forced.locator("[role=radio][aria-checked=true]").first.wait_for()
    assert look(pill) != before
    open_at(forced, "/quiz")
    forced.get_by_role("button", name="Start", exact=True).first.click()
    answers = forced.locator(
        "[data-testid=stForm] :is([data-testid=stRadioOption],[data-testid=stCheckbox] label)"
    )
    answers.first.wait_for(timeout=20_000)
    answers.first.click()
    forced.locator("[data-testid=stForm] input:checked").first.wait_for(state="attached")
    assert look(answers.first) != look(answers.nth(1))
    assert violations(forced) == []
