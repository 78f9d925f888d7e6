"""Names of files and keys, as findings and reports write them."""

from collections.abc import Iterator

from explorer.domain.catalogue import Cell, Medicine, RowCells
from explorer.domain.facts import Fact, Item, facts
from explorer.domain.prose import Layer as Layer
from explorer.domain.questions import Topic


def medicine_file(medicine: Medicine) -> str:
    """Return the name of the file that holds a medicine."""
    return f"medicines/{medicine.id}.toml"


def question_file(topic: Topic) -> str:
    """Return the name of the file that holds a topic's questions."""
    return f"questions/{topic.id}.toml"


def cell_key(row: str, cell: Cell) -> str:
    """Return the dotted key of a cell; a variant is named by its condition and age."""
    return f"cells.{row}.{cell.place}" if cell.place else f"cells.{row}"


def each_cell(cells: tuple[RowCells, ...]) -> Iterator[tuple[str, Cell]]:
    """Yield every cell, default and variant, with its row."""
    for row_cells in cells:
        yield row_cells.row, row_cells.default
        for variant in row_cells.variants:
            yield row_cells.row, variant


def all_cells(found: tuple[Item, ...]) -> Iterator[tuple[str, str, str, Cell]]:
    """Yield file, key, row and cell of every cell of medicines and of the other options."""
    for item in found:
        if isinstance(item.value, Cell) and isinstance(holder := item.parents[-1], RowCells):
            yield item.file, item.key, holder.row, item.value


def everything(found: tuple[Item, ...]) -> Iterator[Fact]:
    """Yield the texts on medicines and care, in which signs are looked for."""
    own = (Layer.RECORD, Layer.REFERENCE, Layer.INTERFACE, Layer.NAME)
    return (fact for fact in facts(found) if fact.layer not in own)
