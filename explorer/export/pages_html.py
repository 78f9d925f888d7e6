"""The register of sources and the glossary as HTML for the screen and for print."""

from typing import Any

from explorer.domain.catalogue import Catalogue
from explorer.domain.register import Register
from explorer.export.comparison_html import environment, one_line


def sources(register: Register, catalogue: Catalogue) -> str:
    """Render the register, each source with what rests on it."""
    return one_line(str(_template("sources", catalogue).listed(register)))


def glossary(catalogue: Catalogue) -> str:
    """Render the names of the medicines and the words explained, by name."""
    terms = sorted(catalogue.glossary, key=lambda term: term.term.casefold())
    return one_line(str(_template("glossary", catalogue).listed(terms, catalogue.published)))


def _template(name: str, catalogue: Catalogue) -> Any:
    return environment().get_template(f"{name}.html.j2").make_module({"w": catalogue.words})
