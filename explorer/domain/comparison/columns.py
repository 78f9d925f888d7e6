"""The head of an option's column: its uses, its signs and the mistake to avoid."""

from collections.abc import Sequence

from explorer.domain.catalogue import Age, Catalogue, Condition, Medicine, NoNewMedicine, RedFlag
from explorer.domain.citing import CitedText
from explorer.domain.comparison.model import Column, ColumnFlag, ColumnUse
from explorer.domain.comparison.options import AnOption, status_for, uses_for
from explorer.domain.comparison.plans import Plan, PlanKind, medicines_of
from explorer.domain.flag_order import in_telling_order
from explorer.domain.who import Who


def column_of(
    catalogue: Catalogue,
    option: AnOption,
    condition: Condition,
    age: Age | None,
    who: Who | None,
) -> Column:
    """Return the head of an option's column.

    Args:
        catalogue: the content.
        option: the option.
        condition: the condition.
        age: the age group whose signs stand there; None for those of every age.
        who: for whom; None for everybody.
    """
    # A child shows some dangers in other ways than an adult, whatever the option.
    of_age = tuple(
        flag
        for flag in catalogue.contact().red_flags
        if flag.age is not None and flag.counts_for(condition.id, age)
    )
    if isinstance(option, NoNewMedicine):
        return Column(
            id=option.id,
            title=option.heading,
            head=option.heading,
            say="",
            kind=None,
            summary=option.summary,
            status=None,
            uses=(),
            mistake=None,
            red_flags=_flags((*condition.red_flags, *of_age), condition, age, who),
            without_mistake=catalogue.words(f"option.{option.id}.mistake"),
            without_flags=catalogue.words(
                f"option.{option.id}.flags", emergency=catalogue.contact().emergency_words
            ),
        )
    medicines = medicines_of(option)
    main = medicines[0]
    subtypes = {subtype.id: subtype.name for subtype in condition.subtypes}
    # A danger of the illness does not go away with a medicine. A sign of the condition is left out
    # only where the medicine words that very sign for this condition itself.
    signs = tuple(flag for medicine in medicines for flag in medicine.red_flags)
    own = {flag.signs[:1] for flag in signs if flag.condition == condition.id}
    inherited = tuple(flag for flag in condition.red_flags if flag.signs[:1] not in own)
    return Column(
        id=option.id,
        title=option.heading,
        head=_head(catalogue, option, main),
        say=main.say,
        kind=main.kind,
        summary="",
        status=status_for(condition, main, age),
        uses=tuple(
            ColumnUse(
                status=use.status,
                subtype=subtypes.get(use.subtype or "", ""),
                limits=use.limits,
                citations=use.citations,
            )
            for use in uses_for(condition, main, age)
        ),
        mistake=CitedText(
            text=" ".join(medicine.mistake.text for medicine in medicines),
            citations=tuple(
                dict.fromkeys(it for medicine in medicines for it in medicine.mistake.citations)
            ),
        ),
        red_flags=_flags((*signs, *inherited, *of_age), condition, age, who),
        medicines=tuple(medicine.id for medicine in medicines),
        plan=option.kind if isinstance(option, Plan) else None,
    )


def _head(catalogue: Catalogue, option: Medicine | Plan, main: Medicine) -> str:
    if not isinstance(option, Plan):
        return main.name[0].upper() + main.name[1:]
    if option.kind is PlanKind.STAY:
        return option.heading
    return catalogue.words(f"plan.head-{option.kind}", medicine=main.name)


def _flags(
    flags: Sequence[RedFlag], condition: Condition, age: Age | None, who: Who | None
) -> tuple[ColumnFlag, ...]:
    """Return the signs that count in a condition, at an age and for a person, by urgency."""
    counting = [flag for flag in flags if flag.fits(who) and flag.counts_for(condition.id, age)]
    # Two medicines of one plan may tell the same sign in the same words: it stands once.
    once = {(flag.urgency, flag.sign, flag.action): flag for flag in reversed(counting)}
    return tuple(
        ColumnFlag(
            urgency=flag.urgency, sign=flag.sign, action=flag.action, citations=flag.citations
        )
        for flag in in_telling_order(tuple(reversed(once.values())))
    )
