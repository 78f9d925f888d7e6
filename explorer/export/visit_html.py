"""The sheet for a visit as HTML, for the screen and the browser's own print."""

from functools import lru_cache
from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.visit import Sheet
from explorer.export.comparison_html import TEMPLATES, environment, one_line
from explorer.export.terms import explain
from explorer.export.visit_parts import arrange


def write(sheet: Sheet, catalogue: Catalogue, version: str, *, large: bool = False) -> str:
    """Render the sheet, every value escaped.

    Args:
        sheet: what to show.
        catalogue: for interface words and contacts.
        version: content version named at its foot.
        large: set it in large letters, an option below the other.
    """
    template = environment().get_template("visit.html.j2")
    return one_line(template.render(arrange(sheet, catalogue, version), large=large))


def facts(sheet: Sheet, catalogue: Catalogue) -> str:
    """Render only the lines of the reader's concerns, side by side, without their sources.

    Terms are explained where they are first used.
    """
    parts: dict[str, Any] = arrange(sheet, catalogue, "")
    rows = [
        row | {"cells": [[part | {"references": []} for part in cell] for cell in row["cells"]]}
        for row in parts["rows"][:-1]
    ]
    together = [part | {"references": []} for part in parts["together"]]
    template = environment().get_template("visit_facts.html.j2")
    title = catalogue.words("visit.facts")
    html = one_line(
        template.render(parts | {"rows": rows, "together": together, "facts_title": title})
    )
    return explain(html, catalogue.glossary, catalogue.words)[0]


@lru_cache(maxsize=1)
def style() -> str:
    """Give the stylesheet of the sheet and of the visit page."""
    return (TEMPLATES / "visit.css").read_text(encoding="utf-8")
