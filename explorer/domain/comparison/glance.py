"""The comparison at a glance: a few rows of a few words, worked out from typed answers.

Nothing is worded from prose. A figure is shown only beside figures of the same measure, time and
number of people; everything else says that it cannot be put side by side, and stands in the row
that opens.
"""

from collections.abc import Mapping, Sequence

from explorer.domain.answers import (
    Answer,
    Choices,
    Duration,
    Unknown,
    Within,
    YesNo,
)
from explorer.domain.base import Frozen
from explorer.domain.catalogue import (
    Catalogue,
    Cell,
    CellKind,
    Row,
)
from explorer.domain.comparison.differences import cell_of, difference_of
from explorer.domain.comparison.glance_figures import (
    difference_in_few_words,
    figures_in_one_frame,
)
from explorer.domain.comparison.model import Comparison, Difference
from explorer.domain.comparison.options import AnOption, option_of
from explorer.domain.comparison.plans import STAY, Plan, PlanKind, medicines_of
from explorer.domain.comparison.short_answers import days_between, short_answer
from explorer.domain.glance import MISTAKE, GlanceRow, Icon, word_count
from explorer.domain.numbers import Result
from explorer.domain.who import Who

MOST_REPEATED = 3
"""Most words of what is taken now that a plan's cell repeats from the column beside it."""


class GlancePart(Frozen):
    """What one medicine of a plan says in a row, with an icon of its own."""

    name: str
    text: str
    icon: Icon
    days: str = ""


class GlanceCell(Frozen):
    """What one option says in one row: at most six words and an icon."""

    text: str
    icon: Icon
    days: str = ""
    """Days between two doses, which the calendar shows; empty where it shows none."""
    each: tuple[GlancePart, ...] = ()
    """What each medicine says, the new one first, where those of a plan say different things."""
    unseen: tuple[str, ...] = ()
    """Names in ``each`` whose words stand in the column of what is taken now: for the ear only."""
    is_answer: bool = True
    """False where it only says that the answer stands in the row that opens."""


class ShownGlanceRow(Frozen):
    """A row of the glance with a cell for every column."""

    id: str
    ask: str
    note: str
    """What all figures of the row count; empty where there are none."""
    is_race: bool
    """True where figures stand side by side, which are of separate studies and no race."""
    differs: bool
    """Whether the typed answers of two columns are known and differ."""
    cells: tuple[GlanceCell, ...]

    @property
    def is_one(self) -> bool:
        """True where several columns say the same, so that it is said once, over all of them."""
        return len(self.cells) > 1 and len(set(self.cells)) == 1

    @property
    def told(self) -> tuple[GlanceCell, ...]:
        """The cells as they are told: one for every column, or a single one over all of them."""
        return self.cells[:1] if self.is_one else self.cells


def glance_of(catalogue: Catalogue, comparison: Comparison) -> tuple[ShownGlanceRow, ...]:
    """Return the glance of a comparison, in the order of the content.

    Args:
        catalogue: the content.
        comparison: what is compared; its lines may be a part of all lines, the glance is whole.
    """
    return _shown(catalogue, comparison, catalogue.glance)


def rows_in_short(
    catalogue: Catalogue, comparison: Comparison, row_ids: Sequence[str]
) -> tuple[ShownGlanceRow, ...]:
    """Return rows in the few words of the glance, whether they stand in the glance or not.

    Args:
        catalogue: the content.
        comparison: what is compared.
        row_ids: the rows, each of which comes once; those that do not fit the person are left out.
    """
    authored = {item.id: item for item in catalogue.glance}
    wanted = tuple(
        authored.get(row_id)
        or GlanceRow(id=row_id, ask=catalogue.row(row_id).short, icon=Icon.DASH)
        for row_id in dict.fromkeys(row_ids)
    )
    return _shown(catalogue, comparison, wanted)


def _shown(
    catalogue: Catalogue, comparison: Comparison, rows: Sequence[GlanceRow]
) -> tuple[ShownGlanceRow, ...]:
    condition = comparison.condition
    options = tuple(
        option_of(catalogue, condition, item.id, comparison.now) for item in comparison.columns
    )
    shown = []
    for wanted in rows:
        if wanted.id == MISTAKE:
            cells = tuple(_mistake(catalogue, wanted, option) for option in options)
            shown.append(_row(wanted, cells, comparison.who))
            continue
        row = catalogue.row(wanted.id)
        if not row.fits(comparison.who):
            continue
        held = [cell_of(catalogue, option, row, condition, comparison.age) for option in options]
        note, figures = ("", None)
        if row.effect:
            note, figures = figures_in_one_frame(catalogue, condition, options, row, held)
        mixed = len({row.measure_of(cell) for cell in held if _is_length(cell)}) > 1
        cells = tuple(
            _of_several(catalogue, wanted, row, option, comparison)
            or _cell(catalogue, wanted, row, option, cell, figure=figure, mixed=mixed)
            for option, cell, figure in zip(
                options, held, figures or (None,) * len(held), strict=True
            )
        )
        difference = difference_of(row, options, held, condition, comparison.age)
        shown.append(
            _row(wanted, cells, comparison.who).evolve(
                note=note,
                is_race=bool(note),
                differs=difference is Difference.DIFFERENT,
            )
        )
    return tuple(shown)


def _row(wanted: GlanceRow, cells: tuple[GlanceCell, ...], who: Who | None) -> ShownGlanceRow:
    ask = wanted.said_to(who)
    return ShownGlanceRow(id=wanted.id, ask=ask, note="", is_race=False, differs=False, cells=cells)


def _mistake(catalogue: Catalogue, wanted: GlanceRow, option: AnOption) -> GlanceCell:
    held = medicines_of(option)
    if held:
        if held[1:]:
            own = {
                item.name: GlanceCell(text=item.mistake.short, icon=wanted.icon) for item in held
            }
            return _each(own, catalogue)
        return GlanceCell(text=held[0].mistake.short, icon=wanted.icon)
    return GlanceCell(text=catalogue.words(f"glance.mistake-{option.id}"), icon=wanted.icon)


def _of_several(
    catalogue: Catalogue,
    wanted: GlanceRow,
    row: Row,
    option: AnOption,
    comparison: Comparison,
) -> GlanceCell | None:
    """Say a row of a plan with several medicines: each in its own few words, the same ones once.

    Returns:
        None for what one medicine says, or what the plan tells of the new one only.
    """
    if not isinstance(option, Plan) or not option.kept:
        return None
    if not row.kept and option.kind is PlanKind.ADD:
        return None
    said: dict[str, GlanceCell] = {}
    for medicine in option.medicines:
        cells = medicine.cells_of(row.id)
        cell = None if cells is None else cells.resolve(comparison.condition.id, comparison.age)
        if cell is not None and cell.kind is not CellKind.NOT_APPLICABLE:
            said[medicine.name] = _cell(
                catalogue, wanted, row, option, cell, figure=None, mixed=False
            )
    said = _as_now(catalogue, said, option, comparison)
    texts = {cell.text for cell in said.values()}
    first = next(iter(said.values()), None)
    # A bare 'yes' leaves open whether one or both are meant; one 'no' holds for the whole plan.
    is_yes = first is not None and first.text.startswith(catalogue.words("glance.answer-yes"))
    if first is None or (len(texts) == 1 and not (is_yes and said.keys() - {option.main.name})):
        return first
    each = _each(said, catalogue)
    if wanted.goes_on and _stays_beside(option, comparison):
        each = each.evolve(unseen=tuple(_capital(item.name) for item in option.kept))
    return each


def _as_now(
    catalogue: Catalogue, said: dict[str, GlanceCell], option: Plan, comparison: Comparison
) -> dict[str, GlanceCell]:
    """Point to what is taken now where its column stands beside and its words are many.

    Each medicine is still named: a column that tells the new one only reads as the whole plan.
    """
    if not _stays_beside(option, comparison):
        return said
    kept = {item.name for item in option.kept}
    as_now = catalogue.words("glance.as-now")
    return {
        name: cell.evolve(text=as_now)
        if name in kept and word_count(cell.text) > MOST_REPEATED and len(said) > 1
        else cell
        for name, cell in said.items()
    }


def _stays_beside(option: Plan, comparison: Comparison) -> bool:
    """Return whether a plan adds a medicine, and what is taken now has a column beside it."""
    return option.kind is PlanKind.ADD and any(it.id == STAY for it in comparison.columns)


def _each(said: Mapping[str, GlanceCell], catalogue: Catalogue) -> GlanceCell:
    """Join what the medicines of a plan say, in the order of its heading in every row.

    Each keeps its own icon: a single one would speak for all, and a check or "ask first" over the
    'no' of another could hurt. The icon of the cell is that of the first, the new one.
    """
    parts = tuple(
        GlancePart(name=_capital(name), text=cell.text, icon=cell.icon, days=cell.days)
        for name, cell in said.items()
    )
    text = " ".join(
        catalogue.words("glance.of-one", medicine=it.name, said=_stopped(it.text)) for it in parts
    )
    return GlanceCell(text=text, icon=parts[0].icon, days=parts[0].days, each=parts)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _cell(
    catalogue: Catalogue,
    wanted: GlanceRow,
    row: Row,
    option: AnOption,
    cell: Cell | None,
    *,
    figure: Result | None,
    mixed: bool,
) -> GlanceCell:
    """Say one cell; ``mixed`` where cells of the row tell lengths of time to different marks."""
    words = catalogue.words
    is_medicine = bool(medicines_of(option))
    if cell is None or cell.kind is CellKind.NOT_APPLICABLE:
        key = "glance.kind-not-applicable" if is_medicine else f"glance.not-applicable-{option.id}"
        return GlanceCell(text=words(key), icon=Icon.DASH)
    if cell.kind is not CellKind.STATED:
        return GlanceCell(text=words(f"glance.kind-{cell.kind}"), icon=Icon.NOT_FOUND)
    if row.effect and is_medicine:
        if figure is None:
            # The row's picture of people would say that some were counted.
            return GlanceCell(text=words("glance.apart"), icon=Icon.DASH, is_answer=False)
        return GlanceCell(text=difference_in_few_words(figure, words), icon=wanted.icon)
    if isinstance(cell.answer, Unknown):
        return GlanceCell(text=words("glance.not-clear"), icon=Icon.NOT_FOUND)
    if cell.answer is None:
        return GlanceCell(text=words("glance.in-words"), icon=wanted.icon, is_answer=False)
    if mixed and _is_length(cell):
        return GlanceCell(text=words("glance.other-marks"), icon=wanted.icon, is_answer=False)
    text = _capital(cell.short or short_answer(cell.answer, wanted, row, words))
    if _is_length(cell) and isinstance(option, Plan) and option.kind is PlanKind.STAY:
        # Who stays has begun long ago: the time counts from then, and does not start anew.
        text = words("glance.from-start", span=text)
    return GlanceCell(
        text=text,
        icon=_icon(cell.answer, wanted),
        days=days_between(cell.answer) if wanted.icon is Icon.CALENDAR else "",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _icon(answer: Answer, wanted: GlanceRow) -> Icon:
    """Return the icon of the first value that has one of its own, else the row's."""
    values: tuple[str, ...] = ()
    if isinstance(answer, Choices):
        values = answer.values
    elif isinstance(answer, YesNo):
        values = (answer.value,)
    for value in values:
        named = wanted.answer(value)
        if named is not None and named.icon is not None:
            return named.icon
    return wanted.icon


def _is_length(cell: Cell | None) -> bool:
    return cell is not None and isinstance(cell.answer, Duration | Within)
