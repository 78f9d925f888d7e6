"""The comparison: one frozen object that screen, CSV, XLSX, HTML and print all render.

Facts are resolved for one condition and age group, reference numbers are given once, in reading
order, and what differs is worked out from typed answers, never from prose. There is no score, no
rank and no total anywhere in it.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from explorer.domain.answers import AnswerType, Unknown, comparable, is_open, join, phrase
from explorer.domain.base import Frozen, Slug
from explorer.domain.catalogue import (
    Age,
    Catalogue,
    Cell,
    CellKind,
    Condition,
    Evidence,
    Group,
    Medicine,
    MedicineKind,
    NoNewMedicine,
    RedFlag,
    Row,
    UnknownId,
    Urgency,
    UseStatus,
)
from explorer.domain.figures import Figures, figures_of, side_by_side
from explorer.domain.numbers import Effect, SideBySide
from explorer.domain.sources import Numbering, Reference
from explorer.domain.week import EightWeeks, Line, eight_weeks

MAIN_LIMIT = 7
"""Most main differences shown (a list of at most seven items, CDC Clear Communication Index)."""

PAGE_LIMITS = (2, 4)
"""Fewest and most options that the page shows side by side."""


class NotAnOption(UnknownId):
    """A medicine without a stated use in the condition."""


class Difference(StrEnum):
    """How the options of a row compare."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "unclear"
    WORDS = "words"


class Option(Frozen):
    """Something that can be put side by side in a condition."""

    id: str
    title: str
    say: str
    kind: MedicineKind | None
    status: UseStatus | None
    status_words: str
    limits: tuple[str, ...]

    @property
    def is_offered(self) -> bool:
        """True where the option has a stated use, or needs none."""
        return self.status not in (UseStatus.AGAINST, UseStatus.NONE_FOUND)


class Cited(Frozen):
    """A text with the numbers of its references."""

    text: str
    references: tuple[int, ...]


class ColumnUse(Frozen):
    """A use as shown at the head of a column."""

    status: UseStatus
    subtype: str
    limits: str
    references: tuple[int, ...]


class ColumnFlag(Frozen):
    """A warning sign as shown at the head of a column.

    ``condition`` is the name of the one condition it belongs to, where it needs to be said.
    """

    urgency: Urgency
    sign: str
    action: str
    references: tuple[int, ...]
    condition: str = ""


class Column(Frozen):
    """An option with what must be known of it in every view."""

    id: str
    title: str
    say: str
    kind: MedicineKind | None
    summary: str
    status: UseStatus | None
    uses: tuple[ColumnUse, ...]
    mistake: Cited | None
    red_flags: tuple[ColumnFlag, ...]
    without_mistake: str = ""
    without_flags: str = ""
    """What holds for an option without a medicine, beside the signs of the condition."""


class ComparedCell(Frozen):
    """One cell, resolved for the condition and age, with its reference numbers."""

    id: str
    column: str
    kind: CellKind
    text: str
    detail: str
    note: str
    searched: str
    answer: str
    evidence: Evidence | None
    evidence_why: str
    checked: date | None
    references: tuple[int, ...]


class ComparedRow(Frozen):
    """One line with a cell for every column."""

    row: Row
    cells: tuple[ComparedCell, ...]
    difference: Difference


class ComparedGroup(Frozen):
    """The lines under one question of a patient."""

    group: Group
    rows: tuple[ComparedRow, ...]


class DifferencePart(Frozen):
    """What one option brings to a main difference."""

    title: str
    sentence: str
    references: tuple[int, ...]


class MainDifference(Frozen):
    """One of the few lines that differ most for a reader's day."""

    row: str
    short: str
    parts: tuple[DifferencePart, ...]


class NotTogether(Frozen):
    """Two options shown that are alternatives and not to be combined."""

    first: str
    second: str
    references: tuple[int, ...]


class Lead(Frozen):
    """Lines that a reader puts first, under a heading of their own."""

    id: Slug
    title: str
    rows: tuple[Slug, ...]


class ShownLine(Frozen):
    """A line of a medicine's eight weeks, with its reference numbers."""

    line: Line
    references: tuple[int, ...]


class ShownWeeks(Frozen):
    """What eight weeks on one medicine ask, with reference numbers."""

    title: str
    lines: tuple[ShownLine, ...]


class Comparison(Frozen):
    """Everything one comparison shows."""

    condition: Condition
    age: Age
    columns: tuple[Column, ...]
    not_together: tuple[NotTogether, ...]
    main: tuple[MainDifference, ...]
    groups: tuple[ComparedGroup, ...]
    weeks: tuple[ShownWeeks, ...]
    figures: tuple[Figures, ...]
    side_by_side: SideBySide
    not_compared: tuple[Cited, ...]
    references: tuple[Reference, ...]
    row_count: int
    hidden_same: int
    by_age: bool
    nobody_answers: str
    content_date: date

    @property
    def rows(self) -> tuple[ComparedRow, ...]:
        """The lines shown, over all groups."""
        return tuple(row for group in self.groups for row in group.rows)


def options_in(catalogue: Catalogue, condition_id: str) -> tuple[Option, ...]:
    """List every option of a condition: medicines by name, then those without a new medicine.

    Args:
        catalogue: the content.
        condition_id: id of the condition.

    Returns:
        All options; those without a stated use are in the list and say so by ``is_offered``.

    Raises:
        UnknownId: there is no such condition.
    """
    condition = catalogue.condition(condition_id)
    medicines = tuple(
        Option(
            id=medicine.id,
            title=medicine.heading,
            say=medicine.say,
            kind=medicine.kind,
            status=medicine.status_in(condition_id),
            status_words=use_phrase(catalogue, medicine, condition),
            limits=tuple(use.limits for use in medicine.uses_in(condition_id) if use.limits),
        )
        for medicine in catalogue.published
    )
    others = tuple(
        Option(
            id=item.id,
            title=item.heading,
            say="",
            kind=None,
            status=None,
            status_words="",
            limits=(),
        )
        for item in condition.no_new_medicine
    )
    return medicines + others


def compare(
    catalogue: Catalogue,
    condition_id: str,
    option_ids: Sequence[str],
    row_ids: Sequence[str] | None = None,
    *,
    age: Age = Age.ADULT,
    differences_only: bool = False,
    find: str = "",
    leads: Sequence[Lead] = (),
) -> Comparison:
    """Put options side by side for a condition.

    Args:
        catalogue: the content.
        condition_id: id of the condition.
        option_ids: ids of medicines, ``stay`` or ``no-new-medicine``; a repeated id counts once.
        row_ids: lines to show, in the content's order whatever their order here; None for all.
        age: the age group for which facts are resolved.
        differences_only: leave out lines whose answers are known to be the same. Lines that
            hold words only stay, since nobody compared them.
        find: keep only lines in which this word stands, whatever its case.
        leads: lines to show first, under headings of their own. They change the order of lines
            and nothing else; a line stands where it is named first.

    Returns:
        The comparison, with references numbered in reading order.

    Raises:
        UnknownId: a condition, option or row does not exist, or no option was given.
        NotAnOption: a medicine has no stated use in the condition.
    """
    condition = catalogue.condition(condition_id)
    wanted = tuple(dict.fromkeys(option_ids))
    if not wanted:
        raise UnknownId("Name at least one option to compare.")
    options = tuple(_option(catalogue, condition, option_id) for option_id in wanted)
    if row_ids is None:
        rows = catalogue.rows
    else:
        chosen = {catalogue.row(row_id).id for row_id in row_ids}
        rows = tuple(row for row in catalogue.rows if row.id in chosen)
    sections = _sections(catalogue, rows, leads)
    rows = tuple(row for _, inside in sections for row in inside)

    numbering = Numbering(catalogue.source)
    not_together = _not_together(options, numbering)
    main = _main_differences(catalogue, condition, options, age, numbering)
    columns = tuple(_column(catalogue, option, condition, numbering) for option in options)
    lines = [(row, [_cell(option, row, condition, age) for option in options]) for row in rows]
    differences = {row.id: _difference(row, options, cells) for row, cells in lines}
    kept = [
        (row, cells)
        for row, cells in lines
        if not differences_only or differences[row.id] is not Difference.SAME
    ]
    if find.strip():
        kept = [(row, cells) for row, cells in kept if _holds(find, row, cells)]
    compared = [
        ComparedRow(
            row=row,
            cells=tuple(
                compared_cell(catalogue, option, row, cell, numbering)
                for option, cell in zip(options, cells, strict=True)
            ),
            difference=differences[row.id],
        )
        for row, cells in kept
    ]
    lines_by_id = {line.row.id: line for line in compared}
    groups = tuple(
        ComparedGroup(group=group, rows=tuple(found))
        for group, inside in sections
        if (found := [lines_by_id[row.id] for row in inside if row.id in lines_by_id])
    )
    weeks = tuple(
        _weeks(eight_weeks(catalogue, option, condition.id, age), numbering)
        for option in options
        if isinstance(option, Medicine)
    )
    figures = tuple(
        figures_of(catalogue, condition, wanted, effect, numbering) for effect in Effect
    )
    not_compared = tuple(
        Cited(text=item.text, references=numbering.of(item.citations))
        for item in condition.not_compared
    )
    counts = list(differences.values())
    return Comparison(
        condition=condition,
        age=age,
        columns=columns,
        not_together=not_together,
        main=main,
        groups=groups,
        weeks=weeks,
        figures=figures,
        side_by_side=side_by_side(catalogue, figures),
        not_compared=not_compared,
        references=numbering.references(),
        row_count=len(compared),
        hidden_same=counts.count(Difference.SAME) if differences_only else 0,
        by_age=has_child_facts(catalogue, condition.id, wanted),
        nobody_answers=catalogue.contact().nobody_answers.text,
        content_date=catalogue.review.content_date,
    )


def _sections(
    catalogue: Catalogue, rows: Sequence[Row], leads: Sequence[Lead]
) -> list[tuple[Group, list[Row]]]:
    """Share the lines out: those that a reader puts first, then the rest in their groups."""
    left = {row.id: row for row in rows}
    sections = [
        (
            Group(id=lead.id, question=lead.title),
            [left.pop(row_id) for row_id in lead.rows if row_id in left],
        )
        for lead in leads
    ]
    sections += [
        (group, [row for row in left.values() if row.group == group.id])
        for group in catalogue.groups
    ]
    return sections


def has_child_facts(catalogue: Catalogue, condition_id: str, option_ids: Sequence[str]) -> bool:
    """Tell whether any cell of the options differs for children in the condition."""
    return any(
        variant.age is not None and variant.condition in (None, condition_id)
        for medicine in catalogue.published
        if medicine.id in option_ids
        for cells in medicine.cells
        for variant in cells.variants
    )


_Choice = Medicine | NoNewMedicine


def _weeks(found: EightWeeks, numbering: Numbering) -> ShownWeeks:
    return ShownWeeks(
        title=found.title,
        lines=tuple(
            ShownLine(line=line, references=numbering.of(line.citations)) for line in found.lines
        ),
    )


def _option(catalogue: Catalogue, condition: Condition, option_id: str) -> _Choice:
    for other in condition.no_new_medicine:
        if other.id == option_id:
            return other
    medicine = catalogue.medicine(option_id)
    if not medicine.is_used_in(condition.id):
        raise NotAnOption(f"We found no use of {medicine.name} in {condition.name}.")
    return medicine


def _cell(option: _Choice, row: Row, condition: Condition, age: Age) -> Cell | None:
    cells = option.cells_of(row.id)
    return None if cells is None else cells.resolve(condition.id, age)


def compared_cell(
    catalogue: Catalogue,
    option: _Choice,
    row: Row,
    cell: Cell | None,
    numbering: Numbering,
) -> ComparedCell:
    """Show a cell, with its references numbered; None is what an option has no cell for."""
    if cell is None:
        cell = Cell(
            kind=CellKind.NOT_APPLICABLE,
            text=catalogue.words(f"option.{option.id}.not-applicable"),
        )
    parts = [option.id, row.id, *(part for part in (cell.condition, cell.age) if part)]
    checked = cell.checked
    if checked is None and isinstance(option, Medicine):
        checked = option.checked
    return ComparedCell(
        id="/".join(parts),
        column=option.id,
        kind=cell.kind,
        text=cell.text,
        detail=cell.detail,
        note=cell.note,
        searched=cell.searched,
        answer=_said(catalogue, row, cell, measured=True),
        evidence=cell.evidence,
        evidence_why=cell.evidence_why,
        checked=checked,
        references=numbering.of(cell.citations),
    )


def _column(
    catalogue: Catalogue, option: _Choice, condition: Condition, numbering: Numbering
) -> Column:
    if isinstance(option, NoNewMedicine):
        return Column(
            id=option.id,
            title=option.heading,
            say="",
            kind=None,
            summary=option.summary,
            status=None,
            uses=(),
            mistake=None,
            red_flags=_flags(condition.red_flags, condition, numbering),
            without_mistake=catalogue.words(f"option.{option.id}.mistake"),
            without_flags=catalogue.words(
                f"option.{option.id}.flags", emergency=catalogue.contact().emergency_words
            ),
        )
    subtypes = {subtype.id: subtype.name for subtype in condition.subtypes}
    # A danger of the illness does not go away with a medicine: one that says nothing of its own
    # about the condition gets the condition's signs.
    says_its_own = any(flag.condition == condition.id for flag in option.red_flags)
    return Column(
        id=option.id,
        title=option.heading,
        say=option.say,
        kind=option.kind,
        summary="",
        status=option.status_in(condition.id),
        uses=tuple(
            ColumnUse(
                status=use.status,
                subtype=subtypes.get(use.subtype or "", ""),
                limits=use.limits,
                references=numbering.of(use.citations),
            )
            for use in option.uses_in(condition.id)
        ),
        mistake=Cited(text=option.mistake.text, references=numbering.of(option.mistake.citations)),
        red_flags=_flags(
            (*option.red_flags, *(() if says_its_own else condition.red_flags)),
            condition,
            numbering,
        ),
    )


def _flags(
    flags: Sequence[RedFlag], condition: Condition, numbering: Numbering
) -> tuple[ColumnFlag, ...]:
    """Give the signs that count in a condition, the most urgent first."""
    return tuple(
        ColumnFlag(
            urgency=flag.urgency,
            sign=flag.sign,
            action=flag.action,
            references=numbering.of(flag.citations),
        )
        for urgency in Urgency
        for flag in flags
        if flag.urgency is urgency and flag.condition in (None, condition.id)
    )


def _difference(row: Row, options: Sequence[_Choice], cells: Sequence[Cell | None]) -> Difference:
    """Compare the medicines of a row; options without a medicine have nothing to compare."""
    medicines = [
        cell
        for option, cell in zip(options, cells, strict=True)
        if isinstance(option, Medicine) and cell is not None
    ]
    if row.answer is AnswerType.WORDS or len(medicines) < 2:
        return Difference.WORDS
    known = [
        (row.measure_of(cell), cell.kind if cell.answer is None else comparable(cell.answer))
        for cell in medicines
        if cell.kind is CellKind.NOT_APPLICABLE
        or (cell.answer is not None and not isinstance(cell.answer, Unknown))
    ]
    if len(set(known)) > 1:
        return Difference.DIFFERENT
    settled = all(
        cell.kind is CellKind.NOT_APPLICABLE or not is_open(cell.answer) for cell in medicines
    )
    return Difference.SAME if settled else Difference.UNCLEAR


def _main_differences(
    catalogue: Catalogue,
    condition: Condition,
    options: Sequence[_Choice],
    age: Age,
    numbering: Numbering,
) -> tuple[MainDifference, ...]:
    found = _use_difference(catalogue, condition, options, numbering)
    ranked = sorted(
        (row for row in catalogue.rows if row.main is not None), key=lambda row: row.main or 0
    )
    for row in ranked:
        cells = [_cell(option, row, condition, age) for option in options]
        if _difference(row, options, cells) is not Difference.DIFFERENT:
            continue
        mixed = len({row.measure_of(cell) for cell in cells if _has_answer(cell)}) > 1
        found.append(
            MainDifference(
                row=row.id,
                short=row.short,
                parts=tuple(
                    _part(catalogue, option, row, cell, numbering, mixed=mixed)
                    for option, cell in zip(options, cells, strict=True)
                    if cell is not None
                ),
            )
        )
        if len(found) == MAIN_LIMIT:
            break
    return tuple(found)


def _use_difference(
    catalogue: Catalogue,
    condition: Condition,
    options: Sequence[_Choice],
    numbering: Numbering,
) -> list[MainDifference]:
    """Say first how the approvals differ, where they do."""
    medicines = [option for option in options if isinstance(option, Medicine)]
    said = [use_phrase(catalogue, medicine, condition) for medicine in medicines]
    if len(set(said)) < 2:
        return []
    parts = tuple(
        DifferencePart(
            title=medicine.heading,
            sentence=f"{medicine.heading}: {text}",
            references=numbering.of(
                citation for use in medicine.uses_in(condition.id) for citation in use.citations
            ),
        )
        for medicine, text in zip(medicines, said, strict=True)
    )
    return [MainDifference(row="use", short=catalogue.words("compare.main-use"), parts=parts)]


def use_phrase(catalogue: Catalogue, medicine: Medicine, condition: Condition) -> str:
    """Say a medicine's status in a condition, naming the forms where only some are approved."""
    status = medicine.status_in(condition.id)
    if status is not UseStatus.APPROVED_PART:
        return catalogue.words(f"use.{status}")
    names = {subtype.id: subtype.name for subtype in condition.subtypes}
    forms = [
        names[use.subtype or ""]
        for use in medicine.uses_in(condition.id)
        if use.status is UseStatus.APPROVED_PART
    ]
    return catalogue.words("use.approved-forms", forms=join(forms, catalogue.words))


def _has_answer(cell: Cell | None) -> bool:
    return cell is not None and cell.answer is not None


def _said(catalogue: Catalogue, row: Row, cell: Cell, *, measured: bool) -> str:
    """Say a cell's typed answer, with its measure where cells beside it have another one."""
    if cell.answer is None:
        return ""
    said = phrase(cell.answer, catalogue.words, row.choices, either=row.either)
    measure = row.measure_of(cell) if measured and not isinstance(cell.answer, Unknown) else ""
    return catalogue.words("answer.measured", answer=said, measure=measure) if measure else said


def _part(
    catalogue: Catalogue,
    option: _Choice,
    row: Row,
    cell: Cell,
    numbering: Numbering,
    *,
    mixed: bool,
) -> DifferencePart:
    if cell.answer is not None:
        said = _said(catalogue, row, cell, measured=mixed)
    else:
        said = catalogue.words(f"kind-short.{cell.kind}")
    return DifferencePart(
        title=option.heading,
        sentence=row.difference.format(medicine=option.heading, answer=said),
        references=numbering.of(cell.citations),
    )


def _not_together(options: Sequence[_Choice], numbering: Numbering) -> tuple[NotTogether, ...]:
    medicines = [option for option in options if isinstance(option, Medicine)]
    found: list[NotTogether] = []
    for position, first in enumerate(medicines):
        for second in medicines[position + 1 :]:
            citations = [
                citation
                for one, other in ((first, second), (second, first))
                for not_with in one.not_with
                if other.kind in not_with.kinds
                for citation in not_with.citations
            ]
            if citations:
                found.append(
                    NotTogether(
                        first=first.heading,
                        second=second.title,
                        references=numbering.of(citations),
                    )
                )
    return tuple(found)


def _holds(find: str, row: Row, cells: Sequence[Cell | None]) -> bool:
    wanted = find.strip().casefold()
    texts = [row.question, row.short, row.help]
    for cell in cells:
        if cell is not None:
            texts += [cell.text, cell.detail, cell.note]
    return any(wanted in text.casefold() for text in texts)
