"""No link inside the site is dead, on any page, down to the place it names."""

import re
from functools import lru_cache
from html import unescape
from urllib.parse import parse_qsl

import pytest

from explorer import paths
from explorer.content.load import Content
from explorer.domain.compare_url import Dropped, read
from tests.pages.drawn import html, opened
from tests.shipped import ids

PAGES = sorted(path.stem for path in paths.PAGES.glob("*.py"))
MEDICINES = ids("medicines")
ADDRESSES = [
    *PAGES,
    "compare?c=ra&m=anakinra,methotrexate",
    *(f"medicine?m={medicine}" for medicine in MEDICINES),
]


@lru_cache(maxsize=64)
def drawn(address: str) -> str:
    """Draw a page as HTML."""
    page, _, query = address.partition("?")
    return html(opened(page, **dict(parse_qsl(query))))


def places(address: str) -> set[str]:
    """Give the ids of a page."""
    return set(re.findall(r' id="([A-Za-z0-9_-]+)"', drawn(address)))


@pytest.mark.slow
@pytest.mark.parametrize("address", ADDRESSES)
def test_links_lead_somewhere(address: str, content: Content) -> None:
    """Each link names a page that exists, with parameters it knows and a place it has."""
    for found in set(re.findall(r'<a [^>]*?href="([^"]*)"', drawn(address))):
        link = unescape(found)
        if re.match(r"(https?|mailto|tel):", link):
            continue
        path, _, place = link.partition("#")
        target = path if path and path != "./" else ("home" if path else address)
        page, _, query = target.partition("?")
        if page in (
            "read/offline.zip",
            "read/kept",
            "read/changes",
        ):  # routes of the server, with tests of their own
            continue
        assert page in PAGES, link
        if page == "compare" and query:
            _, dropped = read(content.catalogue, dict(parse_qsl(query)))
            assert dropped == Dropped(), link
        if page == "medicine" and query:
            assert dict(parse_qsl(query))["m"] in MEDICINES, link
        if place:
            assert place in places(target), link
