"""The sheet for a visit in words, arranged once: PDF, HTML and plain text set the same parts."""

from collections.abc import Iterable, Iterator

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, Term
from explorer.domain.citing import CitedText
from explorer.domain.comparison import ComparedCell
from explorer.domain.messages import Words
from explorer.domain.visit import Sheet, SheetConcern, SheetSource, Weight
from explorer.export.cell_words import mark_of
from explorer.export.glossary import found_in


class Part(Frozen):
    """A text with the numbers of its sources and, where it is not stated, what it is."""

    text: str
    references: tuple[int, ...] = ()
    mark: str = ""

    @property
    def bare(self) -> "Part":
        """The same without its numbers, for where its sources are not listed."""
        return self.evolve(references=())


class FactLine(Frozen):
    """What the reader chose, with what it is."""

    label: str
    value: str


class ConcernLine(Frozen):
    """A concern of the reader and why; ``weight`` is empty where it is the default."""

    label: str
    a_lot: bool
    weight: str
    why: str


class ColumnLine(Frozen):
    """The head of an option's column; ``now`` says that the reader takes it."""

    title: str
    status: str
    now: str


class RowLine(Frozen):
    """A row of a table: its heading, a short tag, and the parts of each option's cell."""

    label: str
    tag: str = ""
    cells: tuple[tuple[Part, ...], ...]

    @property
    def bare(self) -> "RowLine":
        """The same without the numbers of its sources."""
        return self.evolve(cells=tuple(tuple(part.bare for part in cell) for cell in self.cells))


class TermLine(Frozen):
    """A word with its meaning."""

    term: str
    meaning: str


class ReferenceLine(Frozen):
    """A source with its number on the sheet."""

    number: int
    text: str
    address: str


class Parts(Frozen):
    """All that the sheet says, in the order in which a reader meets it."""

    together: tuple[Part, ...]
    title: str
    language: str
    site: str
    lead: str
    facts: tuple[FactLine, ...]
    concerns_title: str
    concerns: tuple[ConcernLine, ...]
    questions_title: str
    questions: tuple[str, ...]
    notes_title: str
    notes: tuple[str, ...]
    unsure_title: str
    unsure: tuple[str, ...]
    table_title: str
    table_note: str
    head: str
    columns: tuple[ColumnLine, ...]
    rows: tuple[RowLine, ...]
    help: str
    flags_title: str
    everyone_title: str
    everyone: tuple[Part, ...]
    flags: tuple[RowLine, ...]
    nobody: str
    phone: str
    others_title: str
    others: tuple[Part, ...]
    terms_title: str
    terms: tuple[TermLine, ...]
    references_title: str
    references_show: str
    references_note: str
    references: tuple[ReferenceLine, ...]
    status: str
    footer: str


def arrange(sheet: Sheet, catalogue: Catalogue, version: str) -> Parts:
    """Put the sheet into words.

    Args:
        sheet: what to show.
        catalogue: for interface words and contacts.
        version: content version named on the sheet.
    """
    words = catalogue.words
    emergency = catalogue.contact().emergency_words
    return Parts(
        together=tuple(
            Part(
                text=words("compare.not-together", first=pair.first, second=pair.second),
                references=pair.references,
            )
            for pair in sheet.together
        ),
        title=words("sheet.title", condition=sheet.condition),
        language=words("frame.language"),
        site=words("frame.site"),
        lead=words("sheet.lead"),
        facts=tuple(_facts(sheet, words)),
        concerns_title=words("sheet.concerns"),
        concerns=tuple(_concern(item, words) for item in sheet.concerns),
        questions_title=words("sheet.questions"),
        questions=tuple(sheet.questions),
        notes_title=words("sheet.notes"),
        notes=tuple(line.strip() for line in sheet.notes.splitlines() if line.strip()),
        unsure_title=words("sheet.unsure"),
        unsure=tuple(words(f"sheet.unsure-{item}") for item in sheet.unsure),
        table_title=words("sheet.table"),
        table_note=words("sheet.table-note"),
        head=words("sheet.table-head"),
        columns=tuple(
            ColumnLine(
                title=option.title,
                status=option.status,
                now=words("sheet.now-mark") if option.now else "",
            )
            for option in sheet.options
        ),
        rows=tuple(_rows(sheet, catalogue)),
        help=words("export.help-now", emergency=emergency),
        flags_title=words("compare.flags-row"),
        everyone_title=words("sheet.everyone", emergency=emergency),
        everyone=_cited(sheet.everyone),
        flags=_flags(sheet, words, emergency),
        nobody=sheet.nobody_answers,
        phone=words("sheet.phone"),
        others_title=words("compare.others-title"),
        others=_cited(sheet.not_compared),
        terms_title=words("glossary.on-page"),
        terms=tuple(
            TermLine(term=item.term, meaning=item.meaning) for item in _terms(sheet, catalogue)
        ),
        references_title=words("compare.references-title"),
        references_show=words("compare.references-show", n=len(sheet.references)),
        references_note=words("sheet.references-note"),
        references=tuple(_source(item) for item in sheet.references),
        status=words("frame.status"),
        footer=words(
            "sheet.footer", site=words("frame.site"), version=version, day=sheet.content_date
        ),
    )


def _terms(sheet: Sheet, catalogue: Catalogue) -> tuple[Term, ...]:
    """Find the terms that our own texts on the sheet use; they are explained at its end."""
    ours = [
        cell.text for concern in sheet.concerns for line in concern.lines for cell in line.cells
    ]
    for option in sheet.options:
        ours.append(option.status)
        ours += [item.text for item in (option.mistake, *option.emergency, *option.same_day)]
    ours += [item.text for item in (*sheet.everyone, *sheet.not_compared)]
    used = found_in(ours, catalogue.glossary)
    return tuple(term for term in catalogue.glossary if term in used)


def _facts(sheet: Sheet, words: Words) -> Iterator[FactLine]:
    yield FactLine(label=words("sheet.for"), value=words(f"you.who-{sheet.who}"))
    if sheet.now:
        yield FactLine(label=words("sheet.now"), value=sheet.now)
    if sheet.move is not None:
        yield FactLine(label=words("sheet.move"), value=words(f"sheet.move-{sheet.move}"))


def _concern(item: SheetConcern, words: Words) -> ConcernLine:
    return ConcernLine(
        label=item.label,
        a_lot=item.weight is Weight.A_LOT,
        weight=words("sheet.weight-a-lot") if item.weight is Weight.A_LOT else "",
        why=words("sheet.why", why=item.why) if item.why else "",
    )


def _rows(sheet: Sheet, catalogue: Catalogue) -> Iterator[RowLine]:
    """Yield the lines of the reader's concerns, and last the mistake to know of."""
    words = catalogue.words
    medicines = {medicine.id for medicine in catalogue.published}
    for item in sheet.concerns:
        for line in item.lines:
            yield RowLine(
                label=line.label,
                tag=words("compare.not-a-race") if line.is_effect and len(line.cells) > 1 else "",
                cells=tuple(
                    (_cell(cell, words, is_medicine=cell.column in medicines),)
                    for cell in line.cells
                ),
            )
    mistakes = tuple(_cited([option.mistake]) for option in sheet.options)
    yield RowLine(label=words("compare.mistake-row"), cells=mistakes)


def _flags(sheet: Sheet, words: Words, emergency: str) -> tuple[RowLine, ...]:
    """Return the signs of the options, the most urgent first."""
    return (
        RowLine(
            label=words("urgency.emergency.title", emergency=emergency),
            cells=tuple(_cited(option.emergency) for option in sheet.options),
        ),
        RowLine(
            label=words("urgency.same-day.title"),
            cells=tuple(_cited(option.same_day) for option in sheet.options),
        ),
    )


def _cited(items: Iterable[CitedText]) -> tuple[Part, ...]:
    return tuple(Part(text=item.text, references=item.references) for item in items)


def _cell(cell: ComparedCell, words: Words, *, is_medicine: bool) -> Part:
    mark = mark_of(cell, words, is_medicine=is_medicine)
    return Part(text=cell.text, references=cell.references, mark=mark)


def _source(item: SheetSource) -> ReferenceLine:
    source = item.source
    return ReferenceLine(
        number=item.number,
        text=f"{source.title}. {source.publisher}. {source.revision_read}.",
        address=source.address.split(" ")[0],
    )
