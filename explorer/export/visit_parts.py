"""The sheet for a visit in words, arranged once: PDF, HTML and plain text set the same parts."""

from collections.abc import Iterable, Iterator

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, CellKind
from explorer.domain.comparison import GlancePart
from explorer.domain.contacts import Contacts
from explorer.domain.glance import Icon
from explorer.domain.local import contact_line, notes_on
from explorer.domain.messages import Words
from explorer.domain.visit import (
    Sheet,
    SheetCell,
    SheetConcern,
    SheetLine,
    SheetSign,
    SignAddition,
    Weight,
)
from explorer.export import together
from explorer.export.comparison_document import about_note
from explorer.export.flag_words import in_short_lists


class Part(Frozen):
    """A text and, where a fact is not stated, what it is."""

    text: str
    mark: str = ""
    icon: str = ""
    """The name of the glance's icon; it repeats the words and stands for none."""
    each: tuple[GlancePart, ...] = ()
    """The same text by medicine, each beside its own icon as in the glance."""


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
    """A row of the table: its heading, a short tag, and what each option says."""

    label: str
    tag: str = ""
    cells: tuple[Part, ...]
    """One for each option, or a single one where all options say the same."""
    lead: str = ""
    """What stands before a single one."""


class SignLine(Frozen):
    """A sign, and what some medicines add to it."""

    text: str
    more: tuple[FactLine, ...] = ()


class SignGroup(Frozen):
    """Signs under a short heading: a list of more than seven is too long to be read in alarm."""

    label: str
    """Whose they are; empty for those that count whatever is taken, which come first."""
    signs: tuple[SignLine, ...]


class Parts(Frozen):
    """All that the sheet says, in the order in which a reader meets it."""

    title: str
    language: str
    site: str
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
    own_rows: int
    """How many of the rows stand for what the reader picked; they come first."""
    together: tuple[str, ...]
    mistakes_title: str
    mistakes: tuple[FactLine, ...]
    help: str
    phone: str
    poison: str
    flags_title: str
    emergency_title: str
    emergency: tuple[SignGroup, ...]
    same_day_title: str
    each: tuple[FactLine, ...]
    """What to do with a medicine at every sign below, whoever's it is: it stands before all."""
    same_day: tuple[SignGroup, ...]
    nobody: str
    references: str
    link: str
    code: str
    status: str
    footer: str


def arrange(sheet: Sheet, catalogue: Catalogue, version: str, link: str = "") -> Parts:
    """Put the sheet into words.

    Args:
        sheet: what to show.
        catalogue: for interface words and contacts.
        version: content version named on the sheet.
        link: where the comparison of these options opens; empty where that is not known.
    """
    words = catalogue.words
    contact = catalogue.contact()
    emergency = contact.emergency_words
    own = sum(len(item.lines) for item in sheet.concerns)
    rows = tuple(_rows(sheet, words))
    return Parts(
        title=words(
            "sheet.title-child" if sheet.who.is_own_child else "sheet.title",
            condition=sheet.condition,
        ),
        language=words("frame.language"),
        site=words("frame.site"),
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
        table_note=" ".join(_table_notes(sheet, words)),
        head=words("sheet.table-head"),
        columns=tuple(
            ColumnLine(
                title=option.title,
                status="" if _shared_status(sheet) else option.status,
                now=words("sheet.now-mark") if option.now else "",
            )
            for option in sheet.options
        ),
        rows=rows,
        own_rows=min(own, len(rows)),
        together=(
            *(
                " ".join(filter(None, (item.text, item.then)))
                for item in together.in_words(sheet.together, words)
            ),
            *_clinics(sheet, catalogue),
        ),
        mistakes_title=words("sheet.mistakes"),
        mistakes=tuple(_mistakes(sheet)),
        help=words("export.help-now", emergency=emergency),
        phone=words("sheet.phone"),
        poison=(
            words("sheet.poison", name=contact.poison_words, number=contact.poison)
            if contact.poison
            else ""
        ),
        flags_title=words("compare.flags-row"),
        emergency_title=words(
            "sheet.emergency",
            emergency=emergency,
            action=f"{words(_no_more(sheet))} {words('sheet.steroid')}",
        ),
        emergency=_grouped(
            (
                *sheet.signs.emergency,
                *(SheetSign(names=(), text=item.text) for item in sheet.unknown_signs),
            ),
            words,
        ),
        same_day_title=words("urgency.same-day.title"),
        each=tuple(
            FactLine(label=_names(item), value=words("sheet.each-sign", action=item.text))
            for item in sheet.signs.each
        ),
        same_day=_grouped(sheet.signs.same_day, words),
        nobody=f"{sheet.nobody_answers} {_crisis(contact, sheet, words)}",
        references=words("sheet.references" if link else "sheet.references-none"),
        link=link,
        code=words("sheet.code"),
        status=" ".join(
            filter(None, (words("sheet.status"), contact_line(catalogue.local, words)))
        ),
        footer=words(
            "sheet.footer", site=words("frame.site"), version=version, day=sheet.content_date
        ),
    )


def _clinics(sheet: Sheet, catalogue: Catalogue) -> tuple[str, ...]:
    """Return what the clinic adds: whom to call there, and its notes on these medicines."""
    words = catalogue.words
    ids = {part for option in sheet.options for part in option.id.split("+")}
    rows = [row.id for row in catalogue.rows]
    said = (
        f"{about_note(note, catalogue)} {note.text}"
        for note in notes_on(catalogue.local, ids, rows)
    )
    return tuple(filter(None, (contact_line(catalogue.local, words), *said)))


def _crisis(contact: Contacts, sheet: Sheet, words: Words) -> str:
    emergency, crisis = contact.emergency_words, contact.crisis
    if sheet.who.is_own_child:
        if not crisis:
            return words("sheet.crisis-none-child", emergency=emergency)
        return words("sheet.crisis-child", emergency=emergency, crisis=crisis)
    if not crisis:
        return words("sheet.crisis-none", emergency=emergency)
    return words("sheet.crisis", emergency=emergency, crisis=crisis)


def _mistakes(sheet: Sheet) -> Iterator[FactLine]:
    """Yield each mistake once, with all whose mistake it is."""
    found: dict[str, list[str]] = {}
    for item in sheet.mistakes:
        found.setdefault(item.said.text, []).append(item.name)
    for text, names in found.items():
        label = _capital(", ".join(names))
        # A sentence that begins with the name needs no name before it.
        yield FactLine(label="" if text.startswith(f"{label} ") else label, value=text)


def _shared_status(sheet: Sheet) -> str:
    """Return the status that all options have; empty where they differ."""
    statuses = {option.status for option in sheet.options}
    return statuses.pop() if len(statuses) == 1 < len(sheet.options) else ""


def _table_notes(sheet: Sheet, words: Words) -> Iterator[str]:
    status = _shared_status(sheet)
    if status:
        yield f"{words('sheet.all-say')} {status}"
    gaps = (CellKind.NOT_FOUND, CellKind.NOT_STUDIED)
    if any(cell.kind in gaps for line in sheet.lines for cell in line.cells):
        yield words("sheet.table-note")


def _no_more(sheet: Sheet) -> str:
    return "sheet.no-more-child" if sheet.who.is_own_child else "sheet.no-more"


def _grouped(signs: Iterable[SheetSign], words: Words) -> tuple[SignGroup, ...]:
    """Put signs under the names of those whose they are; what counts for all comes first.

    What is too long for one list goes on in a second one, under the same name.
    """
    found: dict[str, list[SignLine]] = {}
    for item in signs:
        more = tuple(FactLine(label=_names(it), value=it.text) for it in item.more)
        found.setdefault(_names(item), []).append(SignLine(text=item.text, more=more))
    return tuple(
        SignGroup(label=label or (words("sheet.also") if place else ""), signs=tuple(part))
        for label, held in sorted(found.items(), key=lambda item: bool(item[0]))
        for place, part in enumerate(in_short_lists(held))
    )


def _names(item: SheetSign | SignAddition) -> str:
    return _capital(", ".join(item.names))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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


def _rows(sheet: Sheet, words: Words) -> Iterator[RowLine]:
    """Yield the lines of the reader's concerns, then those that stand on every sheet."""
    for line in sheet.lines:
        cells = tuple(_cell(cell, words) for cell in line.cells)
        yield RowLine(
            label=line.label,
            tag=_tag(line, words),
            cells=cells[:1] if len(cells) > 1 and len(set(cells)) == 1 else cells,
            lead="" if line.is_by_medicine else words("sheet.all-say"),
        )


def _tag(line: SheetLine, words: Words) -> str:
    """Say what the figures of a line count, or that they are not to be read as a race."""
    has_figures = any(cell.is_whole and cell.kind is CellKind.STATED for cell in line.cells)
    if line.note or not line.is_effect or not has_figures or len(line.cells) == 1:
        return line.note
    return words("compare.not-a-race")


def _cell(cell: SheetCell, words: Words) -> Part:
    """Word a cell; a whole sentence of what is not stated says first what it is."""
    is_marked = cell.is_whole and cell.kind not in (CellKind.STATED, CellKind.NOT_APPLICABLE)
    return Part(
        text=cell.text,
        mark=words(f"kind.{cell.kind}") if is_marked else "",
        icon="" if cell.icon in (None, Icon.DASH) else str(cell.icon),
        each=cell.each,
    )
