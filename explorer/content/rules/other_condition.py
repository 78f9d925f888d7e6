"""Rules about what a person decides on: a text told there is of this condition."""

import re
from collections.abc import Iterator
from typing import Final

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.texts import medicine_file
from explorer.domain.cells import Age
from explorer.domain.medicine import UseStatus

_OFF_LABEL: Final = re.compile(r"\boff-label\b", re.IGNORECASE)


@rule("other-condition")
def texts_are_of_the_condition(context: Context) -> Iterator[Finding]:
    """A use that the label names is not told in the words for uses that it does not name."""
    catalogue = context.catalogue
    for medicine in catalogue.published:
        # What a medicine is, and what else it is used for, is told to everybody alike.
        rows = [row for row in catalogue.rows if row.kept or row.effect]
        for condition in catalogue.conditions:
            if medicine.status_in(condition.id) is not UseStatus.APPROVED:
                continue
            for row in rows:
                cells = medicine.cells_of(row.id)
                cell = None if cells is None else cells.resolve(condition.id, Age.ADULT)
                if cell is None or not _OFF_LABEL.search(f"{cell.text} {cell.detail}"):
                    continue
                yield error(
                    "other-condition",
                    medicine_file(medicine),
                    f"cells.{row.id}",
                    f"in {condition.name} the use is on the label, and a reader there gets a text "
                    "for off-label use: give that condition a variant without it",
                )
