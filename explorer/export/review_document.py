"""A sheet by which a clinician signs, worded once for PDF and spreadsheet."""

from collections.abc import Mapping

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.refs import GUIDE, OWN_PARTS, QUIZ, RefKind
from explorer.domain.review_lines import ReviewLine
from explorer.domain.review_scope import ReviewScope
from explorer.domain.sign_off import EVERYTHING
from explorer.domain.signatures import ReviewerRole, ReviewMark
from explorer.domain.sources import Reference
from explorer.export.document import (
    ColumnHead,
    DocumentCell,
    DocumentPassage,
    DocumentRow,
    DocumentSection,
    DocumentTable,
    Remarks,
    SourceLine,
    Sources,
    Style,
)
from explorer.export.sign_off_words import checked_by
from explorer.export.source_lines import source_line


class SheetRow(Frozen):
    """A line of the sheet as it is printed."""

    number: int
    line: ReviewLine
    sources: tuple[DocumentPassage, ...]
    """Each source with the place in it; its address stands in ``then``."""
    behind: tuple[str, ...]
    """What was searched, what programs said, and who signed the present text before."""


class SheetLevel(Frozen):
    """Lines that could hurt about equally, with the reason for their place."""

    title: str
    why: str
    rows: tuple[SheetRow, ...]


class ReviewDocument(Frozen):
    """The whole sheet."""

    title: str
    intro: str
    binding: str
    facts: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    marks: tuple[str, ...]
    automated: Remarks
    gaps: Remarks
    sources: Sources
    """Each document once, with what was read of it; lines name the place in it."""
    levels: tuple[SheetLevel, ...]
    footer: str

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """All lines, in their order."""
        return tuple(row for level in self.levels for row in level.rows)


def review_document(scope: ReviewScope, catalogue: Catalogue, version: str) -> ReviewDocument:
    """Word a sheet.

    Args:
        scope: its lines, in the order in which they are to be read.
        catalogue: for words and sources.
        version: content version that the sheet is bound to.
    """
    words = catalogue.words
    review = catalogue.review
    day = review.content_date.isoformat()
    whose = _part(scope.part, catalogue)
    shown = words("review.title-changed", title=whose) if scope.is_changed_only else whose
    named = dict.fromkeys(item.source for line in scope.lines for item in line.citations)
    numbers = {source: number for number, source in enumerate(named, 1)}
    rows = [
        SheetRow(
            number=number,
            line=line,
            sources=sources_of(line, catalogue, numbers),
            behind=behind_of(line, catalogue),
        )
        for number, line in enumerate(scope.lines, 1)
    ]
    places = {place: (level.title, level.why) for place, level in enumerate(catalogue.importance)}
    rest = (words("review.level-rest"), words("review.level-rest-why"))
    return ReviewDocument(
        title=words("review.title", title=shown),
        intro=words("review.intro"),
        binding=words("review.binding"),
        facts=(
            (words("review.version"), version),
            (words("review.day"), day),
            (words("review.count"), str(len(rows))),
        ),
        roles=tuple(words(f"review.role-{role}") for role in ReviewerRole),
        marks=tuple(words(f"review.mark-{mark}") for mark in _MARKS),
        automated=Remarks(
            title=words("review.automated"),
            items=tuple(
                DocumentPassage(
                    text=words("about.checked-on", day=item.on, what=item.what, found=item.found)
                )
                for item in review.automated
            ),
        ),
        gaps=Remarks(
            title=words("review.gaps"),
            items=tuple(
                DocumentPassage(lead=f"{gap.about}:", text=gap.text)
                for gap in review.gaps
                if scope.part in (EVERYTHING, GUIDE, QUIZ) or gap.about == whose
            ),
        ),
        sources=_documents(numbers, catalogue),
        levels=tuple(
            SheetLevel(
                title=places.get(level, rest)[0],
                why=places.get(level, rest)[1],
                rows=tuple(row for row in rows if row.line.level == level),
            )
            for level in dict.fromkeys(row.line.level for row in rows)
        ),
        footer=words("review.footer", site=words("frame.site"), version=version, day=day),
    )


_IN_OUR_WORDS = (
    RefKind.TERM,
    RefKind.CONDITION,
    RefKind.OPTION,
    RefKind.CONCEPT,
    RefKind.SHORT,
)
"""What explains a word or a choice; it may have no source of its own."""

_MARKS = (ReviewMark.RIGHT, ReviewMark.WRONG, ReviewMark.UNCLEAR)


def sources_of(
    line: ReviewLine, catalogue: Catalogue, numbers: Mapping[str, int]
) -> tuple[DocumentPassage, ...]:
    """Return what a line rests on: each source with its place, its address after it.

    Args:
        line: the line.
        catalogue: for words and sources.
        numbers: the number of each source in the list of documents, by id.
    """
    words = catalogue.words
    found = []
    if line.settled_by:
        found.append(DocumentPassage(text=words("review.settled", refs=", ".join(line.settled_by))))
    for citation in line.citations:
        number = numbers[citation.source]
        source = catalogue.source(citation.source)
        said = source_line(Reference(number=number, citation=citation, source=source), words)
        found.append(DocumentPassage(text=said.short, then=said.address, references=(said.number,)))
    if not found and not line.searched:
        own = line.part.partition("/")[0] in _IN_OUR_WORDS
        key = "review.no-source-own" if own else "review.no-source"
        found.append(DocumentPassage(text=words(key)))
    return tuple(found)


def behind_of(line: ReviewLine, catalogue: Catalogue) -> tuple[str, ...]:
    """Return what was searched, what programs said, and who signed the present text before.

    Args:
        line: the line.
        catalogue: for words and signatures.
    """
    searched = (catalogue.words("compare.searched", searched=text) for text in line.searched)
    return tuple(filter(None, (*searched, *line.readers, checked_by(catalogue, line.ref))))


def _documents(numbers: Mapping[str, int], catalogue: Catalogue) -> Sources:
    """Return each document once: what it is, which revision was read and how, and its address."""
    words = catalogue.words
    lines = []
    for name, number in numbers.items():
        source = catalogue.source(name)
        parts = [f"{source.title}. {source.publisher}. {source.revision_read}."]
        if source.read_via:
            parts.append(words("compare.read-via", via=source.read_via))
        if source.newest_known:
            parts.append(words("compare.newest-known", newest=source.newest_known))
        lines.append(
            SourceLine(
                number=number,
                title=source.title,
                publisher=source.publisher,
                revision=source.revision_read,
                place="",
                read_in="",
                text=" ".join(parts),
                short=source.title,
                address=source.address,
            )
        )
    return Sources(title=words("compare.references-title"), items=tuple(lines))


def table_of(level: SheetLevel, catalogue: Catalogue) -> DocumentTable:
    """Return the lines of a level as a table for paper: words, what they rest on, a place to mark.

    Args:
        level: the level.
        catalogue: for words.
    """
    words = catalogue.words
    heads = ("words", "sources", "mark")
    return DocumentTable(
        title=level.title,
        corner=words("review.column-line"),
        columns=tuple(ColumnHead(id=name, title=words(f"review.column-{name}")) for name in heads),
        sections=(DocumentSection(rows=tuple(_row(row) for row in level.rows)),),
        remarks=(DocumentPassage(text=level.why),),
    )


def _row(row: SheetRow) -> DocumentRow:
    return DocumentRow(
        id=row.line.ref,
        heading=f"{row.number}. {row.line.label}",
        tags=(row.line.ref,),
        cells=(
            DocumentCell(passages=tuple(DocumentPassage(text=text) for text in row.line.passages)),
            DocumentCell(
                passages=(
                    *(DocumentPassage(text=text, style=Style.QUIET) for text in row.behind),
                    *row.sources,
                )
            ),
            DocumentCell(),
        ),
    )


def _part(part: str, catalogue: Catalogue) -> str:
    words = catalogue.words
    first, _, own = part.partition("/")
    if first in (GUIDE, QUIZ, EVERYTHING, *OWN_PARTS):
        title = words(f"review.title-{first}")
        return words("sources.in-medicine", title=title, short=own) if own else title
    return catalogue.medicine(part).heading
