"""The sheet for a visit as HTML, for the screen and the browser's own print."""

from urllib.parse import quote

from explorer.domain.catalogue import Catalogue
from explorer.domain.visit import Sheet
from explorer.export import environment as html
from explorer.export import qr
from explorer.export.glossary import Explainer, explained
from explorer.export.visit_parts import arrange


def write(
    sheet: Sheet, catalogue: Catalogue, version: str, *, link: str = "", large: bool = False
) -> str:
    """Render the sheet, every value escaped.

    Args:
        sheet: what to show.
        catalogue: for interface words and contacts.
        version: content version named at its foot.
        link: where the comparison of these options opens; empty where that is not known.
        large: set it in large letters, an option below the other.
    """
    template = html.environment().get_template("visit.html.j2")
    parts = dict(arrange(sheet, catalogue, version, link))
    values = parts | {
        "square": f"data:image/svg+xml,{quote(qr.svg(link))}" if link else "",
        "large": large,
    }
    return explained(
        lambda explainer: {"sheet": html.one_line(template.render(values, explainer=explainer))},
        catalogue.glossary,
        catalogue.words,
    )["sheet"]


def facts(sheet: Sheet, catalogue: Catalogue) -> str:
    """Render only the lines of the reader's concerns, side by side.

    Terms are explained where they are first used.
    """
    parts = arrange(sheet, catalogue, "")
    template = html.environment().get_template("visit_facts.html.j2")
    values = {
        "together": parts.together,
        "facts_title": catalogue.words("visit.facts"),
        "rows": parts.rows[: parts.own_rows],
        "columns": parts.columns,
        "head": parts.head,
    }

    def render(explainer: Explainer) -> dict[str, str]:
        return {"facts": html.one_line(template.render(values, explainer=explainer))}

    return explained(render, catalogue.glossary, catalogue.words)["facts"]


def style() -> str:
    """Return the stylesheet of the sheet and of the visit page."""
    return html.style("visit.css")
