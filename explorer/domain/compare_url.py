"""The address of a comparison: ids of a condition, options, lines and an age group, no more."""

from collections.abc import Mapping

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Age, Catalogue
from explorer.domain.comparison import PAGE_LIMITS, Option, options_in
from explorer.domain.names import condition_named, medicine_named
from explorer.domain.refs import Ref, RefKind

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
    typed = parameters.get(CONDITION, "")
    meant = condition_named(catalogue, typed)
    if meant is None:
        return Choice(), Dropped(conditions=_shown((typed,) if typed else ()))
    named = meant.id
    offered = {option.id: option for option in options_in(catalogue, named)}
    wanted = tuple(
        dict.fromkeys(
            _option(catalogue, item, offered) for item in _split(parameters.get(OPTIONS, ""))
        )
    )
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


def _option(catalogue: Catalogue, typed: str, offered: Mapping[str, Option]) -> str:
    """Return the id of the option that an address names, also by a brand or another name."""
    meant = None if typed in offered else medicine_named(catalogue, typed)
    return typed if meant is None else meant.id


def _split(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))


def _shown(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Shorten what a stranger may have put into an address before it is shown."""
    return tuple(item[:40] for item in ids[:6])


def place_of(catalogue: Catalogue, ref: str) -> str:
    """Return the address, relative to our pages, of the cell or guide statement behind a ref.

    Args:
        catalogue: the content.
        ref: as ``Ref.parse`` reads it.

    Raises:
        UnknownId: the ref names a medicine that is not shown.
        NoRef: it is no ref.
    """
    found = Ref.parse(ref)
    if found.medicine is None:
        return found.page
    medicine = catalogue.medicine(found.medicine)
    known = [item.id for item in catalogue.conditions if medicine.is_used_in(item.id)]
    named = found.condition
    condition = named if named is not None and catalogue.has_condition(named) else known[0]
    base = f"compare?{CONDITION}={condition}&{OPTIONS}={medicine.id},stay"
    if found.row is not None and catalogue.has_row(found.row):
        return f"{base}&{ROWS}={found.row}#row-{found.row}"
    return f"{base}#row-{'mistake' if found.kind is RefKind.MISTAKE else 'red-flags'}"


def page_of(ref: str) -> str:
    """Return the page that shows what a ref names; see ``Ref.page``."""
    return Ref.parse(ref).page


def title_of(catalogue: Catalogue, ref: str) -> str:
    """Return what a ref names in words; see ``Ref.label``."""
    return Ref.parse(ref).label(catalogue)
