"""Rules about results of studies: each stands where it belongs, once."""

from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule


@rule("unknown-id", "duplicate-id")
def results_belong(context: Context) -> Iterator[Finding]:
    """A result names a medicine, a condition and a row that exist; its id is used once."""
    catalogue = context.catalogue
    medicines = {medicine.id for medicine in catalogue.medicines}
    seen: set[str] = set()
    for numbers in catalogue.numbers:
        file = f"numbers/{numbers.id}.toml"
        if numbers.id not in medicines:
            yield error("unknown-id", file, "-", f"there is no medicine '{numbers.id}'")
        for result in numbers.results:
            if not catalogue.has_condition(result.condition):
                reason = f"there is no condition '{result.condition}'"
                yield error("unknown-id", file, result.id, reason)
            if not catalogue.has_row(result.row):
                yield error("unknown-id", file, result.id, f"there is no row '{result.row}'")
            if result.id in seen:
                yield error("duplicate-id", file, result.id, "this id is used twice")
            seen.add(result.id)
