"""The address of a comparison: ids of a condition, options, lines, medicines and a person's age.

There is nothing else in it, and nothing that anybody typed.
"""

from collections.abc import Mapping

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Age, Catalogue
from explorer.domain.comparison import PAGE_LIMITS, STAY, Option, options_in, preselected
from explorer.domain.names import condition_named, medicine_named
from explorer.domain.refs import Ref, RefKind
from explorer.domain.who import Who

CONDITION, OPTIONS, ROWS, WHO, NOW = "c", "m", "rows", "a", "now"
"""Names of the address's parameters."""

PARAMETERS = (CONDITION, OPTIONS, ROWS, WHO, NOW)

MOST_NOW = 3
"""Most medicines that are told as taken now: more than that no comparison can show together."""


class Choice(Frozen):
    """Who it is for, what is taken now, and what is compared. Rows are empty for all lines."""

    condition: str | None = None
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    who: Who = Who.ADULT
    now: tuple[str, ...] = ()

    @property
    def age(self) -> Age:
        """The age group for which facts are resolved."""
        return self.who.age


class Dropped(Frozen):
    """What an address named that cannot be shown; each becomes a visible message."""

    conditions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
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
    plain = {option.id: option for option in options_in(catalogue, named)}
    told = tuple(_option(catalogue, item, plain) for item in _split(parameters.get(NOW, "")))
    now = tuple(
        option.id
        for option in plain.values()
        if option.id in told and option.kind is not None and option.is_offered
    )[:MOST_NOW]
    offered = {option.id: option for option in options_in(catalogue, named, now)}
    meant_by = (_option(catalogue, item, offered) for item in _split(parameters.get(OPTIONS, "")))
    wanted = tuple(
        # What is taken now is no rival of itself: an address that names it means to stay on it.
        dict.fromkeys(STAY if item in now else item for item in meant_by)
    )
    known = tuple(item for item in wanted if item in offered and offered[item].is_offered)
    rows = _split(parameters.get(ROWS, ""))
    options = known[: PAGE_LIMITS[1]]
    if not wanted:
        options = preselected(catalogue, catalogue.condition(named), now)
    choice = Choice(
        condition=named,
        options=options,
        rows=tuple(row for row in rows if catalogue.has_row(row)),
        who=next((who for who in Who if who == parameters.get(WHO)), Who.ADULT),
        now=now,
    )
    dropped = Dropped(
        options=_shown(tuple(item for item in wanted if item not in offered)),
        unused=tuple(item for item in wanted if item in offered and item not in known),
        rows=_shown(tuple(row for row in rows if not catalogue.has_row(row))),
        now=_shown(tuple(item for item in told if item not in now)),
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
        if choice.who is not Who.ADULT:
            parameters[WHO] = choice.who.value
        if choice.now:
            parameters[NOW] = ",".join(choice.now)
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
