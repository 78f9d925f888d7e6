"""The names by which people know a condition or a medicine, and which one they mean.

A reader writes "systemic JIA", "sjia" or "Kineret"; the content has one id for each. Case, accents,
apostrophes and hyphens do not count.
"""

import re
import unicodedata

from explorer.domain.catalogue import Catalogue, Condition, Medicine


def condition_names(condition: Condition) -> tuple[str, ...]:
    """Return all names of a condition, the official one first, each once."""
    return _once(condition.name, condition.short, *condition.also, *condition.aliases)


def medicine_names(medicine: Medicine) -> tuple[str, ...]:
    """Return all names of a medicine: the general one, brands, then old and other names."""
    return _once(medicine.name, *(brand.name for brand in medicine.brands), *medicine.also)


def condition_named(catalogue: Catalogue, typed: str) -> Condition | None:
    """Return the condition of an id or of a name that people use, or None."""
    wanted = _flat(typed)
    if catalogue.has_condition(typed):
        return catalogue.condition(typed)
    for condition in catalogue.conditions:
        names = (condition.id, *condition_names(condition), *condition.aliases)
        if wanted and wanted in map(_flat, names):
            return condition
    return None


def medicine_named(catalogue: Catalogue, typed: str) -> Medicine | None:
    """Return the published medicine of an id or of a name that people use, or None."""
    wanted = _flat(typed)
    for medicine in catalogue.published:
        if wanted and wanted in map(_flat, (medicine.id, *medicine_names(medicine))):
            return medicine
    return None


def usual_name(catalogue: Catalogue, typed: str) -> str:
    """Return the name under which the pages tell what a typed name means, or nothing."""
    condition = condition_named(catalogue, typed)
    if condition is not None:
        return condition.name
    medicine = medicine_named(catalogue, typed)
    return "" if medicine is None else medicine.name


def _once(*names: str) -> tuple[str, ...]:
    """Return names in their order, without those that differ in case, hyphens or number only."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(re.sub(r"(ies|y)$", "i", _flat(name)).removesuffix("s"), name)
    return tuple(kept.values())


def _flat(text: str) -> str:
    """Return a text as names are compared: letters and digits only, without case and accents."""
    bare = unicodedata.normalize("NFD", text).casefold()
    return re.sub(r"[\W_]|[\u0300-\u036f]", "", bare)
