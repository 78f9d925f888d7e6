"""The warning signs of a sheet: each said once, with the names of the medicines that it is for.

A sheet for three medicines told the same sign three times. Here a sign stands once, and what one
medicine adds to it stands behind it under that medicine's name. Nothing is left out but what was
said already: the first sentence of a sign tells which signs are the same, and every sentence that
follows is kept for each medicine that says it. A further sign never stands behind another one,
where it would be read as a note on it: it has a line of its own.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, Condition, Medicine, RedFlag, Urgency
from explorer.domain.signs import DoseAction
from explorer.domain.sources import Citation
from explorer.domain.who import Who

MOST_TOLD: Final = 2
"""An action that more signs of a medicine share than this is said once, for all of them."""

CRISIS: Final = "self-harm"
"""The sign that stands on a line of its own: the heading on the medicine does not hold for it."""

_NEXT_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z'\"])")
_EXPLAINS = "It may be "


class SignAddition(Frozen):
    """What some medicines add to a sign."""

    names: tuple[str, ...]
    """The medicines; none where it holds whatever is taken."""
    text: str


class SheetSign(Frozen):
    """A sign as the sheet tells it."""

    names: tuple[str, ...]
    """The medicines that it is for; none where it counts whatever is taken."""
    text: str
    more: tuple[SignAddition, ...] = ()
    citations: tuple[Citation, ...] = ()


class SheetSigns(Frozen):
    """The signs of a sheet, the most urgent first."""

    emergency: tuple[SheetSign, ...]
    each: tuple[SignAddition, ...]
    """What to do for every one of the signs to call about the same day, by medicine."""
    same_day: tuple[SheetSign, ...]


class _Told(Frozen):
    """One flag as a member tells it: sentence by sentence."""

    member: str
    """The name of a medicine, or an empty text for what counts whatever is taken."""
    sentences: tuple[str, ...]
    of_sign: frozenset[str]
    """The sentences that tell of a sign, and not of what to do."""
    citations: tuple[Citation, ...]


def signs_of(
    catalogue: Catalogue,
    condition: Condition,
    medicines: Sequence[Medicine],
    who: Who,
    now: Collection[str],
    *,
    by_age: bool,
) -> SheetSigns:
    """Put the signs of everything that is taken or chosen together.

    Emergencies stand there whole, whatever is only thought about. The signs to call about the same
    day are those of every medicine and the illness, and all of what is taken now: what else a new
    medicine has is told when it starts, and stands in the comparison.

    Args:
        catalogue: the content.
        condition: the condition, which has signs of its own.
        medicines: what is taken or chosen.
        who: for whom.
        now: ids of the medicines that are taken now.
        by_age: whether the signs of the medicines are chosen by age.
    """
    said = _as_read_by(catalogue, who)
    general = [
        said(flag)
        for flag in (*catalogue.contact().red_flags, *condition.red_flags)
        if flag.urgency is Urgency.EMERGENCY
        and _counts_for(catalogue, who, flag)
        and CRISIS not in flag.signs
    ]
    left_out = {
        _sentences(said(flag))
        for flag in (*catalogue.contact().red_flags, *condition.red_flags)
        if flag.urgency is Urgency.EMERGENCY and not _counts_for(catalogue, who, flag)
    }
    same_day = [
        said(flag)
        for flag in (*catalogue.contact().red_flags, *condition.red_flags)
        if flag.urgency is Urgency.SAME_DAY and _counts_for(catalogue, who, flag)
    ]
    taken = {medicine.name for medicine in medicines if medicine.id in now}
    of_age = who.age if by_age else None
    own = {
        medicine.name: [
            said(flag)
            for flag in medicine.red_flags
            if flag.fits(who) and flag.counts_for(condition.id, of_age)
        ]
        for medicine in medicines
    }
    emergencies = [_told("", flag, catalogue) for flag in general]
    general_says = {sentence for item in emergencies for sentence in item.sentences}
    for name, flags in own.items():
        for flag in flags:
            if flag.urgency is Urgency.EMERGENCY and _sentences(flag) not in left_out:
                told = _told(name, flag, catalogue)
                if any(
                    it not in general_says and not it.startswith(_EXPLAINS) for it in told.sentences
                ):
                    emergencies.append(told)
    days = [_told("", flag, catalogue) for flag in same_day]
    each: list[SignAddition] = []
    begins = _begins_of_all(own.values())
    for name, flags in own.items():
        of_the_day = [
            _told(name, flag, catalogue) for flag in flags if flag.urgency is Urgency.SAME_DAY
        ]
        told_by = [
            item if name in taken else item.evolve(sentences=begins[item.sentences[0]])
            for item in of_the_day
            if name in taken or item.sentences[0] in begins
        ]
        shared = _shared_actions(catalogue, told_by)
        each += [SignAddition(names=(name,), text=sentence) for sentence in shared]
        days += [
            item.evolve(sentences=tuple(it for it in item.sentences if it not in shared))
            for item in told_by
        ]
    names = tuple(own)
    return SheetSigns(
        emergency=_merged(emergencies, names), each=tuple(each), same_day=_merged(days, names)
    )


def _as_read_by(catalogue: Catalogue, who: Who) -> Callable[[RedFlag], RedFlag]:
    """Return what puts a sign into the words of its reader: a parent reads of the child."""
    if not who.is_own_child:
        return lambda flag: flag
    voice = catalogue.parent_voice
    return lambda flag: flag.evolve(sign=voice.of(flag.sign), action=voice.of(flag.action))


def _counts_for(catalogue: Catalogue, who: Who, flag: RedFlag) -> bool:
    """Return whether a sign counts: one of babies has no place on the sheet of an older person."""
    return (
        flag.fits(who)
        and flag.counts_for(None, who.age)
        and (who is Who.CHILD or not catalogue.signs.only_of_the_young(flag.signs, flag.sign))
    )


def _begins_of_all(own: Iterable[Sequence[RedFlag]]) -> dict[str, tuple[str, ...]]:
    """Return what all medicines say of a sign of the same day, by its first sentence."""
    each = [
        {(said := _sentences(flag))[0]: said for flag in flags if flag.urgency is Urgency.SAME_DAY}
        for flags in own
    ]
    if not each:
        return {}
    return {
        begin: said[: _common([found[begin] for found in each])]
        for begin, said in each[0].items()
        if all(begin in found for found in each)
    }


def _sentences(flag: RedFlag) -> tuple[str, ...]:
    return (*_split(flag.sign), *_split(flag.action))


def _split(text: str) -> tuple[str, ...]:
    return tuple(_NEXT_SENTENCE.split(text)) if text else ()


def _told(member: str, flag: RedFlag, catalogue: Catalogue) -> _Told:
    """Split a flag; what the heading of the emergencies says for all is not said with each."""
    heading = (
        {catalogue.words(f"sheet.{key}") for key in ("no-more", "no-more-child", "stop", "steroid")}
        if flag.urgency is Urgency.EMERGENCY
        else set()
    )
    return _Told(
        member=member,
        sentences=tuple(it for it in _sentences(flag) if it not in heading),
        of_sign=frozenset(_split(flag.sign)),
        citations=flag.citations,
    )


def _shared_actions(catalogue: Catalogue, told: Iterable[_Told]) -> tuple[str, ...]:
    """Return the sentences on stopping that many signs of one medicine end with."""
    counted = Counter(sentence for item in told for sentence in item.sentences[1:])
    return tuple(
        sentence
        for sentence, times in counted.items()
        if times > MOST_TOLD and catalogue.signs.told.action(sentence) is DoseAction.STOP
    )


def _merged(told: Sequence[_Told], names: tuple[str, ...]) -> tuple[SheetSign, ...]:
    """Put signs with the same first sentence together; those that count for all come first."""
    found: dict[str, list[_Told]] = {}
    for item in told:
        found.setdefault(item.sentences[0], []).append(item)
    signs = [sign for items in found.values() for sign in _joined(items, names)]
    return tuple(sorted(signs, key=lambda sign: bool(sign.names)))


def _joined(items: Sequence[_Told], names: tuple[str, ...]) -> Iterator[SheetSign]:
    """Yield what all say of a sign, then each further sign of some as one of its own."""
    members = tuple(dict.fromkeys(item.member for item in items))
    common = _common([item.sentences for item in items])
    behind: dict[str, list[str]] = {}
    apart: dict[str, list[str]] = {}
    for item in items:
        rest = item.sentences[common:]
        text = " ".join(rest)
        by = (apart if rest and rest[0] in item.of_sign else behind).setdefault(text, [])
        if text and item.member not in by:
            by.append(item.member)
    citations = tuple(dict.fromkeys(it for item in items for it in item.citations))
    yield SheetSign(
        names=_named(members, names),
        text=" ".join(items[0].sentences[:common]),
        more=tuple(
            SignAddition(names=_named(tuple(by), names), text=text)
            for text, by in behind.items()
            if text
        ),
        citations=citations,
    )
    for text, by in apart.items():
        yield SheetSign(names=_named(tuple(by), names), text=text, citations=citations)


def _common(sentences: Sequence[Sequence[str]]) -> int:
    """Return how many sentences all begin with."""
    count = 0
    for together in zip(*sentences, strict=False):
        if len(set(together)) > 1:
            break
        count += 1
    return count


def _named(members: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that are to be said; none where it holds for all that is taken."""
    if "" in members:
        return ()
    return () if len(names) > 1 and set(members) == set(names) else members
