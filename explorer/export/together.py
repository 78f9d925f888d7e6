"""Which options are alternatives, in words: of three or more that are, one sentence for all."""

from collections.abc import Iterator, Sequence

from explorer.domain.comparison import NotTogether
from explorer.domain.messages import Words
from explorer.export.document import DocumentPassage


def in_words(pairs: Sequence[NotTogether], words: Words) -> Iterator[DocumentPassage]:
    """Say once of three or more options that no two go together, else each pair of its own.

    Args:
        pairs: as a comparison names them: of all that are shown with the first one first.
        words: interface words.

    Yields:
        What is said, with the sources of all pairs that it is said of, and why where a source of
        the pair says so: once, with the last such pair; for all where it holds for each pair.
    """
    if not pairs:
        return
    reasons = [pair.why for pair in pairs]
    names = tuple(dict.fromkeys(pair.second for pair in pairs if pair.first == pairs[0].first))
    among = {name.casefold() for name in (*names, *(pair.first for pair in pairs))}
    lead = words("compare.not-together-mark")
    if len(among) == len(names) + 1 > 2 and len(pairs) == len(names) * len(among) // 2:
        yield DocumentPassage(
            lead=lead,
            text=words(
                "compare.not-together-all",
                first=pairs[0].first,
                rest=", ".join(names[:-1]),
                last=names[-1],
            ),
            then=reasons[0] if len(set(reasons)) == 1 else "",
            references=tuple(sorted({number for pair in pairs for number in pair.references})),
        )
        return
    for place, pair in enumerate(pairs, start=1):
        yield DocumentPassage(
            lead=lead,
            text=words("compare.not-together", first=pair.first, second=pair.second),
            then="" if pair.why in reasons[place:] else pair.why,
            references=pair.references,
        )
