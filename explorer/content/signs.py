"""Where signs are told: every flag, and every text that says how fast to act."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from explorer.content import readability
from explorer.content.texts import (
    all_cells,
    everything,
    medicine_file,
    question_file,
)
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, RedFlag, Section
from explorer.domain.facts import Item, items
from explorer.domain.questions import Question, QuestionKind
from explorer.domain.signs import (
    DoseAction,
    SignTable,
    Urgency,
    WarningSign,
    fastest,
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
        """Return the words that a reader sees."""
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
    """Return the urgency and the action that the table asks for where these signs are told."""
    found = [sign for name in names if (sign := table.get(name)) is not None]
    if not found:
        return Urgency.NEXT_VISIT, DoseAction.GO_ON
    return (
        fastest(tuple(sign.urgency for sign in found)),
        strongest(tuple(sign.medicine for sign in found)),
    )


def action_of(table: SignTable, flag: RedFlag) -> DoseAction:
    """Return what a flag asks of the medicine: its own word, or that of its signs."""
    return flag.medicine or floor_of(table, flag.signs)[1]


def stopped_for(table: SignTable, found: Iterable[RedFlag]) -> dict[str, str]:
    """Return the signs for which a medicine is stopped short of an emergency, each with its flag.

    Where another flag tells the sign with less, the flag that stops does so for a sign beside it.
    """
    calls = [flag for flag in found if flag.urgency is not Urgency.EMERGENCY]
    stops = [flag for flag in calls if action_of(table, flag) is DoseAction.STOP]
    others = {name for flag in calls if flag not in stops for name in flag.signs}
    return {name: flag.id for flag in stops for name in flag.signs if name not in others}


def passages(catalogue: Catalogue, found: tuple[Item, ...] | None = None) -> Iterator[Passage]:
    """Yield every text that may tell a sign, outside the table and the flags.

    Wrong answers, stems and stories of the quiz are left out: they say what is not to be done.

    Args:
        catalogue: the content.
        found: every value of the content with its place, where the caller has them already.
    """
    found = tuple(items(catalogue)) if found is None else found
    yield from _cells(catalogue, found)
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
    # A sentence for parents is held to the one that it stands for, by a rule of its own.
    done = ("guide/", "questions/", "concepts.toml", "signs.toml", "parents.toml")
    for placed in everything(found):
        told_elsewhere = "cells." in placed.key or "red_flags." in placed.key
        if not told_elsewhere and not placed.file.startswith(done):
            yield Passage(file=placed.file, key=placed.key, text=placed.text)


def tellings(
    table: SignTable, passage: Passage, only: Iterable[str] | None = None
) -> tuple[Telling, ...]:
    """Return the signs that a passage tells together with how fast to act.

    Args:
        table: the signs, and the words by which they are seen.
        passage: the text.
        only: ids of the signs to look for; all where it is None.

    Returns:
        One for each sign and sentence. A sentence that does not say how fast takes it from the
        one before where it goes on with it, from the next one that does, or from the heading.
        Where nothing says how fast, the text tells no urgency and nothing is returned.
    """
    looked_for = table.signs if only is None else table.named(only)
    sentences = passage.sentences
    said = [table.told.urgency(sentence) for sentence in sentences]
    above = table.told.urgency(passage.heading)
    if above is None and not any(said):
        return ()
    found: list[Telling] = []
    for place, sentence in enumerate(sentences):
        before = said[place - 1] if place and table.told.goes_on(sentence) else None
        after = next((urgency for urgency in said[place:] if urgency), None)
        told = before or after or above
        if told is None:
            continue
        for sign in looked_for:
            floor = _floor(sign, sentence)
            if floor is not None:
                found.append(Telling(sign=sign, floor=floor, told=told, words=sentence))
    return tuple(found)


def _floor(sign: WarningSign, sentence: str) -> Urgency | None:
    """Return how fast the table says for a sentence, or None where it does not tell the sign."""
    found = [band.urgency for band in sign.ages if band.told_in(sentence)]
    if sign.told_in(sentence):
        found.append(sign.urgency)
    return fastest(tuple(found)) if found else None


def _cells(catalogue: Catalogue, found: tuple[Item, ...]) -> Iterator[Passage]:
    by_file = {medicine_file(item): item.id for item in catalogue.medicines}
    for file, key, _, cell in all_cells(found):
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
        if option.key or question.kind in (QuestionKind.SORT, QuestionKind.ORDER):
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
    """Return the ids of the medicines that a text names."""
    return tuple(item.id for item in catalogue.medicines if _word(item.name).search(text))


@lru_cache(maxsize=256)
def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
