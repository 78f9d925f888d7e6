"""The address of a comparison: ids of a condition, options, lines and an age group, no more."""

from collections.abc import Mapping

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Age, Catalogue
from explorer.domain.comparison import PAGE_LIMITS, options_in

CONDITION, OPTIONS, ROWS, AGE = "c", "m", "rows", "a"
"""Names of the address's parameters."""

PARAMETERS = (CONDITION, OPTIONS, ROWS, AGE)


class Choice(Frozen):
    """What a reader chose to compare. Rows are empty for all lines."""

    condition: str | None = None
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    age: Age = Age.ADULT


class Dropped(Frozen):
    """What an address named that cannot be shown; each becomes a visible message."""

    conditions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    too_many: bool = False


def read(catalogue: Catalogue, parameters: Mapping[str, str]) -> tuple[Choice, Dropped]:
    """Read an address's parameters, keeping what exists and listing what does not.

    Args:
        catalogue: the content.
        parameters: the parameters as they stand in the address; any may be missing.

    Returns:
        The choice, with the condition's preselection where no option was named, and what had to
        be dropped. Nothing is ever raised for a bad address.
    """
    named = parameters.get(CONDITION, "")
    if not catalogue.has_condition(named):
        return Choice(), Dropped(conditions=_shown((named,) if named else ()))
    offered = {option.id: option for option in options_in(catalogue, named)}
    wanted = _split(parameters.get(OPTIONS, ""))
    known = tuple(item for item in wanted if item in offered and offered[item].is_offered)
    rows = _split(parameters.get(ROWS, ""))
    options = known[: PAGE_LIMITS[1]]
    if not wanted:
        options = catalogue.condition(named).preselect.options
    choice = Choice(
        condition=named,
        options=options,
        rows=tuple(row for row in rows if catalogue.has_row(row)),
        age=Age.CHILD if parameters.get(AGE) == Age.CHILD else Age.ADULT,
    )
    dropped = Dropped(
        options=_shown(tuple(item for item in wanted if item not in offered)),
        unused=tuple(item for item in wanted if item in offered and item not in known),
        rows=_shown(tuple(row for row in rows if not catalogue.has_row(row))),
        too_many=len(known) > PAGE_LIMITS[1],
    )
    return choice, dropped


def write(choice: Choice) -> dict[str, str]:
    """Write a choice as parameters of an address; what is at its default is left out."""
    parameters: dict[str, str] = {}
    if choice.condition is not None:
        parameters[CONDITION] = choice.condition
        parameters[OPTIONS] = ",".join(choice.options)
        if choice.rows:
            parameters[ROWS] = ",".join(choice.rows)
        if choice.age is not Age.ADULT:
            parameters[AGE] = choice.age.value
    return parameters


def _split(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))


def _shown(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Shorten what a stranger may have put into an address before it is shown."""
    return tuple(item[:40] for item in ids[:6])


def place_of(catalogue: Catalogue, ref: str) -> str:
    """Give the address, relative to our pages, of the cell or guide statement behind a ref.

    Args:
        catalogue: the content.
        ref: as in ``explorer.content.support``: ``guide/section/statement`` or
            ``medicine/row[/condition]``.

    Raises:
        UnknownId: the ref names a medicine that is not shown.
    """
    first, second, *rest = ref.split("/")
    if first == "guide":
        return f"guide#{rest[0]}"
    medicine = catalogue.medicine(first)
    known = [item.id for item in catalogue.conditions if medicine.is_used_in(item.id)]
    condition = rest[0] if rest and catalogue.has_condition(rest[0]) else known[0]
    base = f"compare?{CONDITION}={condition}&{OPTIONS}={medicine.id},stay"
    if catalogue.has_row(second):
        return f"{base}&{ROWS}={second}#row-{second}"
    return f"{base}#row-{'mistake' if second == 'mistake' else 'red-flags'}"


def page_of(ref: str) -> str:
    """Give the address of the page that holds what a ref names, without choosing a condition.

    Args:
        ref: as in ``explorer.content.support``, or a medicine, or ``guide/<section>``.
    """
    first, *rest = ref.split("/")
    if first == "guide":
        return f"guide#{rest[-1]}" if rest else "guide"
    page = f"medicine?{OPTIONS}={first}"
    if not rest:
        return page
    places = {"mistake": "medicine-first", "flags": "red-flags"}
    return f"{page}#{places.get(rest[0], f'row-{rest[0]}')}"


def title_of(catalogue: Catalogue, ref: str) -> str:
    """Say in words what a ref names, as a reader would look for it.

    Args:
        catalogue: the content.
        ref: as for ``page_of``, or one word for a part of the site, such as ``all``.
    """
    words = catalogue.words
    first, *rest = ref.split("/")
    for section in catalogue.guide:
        if first == "guide" and rest and section.id == rest[0]:
            return words("sources.in-guide", question=section.question)
    for medicine in catalogue.published:
        if medicine.id == first:
            if not rest:
                return medicine.heading
            special = {"mistake": "compare.mistake-row", "flags": "compare.flags-row"}
            short = words(special[rest[0]]) if rest[0] in special else catalogue.row(rest[0]).short
            return words("sources.in-medicine", title=medicine.heading, short=short)
    for condition in catalogue.conditions:
        if condition.id == first:
            return condition.name
    return words(f"about.part-of-site-{first}")
