"""The one reader of a clinic's own folder, which stands beside the shipped one.

It may hold a contact, notes on rows and questions, and nothing else: no file of it can take the
place of a shipped one. What it says is checked by the rules of the gate, as the shipped content is.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from explorer.content.files import NotRead, files_in
from explorer.content.findings import ContentError, Finding, Level, Report
from explorer.content.load import DOCUMENT, QUESTIONS, is_dropping, parse, why_no_folder
from explorer.content.model_errors import explain
from explorer.content.numbers_to_call import filled
from explorer.content.tables import keyed
from explorer.content.texts import question_file
from explorer.domain.catalogue import Catalogue
from explorer.domain.letters import escaped
from explorer.domain.local import PREFIX, Local
from explorer.domain.questions import Bank

CONTACT: Final = "contact.toml"
NOTES: Final = "notes.toml"
SHOWN: Final = "local/"
"""What stands before the name of a local file in a finding."""

_TOPIC = re.compile(rf"{QUESTIONS}/{PREFIX}[a-z0-9-]+\.toml")


def read_local(
    path: Path, catalogue: Catalogue, contact: Any, gate: Callable[[Catalogue], Report]
) -> tuple[Local, str]:
    """Read and check a clinic's folder.

    Args:
        path: the folder.
        catalogue: the shipped content, checked.
        contact: the entry of ``contacts.toml`` whose numbers the texts name.
        gate: applies the rules of the gate to a catalogue.

    Returns:
        The clinic's content, and six hexadecimal digits that name exactly these files.

    Raises:
        ContentError: it cannot be read or breaks a rule; each finding names its file.
    """
    parsed, problems, version = _read(path)
    if problems:
        raise ContentError(tuple(problems))
    topics = {Path(name).stem: held for name, held in parsed.items() if "/" in name}
    notes = parsed.get(NOTES, {})
    tables: dict[str, Any] = filled(
        {
            "contact": parsed.get(CONTACT),
            "notes": keyed(notes) if isinstance(notes, dict) else notes,
            "topics": keyed(topics),
        },
        contact,
    )
    try:
        local = Local.model_validate(tables)
    except ValidationError as error:
        found = explain(error, tables, {"topics": QUESTIONS})
        raise ContentError(tuple(map(_shown, found))) from error
    findings = [*_own_rules(local, catalogue)]
    if not findings:
        findings += _rules_of_the_gate(local, catalogue, gate)
    if findings:
        raise ContentError(tuple(sorted(findings, key=lambda item: (item.file, item.key))))
    return local, version


def _read(path: Path) -> tuple[dict[str, Any], list[Finding], str]:
    why = why_no_folder(path)
    if why:
        reason = f"{why}; set EXPLORER_LOCAL_DATA to the clinic's folder, or leave it out"
        return {}, [_finding(escaped(str(path)), "-", "folder", reason)], ""
    parsed: dict[str, Any] = {}
    problems: list[Finding] = []
    digest = hashlib.sha256()
    for found in files_in(path):
        name = found.name if isinstance(found, NotRead) else found[0]
        if is_dropping(name):
            continue
        if isinstance(found, NotRead):
            problems.append(_finding(SHOWN + name, "-", "unreadable", str(found)))
            continue
        raw = found[1]
        digest.update(name.encode() + b"\0" + raw + b"\0")
        if name in (CONTACT, NOTES) or _TOPIC.fullmatch(name):
            try:
                parsed[name] = parse(name, raw)
            except ContentError as error:
                problems += map(_shown, error.findings)
        elif name != DOCUMENT:
            reason = (
                f"this folder holds {CONTACT}, {NOTES} and {QUESTIONS}/{PREFIX}<name>.toml only, "
                "and takes the place of no shipped file; take it out"
            )
            problems.append(_finding(SHOWN + name, "-", "local-file", reason))
    return parsed, problems, digest.hexdigest()[:6]


def _own_rules(local: Local, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what only a local folder can break: its ids, and what its notes stand by."""
    published = {medicine.id for medicine in catalogue.published}
    for note in local.notes:
        known = catalogue.has_row(note.row) and (not note.medicine or note.medicine in published)
        if not known:
            reason = f"there is no '{note.ref}'; write a row, or medicine/row, as in rows.toml"
            yield _finding(SHOWN + NOTES, f"{note.id}.ref", "local-ref", reason)
    seen: set[str] = set()
    for topic in local.topics:
        for question in topic.questions:
            file, key = SHOWN + question_file(topic), f"questions.{question.id}"
            if not question.id.startswith(PREFIX):
                reason = f"the id of a local question starts with {PREFIX}; write {PREFIX}..."
                yield _finding(file, f"{key}.id", "local-id", reason)
            if question.id in seen:
                yield _finding(file, f"{key}.id", "local-id", "this id stands twice; change one")
            seen.add(question.id)
            if question.critical or question.concept:
                reason = "no local question is critical; leave out critical and concept"
                yield _finding(file, key, "local-critical", reason)


def _rules_of_the_gate(
    local: Local, catalogue: Catalogue, gate: Callable[[Catalogue], Report]
) -> Iterator[Finding]:
    """Apply the rules to the shipped content with the local questions in place of its own."""
    bank = Bank(topics=local.topics, concepts=catalogue.bank.concepts)
    candidate = catalogue.evolve(bank=bank, local=local.evolve(under_check=True))
    mine = {CONTACT, NOTES, *map(question_file, local.topics)}
    for found in gate(candidate).findings:
        if found.level is Level.ERROR and found.file in mine:
            yield _shown(found)


def _shown(finding: Finding) -> Finding:
    return finding.evolve(file=SHOWN + finding.file)


def _finding(file: str, key: str, rule: str, reason: str) -> Finding:
    return Finding(file=file, key=key, level=Level.ERROR, rule=rule, reason=reason)
