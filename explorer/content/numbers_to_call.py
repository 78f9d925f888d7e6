"""The numbers to call, which stand once in ``contacts.toml`` and by name everywhere else."""

import re
from collections.abc import Mapping
from typing import Any, Final

from explorer.domain.catalogue import HOME as HOME

NAMES: Final = {
    "{emergency}": "emergency",
    "{poison_help}": "poison_words",
    "{poison_number}": "poison",
    "{crisis}": "crisis",
    "{crisis_words}": "crisis_words",
}
"""What texts write, and the key of ``contacts.toml`` that takes its place."""

COUNTED: Final = re.compile(
    r"\s(?:of|people|adults?|children|patients?|women|men|trials?|studies)\b|%",
    re.IGNORECASE,
)
"""What stands behind a count and never behind a number to call."""

BY_CODE: Final = frozenset({"words", "short_forms", "banned", "jurisdiction"})
"""Tables whose braces the code fills in, with values of its own."""


def filled(tables: Mapping[str, Any], contact: Any) -> dict[str, Any]:
    """Put the numbers of a jurisdiction in the place of their names.

    Args:
        tables: the content as it was read, by field of the catalogue.
        contact: the entry of ``contacts.toml``. What it does not have stays as it is written;
            the rule ``jurisdiction`` names it.

    Returns:
        New tables.
    """
    known = contact if isinstance(contact, Mapping) else {}
    values = {
        name: value
        for name, key in NAMES.items()
        if isinstance(value := known.get(key), str) and value
    }
    texts: dict[str, str] = {}
    return {
        key: table if key in BY_CODE else _fill(table, values, texts)
        for key, table in tables.items()
    }


def _fill(value: Any, values: Mapping[str, str], texts: dict[str, str]) -> Any:
    """Fill a value in; equal texts become one: ids and places are cited thousands of times."""
    if isinstance(value, str):
        found = texts.get(value)
        if found is None:
            found = value
            if "{" in value:
                for name, said in values.items():
                    found = found.replace(name, said)
            texts[value] = found
        return found
    if isinstance(value, dict):  # TOML gives no other mapping, and an abstract one is slow
        return {key: _fill(item, values, texts) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill(item, values, texts) for item in value]
    if isinstance(value, tuple):
        return tuple(_fill(item, values, texts) for item in value)
    return value


def literal(text: str, numbers: frozenset[str]) -> str:
    r"""Return the first number that a text writes out by hand, or nothing.

    A count, such as 111 people or 111 of 1000, is no number to call.

    Args:
        text: a text as it is written; in a pattern too, where \\b stands before the number.
        numbers: the numbers of all jurisdictions.
    """
    for number in sorted(number for number in numbers if number in text):
        for found in re.finditer(re.escape(number), text):
            before, after = text[: found.start()], text[found.end() :]
            part_of_more = re.search(r"(?<!\\)\w$|[-.,]$", before) or re.match(r"\w|[.,]\d", after)
            counted = re.search(r"\b(?:of|from|in)\s$", before) or COUNTED.match(after)
            if not part_of_more and not counted:
                return number
    return ""
