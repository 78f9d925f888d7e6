"""Rules about results of studies: each stands where it belongs, once, and names its design."""

import re
from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.domain.numbers import Design, Effect, MainResult, MedicineNumbers, Result

ALREADY = re.compile(r"\balready\b", re.IGNORECASE)
"""How the people of a withdrawal trial are told: they had already improved."""

ONE_TRIAL = re.compile(r"One ")
"""How a certainty begins that rests on a single trial."""

ONE_DOT = re.compile(r"Each person is one dot")
"""How a certainty says that a picture draws the real people of a small trial."""


MAIN = "main result"
"""Words by which a text is seen to tell the main result of a trial."""


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


@rule("measure-differs")
def withdrawals_say_who_was_in(context: Context) -> Iterator[Finding]:
    """A trial that took a medicine away says that its people had already improved on it."""
    for numbers in context.catalogue.numbers:
        for result in numbers.results:
            if result.design is Design.WITHDRAWAL and not ALREADY.search(result.people):
                reason = "say that these people had already improved"
                file, key = f"numbers/{numbers.id}.toml", f"{result.id}.people"
                yield error("measure-differs", file, key, reason)


@rule("own-grade")
def certainty_names_the_study(context: Context) -> Iterator[Finding]:
    """How sure a result is begins with its being one trial, and tells of dots that are people."""
    for numbers in context.catalogue.numbers:
        for result in numbers.results:
            file, key = f"numbers/{numbers.id}.toml", f"{result.id}.certainty"
            if result.is_one_trial and not ONE_TRIAL.match(result.certainty):
                reason = "say first that this is one trial: begin with 'One '"
                yield error("own-grade", file, key, reason)
            if result.draws_real_people and not ONE_DOT.search(result.certainty):
                reason = "a small trial is drawn as it was: say 'Each person is one dot'"
                yield error("own-grade", file, key, reason)


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
