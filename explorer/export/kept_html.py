"""What is kept, where and for how long, as HTML: for a page of its own and for About."""

from typing import Final

from explorer.domain.catalogue import Catalogue
from explorer.domain.keeping import WITHOUT_A_SERVER, Keeping
from explorer.export import environment as html
from explorer.export.environment import one_line

NO_SERVER: Final = Keeping(class_days=0, in_memory=False, figures=False, left=0, ended=0, lost=0)
"""In place of a server's: no text about a copy of the pages names any of these numbers."""


def kept(catalogue: Catalogue, keeping: Keeping | None, *, level: int = 2) -> str:
    """Render the list.

    Args:
        catalogue: for interface words.
        keeping: what the server's settings say; None for a copy of the pages without a server.
        level: level of the headings.
    """
    words = catalogue.words
    things = WITHOUT_A_SERVER if keeping is None else keeping.things
    held = keeping or NO_SERVER
    rows = [
        (
            str(thing),
            words(f"kept.{thing}-what"),
            words(f"kept.{thing}-where"),
            words(
                f"kept.{thing}-long",
                days=held.class_days,
                left=held.left,
                ended=held.ended,
                lost=held.lost,
            ),
        )
        for thing in things
    ]
    return one_line(str(html.module("kept.html.j2", w=words).listed(rows, level)))
