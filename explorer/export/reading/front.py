"""What stands in front of a page of the app until it has loaded: its first words."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from markupsafe import Markup

from explorer.domain.catalogue import Catalogue
from explorer.domain.compare_url import CONDITION, OPTIONS
from explorer.export import environment as html
from explorer.export import red_flags_html
from explorer.export.reading.cuts import shortened
from explorer.export.reading.edition import Edition
from explorer.export.reading.links import OWN, Links
from explorer.export.reading.model import NoSuchPage, ReadingPage, Target

WITHOUT_READING = ("visit", "teach", "results")
"""Pages of the app that hold what a person enters, or a class: only their name is shown."""

READ = ("", "compare", "medicine", "guide", "quiz", "glossary", "sources", "about")
"""Pages of the app that the reading edition has too."""

PATHS = frozenset((*READ, *WITHOUT_READING))
"""Every page of the app."""


def front_page(edition: Edition, path: str, parameters: Mapping[str, str]) -> ReadingPage | None:
    """Return the first words of a page of the app.

    Args:
        edition: the reading edition.
        path: the app's, without slashes at its ends.
        parameters: the address's parameters.

    Returns:
        The page; None where the app has none at this path.
    """
    if path in WITHOUT_READING:
        return edition.opening(path)
    if path not in READ:
        return None
    try:
        if path == "compare" and parameters.get(CONDITION):
            return edition.glance(parameters[CONDITION], parameters)
        if path == "medicine" and parameters.get(OPTIONS):
            return edition.start_of_medicine(parameters[OPTIONS])
    except NoSuchPage:  # the app says what is wrong with the address
        pass
    if path == "guide":
        return edition.contents_of_guide()
    if path == "about":
        return replace(edition.page("about"), body="")
    return edition.page(path)


def head(page: ReadingPage, catalogue: Catalogue, site: str, base: str) -> str:
    """Return title, description, canonical address and preview tags as HTML.

    Args:
        page: the page.
        catalogue: for the name of the site.
        site: scheme and host, or nothing where they are not known.
        base: path under which the site is reached.
    """
    title = escape(f"{page.title} - {catalogue.words('frame.site')}")
    said = escape(shortened(page.description))
    canonical = escape(f"{site}{base}/{page.app}") if site else ""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f'<title>{title}</title><meta name="description" content="{said}">{link}'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{said}">'
        '<meta property="og:type" content="website">'
    )


def body(page: ReadingPage, catalogue: Catalogue, links: Links) -> str:
    """Return the reading as HTML; its links lead to the app, which answers with its own reading.

    Args:
        page: the page.
        catalogue: for interface words and the safety line.
        links: writes the addresses of the edition.
    """
    own = page.body.replace(f'href="{OWN}', f'href="{links.address(Target())}')
    return (
        html.environment()
        .get_template("front.html.j2")
        .render(
            w=catalogue.words,
            page=page,
            safety=Markup(red_flags_html.line(catalogue)),  # noqa: S704 - our own HTML
            reading=links.address(page.target),
            body=Markup(own),  # noqa: S704 - our own HTML
        )
    )
