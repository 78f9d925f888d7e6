"""Drafts: shown on this machine only, and what is left to do until they can be published."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from explorer.content.check import check
from explorer.content.findings import ContentError, Finding
from explorer.content.load import MEDICINES, Folder, build
from explorer.content.rules.names import KIND_TO_WRITE, TO_WRITE
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue

DRAFT = "draft"
"""Stands beside the name of a medicine that is no more than a draft, wherever it is shown."""


GRADES = "grades.toml"
SOURCES = "sources.toml"


class DraftPart(Frozen):
    """A part of a to-do list."""

    title: str
    findings: tuple[Finding, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """One line for each thing to do: fields of one entry that lack the same stand together."""
        fields: dict[tuple[str, str], list[str]] = {}
        for item in self.findings:
            entry, _, field = item.key.rpartition(".")
            fields.setdefault((entry, item.reason), []).append(field)
        return tuple(
            f"{entry}.{' and '.join(names)}: {reason}".removeprefix(".")
            if entry or len(names) == 1
            else f"{', '.join(names)}: {reason}"
            for (entry, reason), names in fields.items()
        )


def ids(folder: Folder) -> tuple[str, ...]:
    """Return the ids of the medicines that are drafts."""
    return tuple(name for name, table in folder.under(MEDICINES).items() if _is_draft(table))


def as_published(folder: Folder, only: str = "") -> Folder:
    """Return the content as if a draft were published, so that its gaps are found.

    Args:
        folder: the content as it was read.
        only: the draft; all of them where it is empty.
    """
    return _with(folder, lambda name, table: {**table, "status": "published"}, only)


def shown(folder: Folder) -> Folder:
    """Return the content with its drafts as a preview shows them.

    Each bears the word "draft" beside its name, and what is not written yet is said to be so.
    """
    rows = folder.parsed("rows.toml").get("rows", {})
    conditions = list(folder.parsed("conditions.toml"))
    kinds = list(folder.parsed("kinds.toml"))

    def made(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
        gap = {
            "kind": "not-found",
            "text": f"{TO_WRITE}. This is a draft.",
            "searched": f"{TO_WRITE}. This is a draft.",
        }
        own = table.get("cells", {})
        cells = dict.fromkeys(rows, gap) | (dict(own) if isinstance(own, Mapping) else {})
        uses = [*table.get("uses", [])]
        used = {use.get("condition") for use in uses if isinstance(use, Mapping)}
        none = {"us": "not-found", "eu": "not-found", "off_label": "not-found"}
        if "other_conditions" not in table:
            uses += [
                {"condition": item, **none, "searched": gap["searched"]}
                for item in conditions
                if item not in used
            ]
        return {
            "say": TO_WRITE,
            "brands": [],
            "red_flags": [],
            "mistake": {"id": f"{name}-mistake", "text": f"{TO_WRITE}."},
            **table,
            **_known_kind(table, kinds),
            "brands_shown": [*table.get("brands_shown", []), DRAFT],
            "status": "published",
            "cells": cells,
            "uses": uses,
        }

    return _with(folder, made)


def _known_kind(table: Mapping[str, Any], kinds: list[str]) -> dict[str, str]:
    """Return a kind that pages can show where none is chosen yet."""
    chosen = table.get("kind", KIND_TO_WRITE)
    return {"kind": next(iter(kinds), "")} if chosen == KIND_TO_WRITE else {}


def to_do(folder: Folder, catalogue: Catalogue, draft: str, today: date) -> tuple[DraftPart, ...]:
    """Return what is left to do until a draft can be published, by the parts of its file.

    Args:
        folder: the content as it was read.
        catalogue: the content, for the groups of the lines.
        draft: the id of the medicine.
        today: the day.
    """
    whole = as_published(folder, draft)
    try:
        found = check(whole, build(whole), today, measure=False).findings
    except ContentError as error:
        found = error.findings
    own_files = (f"{MEDICINES}/{draft}.toml", f"numbers/{draft}.toml")
    named = re.compile(rf"(?<![\w-]){re.escape(draft)}(?![\w-])")
    cited = _cited(folder.under(MEDICINES).get(draft, {}))
    own = [
        item
        for item in found
        if item.file in own_files
        or (item.file == SOURCES and item.key.partition(".")[0] in cited)
        or (
            item.file != GRADES  # they are measured once it is published
            and named.search(f"{item.key} {item.reason}")
        )  # its harms, signs
    ]
    table = folder.under(MEDICINES).get(draft, {})
    written = {use.get("condition") for use in table.get("uses", []) if isinstance(use, Mapping)}
    if "other_conditions" not in table:
        written = {condition.id for condition in catalogue.conditions}
    groups = {group.id: group.question for group in catalogue.groups}
    lines = {row.id: groups.get(row.group, row.group) for row in catalogue.rows}
    parts: dict[str, list[Finding]] = {}
    for item in own:
        first, _, rest = item.key.partition(".")
        title = {
            "cells": lines.get(rest.split(".")[0], "lines that do not exist"),
            "uses": "uses",
            "red_flags": "red flags",
        }.get(first, "names, mistake and the rest")
        title = "pictures" if item.file.startswith("numbers/") else title
        key = item.key
        if item.file not in own_files:
            title, first = f"in {item.file}", ""
        if first == "uses" and rest.split(".")[0] not in written:  # written out from one key
            key = "other_conditions"
        new = item.evolve(key=key)
        if new not in parts.setdefault(title, []):
            parts[title].append(new)
    return tuple(DraftPart(title=title, findings=tuple(items)) for title, items in parts.items())


def without_stubs(folder: Folder, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Leave out what is said of stubs of sources that no published fact cites, for a preview.

    ``check`` and every start still refuse them.

    Args:
        folder: the content as it was read.
        findings: what was found in it.
    """
    register = folder.parsed(SOURCES)
    stubs = {name for name, table in register.items() if TO_WRITE in str(table)}
    if stubs:  # one that a published fact names is no draft's any more
        stubs -= set[str]().union(
            *(_cited(table) for name, table in folder.files if not _is_draft(table))
        )
    return tuple(
        item for item in findings if item.file != SOURCES or item.key.partition(".")[0] not in stubs
    )


def _cited(table: Any) -> set[str]:
    """Return the ids of the sources that an entry of a file and its parts name."""
    if isinstance(table, Mapping):
        own = {str(table["source"])} if "source" in table else set[str]()
        return own.union(*map(_cited, table.values()))
    return set[str]().union(*map(_cited, table)) if isinstance(table, list | tuple) else set()


def _is_draft(table: Any) -> bool:
    return isinstance(table, Mapping) and table.get("status") == "draft"


_Made = Callable[[str, Mapping[str, Any]], dict[str, Any]]


def _with(folder: Folder, made: _Made, only: str = "") -> Folder:
    files: list[tuple[str, Any]] = []
    for name, table in folder.files:
        stem = name.removeprefix(f"{MEDICINES}/").removesuffix(".toml")
        is_draft = name.startswith(f"{MEDICINES}/") and _is_draft(table)
        wanted = is_draft and only in ("", stem)
        files.append((name, made(stem, table) if wanted else table))
    return folder.evolve(files=tuple(files), digest="")  # no longer what was read
