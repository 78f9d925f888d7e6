"""Warning signs in words: the same on cards, on a medicine's page, in a comparison and in files."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeVar

from explorer.domain.catalogue import Urgency
from explorer.domain.comparison import ColumnFlag
from explorer.domain.flag_order import shared_actions
from explorer.domain.messages import Words
from explorer.domain.red_flags import Sign
from explorer.export.document import DocumentPassage, Style

ICONS: Final = {Urgency.EMERGENCY: "call", Urgency.SAME_DAY: "phone"}
"""The icon beside how fast a sign needs help: the same on every page and on paper."""

_T = TypeVar("_T")

MOST_IN_A_LIST: Final = 7
"""Most signs in one list: a longer one is not read to its end (CDC index, item 8)."""


def flags_in_words(
    flags: Sequence[ColumnFlag | Sign], words: Words, emergency: str, nobody: str
) -> Iterator[DocumentPassage]:
    """Yield the signs under how fast each needs help, the fastest first.

    Args:
        flags: the signs in the order in which they are told, so that their numbers follow it; a
            condition that one belongs to is named before it.
        words: interface words.
        emergency: how to call for help.
        nobody: what to do if nobody answers; it stands under the signs to call about.
    """
    for urgency in Urgency:
        listed = [flag for flag in flags if flag.urgency is urgency]
        if not listed:
            continue
        title = words(f"urgency.{urgency}.title", emergency=emergency)
        yield DocumentPassage(text=title, style=Style.HEADING, key=urgency)
        shared = shared_actions(listed)
        for action in shared:
            # Before the list: who reads one sign only has read what to do.
            yield DocumentPassage(lead=words("flags.for-each", action=action))
            yield from _list([_item(it, words) for it in listed if it.action == action], words)
        rest = [flag for flag in listed if flag.action not in shared]
        if shared and rest:
            yield DocumentPassage(lead=words("flags.others-too"))
        yield from _list([_item(flag, words, then=flag.action) for flag in rest], words)
        if urgency is Urgency.SAME_DAY:
            yield DocumentPassage(text=nobody, style=Style.ASIDE)


def in_short_lists(held: Sequence[_T]) -> tuple[Sequence[_T], ...]:
    """Cut what is too long for one list into lists of about the same length, in the same order.

    Args:
        held: what stands in the list.

    Returns:
        As few lists as hold at most seven each (CDC Clear Communication Index, item 8).
    """
    count = max(1, -(-len(held) // MOST_IN_A_LIST))
    ends = [-(-len(held) * part // count) for part in range(count + 1)]
    return tuple(held[start:end] for start, end in pairwise(ends))


def _list(items: Sequence[DocumentPassage], words: Words) -> Iterator[DocumentPassage]:
    for place, part in enumerate(in_short_lists(items)):
        if place:
            yield DocumentPassage(lead=words("flags.also"))
        yield from part


def _item(flag: ColumnFlag | Sign, words: Words, *, then: str = "") -> DocumentPassage:
    whose = words("medicine.flag-in", condition=flag.condition) if flag.condition else ""
    return DocumentPassage(
        text=" ".join(filter(None, (whose, flag.sign))),
        then=then,
        references=flag.references,
        style=Style.ITEM,
    )
