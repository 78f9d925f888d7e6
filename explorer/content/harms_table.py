"""The table of harms as it is printed: each harm, and under it every kind with its medicines."""

import csv
import io
from collections.abc import Iterator

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue

COLUMNS = ("harm", "words", "row", "kind", "medicine", "told", "conditions", "read")
"""The columns of the table as a file."""


class HarmLine(Frozen):
    """One line of the printed table: a harm of a medicine."""

    harm: str
    words: str
    row: str
    kind: str
    medicine: str
    told: str
    conditions: str
    read: str
    """The sources with the places that were read."""


def lines(catalogue: Catalogue) -> Iterator[HarmLine]:
    """Yield a line for each harm of each published medicine that the table names.

    Args:
        catalogue: the content.

    Yields:
        The harms in the table's order, under each the kinds in theirs, then by name.
    """
    for harm in catalogue.harms:
        for kind in catalogue.kinds:
            for medicine in catalogue.published:
                item = harm.of(medicine.id)
                if item is None or medicine.kind != kind.id:
                    continue
                yield HarmLine(
                    harm=harm.id,
                    words=harm.words,
                    row=harm.row,
                    kind=kind.id,
                    medicine=medicine.id,
                    told=item.told,
                    conditions=", ".join(item.conditions),
                    read="; ".join(f"{cited.source}: {cited.place}" for cited in item.citations),
                )


def as_csv(catalogue: Catalogue) -> str:
    """Return the table as comma-separated values, with a line of names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines(catalogue):
        writer.writerow(getattr(line, column) for column in COLUMNS)
    return out.getvalue()


def as_text(catalogue: Catalogue) -> str:
    """Return the table as lines to read: a harm, and under it each medicine by kind."""
    out: list[str] = []
    harm = ""
    for line in lines(catalogue):
        if line.harm != harm:
            harm = line.harm
            out.append(f"{chr(10) if out else ''}{harm} ({line.row}): {line.words}")
        told = f"{line.told} ({line.conditions})" if line.conditions else line.told
        out.append(f"  {line.kind} | {line.medicine} | {told} | {line.read}")
    return "\n".join(out) + "\n"
