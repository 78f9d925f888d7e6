"""All lines as a spreadsheet, one sheet a medicine, for reading and marking only.

What belongs to no medicine stands on sheets of its own. The guide and the questions have none.

Nothing goes back from here. A row joins several fields, typed answers and sources; taken apart
again by guessing, a correction would change one and leave the others, which the files prevent.
"""

import io
from datetime import UTC, datetime, time
from typing import Final

from explorer.domain.catalogue import Catalogue
from explorer.domain.refs import OWN_PARTS
from explorer.domain.review_lines import review_lines
from explorer.domain.review_scope import scope_of
from explorer.export.review_document import review_document
from explorer.export.sign_off_words import checked_by
from explorer.export.tables import new_workbook, write_lines

_COLUMNS: Final = ("address", "line", "words", "behind", "sources", "signed", "remarks")
_WIDTHS: Final = (24, 30, 70, 36, 70, 24, 40)
_LONGEST_NAME: Final = 31
"""Most characters of a sheet's name (Excel's specification)."""


def write(catalogue: Catalogue, version: str) -> bytes:
    """Write the workbook.

    Args:
        catalogue: the content.
        version: content version named in it.

    Returns:
        The bytes of the file; the same for the same content. Every cell is text.
    """
    words = catalogue.words
    buffer = io.BytesIO()
    created = datetime.combine(catalogue.review.content_date, time(), tzinfo=UTC)
    book = new_workbook(buffer, words("review.content-title"), created)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    start = book.add_worksheet(words("review.sheet-start"))
    start.set_column(0, 0, 100)
    day = catalogue.review.content_date.isoformat()
    footer = words("review.footer", site=words("frame.site"), version=version, day=day)
    write_lines(start, [[words("review.content-title")]], bold)
    notes = (footer, words("review.content-note"), words("frame.status"))
    write_lines(start, ([text] for text in notes), wrap, top=1)
    lines = review_lines(catalogue, as_written=True)
    there = {line.part.partition("/")[0] for line in lines}
    parts = {medicine.id: medicine.name for medicine in catalogue.published}
    parts |= {part: words(f"about.part-of-site-{part}") for part in OWN_PARTS if part in there}
    for part, name in parts.items():
        document = review_document(scope_of(lines, part), catalogue, version)
        sheet = book.add_worksheet(name[:_LONGEST_NAME])
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        write_lines(sheet, [[words(f"review.column-{name}") for name in _COLUMNS]], bold)
        rows = sorted(document.rows, key=lambda row: row.number)
        cells = (
            [
                row.line.ref,
                row.line.label,
                row.line.words,
                "\n".join(row.behind),
                "\n".join(passage.words for passage in row.sources),
                checked_by(catalogue, row.line.ref),
                "",
            ]
            for row in rows
        )
        write_lines(sheet, cells, wrap, top=1)
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    return buffer.getvalue()
