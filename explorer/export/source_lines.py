"""A numbered source in words: in full for the list of sources, short beside a fact."""

from explorer.domain.messages import Words
from explorer.domain.sources import Reference
from explorer.export.document import SourceLine


def source_line(reference: Reference, words: Words) -> SourceLine:
    """Word a source once for every list that shows it.

    Args:
        reference: a citation with its number.
        words: interface words.
    """
    source, citation = reference.source, reference.citation
    place = words("compare.place", place=citation.place)
    read_in = words("compare.read-in", what=words(f"read-in.{citation.read_in}"))
    full = [f"{source.title}. {source.publisher}. {source.revision_read}.", place, read_in]
    if source.read_via:
        full.append(words("compare.read-via", via=source.read_via))
    if source.newest_known:
        full.append(words("compare.newest-known", newest=source.newest_known))
    return SourceLine(
        number=reference.number,
        title=source.title,
        publisher=source.publisher,
        revision=source.revision_read,
        place=citation.place,
        read_in=str(citation.read_in),
        text=" ".join(full),
        short=f"{source.title}, {source.revision_read}. {place} {read_in}",
        address=source.address,
    )
