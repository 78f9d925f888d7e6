"""What a page of the reading edition consists of."""

from dataclasses import dataclass, replace

from explorer.domain.base import Frozen
from explorer.domain.who import Who


class Target(Frozen):
    """A place in the reading edition.

    Attributes:
        path: such as ``compare/ra``; empty for the first page.
        options: ids of compared options, for a page of a comparison.
        who: for whom the comparison is.
        now: ids of the medicines that are taken now.
        fragment: id of the place on the page.
    """

    path: str = ""
    options: tuple[str, ...] = ()
    who: Who = Who.ADULT
    now: tuple[str, ...] = ()
    fragment: str = ""


@dataclass(frozen=True)
class Onward:
    """A link to the next step: its words and where it leads."""

    label: str
    target: Target


@dataclass(frozen=True)
class ReadingPage:
    """A page before its links are written.

    Attributes:
        target: which page it is.
        title: the first part of its title, and its heading unless it has another.
        description: one or two sentences for search engines and previews.
        body: our own HTML; links to other pages are those of the app.
        app: address of the same place in the app, relative to the app's root.
        onward: the next step.
        heading: its heading, where it is not the title.
        found: False for the page that says that there is none.
    """

    target: Target
    title: str
    description: str
    body: str
    app: str
    onward: Onward | None = None
    found: bool = True
    heading: str = ""

    def with_body(self, body: str) -> "ReadingPage":
        """Return the same page with another body."""
        return replace(self, body=body)


class NoSuchPage(LookupError):
    """There is no page at a path.

    Attributes:
        offered: paths and titles of what is there instead.
    """

    def __init__(self, path: str, offered: tuple[Onward, ...]) -> None:
        super().__init__(path)
        self.offered = offered
