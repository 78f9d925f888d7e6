"""Warning signs in words: the same on cards, on a medicine's page, in a comparison and in files."""

from collections.abc import Iterator, Sequence

from explorer.domain.catalogue import Urgency
from explorer.domain.comparison import ColumnFlag
from explorer.domain.messages import Words
from explorer.domain.red_flags import Sign
from explorer.export.document import DocumentPassage, Style


def flags_in_words(
    flags: Sequence[ColumnFlag | Sign], words: Words, emergency: str, nobody: str
) -> Iterator[DocumentPassage]:
    """Yield the signs under how fast each needs help, the fastest first.

    Args:
        flags: the signs, in any order; a condition that one belongs to is named before it.
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
        for flag in listed:
            whose = words("medicine.flag-in", condition=flag.condition) if flag.condition else ""
            yield DocumentPassage(
                text=" ".join(filter(None, (whose, flag.sign))),
                then=flag.action,
                references=flag.references,
                style=Style.ITEM,
            )
        if urgency is Urgency.SAME_DAY:
            yield DocumentPassage(text=nobody, style=Style.ASIDE)
