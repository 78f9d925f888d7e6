"""The sources, the glossary and the account of the site as HTML, for the screen and for print."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Protocol

from explorer.domain.catalogue import Catalogue
from explorer.domain.freshness import freshness
from explorer.domain.guessing import panels
from explorer.domain.keeping import Keeping
from explorer.domain.label_dates import label_lines
from explorer.domain.names import condition_names
from explorer.domain.self_audit import Change
from explorer.domain.source_register import Register
from explorer.export import environment as html
from explorer.export import kept_html
from explorer.export.environment import one_line
from explorer.export.sign_off_words import checked_by

SHOWN_PANELS = 2
"""The whole bank and the critical questions; single lessons are too short to judge."""


def sources(register: Register, catalogue: Catalogue) -> str:
    """Render the register, each source with what rests on it."""
    return one_line(str(_template("sources", catalogue).listed(register)))


def labels(catalogue: Catalogue) -> str:
    """Render how new the US labels are that were read, as a table that opens."""
    return one_line(str(_template("sources", catalogue).labels(label_lines(catalogue))))


def glossary(catalogue: Catalogue) -> str:
    """Render the names of the medicines and conditions and the words explained, by name."""
    terms = sorted(catalogue.glossary, key=lambda term: term.term.casefold())
    conditions = [
        (condition, condition_names(condition)[1:])
        for condition in sorted(catalogue.conditions, key=lambda item: item.name.casefold())
    ]
    page = _template("glossary", catalogue, checked=partial(checked_by, catalogue)).listed(
        terms, catalogue.published, conditions
    )
    return one_line(str(page))


class Graded(Protocol):
    """A text with its measured reading grades."""

    @property
    def title(self) -> str:
        """What the text is called."""

    @property
    def core(self) -> float | None:
        """Grade of what a reader sees first, where it was measured."""

    @property
    def detail(self) -> float | None:
        """Grade of the details, where there are any."""


NEWEST = 10
"""Changes that the account of the site shows; all of them stand on pages of their own."""

MEGABYTES = 3
"""About what the offline copy takes; a test holds it true."""


def about(
    catalogue: Catalogue,
    version: str,
    *,
    today: date,
    medicines: Sequence[Graded],
    sections: Sequence[Graded],
    keeping: Keeping | None = None,
) -> str:
    """Render the account of the site.

    Args:
        catalogue: the content.
        version: its version.
        today: the day for which an overdue review is told.
        medicines: reading grades of the medicines.
        sections: reading grades of the sections of the guide.
        keeping: what the server keeps; None for a copy of the pages without a server.
    """
    overdue = today > catalogue.review.next_due
    guessed = panels(catalogue.bank)[:SHOWN_PANELS]
    fresh = freshness(catalogue, today)
    page = _template("about", catalogue).page(
        catalogue,
        version,
        overdue,
        fresh,
        medicines,
        sections,
        guessed,
        MEGABYTES,
        kept_html.kept(catalogue, keeping, level=3),
        NEWEST,
    )
    return one_line(str(page))


def changes(listed: Sequence[Change], catalogue: Catalogue) -> str:
    """Render changes as a list: day, place, what and why."""
    return one_line(str(_template("about", catalogue).changed(listed, catalogue)))


def _template(name: str, catalogue: Catalogue, **values: Any) -> Any:
    return html.module(f"{name}.html.j2", w=catalogue.words, contact=catalogue.contact(), **values)
