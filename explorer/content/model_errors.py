"""What the model refuses, told as findings: file, dotted key, and plain words."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from explorer.content.findings import Finding, Level
from explorer.domain.facts import files_by_field
from explorer.domain.prose import File

_FILE_OF = files_by_field()

_PLAIN = {
    "extra_forbidden": "there is no such key; check its spelling",
    "missing": "this key is missing",
    "string_type": "write a text here, in quotation marks",
    "int_type": "write a whole number here, without quotation marks",
    "bool_type": "write true or false here, without quotation marks",
    "date_type": "write a day here, such as 2026-11-25, without quotation marks",
    "tuple_type": "write a list here, in square brackets",
    "model_type": 'write a table here, such as { id = "..." }, and no single value',
    "model_attributes_type": 'write a table here, such as { id = "..." }, and no single value',
    "dict_type": "write a table here, and no single value",
    "union_tag_not_found": 'say of which kind it is: kind = "..."',
}


def explain(
    error: ValidationError, tables: Mapping[str, Any], folders: Mapping[str, str]
) -> Iterator[Finding]:
    """Turn what the model refuses into findings in the words of an editor.

    Args:
        error: what the model said.
        tables: what it was given, by field of the catalogue.
        folders: folder by field, for fields that are kept in a file for each entry.
    """
    for item in error.errors(include_url=False):
        part, *path = item["loc"]
        if part == "bank":
            part, *path = path
        file, key = _place(str(part), path, tables, folders)
        reason = _reason(item)
        yield Finding(file=file, key=key, level=Level.ERROR, rule="model", reason=reason)


def _reason(item: Mapping[str, Any]) -> str:
    value = item.get("input")
    plain = _PLAIN.get(item["type"], "")
    if plain:
        shown = isinstance(value, str | int | Decimal) and item["type"] != "extra_forbidden"
        return f"{plain}; found {str(value)[:60]!r}" if shown else plain
    said = str(item["msg"]).removeprefix("Value error, ")
    if isinstance(value, str | int | Decimal) and item["type"] != "value_error":
        return f"{said[0].lower()}{said[1:]}; found {str(value)[:60]!r}"
    return f"{said[0].lower()}{said[1:]}"


def _place(
    part: str, path: list[Any], tables: Mapping[str, Any], folders: Mapping[str, str]
) -> tuple[str, str]:
    """Turn a place in the model back into the file and the dotted key a person wrote."""
    value: Any = tables[part] if part in tables else tables["bank"].get(part)
    place = _FILE_OF.get(part, File(part))
    file = place.name
    shown = [place.table] if place.table else []
    for depth, step in enumerate(path):
        found: Any = None
        label = str(step)
        if isinstance(value, Mapping):
            if isinstance(step, int):
                entries = list(value.items())
                label, found = entries[step] if step < len(entries) else (label, None)
            elif step in value:
                found = value[step]
            elif step == "default" or value.get("kind") == step:
                continue
        elif isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
            found = value[step]
            label = str(step + 1)
            if isinstance(found, Mapping) and "id" in found:
                label = str(found["id"])
        if depth == 0 and part in folders:
            file = f"{folders[part]}/{label}.toml"
        else:
            shown.append(label)
        value = found
    return file, ".".join(shown) or "-"
