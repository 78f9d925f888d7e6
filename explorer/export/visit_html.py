"""The sheet for a visit as HTML, for the screen and the browser's own print."""

from functools import lru_cache

from explorer.domain.catalogue import Catalogue
from explorer.domain.visit import Sheet
from explorer.export.comparison_html import TEMPLATES, environment, one_line
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


@lru_cache(maxsize=1)
def style() -> str:
    """Give the stylesheet of the sheet and of the visit page."""
    return (TEMPLATES / "visit.css").read_text(encoding="utf-8")
