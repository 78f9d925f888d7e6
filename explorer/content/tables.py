"""Shaping tables of TOML into what the model takes: ids from keys, lists from mappings."""

from collections.abc import Mapping
from typing import Any


def used_nowhere_else(medicines: Any, conditions: Any) -> Any:
    """Write out ``other_conditions``: in each condition without a use, none was found.

    A medicine says once what was searched for the conditions in which it has no use.
    """
    if not isinstance(medicines, tuple) or not isinstance(conditions, Mapping):
        return medicines
    return tuple(
        _with_uses(item, conditions)
        if isinstance(item, Mapping) and isinstance(item.get("other_conditions"), str)
        else item
        for item in medicines
    )


def _with_uses(medicine: Mapping[str, Any], conditions: Mapping[str, Any]) -> dict[str, Any]:
    uses = medicine.get("uses", [])
    named = {use.get("condition") for use in uses if isinstance(use, Mapping)}
    none = {
        **dict.fromkeys(("us", "eu", "off_label"), "not-found"),
        "searched": medicine["other_conditions"],
    }
    more = [{"condition": name, **none} for name in conditions if name not in named]
    rest = {key: value for key, value in medicine.items() if key != "other_conditions"}
    return {**rest, "uses": [*uses, *more]}


def keyed(table: Any) -> Any:
    """Turn a table of tables into a list of them, each with its key as its id."""
    if not isinstance(table, Mapping):
        return table
    return tuple(
        {"id": key, **value} if isinstance(value, Mapping) else value
        for key, value in table.items()
    )


def with_ids(table: Any) -> Any:
    """Give each sign of a table its key as its id."""
    if not isinstance(table, Mapping):
        return table
    return {**table, "signs": keyed(table.get("signs", {}))}


def _flat(table: Any, prefix: str = "") -> Any:
    if not isinstance(table, Mapping):
        return table
    pairs: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            pairs.extend(_flat(value, f"{prefix}{key}."))
        else:
            pairs.append((prefix + key, value))
    return tuple(pairs)


def messages(table: Any, kinds: Any) -> Any:
    """Add the names of the kinds of medicine to the messages, by which pages look them up."""
    own = _flat(table)
    if not isinstance(own, tuple):
        return {"entries": own}
    named = [
        (f"medicine.{prefix}-{kind.get('id')}", kind.get(field))
        for kind in (kinds if isinstance(kinds, tuple) else ())
        if isinstance(kind, Mapping)
        for prefix, field in (("group", "heading"), ("kind", "one"), ("own", "another"))
        if isinstance(kind.get(field), str)
    ]
    return {"entries": (*own, *named), "derived": tuple(key for key, _ in named)}


def with_texts(forms: Any, words: Any) -> Any:
    """Give each short form the text of the interface that it is about."""
    texts = _flat(words)
    if not isinstance(forms, tuple) or not isinstance(texts, tuple):
        return forms
    known = dict(texts)
    return tuple(
        {**form, "text": known.get(form.get("id"), "")} if isinstance(form, Mapping) else form
        for form in forms
    )


def roles(table: Any) -> Any:
    """Turn a table of rows by role into a list of roles."""
    if not isinstance(table, Mapping):
        return table
    return tuple({"id": role, "row": row} for role, row in table.items())
