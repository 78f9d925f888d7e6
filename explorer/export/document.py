"""The document model: what is said, and in which order; how it looks is a writer's business.

A page or file is worded once, into these values. Screen HTML, HTML file, PDF, CSV and XLSX are
writers of them, so that none can say less than another.
"""

from collections.abc import Iterator
from enum import StrEnum

from explorer.domain.base import Frozen


class Style(StrEnum):
    """What a passage is within a cell or list."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    QUIET = "quiet"
    ASIDE = "aside"


class DocumentPassage(Frozen):
    """A text with its reference numbers, and words before and after it that are set in bold."""

    text: str = ""
    lead: str = ""
    then: str = ""
    references: tuple[int, ...] = ()
    style: Style = Style.TEXT
    key: str = ""
    """What a writer may colour it by, such as the urgency of a heading."""

    @property
    def words(self) -> str:
        """Everything it says, without its reference numbers."""
        return " ".join(part for part in (self.lead, self.text, self.then) if part)

    @property
    def plain(self) -> str:
        """Everything it says as plain text, reference numbers last."""
        colon = ":" if self.style is Style.HEADING else ""
        return self.words + colon + plain_numbers(self.references)


class NoteKind(StrEnum):
    """What keeps a cell from being misread, or says how it was found."""

    DETAIL = "detail"
    CAUTION = "caution"
    CERTAINTY = "certainty"
    SEARCHED = "searched"
    CHECKED = "checked"


BESIDE = (NoteKind.CAUTION, NoteKind.CERTAINTY, NoteKind.SEARCHED)
"""Notes that belong right beside a text on paper; the others are longer, or about our work."""


class Note(Frozen):
    """A note of a cell, as a whole sentence or more."""

    kind: NoteKind
    text: str


class DocumentCell(Frozen):
    """A cell of a table: what it is if not a stated fact, its passages and its notes."""

    id: str = ""
    """The fact that it shows, for reports of errors."""
    kind: str = ""
    marks: tuple[str, ...] = ()
    passages: tuple[DocumentPassage, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def references(self) -> tuple[int, ...]:
        """The reference numbers of all its passages, each once, in their order."""
        return tuple(dict.fromkeys(n for item in self.passages for n in item.references))

    @property
    def has_more(self) -> bool:
        """True where there is something to open beside the text."""
        return bool(self.references) or any(
            note.kind not in (NoteKind.CERTAINTY, NoteKind.CHECKED) for note in self.notes
        )

    def note(self, kind: NoteKind) -> str:
        """Return the note of a kind, or an empty text."""
        return next((note.text for note in self.notes if note.kind is kind), "")


class DocumentRow(Frozen):
    """A row of a table: its heading, short tags under it, and a cell for every column."""

    id: str = ""
    heading: str
    tags: tuple[str, ...] = ()
    short: str = ""
    picture: str = ""
    """Id of the picture that shows the same results, where there is one."""
    cells: tuple[DocumentCell, ...]


class DocumentSection(Frozen):
    """Rows under a heading of their own; without a title where a table needs none."""

    id: str = ""
    title: str = ""
    rows: tuple[DocumentRow, ...]


class ColumnHead(Frozen):
    """The head of a column."""

    id: str = ""
    title: str
    say: str = ""


class DocumentTable(Frozen):
    """A table: the head of its row headings, its columns, its sections, and remarks under it."""

    title: str
    corner: str
    columns: tuple[ColumnHead, ...]
    sections: tuple[DocumentSection, ...]
    remarks: tuple[DocumentPassage, ...] = ()

    @property
    def rows(self) -> tuple[DocumentRow, ...]:
        """All rows, over all sections."""
        return tuple(row for section in self.sections for row in section.rows)

    def part(self, first: int, last: int) -> "DocumentTable":
        """Return the table with the columns from ``first`` up to, not including, ``last``."""
        return self.evolve(
            columns=self.columns[first:last],
            sections=tuple(
                section.evolve(
                    rows=tuple(row.evolve(cells=row.cells[first:last]) for row in section.rows)
                )
                for section in self.sections
            ),
        )


class DocumentTopic(Frozen):
    """A few words, and passages that belong to them."""

    heading: str
    passages: tuple[DocumentPassage, ...]


class Remarks(Frozen):
    """A titled list, of passages or of topics; ``help`` stands before it or in its place."""

    title: str = ""
    help: str = ""
    items: tuple[DocumentPassage, ...] = ()
    topics: tuple[DocumentTopic, ...] = ()


class SourceLine(Frozen):
    """A numbered source in words."""

    number: int
    title: str
    publisher: str
    revision: str
    place: str
    read_in: str
    text: str
    """The whole line: document, publisher, revision, place, and in what it was read."""
    short: str
    """The line as it is shown beside a fact."""
    address: str


class Sources(Frozen):
    """The numbered list of sources."""

    title: str
    items: tuple[SourceLine, ...]


def plain_numbers(references: tuple[int, ...]) -> str:
    """Return reference numbers as plain text, such as " [1][4]"."""
    return (" " + "".join(f"[{number}]" for number in references)) if references else ""


def texts_of(value: object) -> Iterator[str]:
    """Yield every text of a part of a document, however deep, in order."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        yield value
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)
