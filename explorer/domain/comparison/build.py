"""Putting options side by side: resolve the cells, then number the references, as the last step."""

from collections.abc import Sequence

from explorer.domain.catalogue import (
    Age,
    Catalogue,
    Cell,
    CellKind,
    Group,
    Row,
    UnknownId,
)
from explorer.domain.citing import CitedText, Numbers, numbered
from explorer.domain.comparison.columns import column_of
from explorer.domain.comparison.differences import (
    alternatives,
    answer_phrase,
    cell_of,
    difference_of,
    main_differences,
    said_of_each,
)
from explorer.domain.comparison.model import (
    ComparedCell,
    ComparedGroup,
    ComparedRow,
    Comparison,
    Difference,
    PinnedRows,
    ShownLine,
    ShownWeeks,
)
from explorer.domain.comparison.options import (
    AnOption,
    has_child_facts,
    option_of,
    signed_at,
)
from explorer.domain.comparison.plans import main_medicines, medicines_of
from explorer.domain.comparison.voice import told_to_parent
from explorer.domain.figures import drawn_of, side_by_side
from explorer.domain.numbers import Effect
from explorer.domain.sources import Numbering
from explorer.domain.week import EightWeeks, eight_weeks
from explorer.domain.who import Who


def compare(
    catalogue: Catalogue,
    condition_id: str,
    option_ids: Sequence[str],
    row_ids: Sequence[str] | None = None,
    *,
    age: Age = Age.ADULT,
    who: Who | None = None,
    now: Sequence[str] = (),
    differences_only: bool = False,
    find: str = "",
    pinned: Sequence[PinnedRows] = (),
) -> Comparison:
    """Put options side by side for a condition.

    Args:
        catalogue: the content.
        condition_id: id of the condition.
        option_ids: ids of medicines, ``stay`` or ``no-new-medicine``; with something taken now
            also ``add-`` and a medicine. A repeated id counts once.
        row_ids: rows to show, in the content's order whatever their order here; None for all.
        age: the age group for which facts are resolved.
        who: for whom, which decides the age group, the lines and the voice of their questions;
            None for every line, in a patient's own voice.
        now: ids of the medicines that are taken now; the columns are plans then.
        differences_only: leave out rows whose answers are known to be the same. Rows that
            hold words only stay, since nobody compared them.
        find: keep only rows that contain this word, whatever its case.
        pinned: rows to show first, under headings of their own. They change the order of rows
            and nothing else; a row is shown where it is named first.

    Returns:
        The comparison, with references numbered in reading order.

    Raises:
        UnknownId: a condition, option or row does not exist, or no option was given.
        NotAnOption: a medicine has no stated use in the condition.
    """
    condition = catalogue.condition(condition_id)
    age = age if who is None else who.age
    wanted = tuple(dict.fromkeys(option_ids))
    if not wanted:
        raise UnknownId("Name at least one option to compare.")
    options = tuple(option_of(catalogue, condition, option_id, now) for option_id in wanted)
    if row_ids is None:
        rows = tuple(row for row in catalogue.rows if row.fits(who))
    else:
        chosen = {catalogue.row(row_id).id for row_id in row_ids}
        rows = tuple(row for row in catalogue.rows if row.id in chosen and row.fits(who))
    resolved = {
        row.id: [cell_of(catalogue, option, row, condition, age) for option in options]
        for row in rows
    }
    differences = {
        row.id: difference_of(row, options, resolved[row.id], condition, age) for row in rows
    }
    shown = [
        row
        for row in rows
        if not (differences_only and differences[row.id] is Difference.SAME)
        and (not find.strip() or _contains(find, row, resolved[row.id]))
    ]
    groups = tuple(
        ComparedGroup(
            group=group.for_reader(who),
            rows=tuple(
                ComparedRow(
                    row=row.evolve(question=row.said_to(who)),
                    cells=tuple(
                        _compared(
                            catalogue,
                            option,
                            row,
                            cell,
                            signed_at(option, row, cell, condition),
                            said_of_each(catalogue, option, row, condition, age),
                        )
                        for option, cell in zip(options, resolved[row.id], strict=True)
                    ),
                    difference=differences[row.id],
                )
                for row in inside
            ),
        )
        for group, inside in _sections(catalogue, shown, pinned)
        if inside
    )
    taken = {item.id: item for option in options for item in medicines_of(option)}
    figures = tuple(
        drawn_of(catalogue, condition, main_medicines(options), effect) for effect in Effect
    )
    by_age = has_child_facts(catalogue, condition.id, tuple(taken))
    # Where nobody was named and no fact depends on age, the signs of every age stand there.
    signs_at = age if by_age or who is not None else None
    same = list(differences.values()).count(Difference.SAME)
    comparison = Comparison(
        condition=condition,
        age=age,
        who=who,
        now=tuple(now),
        columns=tuple(column_of(catalogue, option, condition, signs_at, who) for option in options),
        not_together=alternatives(options),
        main=main_differences(catalogue, condition, options, age, who),
        groups=groups,
        weeks=tuple(
            _weeks(eight_weeks(catalogue, medicine, condition.id, age))
            for medicine in taken.values()
        ),
        figures=figures,
        side_by_side=side_by_side(catalogue, figures),
        not_compared=tuple(
            CitedText(text=item.text, citations=item.citations) for item in condition.not_compared
        ),
        references=(),
        row_count=len(shown),
        hidden_same=same if differences_only else 0,
        by_age=by_age,
        nobody_answers=catalogue.contact().nobody_answers.text,
        content_date=catalogue.review.content_date,
    )
    if who is not None and who.is_own_child:
        comparison = told_to_parent(comparison, catalogue.parent_voice)
    return _numbered(comparison, catalogue)


def compared_cell(
    catalogue: Catalogue, option: AnOption, row: Row, cell: Cell | None, numbers: Numbers
) -> ComparedCell:
    """Return a cell as a page shows it, its references numbered at once.

    Args:
        catalogue: for the words.
        option: whose cell it is.
        row: its row.
        cell: the cell resolved for a condition and age; None where the option has none.
        numbers: the numbers of the page.
    """
    return numbered(
        _compared(catalogue, option, row, cell, signed_at(option, row, cell, None)), numbers
    )


def _numbered(comparison: Comparison, catalogue: Catalogue) -> Comparison:
    numbering = Numbering(catalogue.source)
    for item in comparison.in_reading_order():
        numbering.of(item.citations)
    return numbered(comparison, numbering).evolve(references=numbering.references())


def _sections(
    catalogue: Catalogue, rows: Sequence[Row], pinned: Sequence[PinnedRows]
) -> list[tuple[Group, list[Row]]]:
    """Share the rows out: those that a reader wants first, then the rest in their groups."""
    left = {row.id: row for row in rows}
    sections = [
        (
            Group(id=item.id, question=item.title),
            [left.pop(row_id) for row_id in item.rows if row_id in left],
        )
        for item in pinned
    ]
    sections += [
        (group, [row for row in left.values() if row.group == group.id])
        for group in catalogue.groups
    ]
    return sections


def _weeks(found: EightWeeks) -> ShownWeeks:
    return ShownWeeks(
        title=found.title,
        lines=tuple(ShownLine(line=line, citations=line.citations) for line in found.lines),
    )


def _compared(
    catalogue: Catalogue,
    option: AnOption,
    row: Row,
    cell: Cell | None,
    signed: str,
    each: str = "",
) -> ComparedCell:
    """Resolve what a cell shows; None is what an option has no cell for.

    ``signed`` is the address at which it was signed, if anywhere. ``each`` are the typed answers
    of several medicines, where they are not one.
    """
    if cell is None:
        cell = Cell(
            kind=CellKind.NOT_APPLICABLE,
            text=catalogue.words(f"option.{option.id}.not-applicable"),
        )
    parts = [option.id, row.id, *(part for part in (cell.condition, cell.age) if part)]
    checked = cell.checked
    held = medicines_of(option)
    if checked is None and held:
        checked = min(medicine.checked for medicine in held)
    return ComparedCell(
        id="/".join(parts),
        column=option.id,
        kind=cell.kind,
        text=cell.text,
        detail=cell.detail,
        note=cell.note,
        searched=cell.searched,
        answer=answer_phrase(catalogue, row, cell, measured=True) or each,
        evidence=cell.evidence,
        evidence_why=cell.evidence_why,
        checked=checked,
        signed=catalogue.sign_off.of(signed),
        citations=cell.citations,
    )


def _contains(find: str, row: Row, cells: Sequence[Cell | None]) -> bool:
    wanted = find.strip().casefold()
    texts = [row.question, row.short, row.help]
    for cell in cells:
        if cell is not None:
            texts += [cell.text, cell.detail, cell.note]
    return any(wanted in text.casefold() for text in texts)
