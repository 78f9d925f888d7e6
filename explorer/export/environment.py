"""The one Jinja environment of our HTML: every value is escaped, every filter is listed here."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import escape

from explorer.domain.answer_words import join
from explorer.domain.catalogue import KindId
from explorer.domain.compare_url import page_of, title_of
from explorer.domain.messages import Words
from explorer.domain.week import WeekLine
from explorer.export import home_html, line_drawings, week_strip
from explorer.export.cell_words import cell_in_words
from explorer.export.document import DocumentPassage
from explorer.export.flag_words import ICONS, flags_in_words, in_short_lists
from explorer.export.icon_array import data_address
from explorer.export.paragraphs import in_paragraphs, paragraphs
from explorer.export.result_words import difference_in_words, result_in_words
from explorer.export.sign_off_words import signed_parts
from explorer.export.source_lines import source_line

TEMPLATES = Path(__file__).with_name("templates")

_NUMBERS: Final = re.compile(r'<a href="#ref-\d+"[^>]*>((?:\[\d+\])+)</a>')
_NUMBER: Final = re.compile(r"\d+")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates, with every value escaped and an unknown name an error."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    filters: dict[str, Callable[..., object]] = {
        "apart": difference_in_words,
        "drawing": line_drawings.data_address,
        "drawing_size": line_drawings.size,
        "explain": _explain,
        "flags": flags_in_words,
        "short_lists": in_short_lists,
        "home_message": home_html.message,
        "icons": data_address,
        "in_words": cell_in_words,
        "kinds": _kinds,
        "in_paragraphs": in_paragraphs,
        "page_of": page_of,
        "paragraphs": paragraphs,
        "report": _report,
        "result": result_in_words,
        "runs": _runs,
        "signed_parts": signed_parts,
        "source_line": source_line,
        "strip": _strip,
        "titled": lambda ref, catalogue: title_of(catalogue, ref),
        "web": web_address,
    }
    environment.filters.update(filters)
    environment.globals["urgency_icons"] = ICONS
    return environment


def module(template: str, **values: object) -> Any:
    """Return a template's macros as functions.

    Args:
        template: file name of the template.
        **values: what its macros use beside their arguments.
    """
    return environment().get_template(template).make_module(values)


def one_line(html: str) -> str:
    """Join lines: Streamlit looks through every line of what it is given, at each rerun."""
    return " ".join(html.split("\n"))


@lru_cache(maxsize=16)
def style(*names: str) -> str:
    """Return stylesheets, one after the other, by file name."""
    return "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)


def cited(html: str) -> list[str]:
    """Return the numbers of the sources that some HTML cites, in order; one link may name several.

    Args:
        html: what the macro ``numbers`` was used in.
    """
    return [n for several in _NUMBERS.findall(html) for n in _NUMBER.findall(several)]


def web_address(address: str) -> str:
    """Let only web addresses through, so that no other scheme can be opened by a click."""
    first = address.split()[0] if address.split() else ""
    return first if first.startswith(("https://", "http://")) else "#"


@pass_context
def _explain(context: Context, text: str) -> str:
    """Escape a text; explain the terms in it where the page has an explainer."""
    explainer = context.get("explainer")
    return escape(text) if explainer is None else explainer.explain(text)


def _kinds(kinds: tuple[KindId, ...], own: KindId, words: Words) -> str:
    names = [words(f"medicine.{'own' if kind is own else 'kind'}-{kind}") for kind in kinds]
    return join(names, words, either=True)


def _report(address: str, fact: str, words: Words) -> str:
    """Return the address for a report of an error, with the fact's id in it."""
    if "@" in address and "/" not in address:
        return f"mailto:{address}?subject={quote(words('report-error.subject', id=fact))}"
    return address.replace("{id}", quote(fact, safe=""))


def _runs(passages: Iterable[DocumentPassage]) -> list[tuple[str, list[DocumentPassage]]]:
    """Group neighbouring passages of one style, so that items become one list."""
    return [(str(style), list(items)) for style, items in groupby(passages, lambda p: p.style)]


def _strip(line: WeekLine) -> str:
    """Draw a line's strip; only a line with one is drawn."""
    return "" if line.strip is None else week_strip.data_address(line.strip, line.kind)
