"""The comparison as a PDF to print and take along: the same object, texts and numbers."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import pairwise

from explorer.domain.catalogue import Catalogue, CellKind, Urgency
from explorer.domain.comparison import Column, ComparedCell, ComparedRow, Comparison, Difference
from explorer.domain.sources import Reference
from explorer.domain.words import Words
from explorer.export import comparison_lines, pdf
from explorer.export.comparison_html import caption
from explorer.export.terms import found_in

MOST_COLUMNS = 4
"""Options side by side; more are set in further tables, so that all stay readable."""

Part = dict[str, object]
"""A piece of a cell: its style, a bold lead, its text and reference numbers."""


def write(comparison: Comparison, catalogue: Catalogue, version: str) -> bytes:
    """Write the comparison.

    Args:
        comparison: what to show.
        catalogue: for interface words and contacts.
        version: content version named on every page.

    Returns:
        The bytes of the file; the same for the same input.

    Raises:
        pdf.PdfError: the file could not be made.
    """
    words = catalogue.words
    day = comparison.content_date
    emergency = catalogue.contact().emergency_words
    site = words("frame.site")
    data: dict[str, object] = {
        "title": words("export.title"),
        "site": site,
        "page": words("pdf.page"),
        "footer": f"{site}. {words('frame.version', version=version, day=day)}",
        "caption": caption(comparison, catalogue),
        "caption_note": words("compare.caption-note"),
        "status": words("frame.status"),
        "help": words("export.help-now", emergency=emergency),
        "together": [
            _part(
                words("compare.not-together", first=pair.first, second=pair.second),
                pair.references,
                lead=words("compare.not-together-mark"),
            )
            for pair in comparison.not_together
        ],
        "main_title": words("compare.main-title"),
        "main_none": words("compare.main-none"),
        "main": [
            {
                "short": item.short,
                "parts": [_part(part.sentence, part.references) for part in item.parts],
            }
            for item in comparison.main
        ],
        "tables": [_table(comparison, places, words, emergency) for places in _shares(comparison)],
        "more_tables": [
            {"title": title, "head": table[0], "lines": table[1:], "notes": notes}
            for title, table, notes in comparison_lines.tables(comparison, catalogue)
        ],
        "others_title": words("compare.others-title"),
        "others_help": words("compare.others-help", condition=comparison.condition.short),
        "others": [_part(item.text, item.references) for item in comparison.not_compared],
        "references_title": words("compare.references-title"),
        "references": [_reference(item, words) for item in comparison.references],
    }
    terms = found_in(_texts(data["tables"]), catalogue.glossary)
    data |= {
        "words_title": words("glossary.on-page"),
        "words": [{"term": term.term, "meaning": term.meaning} for term in terms],
    }
    created = datetime.combine(day, time(), tzinfo=UTC)
    return pdf.compile("comparison", data, created=created, boxes=words("pdf.boxes"))


def _texts(value: object) -> Iterator[str]:
    """Yield every text of what is set, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inside in value.values():
            yield from _texts(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _texts(inside)


def _shares(comparison: Comparison) -> list[Sequence[int]]:
    """Share the columns out evenly over as many tables as are needed."""
    count = len(comparison.columns)
    tables = -(-count // MOST_COLUMNS)
    ends = [count * table // tables for table in range(tables + 1)]
    return [range(first, last) for first, last in pairwise(ends)]


def _table(
    comparison: Comparison, places: Sequence[int], words: Words, emergency: str
) -> dict[str, object]:
    columns = [comparison.columns[place] for place in places]
    first: list[tuple[str, list[list[Part]]]] = [
        (
            words("compare.use-row", condition=comparison.condition.short),
            [list(_uses(column, words)) for column in columns],
        ),
        (words("compare.mistake-row"), [_mistake(column, words) for column in columns]),
        (
            words("compare.flags-row"),
            [list(_flags(column, words, emergency)) for column in columns],
        ),
    ]
    known = [{"question": said, "tags": [], "cells": cells} for said, cells in first]
    return {
        "head": words("compare.question-head"),
        "columns": [
            {
                "title": column.title,
                "say": words("compare.say", say=column.say) if column.say else "",
            }
            for column in columns
        ],
        "groups": [
            {"question": words("compare.first-group"), "rows": known},
            *(
                {
                    "question": group.group.question,
                    "rows": [_row(row, places, words) for row in group.rows],
                }
                for group in comparison.groups
            ),
        ],
    }


def _row(row: ComparedRow, places: Sequence[int], words: Words) -> dict[str, object]:
    tags = []
    if row.difference is Difference.UNCLEAR:
        tags.append(words("compare.unclear"))
    if row.row.effect:
        tags.append(words("compare.not-a-race"))
    return {
        "question": row.row.question,
        "tags": tags,
        "cells": [list(_cell(row.cells[place], words)) for place in places],
    }


def _cell(cell: ComparedCell, words: Words) -> Iterator[Part]:
    """Give a cell: what it is if not stated, its text, and what keeps it from being misread."""
    if cell.kind is not CellKind.STATED:
        yield _part(words(f"kind.{cell.kind}"), style="mark")
    yield _part(cell.text, cell.references)
    if cell.note:
        yield _part(words("compare.note", note=cell.note), style="aside")
    if cell.evidence is not None:
        level = words(f"evidence.{cell.evidence}")
        yield _part(
            words("compare.evidence", level=level, why=cell.evidence_why).strip(), style="aside"
        )
    if cell.searched:
        yield _part(words("compare.searched", searched=cell.searched), style="aside")


def _uses(column: Column, words: Words) -> Iterator[Part]:
    if not column.uses:
        yield _part(column.summary)
    for use in column.uses:
        status = words(f"use.{use.status}")
        lead = f"{use.subtype}: {status}" if use.subtype else status
        yield _part(use.limits, use.references, lead=lead)


def _mistake(column: Column, words: Words) -> list[Part]:
    if column.mistake is None:
        return [_part(column.without_mistake)]
    return [_part(column.mistake.text, column.mistake.references)]


def _flags(column: Column, words: Words, emergency: str) -> Iterator[Part]:
    """Give the warning signs under how fast each needs help, the fastest first."""
    if column.without_flags:
        yield _part(column.without_flags)
    for urgency in Urgency:
        listed = [flag for flag in column.red_flags if flag.urgency is urgency]
        if listed:
            yield _part(words(f"urgency.{urgency}.title", emergency=emergency), style="head")
        for flag in listed:
            said = " ".join(part for part in (flag.sign, flag.action) if part)
            yield _part(said, flag.references, style="item")


def _reference(reference: Reference, words: Words) -> dict[str, object]:
    source, citation = reference.source, reference.citation
    said = [
        f"{source.title}. {source.publisher}. {source.revision_read}.",
        words("compare.place", place=citation.place),
        words("compare.read-in", what=words(f"read-in.{citation.read_in}")),
    ]
    if source.read_via:
        said.append(words("compare.read-via", via=source.read_via))
    if source.newest_known:
        said.append(words("compare.newest-known", newest=source.newest_known))
    return {"number": reference.number, "text": " ".join(said), "address": source.address}


def _part(
    text: str, references: Sequence[int] = (), *, lead: str = "", style: str = "text"
) -> Part:
    return {"style": style, "lead": lead, "text": text, "references": list(references)}
