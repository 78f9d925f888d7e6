"""Journeys through the comparison in a real browser."""

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explorer.content.load import Content
from explorer.domain.comparison import compare
from tests.browser.journey import open_at, open_files

if TYPE_CHECKING:
    from playwright.sync_api import Page

RA = "/compare?c=ra&m=anakinra,methotrexate"


def test_from_home_to_the_facts(page: "Page", content: Content) -> None:
    """From the first page to a table with both medicines, their sources, and a spreadsheet."""
    open_at(page, "/")
    page.get_by_role("link", name="Rheumatoid arthritis (RA)").click()
    page.get_by_role("button", name="Show side by side").click()
    page.locator("table.ax-table").wait_for()
    assert "c=ra" in page.url
    open_at(page, RA)
    assert page.get_by_role("heading", name="The main differences").is_visible()
    expected = compare(content.catalogue, "ra", ["anakinra", "methotrexate"])
    assert page.locator(".ax-references li").count() == len(expected.references)
    open_files(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Spreadsheet (CSV)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    last = list(csv.DictReader(io.StringIO(text)))[-1]
    assert last["Numbers of the sources"] == f"[{len(expected.references)}]"


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_more_opens_by_keyboard_and_focus_is_seen(page: "Page") -> None:
    """A cell's "more" is reached and opened by keyboard, with a visible outline."""
    open_at(page, RA)
    summary = page.locator("#row-how-often summary").first
    summary.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    outline = summary.evaluate("node => getComputedStyle(node).outlineWidth")
    page.keyboard.press("Enter")
    assert outline == "3px"
    assert page.locator("#row-how-often details").first.evaluate("node => node.open")


@pytest.mark.parametrize("size", ["desktop", "phone"], indirect=True)
def test_the_table_keeps_its_roles_and_the_names_of_its_options(page: "Page", size: str) -> None:
    """It is a table with rows and heads, cards or not; on a phone each card names its option."""
    open_at(page, RA)
    name = page.locator("#row-how-often .ax-option").filter(has_text="Anakinra")
    assert name.is_visible() is (size == "phone")
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [str(node["role"]["value"]) for node in nodes if not node.get("ignored")]
    assert roles.count("table") == 1
    assert roles.count("columnheader") == 3
    assert roles.count("rowheader") > 34
    assert roles.count("cell") + roles.count("gridcell") > 68


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_column_heads_stay_in_view(page: "Page") -> None:
    """On a desktop the heads stick below the menu while the table scrolls past."""
    open_at(page, RA)
    page.locator("#row-storage").scroll_into_view_if_needed()
    top = page.locator(".ax-table thead th").nth(1).bounding_box()
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
def test_print_shows_the_whole_table(page: "Page", tmp_path: Path) -> None:
    """Printed, the page has every line and source, and no menu, button or box to tick."""
    from pypdf import PdfReader

    open_at(page, RA)
    page.locator("#row-how-often summary").first.click()
    page.pdf(path=tmp_path / "print.pdf", format="A4", landscape=True)
    text = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "print.pdf").pages)
    flat = re.sub(r"\s+", " ", text)
    assert "What about cost and access?" in flat
    assert "Sources" in flat
    assert "Where this comes from" in flat
    assert "Spreadsheet (CSV)" not in flat
    assert "Choose lines" not in flat


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_reload_restores_the_comparison(page: "Page") -> None:
    """A reload brings back condition, options and lines from the address."""
    open_at(page, f"{RA}&rows=how-often,route")
    page.reload()
    page.locator("table.ax-table").wait_for(timeout=30_000)
    assert page.locator("tr[id^=row-] th[scope=row]").count() == 5


def test_a_reference_opens_the_list_of_sources(page: "Page") -> None:
    """A number in the text leads to its source, although the list is folded."""
    open_at(page, RA)
    page.locator("#row-route .ax-refs a").first.click()
    number = page.url.rsplit("#ref-", 1)[1]
    page.locator(f"#ref-{number}").wait_for(state="visible", timeout=5_000)
    assert page.locator(f"#ref-{number}").is_visible()


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_back_returns_to_the_condition_before(page: "Page") -> None:
    """One step back after another condition shows the first one with its options."""
    open_at(page, RA)
    page.get_by_role("link", name="Change condition or options").click()
    page.get_by_role("link", name="Change condition", exact=True).click()
    page.get_by_role("link", name="Recurrent pericarditis").click()
    page.wait_for_url("**c=pericarditis**")
    page.get_by_role("button", name="Show side by side").click()
    page.locator("#ax-col-rilonacept").wait_for(state="attached")
    page.go_back()
    page.locator("#ax-col-methotrexate").wait_for(state="attached", timeout=15_000)
    assert "c=ra&m=anakinra%2Cmethotrexate" in page.url or "m=anakinra,methotrexate" in page.url
