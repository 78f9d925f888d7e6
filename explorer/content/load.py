"""The one reader of the data folder: TOML files in, one frozen catalogue out.

Files are read strictly: UTF-8, no unknown keys, decimals kept exact. Whatever does not fit
becomes a finding that names file, key and reason; nothing is guessed and nothing is skipped.
"""

import hashlib
import re
import stat
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from explorer.content import toml
from explorer.content.files import NotRead, files_in
from explorer.content.findings import ContentError, Finding, Level
from explorer.domain.base import Frozen, as_tuple
from explorer.domain.catalogue import Catalogue
from explorer.domain.facts import files_by_field
from explorer.domain.letters import escaped
from explorer.domain.prose import File

FILES = {
    "sources.toml": "the register of sources",
    "rows.toml": "the lines of the comparison",
    "kinds.toml": "the kinds of medicine",
    "conditions.toml": "the conditions",
    "concerns.toml": "what a patient may care about",
    "prompts.toml": "questions to ask at a visit",
    "concepts.toml": "what must be known, for the quiz",
    "contacts.toml": "whom to call",
    "signs.toml": "the warning signs, once each",
    "claims.toml": "what became of each claim of the article",
    "glossary.toml": "words explained",
    "words.toml": "interface words and banned words",
    "mirrors.toml": "hosts that no source's address may have",
    "blueprint.toml": "how many questions of which sort there are",
    "released.toml": "questions that people have answered, by version",
    "review.toml": "when content was made and checked",
    "audit.toml": "the public self-audit",
    "changes.toml": "what changed in the content, and why",
    "exceptions.toml": "texts allowed above a limit, with the reason",
}
"""The files that the folder must hold, beside ``README.md`` and the folders."""

GRADES = "grades.toml"
"""Reading grades as they were measured; the folder may lack it, for no text rests on it."""

DOCUMENT = "README.md"
MEDICINES = "medicines"
GUIDE = "guide"
QUESTIONS = "questions"
NUMBERS = "numbers"
FOLDERS = (MEDICINES, GUIDE, QUESTIONS, NUMBERS)


class Content(Frozen):
    """The checked content with the version that names exactly these files."""

    catalogue: Catalogue
    version: str


class Folder(Frozen):
    """The data folder as read: parsed files by name, and what could not be read."""

    files: tuple[tuple[str, Any], ...]
    unreadable: tuple[Finding, ...]
    stray: tuple[str, ...]
    version: str

    def parsed(self, name: str) -> Any:
        """Return the parsed content of a file, or an empty table where it could not be read."""
        return dict(self.files).get(name, {})

    def under(self, folder: str) -> dict[str, Any]:
        """Return the parsed files of a folder inside, by their name without the ending."""
        return {
            Path(name).stem: content
            for name, content in self.files
            if name.startswith(f"{folder}/")
        }


def read_folder(path: Path) -> Folder:
    """Read every file of a data folder without judging what it says.

    Args:
        path: the data folder.

    Returns:
        The parsed files, findings for those that could not be read, files that do not belong
        there, and the version: the first ten hexadecimal digits of a SHA-256 over the names
        and bytes of all files.
    """
    reason = _why_no_folder(path)
    if reason:
        missing = _finding(escaped(str(path)), "-", "folder", reason)
        return Folder(files=(), unreadable=(missing,), stray=(), version="none")
    parsed: list[tuple[str, Any]] = []
    problems: list[Finding] = []
    stray: list[str] = []
    names: set[str] = set()
    digest = hashlib.sha256()
    for found in files_in(path):
        if isinstance(found, NotRead):
            names.add(found.name)
            problems.append(_finding(found.name, "-", "unreadable", str(found)))
            continue
        name, raw = found
        names.add(name)
        digest.update(name.encode() + b"\0" + raw + b"\0")
        if not _belongs(name):
            stray.append(name)
        elif name.endswith(".toml"):
            try:
                parsed.append((name, parse(name, raw)))
            except ContentError as error:
                problems.extend(error.findings)
    problems.extend(
        _finding(name, "-", "missing-file", f"the file is missing; it holds {purpose}")
        for name, purpose in FILES.items()
        if name not in names
    )
    return Folder(
        files=tuple(parsed),
        unreadable=tuple(problems),
        stray=tuple(stray),
        version=digest.hexdigest()[:10],
    )


def _why_no_folder(path: Path) -> str:
    """Return why a path is no folder that can be read; nothing where it is one."""
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            return ""
    except FileNotFoundError:
        return "there is no such data folder"
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = error.strerror if isinstance(error, OSError) else str(error)
        return f"the data folder cannot be read: {why}"
    return "this is a file, and has to be the data folder"


def parse(name: str, raw: bytes) -> dict[str, Any]:
    """Parse one TOML file.

    Args:
        name: name of the file, for the message.
        raw: its bytes.

    Raises:
        ContentError: it is not UTF-8, not TOML or beyond a bound; the finding names the place.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        reason = "the file is not UTF-8 text; save it with that encoding"
        raise ContentError((_finding(name, f"line {line}", "encoding", reason),)) from error
    try:
        return toml.read(text.removeprefix("\ufeff"))
    except toml.TomlError as error:
        key = error.key or ("-" if error.line is None else f"line {error.line}")
        raise ContentError((_finding(name, key, "toml", str(error)),)) from error


def build(folder: Folder) -> Catalogue:
    """Build the catalogue from a folder that was read.

    Raises:
        ContentError: a file could not be read or does not fit the model.
    """
    if folder.unreadable:
        raise ContentError(folder.unreadable)
    rows = folder.parsed("rows.toml")
    words = folder.parsed("words.toml")
    kinds = _keyed(folder.parsed("kinds.toml"))
    tables: dict[str, Any] = {
        "sources": _keyed(folder.parsed("sources.toml")),
        "groups": _keyed(rows.get("groups", {})),
        "rows": _keyed(rows.get("rows", {})),
        "guidelines": _keyed(rows.get("guidelines", {})),
        "roles": _roles(rows.get("roles", {})),
        "glance": _keyed(rows.get("glance", {})),
        "kinds": kinds,
        "conditions": _keyed(folder.parsed("conditions.toml")),
        "medicines": _keyed(folder.under(MEDICINES)),
        "contacts": _keyed(folder.parsed("contacts.toml")),
        "signs": _signs(folder.parsed("signs.toml")),
        "glossary": _keyed(folder.parsed("glossary.toml")),
        "guide": _keyed(folder.under(GUIDE)),
        "numbers": _keyed(folder.under(NUMBERS)),
        "mirrors": folder.parsed("mirrors.toml"),
        "blueprint": folder.parsed("blueprint.toml"),
        "claims": folder.parsed("claims.toml"),
        "bank": {
            "topics": _keyed(folder.under(QUESTIONS)),
            "concepts": _keyed(folder.parsed("concepts.toml")),
            "released": _keyed(folder.parsed("released.toml")),
        },
        "concerns": _keyed(folder.parsed("concerns.toml")),
        "prompts": _keyed(folder.parsed("prompts.toml")),
        "banned": as_tuple(words.get("banned", [])),
        "exceptions": as_tuple(folder.parsed("exceptions.toml").get("exceptions", [])),
        "review": folder.parsed("review.toml"),
        "audit": _keyed(folder.parsed("audit.toml")),
        "changes": as_tuple(folder.parsed("changes.toml").get("changes", [])),
        "words": _messages(words.get("words", {}), kinds),
        "grades": _keyed(folder.parsed(GRADES)),
    }
    try:
        return Catalogue.model_validate(tables)
    except ValidationError as error:
        raise ContentError(tuple(_explain(error, tables))) from error


def load(path: Path) -> Content:
    """Read a data folder into content that fits the model.

    The rules of ``explorer.content.check`` are not run here.

    Raises:
        ContentError: with one finding for everything that does not fit.
    """
    folder = read_folder(path)
    return Content(catalogue=build(folder), version=folder.version)


def _belongs(name: str) -> bool:
    if name in FILES or name in (DOCUMENT, GRADES):
        return True
    parent, _, stem = name.rpartition("/")
    return parent in FOLDERS and re.fullmatch(r"[a-z][a-z0-9-]*\.toml", stem) is not None


def _keyed(table: Any) -> Any:
    if not isinstance(table, Mapping):
        return table
    return tuple(
        {"id": key, **value} if isinstance(value, Mapping) else value
        for key, value in table.items()
    )


def _signs(table: Any) -> Any:
    if not isinstance(table, Mapping):
        return table
    return {**table, "signs": _keyed(table.get("signs", {}))}


def _flat(table: Any, prefix: str = "") -> Any:
    if not isinstance(table, Mapping):
        return table
    pairs: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            pairs.extend(_flat(value, f"{prefix}{key}."))
        else:
            pairs.append((prefix + key, value))
    return tuple(pairs)


def _messages(table: Any, kinds: Any) -> Any:
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


def _roles(table: Any) -> Any:
    if not isinstance(table, Mapping):
        return table
    return tuple({"id": role, "row": row} for role, row in table.items())


def _finding(file: str, key: str, rule: str, reason: str) -> Finding:
    return Finding(file=file, key=key, level=Level.ERROR, rule=rule, reason=reason)


_FILE_OF = files_by_field()

_PLAIN = {
    "extra_forbidden": "there is no such key; check its spelling",
    "missing": "this key is missing",
}


def _explain(error: ValidationError, tables: Mapping[str, Any]) -> Iterable[Finding]:
    for item in error.errors(include_url=False):
        part, *path = item["loc"]
        if part == "bank":
            part, *path = path
        file, key = _place(str(part), path, tables)
        reason = _PLAIN.get(item["type"]) or _reason(item)
        yield _finding(file, key, "model", reason)


def _reason(item: Mapping[str, Any]) -> str:
    said = str(item["msg"]).removeprefix("Value error, ")
    value = item.get("input")
    if isinstance(value, str | int | Decimal) and item["type"] != "value_error":
        return f"{said[0].lower()}{said[1:]}; found {str(value)[:60]!r}"
    return f"{said[0].lower()}{said[1:]}"


def _place(part: str, path: list[Any], tables: Mapping[str, Any]) -> tuple[str, str]:
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
        if depth == 0 and part in (*FOLDERS, "topics"):
            file = f"{QUESTIONS if part == 'topics' else part}/{label}.toml"
        else:
            shown.append(label)
        value = found
    return file, ".".join(shown) or "-"
