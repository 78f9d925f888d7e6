"""Takes from a filled sheet what fits the content as it reads today, and lists the rest by row."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from explorer.content.check import check
from explorer.content.findings import ContentError, Level
from explorer.content.load import SIGNATURES, Folder, build, parse
from explorer.content.review_sheet import FilledRow, FilledSheet, SheetError
from explorer.content.rule import Stage
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.letters import typed
from explorer.domain.refs import Ref
from explorer.domain.review_lines import ReviewLine, review_lines
from explorer.domain.signatures import (
    AHEAD,
    MarkedLine,
    ReviewerRole,
    ReviewMark,
    ReviewRecord,
)

MOST_WHY = 1000
"""Most characters of a reason."""

MOST_NAME = 80
"""Most characters of a name."""


class LeftOut(Frozen):
    """A row that was not taken, and why."""

    place: str
    ref: str
    reason: str

    def __str__(self) -> str:
        """Return it as a line for the user."""
        return f"{self.place}: {self.ref or '-'}: not taken: {self.reason}"


class Taken(Frozen):
    """What a sheet gave."""

    record: ReviewRecord | None
    """None where nothing new could be taken."""
    left_out: tuple[LeftOut, ...]
    unmarked: int
    already: int
    """Marks that were read in before."""
    is_other_version: bool
    notes: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[MarkedLine, ...]:
        """What the editor has to look at: lines marked wrong, then unclear."""
        lines = () if self.record is None else self.record.lines
        return tuple(
            line
            for mark in (ReviewMark.WRONG, ReviewMark.UNCLEAR)
            for line in lines
            if line.mark is mark
        )

    def count(self, mark: ReviewMark) -> int:
        """Count the lines that were taken with a mark."""
        return 0 if self.record is None else sum(line.mark is mark for line in self.record.lines)


def take(sheet: FilledSheet, catalogue: Catalogue, version: str, today: date) -> Taken:
    """Judge a filled sheet row by row.

    Args:
        sheet: the sheet as it was read.
        catalogue: the content as it reads now.
        version: its version.
        today: no sheet was filled in later.

    Raises:
        SheetError: it does not say who filled it in and when, or of which content it is.
    """
    role = _role(sheet.role, catalogue)
    on = _date(sheet, today)
    if not re.fullmatch(r"[0-9a-f]{10}", sheet.version):
        raise SheetError("the content version of the first sheet is gone or changed; put it back")
    notes = []
    name = typed(sheet.name, MOST_NAME)
    if name and not role.is_clinician:
        notes.append("the name was left out: a program signs without a name")
        name = ""
    lines = {line.ref: line for line in review_lines(catalogue)}
    rows: defaultdict[str, list[FilledRow]] = defaultdict(list)
    left: list[LeftOut] = []
    unmarked = 0
    for row in sheet.rows:
        if not row.mark and not row.why and not row.problem:
            unmarked += 1
            continue
        reason = row.problem or _why_not(row, lines.get(row.ref), catalogue)
        if reason:
            left.append(LeftOut(place=row.place, ref=row.ref, reason=reason))
        else:
            rows[row.ref].append(row)
    known = {
        (line.ref, line.hash, line.mark)
        for record in catalogue.reviews
        if (record.role, record.on) == (role, on)
        for line in record.lines
    }
    marked: list[MarkedLine] = []
    already = 0
    for ref, same in rows.items():
        marks = {_mark(row.mark, catalogue) for row in same}
        mark = marks.pop()
        if marks or mark is None:
            others = " and ".join(str(row.row) for row in same)
            reason = f"rows {others} mark one line in different ways; keep one of them"
            left += [LeftOut(place=row.place, ref=ref, reason=reason) for row in same]
        elif (ref, lines[ref].hash, mark) in known:
            already += 1
        else:
            why = " ".join(dict.fromkeys(filter(None, (typed(row.why, MOST_WHY) for row in same))))
            marked.append(MarkedLine(ref=ref, hash=lines[ref].hash, mark=mark, why=why))
    record = None
    if marked:
        record = ReviewRecord(
            id=_free_id(catalogue, role, on),
            role=role,
            name=name,
            on=on,
            content=sheet.version,
            lines=tuple(marked),
        )
    return Taken(
        record=record,
        left_out=tuple(left),
        unmarked=unmarked,
        already=already,
        is_other_version=sheet.version != version,
        notes=tuple(notes),
    )


def _why_not(row: FilledRow, line: ReviewLine | None, catalogue: Catalogue) -> str:
    """Return why a marked row cannot be taken; nothing where it can."""
    said = f" (it was marked: {row.mark}{': ' if row.why else ''}{typed(row.why, MOST_WHY)})"
    if not row.mark:
        return f"there is a reason and no mark: {typed(row.why, MOST_WHY)}"
    if _mark(row.mark, catalogue) is None:
        return f"'{typed(row.mark, 40)}' is no mark; write right, wrong or unclear"
    if not row.ref:
        return "its address is gone; copy the row whole"
    if line is None:
        return f"nothing stands at this address now{said}"
    if row.code != line.hash:
        return f"the text has changed since this sheet was made{said}"
    if row.words.split() != line.words.split():
        return (
            "the words in the sheet are not those of the content; a correction belongs beside "
            f"the mark, under why{said}"
        )
    return ""


def _mark(text: str, catalogue: Catalogue) -> ReviewMark | None:
    wanted = text.strip(" .!\n").casefold()
    for mark in ReviewMark:
        if wanted in (mark.value, catalogue.words(f"review.mark-{mark}").casefold()):
            return mark
    return None


def _role(text: str, catalogue: Catalogue) -> ReviewerRole:
    words = catalogue.words
    said = {words(f"review.role-{role}").casefold(): role for role in ReviewerRole}
    said |= {role.value: role for role in ReviewerRole}
    role = said.get(text.strip().casefold())
    if role is None:
        known = ", ".join(words(f"review.role-{role}") for role in ReviewerRole)
        found = f"'{typed(text, 40)}' is none" if text else "it is empty"
        raise SheetError(f"your role on the first sheet is needed, one of: {known}; {found}")
    return role


def _date(sheet: FilledSheet, today: date) -> date:
    try:
        on = date.fromisoformat(sheet.date)
    except ValueError:
        found = f"'{typed(sheet.date, 40)}' is none" if sheet.date else "it is empty"
        raise SheetError(
            f"the date on the first sheet is needed, written as 2026-12-31; {found}"
        ) from None
    if on > today + AHEAD:
        raise SheetError(f"the date on the first sheet, {on}, has not come yet")
    if sheet.day and sheet.date < sheet.day:
        raise SheetError(f"the date on the first sheet, {on}, is before its content, {sheet.day}")
    return on


def _free_id(catalogue: Catalogue, role: ReviewerRole, on: date) -> str:
    used = {record.id for record in catalogue.reviews}
    first = f"{role}-{on}"
    number = 1
    while (name := first if number == 1 else f"{first}-{number}") in used:
        number += 1
    return name


def appended(text: str, record: ReviewRecord) -> str:
    """Return the file of signatures with one more record at its end; nothing in it is rewritten.

    Args:
        text: the file as it is; empty where there is none.
        record: what is added.
    """
    head = [f"[reviews.{record.id}]", f'role = "{record.role}"']
    if record.name:
        head.append(f"name = {_quoted(record.name)}")
    head += [f"on = {record.on}", f'content = "{record.content}"', "lines = ["]
    lines = [
        f"  {{ ref = {_quoted(line.ref)}, hash = {_quoted(line.hash)}, mark = {_quoted(line.mark)}"
        + (f", why = {_quoted(line.why)}" if line.why else "")
        + " },"
        for line in record.lines
    ]
    before = f"{text.rstrip()}\n\n" if text.strip() else ""
    return before + "\n".join([*head, *lines, "]"]) + "\n"


def _quoted(text: str) -> str:
    """Quote a text for TOML, whose escapes are those of JSON."""
    return json.dumps(str(text), ensure_ascii=False)


def checked(folder: Folder, text: str, today: date) -> Catalogue:
    """Build and check the content as it will be with a new file of signatures.

    Args:
        folder: the folder as it was read.
        text: the new file.
        today: the day of the check.

    Raises:
        ContentError: the content would have errors.
    """
    table = parse(SIGNATURES, text.encode())
    files = tuple(pair for pair in folder.files if pair[0] != SIGNATURES)
    new = folder.evolve(files=(*files, (SIGNATURES, table)))
    catalogue = build(new)
    report = check(new, catalogue, today, measure=False, stage=Stage.GATE)
    errors = tuple(item for item in report.findings if item.level is Level.ERROR)
    if errors:
        raise ContentError(errors)
    return catalogue


def editors_list(lines: Iterable[MarkedLine]) -> tuple[str, ...]:
    """Return what an editor has to look at, a line each, with the file and the key.

    Args:
        lines: lines marked wrong or unclear.
    """
    return tuple(
        f"{ref.file}: {ref.key}: {line.mark}: {line.why or 'no reason given'}"
        for line in lines
        for ref in (Ref.parse(line.ref),)
    )
