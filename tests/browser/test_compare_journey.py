"""Journeys through the comparison in a real browser."""

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explorer.content.load import Content
from explorer.domain.comparison import compare
from explorer.domain.who import Who
from tests.browser.journey import WIDTHS, open_at, open_files, resize
from tests.paper import sheets

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Loaded

RA = "/compare?c=ra&m=anakinra,methotrexate"


def test_from_home_to_the_facts(page: "Page", content: Content) -> None:
    """From the first page to plans side by side, of what is taken now; and a spreadsheet."""
    open_at(page, "/")
    page.get_by_role("link", name="Rheumatoid arthritis (RA)").click()
    page.get_by_role("heading", name="About you").wait_for(timeout=20_000)
    page.locator("[data-ax-box]:checked").first.wait_for(state="attached", timeout=15_000)
    box = page.locator("label.ax-box", has_text="Methotrexate")
    box.scroll_into_view_if_needed()
    before = box.bounding_box()
    box.click()
    page.wait_for_url("**now=methotrexate**")
    assert box.bounding_box() == before  # nothing above the finger changes height
    page.get_by_role("button", name="Next: the options").click()
    page.get_by_role("button", name="Show side by side").click()
    page.get_by_test_id("stMainBlockContainer").locator("table.gl-table").wait_for()
    assert page.locator("#ax-col-stay").inner_text().startswith("Stay on methotrexate")
    assert page.locator("#ax-col-add-anakinra").inner_text() == "Add anakinra"
    open_at(page, RA)
    assert page.get_by_role("heading", name="At a glance").is_visible()
    expected = compare(content.catalogue, "ra", ["anakinra", "methotrexate"], who=Who.ADULT)
    open_files(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Spreadsheet (CSV)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    last = list(csv.DictReader(io.StringIO(text)))[-1]
    assert last["Numbers of the sources"] == f"[{len(expected.references)}]"


@pytest.mark.parametrize("size", ["desktop", "phone"], indirect=True)
def test_a_row_opens_in_place_by_keyboard(loaded: "Loaded") -> None:
    """Enter opens a row with its sources below it; Escape closes it at the same place."""
    page = loaded(RA)
    full = page.locator("#glance-how-often .gl-full")
    assert not full.is_visible()
    summary = page.locator("#glance-how-often summary").first
    summary.focus()
    summary.scroll_into_view_if_needed()
    top = summary.bounding_box()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    outline = summary.evaluate("node => getComputedStyle(node, '::before').outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    full.wait_for(state="visible")
    assert summary.bounding_box() == top
    page.keyboard.press("Escape")
    full.wait_for(state="hidden")
    assert summary.bounding_box() == top
    assert summary.evaluate("node => node === document.activeElement")
    page.keyboard.press("Enter")
    full.locator(".gl-whole:focus").wait_for()
    full.locator("summary").first.focus()
    page.keyboard.press("Enter")
    full.locator("details[open] summary:focus").wait_for()
    source = full.get_by_role("link").first
    source.wait_for()
    assert str(source.get_attribute("href")).startswith("https://")
    page.keyboard.press("Escape")
    full.wait_for(state="hidden")
    assert summary.evaluate("node => node === document.activeElement")


def test_the_table_can_be_skipped_by_keyboard(loaded: "Loaded") -> None:
    """A link before the table leads past it; the next stop of the keyboard leads on."""
    page = loaded(RA)
    page.get_by_role("link", name="Skip the table").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText.trim().startsWith('Next')")


def test_the_whole_row_is_the_handle(loaded: "Loaded") -> None:
    """A tap on an answer opens its row, and a tap in what is open does not close it."""
    page = loaded(RA)
    row, full = page.locator("#glance-route"), page.locator("#glance-route .gl-full")
    row.evaluate("node => node.scrollIntoView({block: 'center'})")
    box = row.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    page.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + box["height"] - 20)
    full.wait_for(state="visible")
    text = full.locator("p").first.bounding_box()
    assert text is not None
    page.mouse.click(text["x"] + 20, text["y"] + 8)
    page.wait_for_timeout(300)
    assert full.is_visible()


def test_opening_a_row_runs_nothing(loaded: "Loaded") -> None:
    """A row opens in the browser: the app's script does not run."""
    page = loaded(RA)
    page.evaluate(
        """() => { window.ran = 0;
        new MutationObserver(() => { window.ran += 1; }).observe(
          document.querySelector('[data-testid=stApp]'),
          { attributes: true, attributeFilter: ['data-test-script-state'] }); }"""
    )
    page.locator("#glance-route summary").first.click()
    page.locator("#glance-route .gl-full").wait_for(state="visible")
    page.wait_for_timeout(500)
    assert page.evaluate("window.ran") == 0


@pytest.mark.parametrize("size", ["small-phone"], indirect=True)
@pytest.mark.parametrize("options", ["anakinra,methotrexate", "adalimumab,anakinra,methotrexate"])
def test_options_stand_side_by_side_at_360_pixels(loaded: "Loaded", options: str) -> None:
    """Two and three options share each line of a narrow window, and no name or word is cut."""
    page = loaded(f"/compare?c=ra&m={options}")
    for row in page.locator(".gl-v").all():
        boxes = [cell.bounding_box() for cell in row.locator("td").all()]
        tops = {round(box["y"]) for box in boxes if box is not None}
        assert len(tops) == 1
        assert max(box["x"] + box["width"] for box in boxes if box is not None) <= 360
    cut = page.locator(".gl-table :is(th, td)").evaluate_all(
        "nodes => nodes.filter(node => node.scrollWidth > node.clientWidth + 1).length"
    )
    assert cut == 0
    heads = page.locator(".gl-table thead b").evaluate_all(
        "nodes => nodes.map(node => node.getClientRects().length)"
    )
    assert set(heads) == {1}  # no name is broken over two lines


@pytest.mark.parametrize("size", ["desktop", "phone"], indirect=True)
def test_the_glance_keeps_its_roles(loaded: "Loaded") -> None:
    """It is one table with a head for each line, at any size.

    Its cells name their options: a head that a screen reader says with each would say them twice.
    """
    page = loaded(RA)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [str(node["role"]["value"]) for node in nodes if not node.get("ignored")]
    lines = page.locator(".gl-v").all()
    assert roles.count("table") == 1
    assert roles.count("columnheader") == 0
    assert roles.count("rowheader") == len(lines)
    shown = page.locator(".gl-table :is(thead th, .gl-use td, .gl-v td)").count()
    assert roles.count("cell") + roles.count("gridcell") == shown
    options = page.locator(".gl-table thead b").all_inner_texts()
    for line in lines:
        names = [text.partition(":")[0] for text in line.locator("td").all_text_contents()]
        assert names in (options, ["All options"])  # what all say alike is said once


def test_no_reference_number_is_on_the_screen(loaded: "Loaded") -> None:
    """Sources stand where they are cited; nothing jumps to a list."""
    page = loaded(RA)
    assert page.locator(".ax-refs").count() == 0
    assert page.locator("a[href^='#ref-']").count() == 0


def test_a_word_opens_its_group_and_leads_to_the_line(page: "Page") -> None:
    """A search marks the word, opens what hides it, and links to each place."""
    open_at(page, RA)
    box = page.get_by_role("textbox", name="Find a word")
    box.fill("alcohol")
    box.press("Enter")
    page.get_by_role("link", name="Alcohol").first.click()
    page.locator("#row-alcohol").wait_for(state="visible")
    assert page.locator("#row-alcohol mark").first.is_visible()
    assert "alcohol" not in page.url.split("#")[0]


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_column_heads_stay_in_view(loaded: "Loaded") -> None:
    """On a desktop the heads stick below the menu while the table scrolls past."""
    page = loaded(RA)
    page.locator("#glance-mistake").evaluate("node => node.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(200)
    top = page.locator(".gl-table thead th").first.bounding_box()
    assert top is not None
    assert 0 <= top["y"] < 200


def test_copying_the_link_works_without_https(page: "Page") -> None:
    """The link is copied by a button and announced; it holds ids only."""
    open_at(page, RA)
    open_files(page)
    button = page.get_by_role("button", name="Copy link")
    button.click()
    page.get_by_text("Copied", exact=True).wait_for()
    link = page.get_by_role("textbox", name="Link to this comparison").input_value()
    assert re.fullmatch(r"http://[^/]+/compare\?c=ra&m=anakinra,methotrexate", link)


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_print_shows_all_that_is_folded(loaded: "Loaded", tmp_path: Path) -> None:
    """Printed, the page has every line, sign and source, and no menu, button or box to tick."""

    page = loaded(RA)
    page.pdf(path=tmp_path / "print.pdf", format="A4", landscape=True)
    text = " ".join(sheets(tmp_path / "print.pdf"))
    flat = re.sub(r"\s+", " ", text)
    assert "What about cost and access?" in flat
    assert "Signs of infection: fever" in flat
    assert "prescribing information" in flat
    assert "Spreadsheet (CSV)" not in flat
    assert "Choose lines" not in flat


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_reload_restores_the_comparison(page: "Page") -> None:
    """A reload brings back condition, options and lines from the address."""
    open_at(page, f"{RA}&rows=how-often,route")
    page.reload()
    page.locator("#first").wait_for(state="detached")
    page.get_by_test_id("stMainBlockContainer").locator("table.gl-table").wait_for()
    page.locator(".gl-facts").wait_for()
    assert page.locator(".gl-facts tr[id^=row-]").count() == 2


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_back_returns_to_the_condition_before(page: "Page") -> None:
    """One step back after another condition shows the first one with its options."""
    open_at(page, RA)
    page.get_by_role("link", name="Change condition or options").click()
    page.get_by_role("link", name="Change condition", exact=True).click()
    page.get_by_role("link", name="Recurrent pericarditis").click()
    page.wait_for_url("**c=pericarditis**")
    page.get_by_role("button", name="Next: the options").click()
    page.get_by_role("button", name="Show side by side").click()
    page.locator("#ax-col-rilonacept").wait_for(state="attached")
    page.go_back()
    page.locator("#ax-col-methotrexate").wait_for(state="attached")
    assert "c=ra&m=anakinra%2Cmethotrexate" in page.url or "m=anakinra,methotrexate" in page.url


def test_what_all_options_say_lies_under_all_their_heads(loaded: "Loaded") -> None:
    """The band of one answer begins under the first head and reaches under the last, on paper too."""
    plans = "stay,add-adalimumab,add-anakinra&now=methotrexate"
    page = loaded(f"/compare?c=ra&m={plans}")
    for width in WIDTHS.values():
        resize(page, width, 800)
        for media in ("print", "screen"):
            page.emulate_media(media=media)
            _band_reaches_under_all_heads(page)


def _band_reaches_under_all_heads(page: "Page") -> None:
    band = page.locator("#glance-live-vaccines .gl-band")
    assert band.inner_text().split() == ["All", "options:", "No"]
    box = band.bounding_box()
    heads = [head.bounding_box() for head in page.locator(".gl-table thead th").all()]
    assert box is not None
    assert len(heads) == 3
    first, last = heads[0], heads[-1]
    assert first is not None
    assert last is not None
    assert box["x"] <= first["x"] + 1
    assert box["x"] + box["width"] >= last["x"] + last["width"] - 10
    assert band.evaluate("node => getComputedStyle(node).borderTopWidth") == "1px"
