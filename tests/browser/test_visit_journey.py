"""From a condition to the sheet in a real browser, and what must never leave it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import open_at, settled, too_wide, violations
from tests.paper import sheets
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocketRoute

COMPARED = "/compare?c=ra&m=methotrexate,adalimumab,anakinra"
SECRET = "zebra-4711"
MORE = " and more"


def tick(page: "Page", label: str) -> None:
    """Tick a box as a finger does, and wait for the page to answer."""
    page.get_by_text(label, exact=True).first.click()
    page.get_by_role("checkbox", name=label, exact=True).and_(
        page.locator(":checked")
    ).first.wait_for(state="attached")


def to_matters(page: "Page") -> None:
    open_at(page, COMPARED)
    page.get_by_role("link", name="Next: what matters to me").first.click()
    page.get_by_text("What is there to decide?").wait_for()
    settled(page, 300)  # what is pressed while the page is drawn may be lost


def write_note(page: "Page", text: str) -> None:
    box = page.get_by_role("textbox", name="Notes")
    box.click()
    box.press_sequentially(text)


def to_sheet(page: "Page") -> None:
    page.get_by_role("button", name="Next: my sheet").click()
    page.get_by_role("heading", name="For my visit: Rheumatoid arthritis").wait_for()


def test_from_condition_to_sheet(page: "Page", tmp_path: Path) -> None:
    """Pick, weigh, ask, note; the sheet holds it; PDF, print and accessibility are whole."""
    to_matters(page)
    tick(page, "Pregnancy plans")
    page.get_by_text("a lot", exact=True).first.click()
    tick(page, "I, or my partner, may want a baby. What do we need to plan?")
    write_note(page, "Sore hands")
    assert violations(page) == []
    assert too_wide(page) == []
    to_sheet(page)
    sheet = page.locator("#sheet")
    for text in (
        "Pregnancy plans",
        "I, or my partner, may want a baby. What do we need to plan?",
        "Sore hands",
    ):
        assert sheet.get_by_text(text).first.is_visible()
    assert violations(page) == []
    assert too_wide(page) == []
    with page.expect_download() as got:
        page.get_by_role("button", name="Sheet (PDF)").click()
    file = tmp_path / "sheet.pdf"
    got.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-")
    printed = page.pdf(format="Letter")

    (tmp_path / "print.pdf").write_bytes(printed)
    text = " ".join(sheets(tmp_path / "print.pdf"))
    text = " ".join(text.split())
    assert "For my visit" in text
    assert "Sore hands" in text
    for left_out in ("Start again", "How sure are you", "Copy as text"):
        assert left_out not in text


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_reload_loses_nothing_and_start_again_clears_it(page: "Page") -> None:
    """The tab holds what was entered until it is cleared."""
    to_matters(page)
    tick(page, "Alcohol")
    write_note(page, SECRET)
    page.keyboard.press("Tab")
    page.wait_for_function(
        "text => JSON.stringify(window.sessionStorage).includes(text)", arg=SECRET
    )
    page.reload()
    page.get_by_role("textbox", name="Notes").wait_for()
    page.wait_for_function(
        "text => [...document.querySelectorAll('textarea')].some(box => box.value === text)",
        arg=SECRET,
    )
    box = page.get_by_role("checkbox", name="Alcohol", exact=True)
    box.and_(page.locator(":checked")).wait_for(state="attached")
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("button", name="Clear it all").click()
    page.get_by_text("All that you picked and typed is cleared.").wait_for()
    page.wait_for_function(
        "text => !JSON.stringify(window.sessionStorage).includes(text)", arg=SECRET
    )
    page.reload()
    page.get_by_role("searchbox", name="What illness is it for?").wait_for()
    assert SECRET not in page.content()


def test_a_press_right_after_typing_brings_the_text_along(page: "Page") -> None:
    """Typed and not left, the text is on the sheet, and still there after a look at the facts."""
    to_matters(page)
    write_note(page, SECRET)
    to_sheet(page)
    page.locator("#sheet").get_by_text(SECRET).wait_for()
    page.get_by_role("button", name="Back to what matters to me").click()
    box = page.get_by_role("textbox", name="Notes")
    box.wait_for()
    box.press("End")
    box.press_sequentially(" and more")
    assert box.input_value() == f"{SECRET} and more"  # nothing takes the focus from the writer
    page.get_by_role("link", name="Compare", exact=True).last.click()
    page.get_by_role("link", name="Next: what matters to me").first.click()
    box.wait_for()
    page.wait_for_function(
        "text => [...document.querySelectorAll('textarea')].some(box => box.value === text)",
        arg=f"{SECRET} and more",
    )


def test_the_text_can_be_copied_on_plain_http(page: "Page") -> None:
    """Copying needs no secure address."""
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    to_matters(page)
    write_note(page, SECRET)
    to_sheet(page)
    page.evaluate(
        "document.addEventListener('copy', () => {"
        " window.copied = document.activeElement.value || String(document.getSelection()); })"
    )
    page.get_by_role("button", name="Copy as text").click()
    page.get_by_text("Copied. You can paste it").wait_for()
    assert SECRET in page.evaluate("window.copied")


def test_what_is_typed_stays_here(
    chromium: "Browser", server: str, server_log: Path, tmp_path: Path
) -> None:
    """Another reader never sees it; address, requests and the log are free of it.

    That holds for saved picks too: a file and a link open them elsewhere, and no request has them.
    """
    context = chromium.new_context(base_url=server)
    page = context.new_page()
    asked: list[str] = []
    context.on("request", lambda sent: asked.append(f"{sent.url} {sent.post_data or ''}"))
    to_matters(page)
    tick(page, "Cost and access")
    write_note(page, SECRET)
    to_sheet(page)
    page.locator("#sheet").get_by_text(SECRET).wait_for()
    assert re.fullmatch(r"https?://[^/]+/visit/?", page.url)
    with page.expect_download() as got:
        page.get_by_role("button", name="Save my picks").click()
    saved = tmp_path / "my-picks.json"
    got.value.save_as(saved)
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.get_by_role("button", name="Copy a link to my picks").click()
    link = page.wait_for_function("window.copied").json_value()
    for is_link in (True, False):
        fresh = context.new_page()  # a tab of its own, with nothing in its storage
        fresh.goto(link if is_link else "/visit")
        if not is_link:
            fresh.get_by_text("Open saved picks").wait_for()
            fresh.locator("input[type=file]").set_input_files(saved)
        fresh.locator("#sheet").get_by_text(SECRET).wait_for()
        assert re.fullmatch(r"https?://[^/]+/visit/?", fresh.url)
        fresh.close()
    packed = link.partition("#")[2]
    assert not [url for url in asked if SECRET in url or "cost" in url or packed in url]
    assert packed not in server_log.read_text(encoding="utf-8", errors="replace")
    other = chromium.new_context(base_url=server)
    second = other.new_page()
    to_matters(second)
    to_sheet(second)
    assert SECRET not in second.content()
    assert SECRET not in server_log.read_text(encoding="utf-8", errors="replace")
    assert not context.cookies() or SECRET not in str(context.cookies())
    context.close()
    other.close()


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_the_steps_work_by_keyboard(page: "Page") -> None:
    """A concern is picked, weighed and taken to the sheet with keys alone."""
    to_matters(page)
    box = page.get_by_role("checkbox", name="Alcohol", exact=True)
    box.focus()
    page.keyboard.press("Space")
    page.get_by_text("Alcohol: how much?").wait_for()
    page.get_by_role("button", name="Next: my sheet").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="For my visit: Rheumatoid arthritis").wait_for()
    assert page.locator("#sheet").get_by_text("Alcohol").first.is_visible()


@contextmanager
def own_server(chromium: "Browser", folder: Path) -> "Iterator[tuple[Server, Page]]":
    """Start a server that a test may end, and open a window of it."""
    server = Server(folder=folder)
    context = None
    try:
        server.start()
        context = chromium.new_context(base_url=server.base)
        yield server, context.new_page()
    finally:
        if context is not None:
            context.close()
        server.close()


def test_a_restarted_server_takes_the_visit_up_again(chromium: "Browser", tmp_path: Path) -> None:
    """The lost line is told in our words; what the tab holds is there again before a press.

    Otherwise the first press, and what is typed before it, would be undone by it.
    """
    with own_server(chromium, tmp_path) as (server, page):
        to_matters(page)
        write_note(page, SECRET)
        page.keyboard.press("Tab")
        page.wait_for_function(
            "text => JSON.stringify(window.sessionStorage).includes(text)", arg=SECRET
        )
        box = page.get_by_role("checkbox", name="Pregnancy plans", exact=True)
        server.kill()
        box.and_(page.locator(":disabled")).wait_for(state="attached")
        lost = page.get_by_role("alert").filter(has_text="The connection was lost")
        lost.wait_for()
        assert page.get_by_role("dialog").count() == 0
        server.start()
        # A press that begins before the line is back is lost: boxes are disabled until then.
        box.and_(page.locator(":enabled")).wait_for(state="attached")
        lost.wait_for(state="detached")
        settled(page)  # nobody presses anything
        assert page.get_by_role("textbox", name="Notes").input_value() == SECRET
        write_note(page, MORE)
        tick(page, "Pregnancy plans")
        to_sheet(page)
        for text in (MORE, SECRET, "Pregnancy plans"):
            page.locator("#sheet").get_by_text(text).first.wait_for()


def test_words_that_were_being_typed_outlive_the_server(
    chromium: "Browser", tmp_path: Path
) -> None:
    """The first words, in a box that was never left: a server that starts anew knows nothing of them."""
    with own_server(chromium, tmp_path) as (server, page):
        to_matters(page)
        settled(page)
        write_note(page, SECRET)
        server.kill()
        page.get_by_role("alert").filter(has_text="The connection was lost").wait_for()
        server.start()
        page.get_by_role("textbox", name="Notes").and_(page.locator(":enabled")).wait_for()
        page.wait_for_function(
            "text => JSON.stringify(window.sessionStorage).includes(text + '\\\\\"')", arg=SECRET
        )
        settled(page)
        tick(page, "Serious infections")
        assert page.get_by_role("textbox", name="Notes").input_value() == SECRET
        to_sheet(page)
        for text in ("Serious infections", SECRET):
            page.locator("#sheet").get_by_text(text).first.wait_for()


_LINE_STATES = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const name = 'data-test-connection-state';
  new MutationObserver(() => window.lineStates.push(app.getAttribute(name)))
    .observe(app, {attributes: true, attributeFilter: [name]});
}"""


def test_a_line_that_is_cut_again_and_again_loses_nothing(chromium: "Browser", server: str) -> None:
    """As by a firewall that ends quiet connections: ticks and words stay, and presses arrive."""
    ends: list[WebSocketRoute] = []

    def through(line: "WebSocketRoute") -> None:
        ends[:] = line.connect_to_server(), line

    context = chromium.new_context(base_url=server)
    page = context.new_page()
    page.route_web_socket("**/_stcore/stream", through)
    to_matters(page)
    write_note(page, SECRET)
    page.evaluate(_LINE_STATES)
    for place, label in enumerate(("Pregnancy plans", "Serious infections", "How often I take it")):
        page.evaluate("window.lineStates = []")
        for end in tuple(ends):
            end.close(code=1001)
        page.wait_for_function("() => lineStates.length > 1 && lineStates.at(-1) === 'CONNECTED'")
        settled(page, 1000)  # a press in the moment in which the line comes back may be lost
        tick(page, label)
        page.locator("[class*=st-key-visit-weigh-]").nth(place).wait_for()
    page.get_by_role("alert").filter(has_text="The connection was lost").wait_for(state="detached")
    to_sheet(page)
    page.locator("#sheet").get_by_text(SECRET).wait_for()
    context.close()


def test_what_was_deleted_does_not_come_back(page: "Page") -> None:
    """An emptied visit leaves the tab too, so a reload shows nothing of it."""
    to_matters(page)
    write_note(page, SECRET)
    page.keyboard.press("Tab")
    page.wait_for_function(
        "text => JSON.stringify(window.sessionStorage).includes(text)", arg=SECRET
    )
    box = page.get_by_role("textbox", name="Notes")
    box.fill("")
    page.keyboard.press("Tab")
    page.wait_for_function(
        "text => !JSON.stringify(window.sessionStorage).includes(text)", arg=SECRET
    )
