"""The comparison as HTML: the pieces for the screen, and one file for print."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from explorer.domain.answers import join
from explorer.domain.catalogue import Catalogue, MedicineKind
from explorer.domain.comparison import Comparison
from explorer.domain.links import page_of, title_of
from explorer.domain.sources import Reference
from explorer.domain.week import Line
from explorer.domain.words import Words
from explorer.export import comparison_lines, week_strip
from explorer.export.icon_array import data_address
from explorer.export.terms import explain, listed

TEMPLATES = Path(__file__).with_name("templates")
STYLE = TEMPLATES / "comparison.css"
FIGURES = TEMPLATES / "figures.css"
WEEK = TEMPLATES / "week.css"
TERMS = TEMPLATES / "terms.css"

_BETWEEN = "\0"
"""Between the pieces of a page; it stands in no text."""


def write(comparison: Comparison, catalogue: Catalogue, version: str) -> bytes:
    """Write one self-contained page, ready for print, in UTF-8.

    Args:
        comparison: what to show.
        catalogue: for interface words and contacts.
        version: content version shown on the page.

    Returns:
        The bytes of the file; the same for the same input.
    """
    page: str = (
        environment()
        .get_template("comparison.html.j2")
        .render(
            _values(comparison, catalogue),
            comparison=comparison,
            version=version,
            title=catalogue.words("export.title"),
            style=_safe(style()),
        )
    )
    page, terms = explain(page, catalogue.glossary, catalogue.words)
    return page.replace("</main>", f"{listed(terms, catalogue.words)}</main>").encode("utf-8")


def pieces(comparison: Comparison, catalogue: Catalogue) -> dict[str, str]:
    """Render the parts of the comparison for the screen.

    Returns:
        HTML by name: ``together``, ``skip``, ``main_box``, ``in_full``, ``jump``, ``table``,
        ``weeks``, ``figures``, ``others``, ``references`` and, for print, ``words``.
    """
    template = environment().get_template("macros.html.j2")
    module: Any = template.make_module(_values(comparison, catalogue))
    first = ("together", "skip", "main_box", "in_full", "jump", "table")
    names = (*first, "weeks", "figures", "others", "references")
    found = {name: one_line(str(getattr(module, name)(comparison))) for name in names}
    return explained(found, catalogue)


def explained(pieces: dict[str, str], catalogue: Catalogue) -> dict[str, str]:
    """Explain each term at its first use over all pieces of a page, in their order.

    Args:
        pieces: HTML by name, in the order in which it is read.
        catalogue: for the glossary and the interface words.

    Returns:
        The pieces, and a last one, ``words``, that lists the terms for print.
    """
    whole, terms = explain(_BETWEEN.join(pieces.values()), catalogue.glossary, catalogue.words)
    found = dict(zip(pieces, whole.split(_BETWEEN), strict=True))
    return found | {"words": listed(terms, catalogue.words)}


def one_line(html: str) -> str:
    """Join lines: Streamlit looks through every line of what it is given, at each rerun."""
    return " ".join(html.split("\n"))


def style() -> str:
    """Give the stylesheet shared by the screen and the file."""
    return "".join(path.read_text(encoding="utf-8") for path in (STYLE, WEEK, FIGURES, TERMS))


def caption(comparison: Comparison, catalogue: Catalogue) -> str:
    """Say in a sentence what is compared, for whom."""
    words = catalogue.words
    return words(
        "compare.caption-age" if comparison.by_age else "compare.caption",
        options=join([column.title for column in comparison.columns], words),
        condition=comparison.condition.name,
        age=words(f"age.{comparison.age}"),
    )


def _values(comparison: Comparison, catalogue: Catalogue) -> dict[str, object]:
    return {
        "w": catalogue.words,
        "contact": catalogue.contact(),
        "caption": caption(comparison, catalogue),
        "figure_table": comparison_lines.figures(comparison, catalogue),
    }


def _by_number(references: tuple[Reference, ...]) -> dict[int, Reference]:
    return {reference.number: reference for reference in references}


def _kinds(kinds: tuple[MedicineKind, ...], own: MedicineKind, words: Words) -> str:
    names = [words(f"medicine.{'own' if kind is own else 'kind'}-{kind}") for kind in kinds]
    return join(names, words, either=True)


def _report(address: str, fact: str, words: Words) -> str:
    """Give the address for a report of an error, with the fact's id in it."""
    if "@" in address and "/" not in address:
        return f"mailto:{address}?subject={quote(words('report-error.subject', id=fact))}"
    return address.replace("{id}", quote(fact, safe=""))


def _web(address: str) -> str:
    """Let only web addresses through, so that no other scheme can be opened by a click."""
    first = address.split()[0] if address.split() else ""
    return first if first.startswith(("https://", "http://")) else "#"


def _strip(line: Line) -> str:
    """Draw a line's strip; only a line with one is drawn."""
    return "" if line.strip is None else week_strip.data_address(line.strip, line.kind)


def _safe(text: str) -> object:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - our own stylesheet, no content


@lru_cache(maxsize=1)
def environment() -> Any:
    """Give the templates, with every value escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    filters: dict[str, Callable[..., object]] = {
        "by_number": _by_number,
        "web": _web,
        "icons": data_address,
        "strip": _strip,
        "kinds": _kinds,
        "report": _report,
        "page_of": page_of,
        "titled": lambda ref, catalogue: title_of(catalogue, ref),
    }
    environment.filters.update(filters)
    return environment
