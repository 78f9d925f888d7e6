"""The table of signs as it is printed: every sign beside every place that tells it."""

import csv
import io
from collections.abc import Iterator

from explorer.content.signs import Passage, Telling, action_of, flags, passages, tellings
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, RedFlag
from explorer.domain.signs import DoseAction, SignTable, Urgency, WarningSign, faster, stronger


class Line(Frozen):
    """One line of the printed table: a sign in one place."""

    sign: str
    file: str
    key: str
    urgency: Urgency | None
    """How fast; None where the place names the sign and does not say how fast."""
    medicine: DoseAction | None
    """What happens to the medicine; None where the place does not say."""
    words: str
    why: str = ""


def lines(catalogue: Catalogue) -> tuple[Line, ...]:
    """Put every sign beside every place that tells it, the table's own line first.

    Args:
        catalogue: the content.

    Returns:
        Lines by sign, in the table's order; under each sign the most urgent places first.
    """
    table = catalogue.signs
    found: dict[str, list[Line]] = {sign.id: [] for sign in table.signs}
    for item in flags(catalogue):
        for name in item.flag.signs:
            found.get(name, []).append(
                Line(
                    sign=name,
                    file=item.file,
                    key=item.key,
                    urgency=item.flag.urgency,
                    medicine=action_of(table, item.flag),
                    words=item.text(),
                    why=_why(table, name, item.flag),
                )
            )
    for passage in passages(catalogue):
        for line in _told(table, passage):
            found[line.sign].append(line)
    order = list(Urgency)

    def place(line: Line) -> int:
        return len(order) if line.urgency is None else order.index(line.urgency)

    return tuple(
        line
        for sign in table.signs
        for line in (
            *_own(sign),
            *sorted(found[sign.id], key=lambda line: (place(line), line.file)),
        )
    )


def _told(table: SignTable, passage: Passage) -> Iterator[Line]:
    """Return a line for each sign that a passage tells, and for each that it only names.

    A cell or an answer names signs for all its texts; the parts that do not tell one are left out
    where another part does, and so is a cell's note.
    """
    told = tellings(table, passage)
    alone = len({telling.told for telling in told}) == 1
    whole = table.told.action(passage.text) or table.told.action(passage.heading)
    for telling in _most_urgent(table, told):
        action = table.told.action(telling.words)
        shared = alone or telling.told is Urgency.SAME_DAY
        if telling.sign.medicine is DoseAction.GO_ON and len({item.sign.id for item in told}) > 1:
            shared = False
        yield Line(
            sign=telling.sign.id,
            file=passage.file,
            key=passage.key,
            urgency=telling.told,
            medicine=whole if shared and not action else action,
            words=passage.text,
        )
    said = {urgency for item in passage.sentences if (urgency := table.told.urgency(item))}
    if not said and (urgency := table.told.urgency(passage.heading)):
        said.add(urgency)
    elsewhere = {telling.sign.id for telling in told}
    if passage.whole:
        around = Passage(file=passage.file, key=passage.key, text=passage.whole)
        elsewhere |= {telling.sign.id for telling in tellings(table, around)}
    for name in passage.names or ():
        if passage.key.endswith(".note"):
            break
        sign = table.get(name)
        if sign is not None and name not in elsewhere:
            yield Line(
                sign=name,
                file=passage.file,
                key=passage.key,
                urgency=next(iter(said)) if len(said) == 1 else None,
                # Of a text with several urgencies nobody knows whose the action is.
                medicine=whole if len(said) <= 1 else None,
                words=passage.text,
            )


def _why(table: SignTable, name: str, flag: RedFlag) -> str:
    """Return why a flag asks for more than one of its signs: its own word, or that sign."""
    sign = table.get(name)
    if flag.why or sign is None:
        return flag.why
    others = [
        other.id
        for other in (table.get(item) for item in flag.signs)
        if other is not None
        and (
            faster(other.urgency, sign.urgency)
            or (
                stronger(other.medicine, sign.medicine) and other.medicine is action_of(table, flag)
            )
        )
    ]
    return f"stands with {', '.join(others)}" if others else ""


def _own(sign: WarningSign) -> Iterator[Line]:
    key = f"signs.{sign.id}"
    words = f"{sign.words} {sign.child}".strip()
    yield Line(
        sign=sign.id,
        file="signs.toml",
        key=key,
        urgency=sign.urgency,
        medicine=sign.medicine,
        words=words,
    )
    for band in sign.ages:
        yield Line(
            sign=sign.id,
            file="signs.toml",
            key=f"{key}.under-{band.under_months}-months",
            urgency=band.urgency,
            medicine=band.medicine,
            words=band.words,
        )


def _most_urgent(table: SignTable, found: tuple[Telling, ...]) -> tuple[Telling, ...]:
    """Return one telling for each sign of a passage: the one that asks for help soonest.

    Of two that ask for it equally soon, the one that says what happens to the medicine. A sign
    that the passage tells as the table does is not read from a sentence on a worse one, such as
    mouth sores beside a rash.
    """
    best: dict[str, Telling] = {}
    own = {item.sign.id for item in found if item.told is item.floor}
    for telling in found:
        if telling.sign.id in own and telling.told is not telling.floor:
            continue
        known = best.get(telling.sign.id)
        if (
            known is None
            or faster(telling.told, known.told)
            or (
                telling.told is known.told
                and table.told.action(telling.words) is not None
                and table.told.action(known.words) is None
            )
        ):
            best[telling.sign.id] = telling
    return tuple(best.values())


COLUMNS = ("sign", "file", "key", "urgency", "medicine", "words", "why")
"""The columns of the table as a file."""

SILENT = "(not said)"
"""Stands where a place does not say how fast, or what happens to the medicine."""


def as_csv(catalogue: Catalogue) -> str:
    """Return the table as comma-separated values, with a line of names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines(catalogue):
        shown = line.medicine or SILENT
        fast = line.urgency or SILENT
        writer.writerow((line.sign, line.file, line.key, fast, shown, line.words, line.why))
    return out.getvalue()


def as_text(catalogue: Catalogue) -> str:
    """Return the table as lines to read: a sign, and under it each place."""
    out: list[str] = []
    sign = ""
    for line in lines(catalogue):
        if line.sign != sign:
            sign = line.sign
            out.append(f"{chr(10) if out else ''}{sign}")
        shown = line.medicine or SILENT
        why = f" [{line.why}]" if line.why else ""
        place = f"{line.file}: {line.key}"
        out.append(f"  {line.urgency or SILENT} | {shown} | {place} | {line.words}{why}")
    return "\n".join(out) + "\n"
