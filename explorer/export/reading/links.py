"""Links of the reading edition, on a server of ours and in a folder of static files.

The pages are rendered by the same templates as the app's, whose links name pages of the app, such
as ``medicine?m=anakinra#row-dose``. Here each becomes a link to the same place in the edition.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final, Protocol
from urllib.parse import parse_qs, quote, urlencode

from explorer.domain.compare_url import CONDITION, NOW, OPTIONS, WHO
from explorer.domain.who import Who
from explorer.export.reading.model import Target

_HREF: Final = re.compile(r'(?<=\s)(href|action)="([^"]*)"')

OWN: Final = "read:"
"""Starts a link that names a path of the edition itself."""

TAKEN: Final = "files-of-questions"
"""Folder of the files with the questions for other systems."""

TAKE: Final = "take:"
"""Starts a link to such a file."""

_ONLY_HERE: Final = ("read/kept", "read/changes")
"""Links of the app to pages that the edition has and the app has not."""

_OWN: Final = re.compile(r"^(?:\./|/)?(compare|medicine|guide|sources|glossary|about|quiz)?$")
"""Pages of the app that the edition has too."""


class Links(Protocol):
    """Writes the address of a place as a page has to link to it."""

    def address(self, target: Target) -> str:
        """Return the address of a place."""

    def app(self, address: str) -> str:
        """Return the address of a page of the app, or an empty text where there is no app."""

    def file(self, name: str) -> str:
        """Return the address of a file, such as the stylesheet."""

    def taken(self, name: str) -> str:
        """Return the address of a file with the questions."""


class SiteLinks:
    """Links on a server that serves the app too.

    Args:
        base: path under which the site is reached; empty at the root.
        file: returns the address of a file without the base.
    """

    def __init__(self, base: str, file: Callable[[str], str]) -> None:
        self._base = base
        self._file = file

    def address(self, target: Target) -> str:
        """Return an address from the server's root."""
        parameters = {}
        if target.options:
            parameters[OPTIONS] = ",".join(target.options)
        if target.who is not Who.ADULT:
            parameters[WHO] = target.who.value
        if target.now:
            parameters[NOW] = ",".join(target.now)
        query = f"?{urlencode(parameters, safe=',')}" if parameters else ""
        return f"{self._base}/read/{target.path}{query}{_fragment(target)}"

    def app(self, address: str) -> str:
        """Return the address of a page of the app from the server's root."""
        return f"{self._base}/{address}"

    def file(self, name: str) -> str:
        """Return the address of a file from the server's root."""
        return f"{self._base}{self._file(name)}"

    def taken(self, name: str) -> str:
        """Return the address of a file with the questions from the server's root."""
        return f"{self._base}/read/{TAKEN}/{name}"


class StaticLinks:
    """Relative links between static files, right under any path and from a disk.

    Args:
        here: the page that the links stand on.
        pages: all pages that are written; a link to another one leads to the nearest that is.
    """

    def __init__(self, here: Target, pages: frozenset[str]) -> None:
        self._up = "../" * folder_of(here).count("/")
        self._pages = pages

    def address(self, target: Target) -> str:
        """Return a relative address of a file."""
        folder = folder_of(target)
        if folder not in self._pages:
            folder = folder_of(Target(path=target.path))
        return f"{self._up}{folder}index.html{_fragment(target)}"

    def app(self, _address: str) -> str:
        """Return nothing: there is no app beside static files."""
        return ""

    def file(self, name: str) -> str:
        """Return the relative address of a file."""
        return f"{self._up}{name}"

    def taken(self, name: str) -> str:
        """Return the relative address of a file with the questions."""
        return f"{self._up}{TAKEN}/{name}"


def folder_of(target: Target) -> str:
    """Return the folder of a page in a static edition, with a slash after each name."""
    parts = [part for part in target.path.split("/") if part]
    if target.options:
        parts.append("+".join(sorted(target.options)))
    if target.who is not Who.ADULT:
        parts.append(target.who.value)
    if target.now:
        parts.append(f"{NOW}-{'+'.join(sorted(target.now))}")
    return "".join(f"{part}/" for part in parts)


def rewrite(body: str, links: Links) -> str:
    """Turn links to pages of the app into links to the edition.

    Args:
        body: our own HTML.
        links: writes the addresses.

    Returns:
        The HTML; links within the page and to other sites stay as they are.
    """

    def written(found: re.Match[str]) -> str:
        return f'{found[1]}="{escape(_written(unescape(found[2]), links))}"'

    return _HREF.sub(written, body)


def _written(href: str, links: Links) -> str:
    if href.startswith(TAKE):
        return links.taken(href.removeprefix(TAKE))
    if href.startswith(OWN):
        return links.address(Target(path=href.removeprefix(OWN)))
    if href.startswith("#") or ":" in href.split("/")[0].split("?")[0]:
        return href
    if href in _ONLY_HERE:
        return links.address(Target(path=href.rpartition("/")[2]))
    target = target_of(href)
    return links.address(target) if target is not None else links.app(href.lstrip("/")) or href


def target_of(href: str) -> Target | None:
    """Return the place of the edition that an address of the app names, or None.

    Args:
        href: relative to the app's root.
    """
    rest, _, fragment = href.partition("#")
    page, _, query = rest.partition("?")
    found = _OWN.match(page)
    if found is None:
        return None
    parameters = {name: values[0] for name, values in parse_qs(query).items()}
    name = found[1] or ""
    options: tuple[str, ...] = ()
    who, now = Who.ADULT, tuple[str, ...]()
    if name == "medicine" and OPTIONS in parameters:
        name = f"medicine/{parameters[OPTIONS]}"
    elif name == "compare" and CONDITION in parameters:
        name = f"compare/{parameters[CONDITION]}"
        options = tuple(part for part in parameters.get(OPTIONS, "").split(",") if part)
        who = next((item for item in Who if item == parameters.get(WHO)), Who.ADULT)
        now = tuple(part for part in parameters.get(NOW, "").split(",") if part)
    return Target(path=name, options=options, who=who, now=now, fragment=fragment)


def _fragment(target: Target) -> str:
    return f"#{quote(target.fragment)}" if target.fragment else ""
