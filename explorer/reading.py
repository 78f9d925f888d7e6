"""The reading edition put together: content, links and the day's account, for routes and files."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial

from explorer.content.grades import medicine_grades, section_grades
from explorer.content.load import Content
from explorer.domain.keeping import Keeping
from explorer.export import pages_html
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import FILES, file_name, whole
from explorer.export.reading import Edition, NoSuchPage, SiteLinks, site
from explorer.export.reading import front as front_pages
from explorer.export.reading.layout import (
    SCRIPT,
    STYLESHEET,
    document,
    front_style,
    missing,
    script,
    style,
)
from explorer.export.reading.offline import archive
from explorer.files import write_folder
from explorer.web.front import FrontPage
from explorer.web.front import Render as RenderFront
from explorer.web.reading import Reading, ReadingPages


def edition_of(content: Content, keeping: Keeping | None = None) -> Edition:
    """Return the edition of a content.

    Args:
        content: the content.
        keeping: what the server keeps; None for pages that stand without one.
    """

    def about() -> str:
        return pages_html.about(
            content.catalogue,
            content.version,
            today=datetime.now(tz=UTC).date(),
            medicines=medicine_grades(content.catalogue),
            sections=section_grades(content.catalogue),
            keeping=keeping,
        )

    return Edition(content.catalogue, about, keeping)


def reading_pages(
    content: Content, *, base: str = "", site: str = "", keeping: Keeping | None = None
) -> ReadingPages:
    """Return the pages for a server.

    Args:
        content: the content that was checked.
        base: path under which the site is reached.
        site: scheme and host of the site, for canonical addresses; empty where it is not known.
        keeping: what the server keeps.
    """
    made: list[Edition] = []

    def render(path: str, parameters: Mapping[str, str]) -> Reading:
        if not made:
            made.append(edition_of(content, keeping))
        try:
            page, found = made[0].page(path, parameters), True
        except NoSuchPage as problem:
            page, found = missing(problem.offered, content.catalogue), False
        html = document(page, content.catalogue, content.version, links, site)
        return Reading(html=html, found=found)

    def taken(target: ExchangeFormat) -> bytes:
        catalogue, version = content.catalogue, content.version
        return next(item for item in whole(catalogue, version) if item.target is target).made()

    offered = {file_name(target): partial(taken, target) for target in FILES}
    pages = ReadingPages(render, {STYLESHEET: style, SCRIPT: script}, offered)
    address: Callable[[str], str] = pages.address
    links = SiteLinks(base, address)
    return pages


def offline_copy(content: Content) -> Callable[[], bytes]:
    """Return what makes the one file to take along."""
    return lambda: archive(edition_of(content), content.catalogue, content.version)


def paths_of(content: Content) -> Iterator[str]:
    """Yield the path of every page; of comparisons, that of what is preselected."""
    for target in edition_of(content).targets():
        if not target.options:
            yield target.path


NOWHERE = "no-such-page"
"""A path of the reading edition at which there is no page, and never will be."""

FRONT_SCRIPT = script()
"""The script of text size and reading aloud, which every page of the app has too."""

FRONT_PATHS = front_pages.PATHS
"""Pages of the app in front of which a reading stands."""


def front_renderer(content: Content, *, base: str = "", site: str = "") -> RenderFront:
    """Return what makes the reading in front of each page of the app.

    Args:
        content: the content that was checked.
        base: path under which the site is reached.
        site: scheme and host of the site; empty where they are not known.
    """
    made: list[Edition] = []
    links = SiteLinks(base, lambda name: name)
    catalogue = content.catalogue

    def render(path: str, parameters: Mapping[str, str]) -> FrontPage | None:
        if not made:
            made.append(edition_of(content))
        page = front_pages.front_page(made[0], path, parameters)
        if page is None:
            return None
        return FrontPage(
            head=front_pages.head(page, catalogue, site, base),
            style=front_style(),
            body=front_pages.body(page, catalogue, links),
        )

    return render


def write_site(content: Content, folder: str, address: str = "") -> tuple[int, int]:
    """Write the reading edition as static files.

    Args:
        content: the content that was checked.
        folder: where; an edition that stands there is replaced.
        address: where it will be served, for the sitemap; may be empty.

    Returns:
        How many files were written, and how many bytes.

    Raises:
        OutputError: it cannot be written there, or what stands there is not ours.
    """
    made = site.files(edition_of(content), content.catalogue, content.version, address)
    return write_folder(folder, made, marker=site.MARKER)
