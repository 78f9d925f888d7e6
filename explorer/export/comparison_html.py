"""The comparison as HTML: the parts for the screen, and one file for print."""

from markupsafe import Markup

from explorer.domain.catalogue import Catalogue, Role
from explorer.domain.comparison import Comparison
from explorer.export import environment as html
from explorer.export.comparison_document import document_of
from explorer.export.glossary import Explainer, explained

STYLES = ("comparison.css", "week.css", "figures.css", "terms.css")

PARTS = (
    "together",
    "main_box",
    "table",
    "weeks",
    "figures",
    "others",
)
"""The macros that draw its parts, in reading order; the sources come last."""


def write(comparison: Comparison, catalogue: Catalogue, version: str) -> bytes:
    """Write one self-contained page, ready for print, in UTF-8.

    Args:
        comparison: what to show.
        catalogue: for interface words and contacts.
        version: content version shown on the page.

    Returns:
        The bytes of the file; the same for the same input.
    """
    values = _values(comparison, catalogue, version)
    template = html.environment().get_template("comparison.html.j2")

    def render(explainer: Explainer) -> dict[str, str]:
        return {"page": template.render(values, explainer=explainer, style=Markup(style()))}  # noqa: S704 - our own stylesheet

    return explained(render, catalogue.glossary, catalogue.words)["page"].encode("utf-8")


def pieces(comparison: Comparison, catalogue: Catalogue) -> dict[str, str]:
    """Render the parts of the comparison, with numbered sources.

    Returns:
        HTML by name: those of ``PARTS``, ``references`` and, for print, ``words``.
    """
    values = _values(comparison, catalogue, "")

    def render(explainer: Explainer) -> dict[str, str]:
        module = html.module("macros.html.j2", **values, explainer=explainer)
        found = {name: html.one_line(str(getattr(module, name)())) for name in PARTS}
        return found | {"references": html.one_line(str(module.references(comparison)))}

    return explained(render, catalogue.glossary, catalogue.words)


def style() -> str:
    """Return the stylesheet shared by the screen and the file."""
    return html.style(*STYLES)


def _values(comparison: Comparison, catalogue: Catalogue, version: str) -> dict[str, object]:
    document = document_of(comparison, catalogue, version)
    return {
        "w": catalogue.words,
        "contact": catalogue.contact(),
        "c": comparison,
        "d": document,
        "benefit_row": _row_id(catalogue, Role.BENEFIT),
        "harm_row": _row_id(catalogue, Role.SERIOUS_HARM),
        "sources": {item.number: item for item in document.sources.items},
    }


def _row_id(catalogue: Catalogue, role: Role) -> str:
    """Return the id of the row with a role, to which the main differences lead on."""
    row = catalogue.row_of(role)
    return "" if row is None else row.id
