"""A page of the reading edition as one HTML document."""

from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from explorer.domain.catalogue import Catalogue
from explorer.domain.local import foot as foot_line
from explorer.domain.messages import Words
from explorer.export import comparison_html, comparison_screen, guide_html, red_flags_html
from explorer.export import environment as html
from explorer.export.reading.cuts import shortened
from explorer.export.reading.kept_page import PATH as KEPT
from explorer.export.reading.links import Links, rewrite
from explorer.export.reading.model import Onward, ReadingPage, Target

STYLESHEET = "reading.css"

SCRIPT = "reading.js"

_TOP = ("", "compare", "medicine", "guide", "signs")
"""Pages named at the top: what fits a phone's width in two lines."""

_FOOT = ("quiz", "glossary", "sources", "about")
"""Pages named at the end."""


@dataclass(frozen=True)
class _Link:
    label: str
    href: str
    here: bool = False


def document(
    page: ReadingPage, catalogue: Catalogue, version: str, links: Links, site: str = ""
) -> str:
    """Write a page.

    Args:
        page: what it shows.
        catalogue: for interface words and the safety line.
        version: content version.
        links: writes the addresses.
        site: address of the site without a closing slash, for the canonical address; empty where it
            is not known.
    """
    words = catalogue.words
    first = page.target.path.partition("/")[0]

    def nav(names: tuple[str, ...]) -> list[_Link]:
        return [
            _Link(
                words("read.signs" if name == "signs" else f"nav.{name or 'home'}"),
                links.address(Target(path=name)),
                here=page.found and name == first,
            )
            for name in names
        ]

    onward = None
    if page.onward is not None:
        onward = _Link(page.onward.label, links.address(page.onward.target))
    template = html.environment().get_template("reading.html.j2")
    return template.render(
        w=words,
        page=page,
        description=shortened(page.description),
        canonical=f"{site}{links.address(page.target)}" if site else "",
        css=links.file(STYLESHEET),
        js=links.file(SCRIPT),
        top=nav(_TOP),
        foot=nav(_FOOT),
        safety=Markup(rewrite(red_flags_html.line(catalogue), links)),  # noqa: S704 - our own HTML
        app=links.app(page.app) if page.found else "",
        body=Markup(rewrite(page.body, links)),  # noqa: S704 - our own HTML
        onward=onward,
        kept=_Link(words("kept.title"), links.address(Target(path=KEPT))),
        foot_line=foot_line(catalogue.local, words),
        version=version,
        day=catalogue.review.content_date.isoformat(),
    )


def missing(offered: tuple[Onward, ...], catalogue: Catalogue) -> ReadingPage:
    """Return the page that says that there is none, and what there is."""
    words = catalogue.words
    listed = "".join(
        f'<li><a href="read:{item.target.path}">{escape(item.label)}</a></li>' for item in offered
    )
    return ReadingPage(
        target=Target(),
        title=words("read.missing"),
        description=words("read.missing"),
        found=False,
        body=f'<p>{escape(words("read.missing-offered"))}</p><ul class="rd-doors">{listed}</ul>',
        app="",
    )


def front_style() -> str:
    """Return the stylesheet of a reading in front of the app.

    It is nested under the reading's own element, so that the app's styles, which come while it is
    read, move nothing in it.
    """
    return f"{html.style('front.css')}#first{{{style()}}}"


def style() -> str:
    """Return the one stylesheet of all pages."""
    parts = (
        comparison_html.style(),
        html.style("pages.css"),
        red_flags_html.style(),
        guide_html.style(),
        comparison_screen.style(),
        html.style(STYLESHEET),
        html.style("tools.css"),
    )
    return "".join(parts)


def script() -> str:
    """Return the script of text size and reading aloud; a page is whole without it."""
    return html.style("tools.js")


def size_control(words: Words) -> str:
    """Return the buttons of the text size as HTML."""
    return str(html.module("tools.html.j2", w=words).size())
