"""Which medicines the address of the quiz names: ``/quiz?m=methotrexate,anakinra``."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from explorer.domain.catalogue import Catalogue
from explorer.domain.letters import one_line
from explorer.domain.names import medicine_named
from explorer.domain.questions import Audience
from explorer.domain.quiz_pick import rests_on

MOST: Final = 12
"""Most names that are read from an address."""

LONGEST: Final = 40
"""Most characters of a name that are shown."""


class AskedAbout(NamedTuple):
    """What an address names: ids with questions, names that are none, names without a question."""

    medicines: tuple[str, ...]
    unknown: tuple[str, ...]
    unasked: tuple[str, ...]


def asked_about(catalogue: Catalogue, typed: str) -> AskedAbout:
    """Read the names of an address, keeping what there is and listing what there is not.

    Args:
        catalogue: the content.
        typed: ids or names with commas or plus signs between, as anybody may have written them.
    """
    names = [one_line(name) for name in re.split("[,+]", typed[: MOST * LONGEST])]
    names = list(dict.fromkeys(name for name in names if name))[:MOST]
    meant = {name: medicine_named(catalogue, name) for name in names}
    found = dict.fromkeys(item.id for item in meant.values() if item is not None)
    asked = with_questions(catalogue)
    return AskedAbout(
        medicines=tuple(item for item in found if item in asked),
        unknown=tuple(name[:LONGEST] for name, item in meant.items() if item is None),
        unasked=tuple(catalogue.medicine(item).name for item in found if item not in asked),
    )


def with_questions(catalogue: Catalogue, among: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the ids of the medicines on which patients are asked something.

    Args:
        catalogue: the content.
        among: ids to look among; all where it is left out.
    """
    asked = {
        name for item in catalogue.bank.for_audience(Audience.PATIENT) for name in rests_on(item)
    }
    every = [medicine.id for medicine in catalogue.published] if among is None else among
    return tuple(name for name in every if name in asked)
