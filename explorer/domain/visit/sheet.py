"""The sheet for a visit: everything that PDF, print and text show, each thing said once."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from explorer.domain.answer_words import join
from explorer.domain.answers import AnswerType
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, CellKind, Concern, Medicine, Move
from explorer.domain.citing import CitedText
from explorer.domain.comparison import (
    STAY,
    Column,
    Comparison,
    GlancePart,
    NotTogether,
    ShownGlanceRow,
    compare,
    rows_in_short,
    use_phrase,
)
from explorer.domain.comparison.differences import answer_phrase
from explorer.domain.glance import Icon
from explorer.domain.letters import one_line, sound
from explorer.domain.visit.model import Sure, Visit, Weight, in_order
from explorer.domain.visit.prompts import Offered, prompts_for
from explorer.domain.visit.sheet_signs import SheetSigns, signs_of
from explorer.domain.who import Who

SAFETY_ROWS = ("missed-dose", "too-much")
"""Rows that every sheet has, whatever was picked."""


class SheetOption(Frozen):
    """An option on the sheet."""

    id: str
    title: str
    status: str
    now: bool


class SheetCell(Frozen):
    """What an option says in a line."""

    kind: CellKind
    text: str
    is_whole: bool = False
    """True where the sentence of the comparison stands here, since no few words say it."""
    icon: Icon | None = None
    """The icon of the glance; none beside a sentence."""
    each: tuple[GlancePart, ...] = ()
    """What each medicine says, where those of a plan say different things."""


class SheetLine(Frozen):
    """A line of the sheet with a cell for every option."""

    row: str
    label: str
    is_effect: bool
    """True where the cells hold results of studies, which are not to be read as a race."""
    note: str
    """What the figures of the line count; empty where there are none."""
    cells: tuple[SheetCell, ...]
    """One for each option, or a single one where ``is_by_medicine``."""
    is_by_medicine: bool = False
    """True where it tells what each medicine needs and not what each option says."""


class SheetConcern(Frozen):
    """A concern on the sheet, with the lines that stand for it; an own concern has none."""

    label: str
    weight: Weight
    why: str
    lines: tuple[SheetLine, ...]


class SheetMistake(Frozen):
    """The mistake that harms most, once for each medicine that is taken or chosen."""

    name: str
    said: CitedText


class Sheet(Frozen):
    """Everything that the sheet for a visit shows; PDF, print and text all render it."""

    condition: str
    who: Who
    now: str
    move: Move | None
    options: tuple[SheetOption, ...]
    concerns: tuple[SheetConcern, ...]
    safety: tuple[SheetLine, ...]
    """The lines that stand on every sheet."""
    together: tuple[NotTogether, ...]
    mistakes: tuple[SheetMistake, ...]
    signs: SheetSigns
    unknown_signs: tuple[CitedText, ...]
    """What counts beside the emergencies where nobody said what is taken."""
    questions: tuple[str, ...]
    notes: str
    unsure: tuple[Sure, ...]
    nobody_answers: str
    content_date: date

    @property
    def lines(self) -> Iterator[SheetLine]:
        """All lines of the table: each row once, those of the concerns first."""
        met: set[str] = set()
        for line in (*(line for item in self.concerns for line in item.lines), *self.safety):
            if line.row not in met:
                met.add(line.row)
                yield line


def sheet_of(
    catalogue: Catalogue,
    condition_id: str,
    option_ids: Sequence[str],
    who: Who,
    visit: Visit,
    now: Sequence[str] = (),
) -> Sheet:
    """Make the sheet for a visit.

    Args:
        catalogue: the content.
        condition_id: the condition.
        option_ids: the options that are compared.
        who: for whom.
        visit: what the reader entered.
        now: ids of the medicines that are taken now.

    Raises:
        UnknownId: a condition or option does not exist, or no option was given.
        NotAnOption: a medicine has no stated use in the condition.
    """
    picked = in_order(catalogue, visit, who)
    asked = [row_id for item in picked for row_id in catalogue.concern(item.concern).rows]
    comparison = compare(
        catalogue, condition_id, option_ids, [*asked, *SAFETY_ROWS], who=who, now=now
    )
    condition = comparison.condition
    statuses = {
        column.id: use_phrase(
            catalogue, catalogue.medicine(column.medicines[0]), condition, comparison.age
        )
        for column in comparison.columns
        if column.medicines
    }
    medicines = _medicines(catalogue, comparison, now)
    whole = {
        row_id
        for item in picked
        if item.weight is Weight.A_LOT
        for row_id in catalogue.concern(item.concern).rows
    }
    lines = _lines(catalogue, comparison, [*asked, *SAFETY_ROWS], whole)
    if now:
        # A plan of two medicines has two rules, and the one that is taken has the sterner one.
        lines |= {
            row_id: _by_medicine(catalogue, comparison, lines[row_id], medicines)
            for row_id in SAFETY_ROWS
            if row_id in lines
        }
    return Sheet(
        condition=condition.name,
        who=who,
        now=join([item.title for item in catalogue.published if item.id in now], catalogue.words),
        move=visit.move,
        options=tuple(
            SheetOption(
                id=column.id,
                title=column.title,
                status=statuses.get(column.id, ""),
                now=column.id == STAY and bool(now),
            )
            for column in comparison.columns
        ),
        concerns=_concerns(catalogue, visit, who, lines),
        safety=tuple(lines[row_id] for row_id in SAFETY_ROWS if row_id in lines),
        together=comparison.not_together,
        mistakes=tuple(_mistakes(catalogue, comparison, medicines, now)),
        signs=signs_of(catalogue, condition, medicines, who, now, by_age=comparison.by_age),
        unknown_signs=tuple(
            CitedText(text=catalogue.words(f"sheet.unknown-{column.id}"))
            for column in comparison.columns
            if column.without_flags
        ),
        questions=_questions(
            visit, prompts_for(catalogue, condition_id, option_ids, who, visit, now)
        ),
        notes=sound(visit.notes).strip(),
        unsure=visit.unsure,
        nobody_answers=comparison.nobody_answers,
        content_date=comparison.content_date,
    )


def _mistakes(
    catalogue: Catalogue,
    comparison: Comparison,
    medicines: Sequence[Medicine],
    now: Sequence[str],
) -> Iterator[SheetMistake]:
    """Yield the mistakes: whole for what is taken now, in a few words for what may come."""
    for medicine in medicines:
        mistake = medicine.mistake
        text = mistake.text if medicine.id in now else mistake.short
        if comparison.who is not None and comparison.who.is_own_child:
            text = catalogue.parent_voice.of(text)
        yield SheetMistake(
            name=medicine.name, said=CitedText(text=text, citations=mistake.citations)
        )
    for column in comparison.columns:
        if column.without_mistake:
            text = catalogue.words(f"glance.mistake-{column.id}")
            yield SheetMistake(name=column.title, said=CitedText(text=text))


def _medicines(
    catalogue: Catalogue, comparison: Comparison, now: Sequence[str]
) -> tuple[Medicine, ...]:
    """Return what is taken or chosen, each once: what is taken now first."""
    ids = dict.fromkeys((*now, *(item for it in comparison.columns for item in it.medicines)))
    return tuple(catalogue.medicine(item) for item in ids)


def _lines(
    catalogue: Catalogue, comparison: Comparison, row_ids: Sequence[str], whole: Collection[str]
) -> dict[str, SheetLine]:
    """Return rows as the glance says them; ``whole`` are those that are to be told in full."""
    compared = {line.row.id: line for line in comparison.rows}
    return {
        short.id: SheetLine(
            row=short.id,
            label=short.ask if _is_yes_no(catalogue, short.id) else compared[short.id].row.short,
            is_effect=compared[short.id].row.effect,
            note=short.note,
            cells=tuple(
                _cell(catalogue, comparison, short, place, whole=short.id in whole)
                for place in range(len(short.cells))
            ),
        )
        for short in rows_in_short(catalogue, comparison, row_ids)
    }


def _by_medicine(
    catalogue: Catalogue, comparison: Comparison, line: SheetLine, medicines: Sequence[Medicine]
) -> SheetLine:
    """Tell a line once for each medicine that is taken or chosen; the same words stand once."""
    row = catalogue.row(line.row)
    names: dict[str, list[str]] = {}
    for medicine in medicines:
        cells = medicine.cells_of(row.id)
        cell = None if cells is None else cells.resolve(comparison.condition.id, comparison.age)
        if cell is not None and cell.kind is not CellKind.NOT_APPLICABLE:
            said = answer_phrase(catalogue, row, cell, measured=False) or cell.text
            names.setdefault(said[:1].upper() + said[1:], []).append(medicine.name.capitalize())
    told = " ".join(f"{', '.join(held)}: {said.rstrip('.')}." for said, held in names.items())
    if not told:
        return line
    return line.evolve(cells=(SheetCell(kind=CellKind.STATED, text=told),), is_by_medicine=True)


def _cell(
    catalogue: Catalogue, comparison: Comparison, row: ShownGlanceRow, place: int, *, whole: bool
) -> SheetCell:
    """Say a cell in the words of the glance, or in its sentence where those say nothing here.

    Figures that do not fit one frame stand in the comparison, unless the point matters a lot.
    """
    said = row.cells[place]
    column = comparison.columns[place]
    cell = next(line.cells[place] for line in comparison.rows if line.row.id == row.id)
    if not said.is_answer and (whole or not catalogue.row(row.id).effect):
        return SheetCell(
            kind=cell.kind,
            text=_sentence_of(catalogue, comparison, column, row.id) or cell.text,
            is_whole=True,
        )
    is_short = any(item.id == row.id for item in catalogue.glance) or said.each
    if cell.kind is CellKind.STATED and cell.answer and not is_short:
        # The glance shortens "it depends" to two words; its reason stands nowhere else here.
        return SheetCell(kind=cell.kind, text=cell.answer[:1].upper() + cell.answer[1:])
    return SheetCell(kind=cell.kind, text=said.text, icon=said.icon, each=said.each)


def _sentence_of(catalogue: Catalogue, comparison: Comparison, column: Column, row_id: str) -> str:
    """Return the sentence of the medicine that an option is about; empty where it has none."""
    if not column.medicines:
        return ""
    cells = catalogue.medicine(column.medicines[0]).cells_of(row_id)
    cell = None if cells is None else cells.resolve(comparison.condition.id, comparison.age)
    return "" if cell is None else cell.text


def _concerns(
    catalogue: Catalogue, visit: Visit, who: Who, lines: dict[str, SheetLine]
) -> tuple[SheetConcern, ...]:
    """Return the picked concerns in order, the reader's own ones last among their weight."""
    concerns = [
        SheetConcern(
            label=catalogue.concern(item.concern).said_to(who),
            weight=item.weight,
            why=one_line(item.why),
            lines=_lines_of(catalogue, catalogue.concern(item.concern), who, lines),
        )
        for item in in_order(catalogue, visit, who)
    ]
    concerns += [
        SheetConcern(label=text, weight=point.weight, why="", lines=())
        for point in visit.own_points
        if (text := one_line(point.text))
    ]
    weights = list(Weight)
    return tuple(sorted(concerns, key=lambda item: weights.index(item.weight)))


def _is_yes_no(catalogue: Catalogue, row_id: str) -> bool:
    """Return whether a row asks what is answered with yes or no: its question stands before it.

    "Pregnancy plans: No" would read as the reader's own answer.
    """
    return catalogue.row(row_id).answer is AnswerType.YES_NO


def _lines_of(
    catalogue: Catalogue, concern: Concern, who: Who, lines: dict[str, SheetLine]
) -> tuple[SheetLine, ...]:
    """Return the rows that answer a concern; the first has the concern's name, or its question."""
    return tuple(
        lines[row_id]
        if place or _is_yes_no(catalogue, row_id)
        else lines[row_id].evolve(label=concern.said_to(who))
        for place, row_id in enumerate(concern.rows)
        if row_id in lines
    )


def _questions(visit: Visit, offered: Sequence[Offered]) -> tuple[str, ...]:
    """Return what a reader wants to ask: ticked questions that still fit, then own ones."""
    wording = {item.prompt: item.text.strip() for item in visit.ticked}
    ready = tuple(wording[item.id] or item.text for item in offered if item.id in wording)
    return ready + visit.questions
