"""The comparison as an Excel workbook: side by side, the numbers, the sources, and as a list."""

import io
from datetime import UTC, datetime, time

from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import Comparison
from explorer.domain.messages import Words
from explorer.export.comparison_document import ComparisonDocument, document_of
from explorer.export.comparison_records import records
from explorer.export.document import DocumentTable, Sources
from explorer.export.tables import (
    as_lines,
    cell_lines,
    cell_plain,
    new_workbook,
    titles,
    write_lines,
)

_SOURCE_COLUMNS = ("number", "source", "publisher", "revision", "place", "read-in", "address")


def write(comparison: Comparison, catalogue: Catalogue, version: str) -> bytes:
    """Write the workbook.

    Every cell is written as text, so no formula can be in it; the creation time is the content's
    date, so that the same content gives the same bytes.

    Args:
        comparison: what to write.
        catalogue: for interface words.
        version: content version named in the file.

    Returns:
        The bytes of the file.
    """
    words = catalogue.words
    document = document_of(comparison, catalogue, version)
    buffer = io.BytesIO()
    created = datetime.combine(comparison.content_date, time(), tzinfo=UTC)
    book = new_workbook(buffer, document.title, created)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})

    sheet = book.add_worksheet(words("export.sheet"))
    sheet.write_string(0, 0, document.caption, bold)
    sheet.write_string(1, 0, document.version)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, len(document.table.columns) + 1, 48)
    sheet.freeze_panes(4, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    head, *lines = _side_by_side(document.table, words)
    write_lines(sheet, [head], bold, top=3)
    row = write_lines(sheet, lines, wrap, top=4, bold=bold, bold_columns=2)
    write_lines(sheet, ([text] for text in _remarks(document)), None, top=row + 1)

    numbers = book.add_worksheet(words("figures.sheet"))
    numbers.set_column(0, 5, 36)
    row = 0
    for table in document.further:
        columns = [table.corner, *(column.title for column in table.columns)]
        heads = ([table.title], columns) if table.rows else ([table.title],)
        row = write_lines(numbers, heads, bold, top=row)
        cells = ([line.heading, *map(cell_plain, line.cells)] for line in table.rows)
        row = write_lines(numbers, cells, wrap, top=row)
        row = write_lines(numbers, ([item.plain] for item in table.remarks), wrap, top=row) + 1

    sources = book.add_worksheet(words("export.sources-sheet"))
    sources.set_column(1, 6, 36)
    write_lines(sources, [[words(f"export.{name}") for name in _SOURCE_COLUMNS]], bold)
    write_lines(sources, _source_lines(document.sources), wrap, top=1)

    flat = book.add_worksheet(words("export.list-sheet"))
    flat.set_column(0, len(titles(words)) - 1, 30)
    flat.freeze_panes(1, 0)
    write_lines(flat, [titles(words)], bold)
    write_lines(flat, as_lines(records(document, words)), wrap, top=1)
    book.close()
    return buffer.getvalue()


def _side_by_side(table: DocumentTable, words: Words) -> list[list[str]]:
    """Return the table as lines: group, question, then a cell for each option."""
    head = [words("export.group"), words("export.question")]
    return [
        [*head, *(column.title for column in table.columns)],
        *(
            [section.title, "\n".join((row.heading, *row.tags)), *map(cell_lines, row.cells)]
            for section in table.sections
            for row in section.rows
        ),
    ]


def _remarks(document: ComparisonDocument) -> list[str]:
    """Return what is said beside the table: combinations, main differences, other treatments."""
    main = [
        f"{document.main.title}: {topic.heading}: {passage.plain}"
        for topic in document.main.topics
        for passage in topic.passages
    ]
    others = [f"{document.others.title}: {item.plain}" for item in document.others.items]
    pairs = [item.plain for item in (*document.together.items, *document.clinic.items)]
    return [*pairs, *main, *others, document.help, document.status]


def _source_lines(sources: Sources) -> list[list[str]]:
    return [
        [
            str(item.number),
            item.title,
            item.publisher,
            item.revision,
            item.place,
            item.read_in,
            item.address,
        ]
        for item in sources.items
    ]
