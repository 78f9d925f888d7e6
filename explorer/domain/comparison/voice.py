"""A comparison in the words of the one who reads it: a parent reads of the child."""

from explorer.domain.citing import CitedText
from explorer.domain.comparison.model import Column, ComparedCell, ComparedGroup, Comparison
from explorer.domain.parents import ParentVoice


def told_to_parent(comparison: Comparison, voice: ParentVoice) -> Comparison:
    """Put the sentences of a comparison into the words of a parent.

    Args:
        comparison: what is compared, as a patient reads it.
        voice: the sentences that were written for parents.

    Returns:
        The same comparison, with the warning signs, the mistakes and the cells in these words.
    """
    return comparison.evolve(
        columns=tuple(_column(column, voice) for column in comparison.columns),
        groups=tuple(_group(group, voice) for group in comparison.groups),
    )


def _column(column: Column, voice: ParentVoice) -> Column:
    mistake = column.mistake
    return column.evolve(
        summary=voice.of(column.summary),
        mistake=mistake and CitedText(text=voice.of(mistake.text), citations=mistake.citations),
        red_flags=tuple(
            flag.evolve(sign=voice.of(flag.sign), action=voice.of(flag.action))
            for flag in column.red_flags
        ),
        without_mistake=voice.of(column.without_mistake),
        without_flags=voice.of(column.without_flags),
    )


def _group(group: ComparedGroup, voice: ParentVoice) -> ComparedGroup:
    return group.evolve(
        rows=tuple(
            row.evolve(cells=tuple(_cell(cell, voice) for cell in row.cells)) for row in group.rows
        )
    )


def _cell(cell: ComparedCell, voice: ParentVoice) -> ComparedCell:
    return cell.evolve(
        text=voice.of(cell.text), detail=voice.of(cell.detail), note=voice.of(cell.note)
    )
