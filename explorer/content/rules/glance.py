"""The glance: every row of it exists, and every cell is said in a few words."""

from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.texts import cell_key, medicine_file
from explorer.domain.answers import AnswerType, Choices
from explorer.domain.cells import Cell
from explorer.domain.comparison import short_answer
from explorer.domain.glance import MISTAKE, MOST_ROWS, MOST_WORDS, GlanceRow, word_count

FILE = "rows.toml"

_YES_NO = frozenset({"yes", "no", "depends"})


@rule("glance-row")
def glance_rows_exist(context: Context) -> Iterator[Finding]:
    """Each row of the glance is a row of the comparison, with values that the row knows."""
    catalogue = context.catalogue
    if not 1 <= len(catalogue.glance) <= MOST_ROWS:
        reason = (
            f"the glance has {len(catalogue.glance)} rows; name at least one row of the "
            f"comparison, and at most {MOST_ROWS}"
        )
        yield error("glance-row", FILE, "glance", reason)
    for item in catalogue.glance:
        key = f"glance.{item.id}"
        if item.id == MISTAKE:
            continue
        if not catalogue.has_row(item.id):
            reason = f"there is no row '{item.id}'; name a row of this file, or '{MISTAKE}'"
            yield error("glance-row", FILE, key, reason)
            continue
        row = catalogue.row(item.id)
        known = {choice.id for choice in row.choices}
        if row.answer is AnswerType.YES_NO:
            known |= _YES_NO
        for answer in item.answers:
            if answer.id not in known:
                reason = f"row '{row.id}' has no value '{answer.id}'; take it out or correct it"
                yield error("glance-row", FILE, f"{key}.answers.{answer.id}", reason)


@rule("glance-words")
def glance_cells_are_short(context: Context) -> Iterator[Finding]:
    """Every cell of the glance has words, and at most six; each medicine words its mistake so."""
    catalogue = context.catalogue
    rows = {item.id: item for item in catalogue.glance}
    for medicine in catalogue.medicines:
        file = medicine_file(medicine)
        if MISTAKE in rows and not 1 <= word_count(medicine.mistake.short) <= MOST_WORDS:
            reason = f"say the mistake in one to {MOST_WORDS} words, for the glance"
            yield error("glance-words", file, "mistake.short", reason)
        for cells in medicine.cells:
            if cells.row not in rows or not catalogue.has_row(cells.row):
                continue
            for cell in (cells.default, *cells.variants):
                reason = _too_long(context, rows[cells.row], cell)
                if reason:
                    yield error("glance-words", file, cell_key(cells.row, cell), reason)


def _too_long(context: Context, wanted: GlanceRow, cell: Cell) -> str:
    """Say what is wrong with a cell's few words, or nothing."""
    answer = cell.answer
    catalogue = context.catalogue
    row = catalogue.row(wanted.id)
    if answer is None:
        return ""
    if isinstance(answer, Choices):
        known = {choice.id for choice in row.choices}
        if not known.issuperset(answer.values):
            return ""  # the rule on answers says so
        if wanted.answers and not any(wanted.answer(value) for value in answer.values):
            return f"none of its values stands in glance.{row.id}.answers of {FILE}; name one there"
    said = cell.short or short_answer(answer, wanted, row, catalogue.words)
    if word_count(said) > MOST_WORDS:
        return (
            f"the glance would say '{said}', more than {MOST_WORDS} words; give the values "
            f"shorter labels in glance.{row.id}.answers of {FILE}"
        )
    return ""
