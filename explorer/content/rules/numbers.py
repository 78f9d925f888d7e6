"""Rules about results of studies: each stands where it belongs, once, and names its design."""

from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.domain.numbers import (
    SHARED,
    Design,
    Effect,
    MainResult,
    MedicineNumbers,
    Result,
)

MAIN = "main result"
"""Words by which a text is seen to tell the main result of a trial."""


@rule("figure-says")
def results_say_what_they_are(context: Context) -> Iterator[Finding]:
    """A result says what its fields make it: one trial, few people, people who had improved.

    The words stand under ``figures.says-...`` in words.toml, so this holds in every language.
    """
    for numbers in context.catalogue.numbers:
        for result in numbers.results:
            for field, text, key in _needed(result):
                said = context.catalogue.words(key)
                if said.casefold() not in text.casefold():
                    reason = (
                        f"say '{said}' here (words.toml: {key}), as the fields of the result ask"
                    )
                    yield error(
                        "figure-says", f"numbers/{numbers.id}.toml", f"{result.id}.{field}", reason
                    )


def _needed(result: Result) -> Iterator[tuple[str, str, str]]:
    if result.design is Design.WITHDRAWAL:
        yield "people", result.people, "figures.says-improved"
    if result.is_one_trial:
        yield "certainty", result.certainty.split(" ")[0], "figures.says-one"
    if result.drug.of not in SHARED:
        yield "certainty", result.certainty, "figures.says-dots"


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


@rule("primary")
def main_results_are_told(context: Context) -> Iterator[Finding]:
    """A benefit of one trial says whether it is the trial's main result, and else tells that one.

    A result that was picked out of many looks better than the one that the trial was made for.
    """
    for numbers in context.catalogue.numbers:
        file = f"numbers/{numbers.id}.toml"
        for result in numbers.results:
            asked = result.is_one_trial and result.effect is Effect.BENEFIT
            if asked and result.primary is None:
                reason = (
                    "say whether this is the trial's main result (its primary endpoint): "
                    f"primary = {', '.join(repr(str(item)) for item in MainResult)}"
                )
                yield error("primary", file, f"{result.id}.primary", reason)
            if not asked and result.primary is not None:
                reason = "only a benefit of one trial has a main result; remove it"
                yield error("primary", file, f"{result.id}.primary", reason)
            if result.primary is MainResult.NO and not _main_beside(numbers, result):
                reason = (
                    f"this is not the trial's main result; draw that one too, or tell it in "
                    f"'instead' with the words '{MAIN}'"
                )
                yield error("primary", file, f"{result.id}.instead", reason)


def _main_beside(numbers: MedicineNumbers, result: Result) -> bool:
    """Return whether the main result of a trial stands beside another one of it, or is told."""
    sources = {cited.source for cited in result.citations}
    return MAIN in result.instead.casefold() or any(
        other.primary is MainResult.YES
        and other.condition == result.condition
        and sources & {cited.source for cited in other.citations}
        for other in numbers.results
    )


@rule("added-to")
def what_both_groups_took_is_named(context: Context) -> Iterator[Finding]:
    """A result that was added to another of our medicines names it in 'added_to', and no other.

    The plan that adds the medicine is told by it, and the plan that switches is not.
    """
    names = {medicine.id: medicine.name.casefold() for medicine in context.catalogue.published}
    for numbers in context.catalogue.numbers:
        for result in numbers.results:
            said = result.on.casefold()
            found = {item for item, name in names.items() if name in said} - {numbers.id}
            if found != set(result.added_to):
                yield error(
                    "added-to",
                    f"numbers/{numbers.id}.toml",
                    f"{result.id}.added_to",
                    f"'on' names {', '.join(sorted(found)) or 'no other medicine'} beside "
                    f"{numbers.id}: name in 'added_to' what both groups went on taking, "
                    "and no other",
                )
