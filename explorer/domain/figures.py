"""What is drawn of benefit and harm side by side, and, where nothing is, the true reason."""

from collections.abc import Sequence

from pydantic import Field

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, Condition, Medicine
from explorer.domain.citing import CitedValue, Numbers, numbered
from explorer.domain.numbers import Effect, MedicineNumbers, NotDrawn, Result, SideBySide, Undrawn


class ShownResult(CitedValue):
    """A result of one option, with its reference numbers."""

    title: str
    result: Result
    no_harm: str = Field(
        default="", description="A benefit is drawn and no harm: the sentence that says so."
    )


class Figures(Frozen):
    """What is drawn of benefit or of harm, and sentences on what is not, each with its reason."""

    effect: Effect
    shown: tuple[ShownResult, ...]
    without: tuple[str, ...]


def figures_of(
    catalogue: Catalogue,
    condition: Condition,
    option_ids: Sequence[str],
    effect: Effect,
    numbers: Numbers,
) -> Figures:
    """Return what ``drawn_of`` returns, with its references numbered at once.

    Args:
        catalogue: for the results, the words and the names of the rows.
        condition: the condition.
        option_ids: the options shown; those without a medicine have no results.
        effect: benefit or harm.
        numbers: the numbers of the page.
    """
    return numbered(drawn_of(catalogue, condition, option_ids, effect), numbers)


def drawn_of(
    catalogue: Catalogue, condition: Condition, option_ids: Sequence[str], effect: Effect
) -> Figures:
    """Gather the results of the options in this condition; no order but that of the options.

    Args:
        catalogue: for the results, the words and the names of the rows.
        condition: the condition.
        option_ids: the options shown; those without a medicine have no results.
        effect: benefit or harm.

    Returns:
        The results, and a sentence for each row that is not drawn.
    """
    held = {item.id: item for item in catalogue.numbers}
    shown: list[ShownResult] = []
    without: list[str] = []
    for medicine in (
        item for option in option_ids for item in catalogue.published if item.id == option
    ):
        own = held.get(medicine.id, MedicineNumbers(id=medicine.id))
        results = own.of(condition.id)
        gaps = [gap for gap in own.gaps_in(condition.id) if gap.effect is effect]
        alone = [result for result in results if not result.both_took_it]
        if gaps:
            without.extend(_gap(catalogue, medicine, gap) for gap in gaps)
        elif not any(result.effect is effect for result in alone):
            why = catalogue.words(f"figures.why.{NotDrawn.NONE_FOUND}")
            without.append(catalogue.words("figures.none", title=medicine.heading, why=why))
        no_harm = ""
        if effect is Effect.BENEFIT and not any(item.effect is Effect.HARM for item in alone):
            no_harm = _no_harm(catalogue, medicine, own.gaps_in(condition.id))
        shown.extend(
            ShownResult(
                title=medicine.heading,
                result=result,
                citations=result.citations,
                no_harm=no_harm,
            )
            for result in results
            if result.effect is effect
        )
    return Figures(effect=effect, shown=tuple(shown), without=tuple(without))


def side_by_side(catalogue: Catalogue, figures: Sequence[Figures]) -> SideBySide:
    """Return the results on screen with the labels that they need together."""
    return SideBySide(
        results=tuple(item.result for part in figures for item in part.shown),
        race_label=catalogue.words("figures.not-a-race"),
        scale_label=catalogue.words("figures.scales"),
    )


def _gap(catalogue: Catalogue, medicine: Medicine, gap: Undrawn) -> str:
    """Say of one line that it is not drawn, and why."""
    return catalogue.words(
        "figures.none-of",
        title=medicine.heading,
        line=catalogue.row(gap.row).short,
        why=catalogue.words(f"figures.why.{gap.reason}"),
    )


def _no_harm(catalogue: Catalogue, medicine: Medicine, gaps: Sequence[Undrawn]) -> str:
    """Say beside a benefit that no harm is drawn, and why; each reason once."""
    reasons = dict.fromkeys(gap.reason for gap in gaps if gap.effect is Effect.HARM)
    why = " ".join(catalogue.words(f"figures.why.{reason}") for reason in reasons)
    return catalogue.words(
        "figures.no-harm",
        title=medicine.heading,
        why=why or catalogue.words(f"figures.why.{NotDrawn.NONE_FOUND}"),
    )
