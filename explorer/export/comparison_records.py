"""The comparison as one plain table: a record for each thing that it says."""

from collections.abc import Iterator

from explorer.domain.messages import Words
from explorer.export.comparison_document import ComparisonDocument
from explorer.export.tables import (
    Record,
    list_records,
    remark_records,
    row_records,
    source_records,
    table_records,
)


def records(document: ComparisonDocument, words: Words) -> Iterator[Record]:
    """Yield all records, in reading order, the sources last.

    Args:
        document: the comparison in words.
        words: interface words.
    """
    sources = document.sources
    about = (document.caption, document.version, document.status, document.help)
    yield from ({"part": words("export.about"), "text": text} for text in about)
    yield from remark_records(words("compare.not-together-mark"), document.together.items, sources)
    yield from remark_records(words("local.mark"), document.clinic.items, sources)
    yield from list_records(document.main, sources)
    yield from table_records(document.table, words("export.sheet"), sources)
    for table in document.further:
        yield from row_records(table, sources)
    yield from list_records(document.others, sources)
    yield from source_records(sources)
