"""The content as lines to look over: what a reader reads, what it rests on, what could hurt first.

A line is all that stands at one address. Its hash is over the written values, not over the words of
a page around them, so that a signature ends when the content changes and not when a page does.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator

from pydantic.main import IncEx

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, Status
from explorer.domain.cells import Cell, RowCells
from explorer.domain.condition import Condition, NoNewMedicine
from explorer.domain.contacts import Contacts
from explorer.domain.editorial import Term
from explorer.domain.facts import Item, items
from explorer.domain.importance import ImportanceLevel
from explorer.domain.medicine import Medicine, RedFlag
from explorer.domain.questions import Concept, Question, Topic
from explorer.domain.refs import GUIDE, QUIZ, NoRef, Ref, RefKind
from explorer.domain.review_words import passages_of, searched_of
from explorer.domain.section import GuideStatement, Section
from explorer.domain.short_forms import ShortForm
from explorer.domain.signs import AgeBand, SignTable, Urgency, WarningSign
from explorer.domain.sources import Citation

_OPTION: dict[str, IncEx | bool] = {"signs": True}
_EACH_OPTION: dict[str, IncEx | bool] = {"__all__": _OPTION}

_NOT_SIGNED: dict[str, IncEx | bool] = {
    "checked": True,
    "due": True,
    "reads": True,
    "signs": True,
    "version": True,
    "options": _EACH_OPTION,
}
"""What is no statement to a reader: days and links of our own records."""

_NOT_SIGNED_OF: dict[type[Frozen], dict[str, IncEx | bool]] = {
    WarningSign: {"spotted_by": True, "kinds": True, "ages": True},
    AgeBand: {"spotted_by": True},
    NoNewMedicine: {"cells": True},
}
"""Patterns that only a rule reads, and what is a line or a value of its own."""

_WITH_LINES = (Section, Topic, SignTable, Contacts, Condition, Term, Concept, ShortForm)
"""What is shown whatever its state; medicines and their figures may be drafts."""

_HAS_OWNER = (RefKind.CONTACT, RefKind.CONDITION, RefKind.OPTION)
"""Kinds whose part names the country or the condition too."""

_WHOLES = (RefKind.WHOLE, RefKind.SECTION)


class ReviewLine(Frozen):
    """All that stands at one address."""

    ref: str
    hash: str
    level: int
    """Place of its level in ``importance.toml``; after the last one where none names it."""
    part: str
    """Id of the medicine, ``quiz``, ``glossary``, ``signs``, ``concepts``, or one of ``guide``,
    ``contacts``, ``conditions`` and ``options`` with the id of what it is of behind it."""
    label: str
    passages: tuple[str, ...]
    citations: tuple[Citation, ...]
    settled_by: tuple[str, ...] = ()
    """Addresses that settle a question, the questions on a concept, or a text in short."""
    searched: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    """What programs said of the present text."""
    page: str

    @property
    def words(self) -> str:
        """What a reader reads, a line for each passage."""
        return "\n".join(self.passages)

    def belongs_to(self, part: str) -> bool:
        """Return whether it is of a part.

        Args:
            part: as of a line, its first word alone, or ``all``.
        """
        return part in ("all", self.part, self.part.partition("/")[0])


def by_address(catalogue: Catalogue, every: Iterable[Item] | None = None) -> dict[str, list[Item]]:
    """Return what is shown, by address, in the order of the files; drafts are left out.

    Args:
        catalogue: the content.
        every: all its values, where the caller has them already.
    """
    found: dict[str, list[Item]] = {}
    for item in items(catalogue) if every is None else every:
        ref = item.ref
        if ref is None or ref.kind in _WHOLES or not _is_shown(catalogue, item):
            continue
        found.setdefault(str(ref), []).append(item)
    return found


def hash_of(found: list[Item], *, with_sources: bool = True) -> str:
    """Return the hash of all that stands at an address.

    Args:
        found: what stands there.
        with_sources: with the places in its sources, as a signature has it.
    """
    left_out = _NOT_SIGNED if with_sources else _NOT_SIGNED | {"citations": True}
    held = [
        item.value.model_dump(
            mode="json",
            exclude_defaults=True,
            exclude=left_out | _NOT_SIGNED_OF.get(type(item.value), {}),
        )
        for item in found
    ]
    question = found[0].value
    if isinstance(question, Question) and question.case is not None:
        topic = found[0].within(Topic)
        held += [
            {"case": case.text}
            for case in (topic.cases if topic else ())
            if case.id == question.case
        ]
    text = json.dumps(held, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def part_of(ref: str) -> str:
    """Return the part of the content that an address belongs to.

    Args:
        ref: the address of a line.
    """
    first, second, *_ = ref.split("/")
    return f"{first}/{second}" if first == GUIDE or first in _HAS_OWNER else first


def review_lines(catalogue: Catalogue, *, as_written: bool = False) -> tuple[ReviewLine, ...]:
    """Return every line, what could hurt most first.

    Args:
        catalogue: the content.
        as_written: keep the order of the files.
    """
    found = by_address(catalogue)
    order = _Order(catalogue.importance)
    said = _said_by_programs(catalogue)
    lines = []
    for address, here in found.items():
        value = here[0].value
        own = hash_of(here)
        settled = tuple(dict.fromkeys(_settling(catalogue, value)))
        behind = [item for ref in settled for item in _behind(found, ref)] or here
        lines.append(
            (
                order.of(address, here[0]),
                ReviewLine(
                    ref=address,
                    hash=own,
                    level=order.of(address, here[0])[0],
                    part=part_of(address),
                    label=_label(catalogue, here[0]),
                    passages=tuple(
                        text
                        for item in here
                        for text in passages_of(catalogue, item, alone=len(here) == 1)
                    ),
                    citations=tuple(dict.fromkeys(c for item in behind for c in item.citations)),
                    settled_by=settled,
                    searched=tuple(text for item in here if (text := searched_of(item))),
                    readers=(*_reads(catalogue, value), *said.get((address, own), ())),
                    page=Ref.parse(address).page,
                ),
            )
        )
    if not as_written:
        lines.sort(key=lambda pair: pair[0])
    return tuple(line for _, line in lines)


def _settling(catalogue: Catalogue, value: Frozen) -> Iterator[str]:
    """Yield the addresses that a line rests on: of a question, of all that ask for a concept."""
    match value:
        case Question():
            yield from (support.ref for support in value.supported_by)
        case Concept():
            for question in catalogue.bank.questions:
                if question.concept == value.id:
                    yield from (support.ref for support in question.supported_by)
        case ShortForm():
            yield from (held.ref for held in value.rests_on)


def _is_shown(catalogue: Catalogue, item: Item) -> bool:
    owner = item.owner
    if isinstance(owner, Medicine):
        return owner.status is Status.PUBLISHED
    return isinstance(owner, _WITH_LINES) or any(
        medicine.id == getattr(owner, "id", "") for medicine in catalogue.published
    )


def _behind(found: dict[str, list[Item]], ref: str) -> list[Item]:
    """Return what stands at an address that settles a question, a cell or its general one."""
    general = "/".join(ref.split("/")[:2])
    return found.get(ref) or found.get(general, [])


def _label(catalogue: Catalogue, item: Item) -> str:
    """Say what a line is about, as a page would head it."""
    words = catalogue.words
    value = item.value
    ref = item.ref
    if ref is not None and ref.kind in _HAS_OWNER:
        return ref.label(catalogue)  # whose it is belongs to it
    match value:
        case Cell():
            row = next(parent.row for parent in item.parents if isinstance(parent, RowCells))
            label = catalogue.row(row).question
            if value.condition is None:
                return label
            return words(
                "review.with", label=label, condition=catalogue.condition(value.condition).name
            )
        case GuideStatement():
            section = item.within(Section)
            return "" if section is None else section.question
        case Question():
            topic = item.within(Topic)
            title = "" if topic is None else topic.title
            return words("review.critical", label=title) if value.critical else title
        case _:
            found = "" if ref is None else ref.label(catalogue)
            return found.partition(": ")[2] or found


def _reads(catalogue: Catalogue, value: Frozen) -> Iterator[str]:
    for read in value.reads if isinstance(value, Question) else ():
        if not read.human:
            yield catalogue.words("review.read", day=read.on, by=read.by)


def _said_by_programs(catalogue: Catalogue) -> dict[tuple[str, str], list[str]]:
    """Return what programs marked, by address and hash, so that nothing is told of another text."""
    words = catalogue.words
    said: dict[tuple[str, str], list[str]] = {}
    for record in catalogue.reviews:
        for line in () if record.role.is_clinician else record.lines:
            mark = words(f"review.mark-{line.mark}")
            text = words("review.automated-mark", day=record.on, mark=mark, why=line.why).strip()
            said.setdefault((line.ref, line.hash), []).append(text)
    return said


class _Order:
    """Where each line stands; what no level names comes last."""

    def __init__(self, levels: tuple[ImportanceLevel, ...]) -> None:
        self._last = len(levels)
        self._level: dict[tuple[str, str], int] = {}
        self._critical = self._last
        for place, level in enumerate(levels):
            named = (
                ("kind", level.kinds),
                ("row", level.rows),
                (GUIDE, level.sections),
                (QUIZ, level.topics),
            )
            for sort, ids in named:
                self._level |= {(sort, name): place for name in ids}
            if level.critical:
                self._critical = place

    def of(self, address: str, item: Item) -> tuple[int, int]:
        """Return the level of a line, and its place there before the order of the files."""
        ref = Ref.parse(address)
        value = item.value
        if isinstance(value, Question) and value.critical:
            return self._critical, len(Urgency)
        match ref.kind:
            case _ if isinstance(value, RedFlag):
                key = ("kind", RefKind.FLAG.value)
            case RefKind.CELL:
                key = ("row", ref.parts[1])
            case RefKind.OPTION if isinstance(value, Cell):
                key = ("row", ref.parts[3])
            case RefKind.STATEMENT:
                key = (GUIDE, ref.parts[1])
            case RefKind.QUESTION:
                key = (QUIZ, ref.parts[1])
            case _:
                key = ("kind", ref.kind.value)
        level = self._level.get(key, self._last)
        if not isinstance(value, RedFlag | WarningSign) or level == self._last:
            return level, len(Urgency)
        return level, list(Urgency).index(value.urgency)


def is_address(text: str) -> bool:
    """Return whether a text is the address of a line, whether or not something stands there.

    Args:
        text: any text.
    """
    try:
        return Ref.parse(text).kind not in _WHOLES
    except NoRef:
        return False
