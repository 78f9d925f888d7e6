"""Days a year are told as the typed plans have them."""

import re
from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.texts import medicine_file
from explorer.domain.catalogue import Age
from explorer.domain.year import Times, blood_tests, visits


@rule("days-a-year", excepted=True)
def days_a_year_follow_the_plans(context: Context) -> Iterator[Finding]:
    """What a cell says of days a year has the figures that its medicine's plans come to."""
    catalogue = context.catalogue
    for row in (row for row in catalogue.rows if row.yearly):
        for medicine in catalogue.published:
            cells = medicine.cells_of(row.id)
            if cells is None:
                continue
            for condition in catalogue.conditions:
                if not medicine.is_used_in(condition.id):
                    continue
                cell = cells.resolve(condition.id, Age.ADULT)
                told = {int(number) for number in re.findall(r"\d+", f"{cell.text} {cell.detail}")}
                for what, times in (
                    ("visits", visits(catalogue, medicine, condition.id, Age.ADULT)),
                    ("blood tests", blood_tests(catalogue, medicine, condition.id, Age.ADULT)),
                ):
                    if times is not None and not times.figures <= told:
                        key = f"cells.{row.id} ({condition.id})"
                        yield error(
                            "days-a-year", medicine_file(medicine), key, _reason(what, times)
                        )


def _reason(what: str, times: Times) -> str:
    first, later = (
        str(low) if low == high else f"{low} to {high}" for low, high in (times.first, times.later)
    )
    return (
        f"the typed plans come to {first} {what} in the first year and {later} in the next; "
        "say these numbers in its text, or correct the plan"
    )
