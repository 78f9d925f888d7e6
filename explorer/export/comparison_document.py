"""The comparison in words, once: every page and file of it is a writer of this document."""

from collections.abc import Iterator

from explorer.domain.answer_words import join
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import Column, ComparedRow, Comparison, Difference
from explorer.domain.local import LocalNote, foot, notes_on
from explorer.domain.messages import Words
from explorer.export import together
from explorer.export.cell_words import cell_in_words
from explorer.export.document import (
    ColumnHead,
    DocumentCell,
    DocumentPassage,
    DocumentRow,
    DocumentSection,
    DocumentTable,
    DocumentTopic,
    Remarks,
    Sources,
    Style,
)
from explorer.export.flag_words import flags_in_words
from explorer.export.result_words import result_row
from explorer.export.source_lines import source_line


class ComparisonDocument(Frozen):
    """All that a comparison says, in reading order."""

    title: str
    caption: str
    status: str
    version: str
    help: str
    together: Remarks
    clinic: Remarks
    """What the clinic that runs this copy adds, each line with its mark."""
    main: Remarks
    caption_note: str
    table: DocumentTable
    weeks: DocumentTable | None
    figures: DocumentTable | None
    others: Remarks
    sources: Sources

    @property
    def further(self) -> tuple[DocumentTable, ...]:
        """The tables after the main one."""
        return tuple(table for table in (self.weeks, self.figures) if table is not None)


def document_of(comparison: Comparison, catalogue: Catalogue, version: str) -> ComparisonDocument:
    """Put a comparison into words.

    Args:
        comparison: what to say.
        catalogue: for interface words and contacts.
        version: content version named in the document.
    """
    words = catalogue.words
    emergency = catalogue.contact().emergency_words
    return ComparisonDocument(
        title=words("export.title"),
        caption=_caption(comparison, words),
        status=foot(catalogue.local, words),
        version=words("frame.version", version=version, day=comparison.content_date),
        help=words("export.help-now", emergency=emergency),
        together=Remarks(items=tuple(together.in_words(comparison.not_together, words))),
        clinic=Remarks(items=_clinics(comparison, catalogue)),
        main=_main(comparison, words),
        caption_note=words("compare.caption-note"),
        table=_table(comparison, words, emergency),
        weeks=_weeks(comparison, words),
        figures=_figures(comparison, words),
        others=Remarks(
            title=words("compare.others-title"),
            help=words("compare.others-help"),
            items=tuple(
                DocumentPassage(text=item.text, references=item.references)
                for item in comparison.not_compared
            ),
        ),
        sources=Sources(
            title=words("compare.references-title"),
            items=tuple(source_line(item, words) for item in comparison.references),
        ),
    )


def _clinics(comparison: Comparison, catalogue: Catalogue) -> tuple[DocumentPassage, ...]:
    """Say what the clinic adds to the lines that are compared, each with its mark."""
    medicines = [item for column in comparison.columns for item in column.medicines]
    rows = [row.row.id for group in comparison.groups for row in group.rows]
    return tuple(
        DocumentPassage(lead=about_note(note, catalogue), text=note.text)
        for note in notes_on(catalogue.local, medicines, rows)
    )


def about_note(note: LocalNote, catalogue: Catalogue) -> str:
    """Return the mark of a clinic's note, and what it is about.

    Args:
        note: the note.
        catalogue: for names and words.
    """
    words = catalogue.words
    names = [catalogue.row(note.row).short]
    if note.medicine:
        names.append(catalogue.medicine(note.medicine).name)
    return words("local.note", mark=words("local.mark"), about=", ".join(names))


def _caption(comparison: Comparison, words: Words) -> str:
    """Say in a sentence what is compared, for whom."""
    return words(
        "compare.caption-age" if comparison.by_age else "compare.caption",
        options=join([column.title for column in comparison.columns], words),
        condition=comparison.condition.name,
        age=words(f"age.{comparison.age}"),
    )


def _main(comparison: Comparison, words: Words) -> Remarks:
    medicines = sum(column.kind is not None for column in comparison.columns)
    none = words("compare.main-one") if medicines < 2 else words("compare.main-none")
    return Remarks(
        title=words("compare.main-title"),
        help="" if comparison.main else none,
        topics=tuple(
            DocumentTopic(
                heading=item.short,
                passages=tuple(
                    DocumentPassage(text=part.sentence, references=part.references)
                    for part in item.parts
                ),
            )
            for item in comparison.main
        ),
    )


def _table(comparison: Comparison, words: Words, emergency: str) -> DocumentTable:
    columns = comparison.columns
    nobody = comparison.nobody_answers
    known = DocumentSection(
        title=words("compare.first-group"),
        rows=(
            DocumentRow(
                id="use",
                heading=words("compare.use-row"),
                cells=tuple(
                    DocumentCell(passages=tuple(_uses(column, words))) for column in columns
                ),
            ),
            DocumentRow(
                id="mistake",
                heading=words("compare.mistake-row"),
                cells=tuple(DocumentCell(passages=(_mistake(column),)) for column in columns),
            ),
            DocumentRow(
                id="red-flags",
                heading=words("compare.flags-row"),
                cells=tuple(
                    DocumentCell(passages=tuple(_flags(column, words, emergency, nobody)))
                    for column in columns
                ),
            ),
        ),
    )
    return DocumentTable(
        title=_caption(comparison, words),
        corner=words("compare.question-head"),
        columns=tuple(
            ColumnHead(
                id=column.id,
                title=column.title,
                say=words("compare.say", say=column.say) if column.say else "",
            )
            for column in columns
        ),
        sections=(
            known,
            *(
                DocumentSection(
                    id=group.group.id,
                    title=group.group.question,
                    rows=tuple(_row(row, comparison, words) for row in group.rows),
                )
                for group in comparison.groups
            ),
        ),
    )


def _row(row: ComparedRow, comparison: Comparison, words: Words) -> DocumentRow:
    tags = []
    if row.difference is Difference.UNCLEAR:
        tags.append(words("compare.unclear"))
    if row.row.effect:
        tags.append(words("compare.not-a-race"))
    drawn = [item for item in comparison.side_by_side.results if item.row == row.row.id]
    return DocumentRow(
        id=row.row.id,
        heading=row.row.question,
        tags=tuple(tags),
        short=row.row.short,
        picture=f"figures-{drawn[0].effect}" if drawn else "",
        cells=tuple(
            cell_in_words(cell, words, is_medicine=column.kind is not None)
            for cell, column in zip(row.cells, comparison.columns, strict=True)
        ),
    )


def _uses(column: Column, words: Words) -> Iterator[DocumentPassage]:
    if not column.uses:
        yield DocumentPassage(text=column.summary)
    for use in column.uses:
        status = words(f"use.{use.status}")
        lead = f"{use.subtype}: {status}" if use.subtype else status
        yield DocumentPassage(lead=lead, text=use.limits, references=use.references)


def _mistake(column: Column) -> DocumentPassage:
    if column.mistake is None:
        return DocumentPassage(text=column.without_mistake, style=Style.QUIET)
    return DocumentPassage(text=column.mistake.text, references=column.mistake.references)


def _flags(column: Column, words: Words, emergency: str, nobody: str) -> Iterator[DocumentPassage]:
    """Yield what an option without a medicine says for itself, then the warning signs."""
    if column.without_flags:
        yield DocumentPassage(text=column.without_flags, style=Style.QUIET)
    yield from flags_in_words(column.red_flags, words, emergency, nobody)


def _weeks(comparison: Comparison, words: Words) -> DocumentTable | None:
    if not comparison.weeks:
        return None
    names = ("what", "when", "count", "text")
    rows = tuple(
        DocumentRow(
            heading=medicine.title,
            cells=(
                *(
                    DocumentCell(passages=(DocumentPassage(text=text),))
                    for text in (
                        item.line.label,
                        words(f"week.{item.line.when}"),
                        item.line.said,
                    )
                ),
                DocumentCell(
                    passages=(DocumentPassage(text=item.line.text, references=item.references),)
                ),
            ),
        )
        for medicine in comparison.weeks
        for item in medicine.lines
    )
    return DocumentTable(
        title=words("week.title"),
        corner=words("week.medicine-head"),
        columns=tuple(ColumnHead(title=words(f"week.{name}-head")) for name in names),
        sections=(DocumentSection(rows=rows),),
        remarks=(
            *(
                DocumentPassage(text=words("week.others", title=column.title))
                for column in comparison.columns
                if column.kind is None
            ),
            DocumentPassage(text=words("week.note")),
        ),
    )


def _figures(comparison: Comparison, words: Words) -> DocumentTable | None:
    """Return the results as rows, and under them why others are not drawn.

    Where nothing is drawn there are no rows, and the reasons still stand.
    """
    together = comparison.side_by_side
    race = [together.race_label] if len(together.results) > 1 else []
    scale = [together.scale_label] if together.is_mixed else []
    without = [
        words(f"figures.{part.effect}") + " " + said
        for part in comparison.figures
        for said in part.without
    ]
    if not together.results and not without:
        return None
    names = ("outcome", "people", "with-head", "without-head", "certainty-head")
    return DocumentTable(
        title=words("figures.table-title"),
        corner=words("figures.option"),
        columns=tuple(ColumnHead(title=words(f"figures.{name}")) for name in names),
        sections=(
            DocumentSection(
                rows=tuple(
                    result_row(item, words) for part in comparison.figures for item in part.shown
                )
            ),
        ),
        remarks=tuple(DocumentPassage(text=text) for text in (*race, *scale, *without)),
    )
