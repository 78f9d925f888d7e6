"""Every screen once: no rule of axe is broken, and nothing is wider than a window of any size.

A page is loaded once, and its window is resized. Journeys scan only what they alone bring up.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import open_everything, open_files, too_wide, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Loaded


def as_it_is(_page: "Page") -> None:
    """Open nothing."""


def audit(page: "Page") -> None:
    """Wait for the audit, which the address opens."""
    page.locator("#audit-ipdas-c5").wait_for(state="visible")


def files_too(page: "Page") -> None:
    """Open every box of a comparison, and what can be taken away."""
    open_files(page)
    open_everything(page)


SCREENS: dict[str, Callable[["Page"], None]] = {
    "/": as_it_is,
    "/compare": as_it_is,
    "/compare?c=ra&m=adalimumab,anakinra,infliximab,methotrexate": files_too,
    "/compare?c=stills&m=anakinra,canakinumab": open_everything,
    "/compare?c=pericarditis&m=anakinra,rilonacept": open_everything,
    "/visit": as_it_is,
    "/guide": open_everything,
    "/quiz": as_it_is,
    "/medicine": as_it_is,
    "/medicine?m=anakinra": as_it_is,
    "/sources": as_it_is,
    "/glossary": as_it_is,
    "/about#audit-ipdas-c5": audit,
    "/teach": as_it_is,
    "/results": as_it_is,
}
"""Addresses, and what is opened there first."""


@pytest.mark.parametrize("address", SCREENS)
def test_a_screen_breaks_no_rule_and_fits_every_window(loaded: "Loaded", address: str) -> None:
    """WCAG 2.2 AA and best practice as far as axe sees; 1280, 390 and 360 pixels wide."""
    page = loaded(address)
    SCREENS[address](page)
    assert violations(page) == []
    assert too_wide(page) == []


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_the_table_of_a_desktop_breaks_no_rule(loaded: "Loaded") -> None:
    """The comparison is a table there and cards on a phone, so it is scanned as both."""
    page = loaded("/compare?c=ra&m=anakinra,methotrexate")
    assert violations(page) == []
