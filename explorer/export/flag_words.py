"""Warning signs in words: the same on cards, on a medicine's page, in a comparison and in files."""

from collections.abc import Iterator, Sequence
from typing import Final

from explorer.domain.catalogue import Urgency
from explorer.domain.comparison import ColumnFlag
from explorer.domain.flag_order import shared_actions
from explorer.domain.messages import Words
from explorer.domain.red_flags import Sign
from explorer.export.document import DocumentPassage, Style

ICONS: Final = {Urgency.EMERGENCY: "call", Urgency.SAME_DAY: "phone"}
"""The icon beside how fast a sign needs help: the same on every page and on paper."""


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
            yield from (_item(it, words, then="") for it in listed if it.action == action)
        rest = [flag for flag in listed if flag.action not in shared]
        if shared and rest:
            yield DocumentPassage(lead=words("flags.others-too"))
        yield from (_item(flag, words, then=flag.action) for flag in rest)
        if urgency is Urgency.SAME_DAY:
            yield DocumentPassage(text=nobody, style=Style.ASIDE)


def _item(flag: ColumnFlag | Sign, words: Words, *, then: str) -> DocumentPassage:
    whose = words("medicine.flag-in", condition=flag.condition) if flag.condition else ""
    return DocumentPassage(
        text=" ".join(filter(None, (whose, flag.sign))),
        then=then,
        references=flag.references,
        style=Style.ITEM,
    )
