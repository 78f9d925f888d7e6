"""Where signs are told: every flag, and every text that says how fast to act, beside the table."""

import csv
import io
import re
from collections.abc import Iterator

from explorer.content import readability
from explorer.content.texts import (
    all_cells,
    everything,
    medicine_file,
    question_file,
)
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, RedFlag, Section
from explorer.domain.questions import Kind, Question
from explorer.domain.signs import (
    DoseAction,
    SignTable,
    Urgency,
    WarningSign,
    faster,
    fastest,
    stronger,
    strongest,
)


class Flag(Frozen):
    """A warning sign of a medicine, a condition or a card of contacts, with its place."""

    file: str
    key: str
    flag: RedFlag
    medicine: str = ""
    """Id of the medicine that it belongs to; empty where it belongs to none."""

    def text(self) -> str:
        """Give the words that a reader sees."""
        return f"{self.flag.sign} {self.flag.action}".strip()


class Passage(Frozen):
    """A text outside the table, with what stands around it."""

    file: str
    key: str
    text: str
    heading: str = ""
    """Heading or group under which it stands; it may say how fast for all that is under it."""
    names: tuple[str, ...] | None = None
    """Signs that it names; None where this kind of text cannot name any."""
    whole: str = ""
    """All texts of the cell, statement or answer that it is a part of; its names hold for all."""
    medicines: tuple[str, ...] = ()
    """Medicines that it speaks of, by id."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences; what a semicolon divides counts as two."""
        return tuple(
            part.strip()
            for sentence in readability.sentences(self.text)
            for part in sentence.split(";")
        )


class Telling(Frozen):
    """A sign that a passage tells, and how fast it says to act."""

    sign: WarningSign
    floor: Urgency
    """How fast the table says, for the age that the sentence speaks of."""
    told: Urgency
    words: str
    """The sentence in which the sign stands."""


def flags(catalogue: Catalogue) -> Iterator[Flag]:
    """Yield every red flag with its place: contacts, conditions, medicines."""
    for contact in catalogue.contacts:
        for flag in contact.red_flags:
            key = f"{contact.id}.red_flags.{flag.id}"
            yield Flag(file="contacts.toml", key=key, flag=flag)
    for condition in catalogue.conditions:
        for flag in condition.red_flags:
            key = f"{condition.id}.red_flags.{flag.id}"
            yield Flag(file="conditions.toml", key=key, flag=flag)
    for medicine in catalogue.medicines:
        for flag in medicine.red_flags:
            key = f"red_flags.{flag.id}"
            yield Flag(file=medicine_file(medicine), key=key, flag=flag, medicine=medicine.id)


def floor_of(table: SignTable, names: tuple[str, ...]) -> tuple[Urgency, DoseAction]:
    """Give the urgency and the action that the table asks for where these signs are told."""
    found = [sign for name in names if (sign := table.get(name)) is not None]
    if not found:
        return Urgency.NEXT_VISIT, DoseAction.GO_ON
    return (
        fastest(tuple(sign.urgency for sign in found)),
        strongest(tuple(sign.medicine for sign in found)),
    )


def action_of(table: SignTable, flag: RedFlag) -> DoseAction:
    """Give what a flag asks of the medicine: its own word, or that of its signs."""
    return flag.medicine or floor_of(table, flag.signs)[1]


def passages(catalogue: Catalogue) -> Iterator[Passage]:
    """Yield every text that may tell a sign, outside the table and the flags.

    Wrong answers, stems and stories of the quiz are left out: they say what is not to be done.
    """
    yield from _cells(catalogue)
    for section in catalogue.guide:
        yield from _guide(catalogue, section)
    for topic in catalogue.bank.topics:
        for question in topic.questions:
            yield from _question(catalogue, question_file(topic), question)
    for concept in catalogue.bank.concepts:
        for part, text in (("label", concept.label), ("card", concept.card)):
            yield Passage(
                file="concepts.toml",
                key=f"{concept.id}.{part}",
                text=text,
                names=concept.signs,
                whole=f"{concept.label}. {concept.card}",
            )
    for key, text in catalogue.words.entries:
        yield Passage(file="words.toml", key=f"words.{key}", text=text)
    done = ("guide/", "questions/", "concepts.toml", "signs.toml")
    for placed in everything(catalogue):
        told_elsewhere = "cells." in placed.key or "red_flags." in placed.key
        if not told_elsewhere and not placed.file.startswith(done):
            yield Passage(file=placed.file, key=placed.key, text=placed.text)


def tellings(table: SignTable, passage: Passage) -> tuple[Telling, ...]:
    """Give the signs that a passage tells together with how fast to act.

    Args:
        table: the signs, and the words by which they are seen.
        passage: the text.

    Returns:
        One for each sign and sentence. A sentence that does not say how fast takes it from the
        one before where it goes on with it, from the next one that does, or from the heading.
        Where nothing says how fast, the text tells no urgency and nothing is returned.
    """
    sentences = passage.sentences
    said = [table.told.urgency(sentence) for sentence in sentences]
    found: list[Telling] = []
    for place, sentence in enumerate(sentences):
        before = said[place - 1] if place and table.told.goes_on(sentence) else None
        after = next((urgency for urgency in said[place:] if urgency), None)
        told = before or after or table.told.urgency(passage.heading)
        if told is None:
            continue
        for sign in table.signs:
            floor = _floor(sign, sentence)
            if floor is not None:
                found.append(Telling(sign=sign, floor=floor, told=told, words=sentence))
    return tuple(found)


def _floor(sign: WarningSign, sentence: str) -> Urgency | None:
    """Give how fast the table says for a sentence, or None where it does not tell the sign."""
    found = [band.urgency for band in sign.ages if band.told_in(sentence)]
    if sign.told_in(sentence):
        found.append(sign.urgency)
    return fastest(tuple(found)) if found else None


def _cells(catalogue: Catalogue) -> Iterator[Passage]:
    by_file = {medicine_file(item): item.id for item in catalogue.medicines}
    for file, key, _, cell in all_cells(catalogue):
        own = (by_file[file],) if file in by_file else ()
        whole = f"{cell.text} {cell.detail} {cell.note}"
        for part in ("text", "detail", "note"):
            text: str = getattr(cell, part)
            if text:
                yield Passage(
                    file=file,
                    key=f"{key}.{part}",
                    text=text,
                    names=cell.signs,
                    whole=whole,
                    medicines=own,
                )


def _guide(catalogue: Catalogue, section: Section) -> Iterator[Passage]:
    file = f"guide/{section.id}.toml"
    headings = {
        statement.id: block.heading for block in section.blocks for statement in block.statements
    }
    for statement in section.statements:
        heading = headings.get(statement.id, "")
        yield Passage(
            file=file,
            key=statement.id,
            text=statement.text,
            heading=heading,
            names=statement.signs,
            whole=f"{heading}. {statement.text}",
            medicines=_named(catalogue, f"{section.question} {heading} {statement.text}"),
        )


def _question(catalogue: Catalogue, file: str, question: Question) -> Iterator[Passage]:
    labels = {group.id: group.label for group in question.groups}
    for option in question.options:
        key = f"{question.id}.{option.id}"
        label = labels.get(option.group, "")
        whole = f"{label}. {option.text}. {option.rationale} {option.action}"
        texts = [("rationale", option.rationale, label), ("action", option.action, label)]
        if option.key or question.kind in (Kind.SORT, Kind.ORDER):
            texts.insert(0, ("text", option.text, label))
        for part, text, heading in texts:
            if text:
                yield Passage(
                    file=file,
                    key=f"{key}.{part}",
                    text=text,
                    heading=heading,
                    names=option.signs,
                    whole=whole,
                    medicines=_named(catalogue, text),
                )


def _named(catalogue: Catalogue, text: str) -> tuple[str, ...]:
    """Give the ids of the medicines that a text names."""
    return tuple(
        item.id
        for item in catalogue.medicines
        if re.search(rf"\b{re.escape(item.name)}\b", text, re.IGNORECASE)
    )


class Line(Frozen):
    """One line of the printed table: a sign in one place."""

    sign: str
    file: str
    key: str
    urgency: Urgency
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
        told = tellings(table, passage)
        alone = len({telling.told for telling in told}) == 1
        for telling in _most_urgent(told):
            action = table.told.action(telling.words)
            found[telling.sign.id].append(
                Line(
                    sign=telling.sign.id,
                    file=passage.file,
                    key=passage.key,
                    urgency=telling.told,
                    medicine=table.told.action(passage.text) if alone and not action else action,
                    words=passage.text,
                )
            )
    order = list(Urgency)
    return tuple(
        line
        for sign in table.signs
        for line in (
            *_own(sign),
            *sorted(found[sign.id], key=lambda line: (order.index(line.urgency), line.file)),
        )
    )


def _why(table: SignTable, name: str, flag: RedFlag) -> str:
    """Give why a flag asks for more than one of its signs: its own word, or the sign that does."""
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


def _most_urgent(found: tuple[Telling, ...]) -> tuple[Telling, ...]:
    """Give one telling for each sign of a passage: the one that asks for help soonest."""
    best: dict[str, Telling] = {}
    for telling in found:
        known = best.get(telling.sign.id)
        if known is None or faster(telling.told, known.told):
            best[telling.sign.id] = telling
    return tuple(best.values())


COLUMNS = ("sign", "file", "key", "urgency", "medicine", "words", "why")
"""The columns of the table as a file."""

SILENT = "(not said)"
"""Stands where a place does not say what happens to the medicine."""


def as_csv(catalogue: Catalogue) -> str:
    """Give the table as comma-separated values, with a line of names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines(catalogue):
        shown = line.medicine or SILENT
        writer.writerow((line.sign, line.file, line.key, line.urgency, shown, line.words, line.why))
    return out.getvalue()


def as_text(catalogue: Catalogue) -> str:
    """Give the table as lines to read: a sign, and under it each place."""
    out: list[str] = []
    sign = ""
    for line in lines(catalogue):
        if line.sign != sign:
            sign = line.sign
            out.append(f"{chr(10) if out else ''}{sign}")
        shown = line.medicine or SILENT
        why = f" [{line.why}]" if line.why else ""
        place = f"{line.file}: {line.key}"
        out.append(f"  {line.urgency} | {shown} | {place} | {line.words}{why}")
    return "\n".join(out) + "\n"
