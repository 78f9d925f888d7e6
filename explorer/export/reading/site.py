"""The whole reading edition as static files: for any web server, a CDN, or a disk."""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import options_in
from explorer.export.quiz_exchange.port import file_name, whole
from explorer.export.reading.edition import Edition
from explorer.export.reading.layout import SCRIPT, STYLESHEET, document, script, style
from explorer.export.reading.links import OWN, TAKEN, StaticLinks, folder_of
from explorer.export.reading.model import ReadingPage

_CHOICE: Final = re.compile(r'<details class="rd-choice">.*?</details>', re.DOTALL)

_TAKE: Final = re.compile(r'<p class="ab-take">.*?</p>', re.DOTALL)
"""The way to the offline copy, which is in the server's hands."""

_APP_ONLY: Final = re.compile(
    r'<a\b[^>]*\bhref="(?:visit|teach|results)\b[^"]*"[^>]*>(.*?)</a>', re.DOTALL
)
"""A link to a page that only the app has: beside files there is no app, and its words stay."""

_LOCATION: Final = "<url><loc>{}</loc></url>"

MARKER: Final = "anakinra-explorer-site.txt"
"""A file of each edition: by it a folder is known as ours, and its version is told."""


def files(
    edition: Edition,
    catalogue: Catalogue,
    version: str,
    address: str = "",
    *,
    pairs: bool = True,
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a static edition: its path in the folder, and its bytes.

    The same content gives the same bytes.

    Args:
        edition: the edition.
        catalogue: the content.
        version: its version.
        address: where the edition will stand, for canonical addresses and the sitemap, without a
            closing slash; empty where it is not known.
        pairs: whether each pair of options has a page too, beside what is preselected.
    """
    targets = tuple(item for item in edition.targets() if pairs or not item.options)
    folders = frozenset(map(folder_of, targets))
    yield MARKER, f"Anakinra Explorer, reading edition, content {version}\n".encode()
    yield STYLESHEET, style().encode()
    yield SCRIPT, script().encode()
    for target in targets:
        links = StaticLinks(target, folders)
        page = _with_pairs(edition.at(target), catalogue, pairs=pairs)
        page = page.with_body(_APP_ONLY.sub(r"\1", _TAKE.sub("", page.body)))
        shown = document(page, catalogue, version, links)
        if address:
            canonical = f'<link rel="canonical" href="{escape(address)}/{folder_of(target)}">'
            shown = shown.replace("</title>", f"</title>\n{canonical}", 1)
        yield f"{folder_of(target)}index.html", shown.encode()
    for prepared in whole(catalogue, version) if catalogue.bank.questions else ():
        yield f"{TAKEN}/{file_name(prepared.target)}", prepared.made()
    if address:
        located = "".join(
            _LOCATION.format(escape(f"{address}/{folder_of(target)}")) for target in targets
        )
        yield "sitemap.xml", _sitemap(located)


def _sitemap(located: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{located}</urlset>\n'
    ).encode()


def _with_pairs(page: ReadingPage, catalogue: Catalogue, *, pairs: bool) -> ReadingPage:
    """Put links to each pair in the place of the form, which needs a server."""
    name, _, condition = page.target.path.partition("/")
    if name != "compare" or not condition:
        return page
    words = catalogue.words
    offered = [item for item in options_in(catalogue, condition) if item.is_offered]
    listed = "".join(
        f'<li><a href="compare?c={condition}&amp;m={one.id},{other.id}">'
        f"{escape(one.title)}{escape(words('read.and'))}{escape(other.title)}</a></li>"
        for place, one in enumerate(offered)
        for other in offered[place + 1 :]
        if pairs
    )
    shown = (
        f'<details class="rd-choice"><summary>{escape(words("read.change"))}</summary>'
        + (f"<ul>{listed}</ul>" if listed else "")
        + f'<p><a href="{OWN}compare">{escape(words("read.other-condition"))}</a></p>'
        "</details>"
    )
    return page.with_body(_CHOICE.sub(lambda _: shown, page.body, count=1))
