"""The page on what is kept, in the reading edition."""

from explorer.domain.catalogue import Catalogue
from explorer.domain.keeping import Keeping
from explorer.export import kept_html
from explorer.export.reading.comparison_page import render
from explorer.export.reading.model import Onward, ReadingPage, Target

PATH = "kept"


def kept_page(catalogue: Catalogue, keeping: Keeping | None) -> ReadingPage:
    """Make the page.

    Args:
        catalogue: for interface words.
        keeping: what the server keeps; None for pages that stand without one.
    """
    words = catalogue.words
    return ReadingPage(
        target=Target(path=PATH),
        title=words("kept.title"),
        description=words("kept.text"),
        body=render(catalogue, "intro", words("kept.intro")) + kept_html.kept(catalogue, keeping),
        app="about#kept",
        onward=Onward(words("read.about"), Target(path="about")),
    )
