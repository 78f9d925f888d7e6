"""The reading edition and the reading in front of the app, in a real browser."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SIZES
from tests.browser.journey import later, open_at, too_wide, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

CHOICE = "/compare?c=ra&m=anakinra,methotrexate"

APP_SCRIPT = "**/static/js/index.*.js"

PATHS = (
    "",
    "compare/ra?m=anakinra,methotrexate",
    "medicine/anakinra",
    "guide/infections",
    "signs",
    "quiz/allergy",
    "glossary",
    "sources/rilonacept",
    "about",
    "changes/anakinra",
)

LATE = 8000
"""Milliseconds after which an app that does not come is said to be late."""

_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

VOICE = """(() => {
  window.said = [];
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ localService: true, lang: "en-US" }],
    speak: (one) => { window.current = one; window.said.push([one.text, one.rate]); },
    pause() {}, resume() {}, cancel() {}, addEventListener() {},
  } });
})()"""
"""A voice that notes what it says, on a machine that has none."""


@pytest.mark.parametrize("path", PATHS)
def test_a_reading_page_fits_and_is_sound(page: "Page", path: str) -> None:
    """No violation, no sideways scroll on a phone, even at 250 % zoom."""
    page.goto(f"/read/{path}")
    assert violations(page) == []
    page.set_viewport_size({"width": 156, "height": 400})
    assert page.evaluate("document.documentElement.scrollWidth") <= 156


def test_words_stand_before_the_app(page: "Page") -> None:
    """The reading is there with the first answer; the app takes over with what was opened."""
    held: list[Route] = []
    page.route(APP_SCRIPT, lambda route: held.append(route))  # the app comes once the row is open
    with page.expect_request(APP_SCRIPT):
        page.goto(CHOICE, wait_until="commit")
    page.locator("#first h1").wait_for()
    assert "anakinra and methotrexate" in page.title()
    page.locator("#first .gl-table details").nth(2).evaluate("row => { row.open = true; }")
    for route in held:
        route.continue_()
    page.locator("#first").wait_for(state="detached")
    page.locator("[data-testid=stMain] h1").wait_for()
    rows = page.locator("[data-testid=stMain] .gl-table details")
    assert rows.evaluate_all("all => all.map(row => row.open).indexOf(true)") == 2
    assert page.locator("#first-style").count() == 0


def test_text_size_holds_and_a_part_is_read_aloud(page: "Page") -> None:
    """The size holds from the edition to the app; sentences are spoken one by one and marked."""
    page.add_init_script(VOICE)
    page.goto("/read/compare/ra?m=anakinra,methotrexate")
    page.get_by_role("button", name="Largest").click()
    assert page.evaluate(_WIDE) == 0
    page.get_by_role("button", name="Read this part aloud").first.click()
    for _ in range(2):
        page.evaluate("window.current.dispatchEvent(new Event('end'))")
    assert page.evaluate("window.said") == [
        ["At a glance", 1],
        ["How is it taken?", 1],
        ["Anakinra: Shot under the skin", 1],
    ]
    marked = "[...CSS.highlights.get('ax-spoken')].map(String)"
    assert page.evaluate(marked) == ["Shot under the skin"]
    page.get_by_role("button", name="Slower").first.click()
    assert page.evaluate("window.said.at(-1)") == ["Anakinra: Shot under the skin", 0.75]
    for _ in range(24):
        page.evaluate("window.current.dispatchEvent(new Event('end'))")
    assert ["All options: No", 0.75] in page.evaluate("window.said")
    page.get_by_role("button", name="Stop").first.click()
    assert page.evaluate("CSS.highlights.has('ax-spoken')") is False
    open_at(page, "/glossary")
    assert page.get_by_role("button", name="Largest").get_attribute("aria-pressed") == "true"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "23.04px"
    assert too_wide(page, "phone", "desktop") == []


def test_without_a_socket_everything_can_be_read(chromium: "Browser", server: str) -> None:
    """Where sockets are refused the reading stays, heard once it has the focus, and a line leads on."""
    width, height = SIZES["phone"]
    context = chromium.new_context(viewport={"width": width, "height": height}, base_url=server)
    page = context.new_page()
    page.route_web_socket("**/*", lambda socket: socket.close())
    page.clock.install()
    page.goto(CHOICE)
    words = page.locator("#first main")
    words.and_(page.locator("[aria-hidden]")).wait_for()
    words.locator("summary").first.focus()
    assert words.get_attribute("aria-hidden") is None
    later(page, LATE)
    page.get_by_text("The tools of this page cannot connect here yet").wait_for()
    page.get_by_role("link", name="the pages to read").click()
    page.get_by_role("heading", level=1, name="Rheumatoid arthritis").wait_for()
    assert "/read/compare/ra" in page.url
    context.close()


def test_without_scripts_everything_can_be_read(chromium: "Browser", server: str) -> None:
    """The reading stays; options are chosen by a plain form."""
    context = chromium.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto(CHOICE)
    assert page.get_by_role("heading", level=1).inner_text().startswith("Rheumatoid arthritis")
    assert "JavaScript" not in page.content()
    page.locator("noscript a").click()
    page.get_by_text("Change what is compared").click()
    page.get_by_role("group", name="Pick two to four").get_by_label("Adalimumab").check()
    page.get_by_role("button", name="Show these").click()
    assert "adalimumab" in page.get_by_role("heading", level=1).inner_text()
    context.close()


@pytest.mark.parametrize("path", ["/read/medicine/anakinra", "/join"])
def test_no_mark_of_a_list_has_a_name(page: "Page", path: str) -> None:
    """A reader says "bullet" before each line otherwise; numbers are names, and stay."""
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    assert any(node["role"]["value"] == "listitem" for node in tree)
    marks = [node for node in tree if node["role"]["value"] == "ListMarker" and not node["ignored"]]
    assert [node["name"]["value"] for node in marks if not node["name"]["value"][0].isdigit()] == []
