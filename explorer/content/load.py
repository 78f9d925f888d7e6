"""The one reader of the data folder: TOML files in, one frozen catalogue out.

Files are read strictly: UTF-8, no unknown keys, decimals kept exact. Whatever does not fit
becomes a finding that names file, key and reason; nothing is guessed and nothing is skipped.
"""

import hashlib
import re
import stat
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from explorer.content import toml
from explorer.content.files import NotRead, files_in
from explorer.content.findings import ContentError, Finding, Level
from explorer.content.model_errors import explain
from explorer.content.numbers_to_call import HOME, filled
from explorer.content.tables import keyed, messages, roles, used_nowhere_else, with_ids, with_texts
from explorer.domain.base import Frozen, as_tuple, share_fields_set
from explorer.domain.catalogue import Catalogue
from explorer.domain.letters import escaped
from explorer.domain.signing import with_sign_off

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
    "harms.toml": "the harms of each medicine, beside those of its kind",
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

GRADES, SIGNATURES, IMPORTANCE = "grades.toml", "signatures.toml", "importance.toml"
DRAWINGS, PARENTS, SHORT = "drawings.toml", "parents.toml", "short.toml"
OPTIONAL = (GRADES, SIGNATURES, IMPORTANCE, DRAWINGS, PARENTS, SHORT)
"""Files that the folder may lack: measured grades, marks of reviews, what could hurt most first,
line drawings, sentences for parents, what texts of the interface rest on."""

KEPT = "facts.toml"
"""Facts as they were released; the folder may lack it, for no text rests on it."""

DOCUMENT = "README.md"
CONDITIONS = "conditions.toml"
MEDICINES = "medicines"
GUIDE = "guide"
QUESTIONS = "questions"
NUMBERS = "numbers"
FOLDERS = (MEDICINES, GUIDE, QUESTIONS, NUMBERS)

DROPPINGS = re.compile(
    r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|.*~|\..*\.sw[a-p]|~\$.*|\.#.*|#.*#|.*\.(bak|orig|tmp)",
    re.IGNORECASE,
)
"""Names of files that editors and systems leave behind; they hold nothing of ours."""


class Content(Frozen):
    """The checked content with the version that names exactly these files.

    Attributes:
        catalogue: the content.
        version: names exactly these files.
        from_stamp: whether the rules were applied to these files before, and not by this process.
    """

    catalogue: Catalogue
    version: str
    from_stamp: bool = False


class Folder(Frozen):
    """The data folder as read: parsed files by name, and what could not be read."""

    files: tuple[tuple[str, Any], ...]
    unreadable: tuple[Finding, ...]
    stray: tuple[str, ...]
    version: str
    droppings: tuple[str, ...] = ()
    """Files that editors and systems leave behind; they are passed over."""
    digest: str = ""
    """SHA-256 over the names and bytes of all files, as they were read; see ``content.stamp``."""

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


Parsed = dict[tuple[str, bytes], dict[str, Any]]
"""Parsed files by name and bytes, so that a second reading parses only what changed."""


def read_folder(path: Path, kept: Parsed | None = None) -> Folder:
    """Read every file of a data folder without judging what it says.

    Args:
        path: the data folder.
        kept: what an earlier reading parsed; it takes in what this one does.

    Returns:
        The parsed files, findings for those that could not be read, files that do not belong
        there, and the version: the first ten hexadecimal digits of a SHA-256 over the names
        and bytes of all files.
    """
    reason = why_no_folder(path)
    if reason:
        missing = _finding(escaped(str(path)), "-", "folder", reason)
        return Folder(files=(), unreadable=(missing,), stray=(), version="none")
    parsed: list[tuple[str, Any]] = []
    problems: list[Finding] = []
    stray: list[str] = []
    droppings: list[str] = []
    names: set[str] = set()
    digest = hashlib.sha256()
    each = hashlib.sha256()
    for found in files_in(path):
        name = found.name if isinstance(found, NotRead) else found[0]
        if is_dropping(name):
            droppings.append(name)
            continue
        if isinstance(found, NotRead):
            names.add(found.name)
            problems.append(_finding(found.name, "-", "unreadable", str(found)))
            continue
        name, raw = found
        names.add(name)
        digest.update(name.encode() + b"\0" + raw + b"\0")
        each.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(raw).digest())
        if not _belongs(name):
            stray.append(name)
        elif name.endswith(".toml"):
            try:
                known = None if kept is None else kept.get((name, raw))
                made = parse(name, raw) if known is None else known
                if kept is not None:
                    kept[name, raw] = made
                parsed.append((name, made))
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
        droppings=tuple(droppings),
        version=digest.hexdigest()[:10],
        digest=each.hexdigest(),
    )


def why_no_folder(path: Path) -> str:
    """Return why a path is no folder that can be read; nothing where it is one."""
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            return ""
    except FileNotFoundError:
        return "there is no such data folder"
    except OSError as error:
        return f"the data folder cannot be read: {error.strerror}"
    except ValueError:  # each version of Python says it in words of its own
        return "the data folder cannot be read: a null byte in its name"
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


def build(folder: Folder, jurisdiction: str = HOME, *, kept: bool = True) -> Catalogue:
    """Build the catalogue from a folder that was read.

    Args:
        folder: the folder.
        jurisdiction: whose emergency numbers the texts name.
        kept: with the facts of the last release. They are for those who write: no page shows one,
            no rule of the gate asks for one, and they take as much room as two medicines.

    Raises:
        ContentError: a file could not be read or does not fit the model.
    """
    if folder.unreadable:
        raise ContentError(folder.unreadable)
    rows = folder.parsed("rows.toml")
    words = folder.parsed("words.toml")
    kinds = keyed(folder.parsed("kinds.toml"))
    tables: dict[str, Any] = {
        "sources": keyed(folder.parsed("sources.toml")),
        "groups": keyed(rows.get("groups", {})),
        "rows": keyed(rows.get("rows", {})),
        "guidelines": keyed(rows.get("guidelines", {})),
        "roles": roles(rows.get("roles", {})),
        "glance": keyed(rows.get("glance", {})),
        "kinds": kinds,
        "conditions": keyed(folder.parsed("conditions.toml")),
        "medicines": used_nowhere_else(
            keyed(folder.under(MEDICINES)), folder.parsed("conditions.toml")
        ),
        "contacts": keyed(folder.parsed("contacts.toml")),
        "signs": with_ids(folder.parsed("signs.toml")),
        "harms": keyed(folder.parsed("harms.toml")),
        "glossary": keyed(folder.parsed("glossary.toml")),
        "guide": keyed(folder.under(GUIDE)),
        "drawings": keyed(folder.parsed(DRAWINGS)),
        "short_forms": with_texts(keyed(folder.parsed(SHORT)), words.get("words", {})),
        "numbers": keyed(folder.under(NUMBERS)),
        "mirrors": folder.parsed("mirrors.toml"),
        "blueprint": folder.parsed("blueprint.toml"),
        "claims": folder.parsed("claims.toml"),
        "bank": {
            "topics": keyed(folder.under(QUESTIONS)),
            "concepts": keyed(folder.parsed("concepts.toml")),
            "released": keyed(folder.parsed("released.toml")),
        },
        "concerns": keyed(folder.parsed("concerns.toml")),
        "prompts": keyed(folder.parsed("prompts.toml")),
        "banned": as_tuple(words.get("banned", [])),
        "exceptions": as_tuple(folder.parsed("exceptions.toml").get("exceptions", [])),
        "review": folder.parsed("review.toml"),
        "audit": keyed(folder.parsed("audit.toml")),
        "changes": as_tuple(folder.parsed("changes.toml").get("changes", [])),
        "parents": as_tuple(folder.parsed(PARENTS).get("sentences", [])),
        "words": messages(words.get("words", {}), kinds),
        "grades": keyed(folder.parsed(GRADES)),
        "kept": folder.parsed(KEPT) if kept else {},
        "importance": keyed(folder.parsed(IMPORTANCE)),
        "reviews": keyed(folder.parsed(SIGNATURES).get("reviews", {})),
    }
    tables = filled(tables, folder.parsed("contacts.toml").get(jurisdiction))
    tables["jurisdiction"] = jurisdiction
    try:
        catalogue = with_sign_off(Catalogue.model_validate(tables))
    except ValidationError as error:
        folders = {name: name for name in FOLDERS} | {"topics": QUESTIONS}
        raise ContentError(tuple(explain(error, tables, folders))) from error
    share_fields_set(catalogue)
    return catalogue


def load(path: Path, jurisdiction: str = HOME) -> Content:
    """Read a data folder into content that fits the model.

    The rules of ``explorer.content.check`` are not run here.

    Args:
        path: the data folder.
        jurisdiction: whose emergency numbers the texts name.

    Raises:
        ContentError: with one finding for everything that does not fit.
    """
    folder = read_folder(path)
    return Content(catalogue=build(folder, jurisdiction), version=folder.version)


def is_dropping(name: str) -> bool:
    """Return whether an editor or a system left a file behind."""
    return DROPPINGS.fullmatch(name.rpartition("/")[2]) is not None


def _belongs(name: str) -> bool:
    if name in FILES or name in (DOCUMENT, KEPT, *OPTIONAL):
        return True
    parent, _, stem = name.rpartition("/")
    return parent in FOLDERS and re.fullmatch(r"[a-z][a-z0-9-]*\.toml", stem) is not None


def _finding(file: str, key: str, rule: str, reason: str) -> Finding:
    return Finding(file=file, key=key, level=Level.ERROR, rule=rule, reason=reason)
