"""What a clinic notes on a line, as HTML beside that line, each with its mark."""

from collections.abc import Iterable

from markupsafe import Markup

from explorer.domain.catalogue import Catalogue
from explorer.domain.guide import Guide
from explorer.domain.local import LocalNote, notes_on
from explorer.domain.red_flags import SUBJECT
from explorer.export.comparison_document import about_note


def on_row(catalogue: Catalogue, medicine: str, row: str) -> Markup:
    """Render the notes on a line of a medicine's page.

    Args:
        catalogue: the content, with what the clinic adds.
        medicine: its id.
        row: the line's id.
    """
    return _paragraphs(notes_on(catalogue.local, [medicine], [row]), catalogue)


def on_section(catalogue: Catalogue, section: str) -> Markup:
    """Render the notes on the lines that a section of the guide tells again.

    Args:
        catalogue: the content, with what the clinic adds.
        section: the section's id.
    """
    rows = _told(catalogue).get(section, ())
    return _paragraphs(notes_on(catalogue.local, [SUBJECT], rows), catalogue)


def beside_guide(catalogue: Catalogue, guide: Guide) -> Markup:
    """Render the notes on the guide's medicine that belong to none of the sections shown.

    Args:
        catalogue: the content, with what the clinic adds.
        guide: the guide, with the sections that are shown.
    """
    told = _told(catalogue)
    shown = {row for section in guide.sections for row in told.get(section.id, ())}
    rest = [row.id for row in catalogue.rows if row.id not in shown]
    return _paragraphs(notes_on(catalogue.local, [SUBJECT], rest), catalogue)


def _told(catalogue: Catalogue) -> dict[str, set[str]]:
    """Return which lines of the guide's medicine each section tells again."""
    if not catalogue.local.notes:
        return {}
    return {
        section.id: {
            ref.split("/")[1]
            for statement in section.statements
            for ref in statement.says
            if ref.startswith(f"{SUBJECT}/")
        }
        for section in catalogue.guide
    }


def _paragraphs(notes: Iterable[LocalNote], catalogue: Catalogue) -> Markup:
    line = Markup('<p class="ax-together"><strong>{}</strong> {}</p>')
    return Markup().join(line.format(about_note(note, catalogue), note.text) for note in notes)
