"""What a clinic has put beside the shipped content: whom to call there, notes, its own questions.

It is shown with a mark, takes the place of no shipped fact, and counts in nothing that is said of
the bank: shipped questions are drawn and counted from ``Catalogue.bank`` alone.
"""

from collections.abc import Iterable
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from explorer.domain.base import Frozen, Slug, Text
from explorer.domain.messages import Words
from explorer.domain.prose import Code, File, Layer, Prose
from explorer.domain.questions import Topic

PREFIX: Final = "clinic-"
"""What the id of each local topic and question starts with."""

_Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]


class LocalContact(Frozen):
    """Whom to call at the clinic. ``reports`` is where errors are told: an address or a page."""

    name: Annotated[Text, Field(max_length=80), Prose(Layer.NAME)]
    phone: Annotated[_Short, Field(min_length=1), Prose(Layer.NAME)]
    hours: Annotated[_Short, Prose(Layer.NAME)] = ""
    reports: Annotated[
        str,
        Field(
            pattern=r"^$|^https://[^\s<>\"]+$|^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
            max_length=200,
        ),
        Code("address"),
    ] = ""


class LocalNote(Frozen):
    """A note of the clinic on a row, for one medicine or for all."""

    id: Slug
    ref: Annotated[Text, Code("ref")] = Field(description="row, or medicine/row.")
    text: Annotated[Text, Field(max_length=400), Prose(Layer.CORE)]

    @property
    def medicine(self) -> str:
        """The medicine's id; empty where the note is on all."""
        return self.ref.rpartition("/")[0]

    @property
    def row(self) -> str:
        """The row's id."""
        return self.ref.rpartition("/")[2]


class Local(Frozen):
    """A clinic's own content."""

    contact: Annotated[LocalContact | None, File("contact.toml")] = None
    notes: Annotated[tuple[LocalNote, ...], File("notes.toml")] = ()
    topics: tuple[Topic, ...] = ()
    under_check: bool = False
    """Whether the rules look at its texts; else nothing that walks the content meets them."""

    @property
    def questions(self) -> frozenset[str]:
        """Ids of its questions."""
        return frozenset(item.id for topic in self.topics for item in topic.questions)


def contact_line(local: Local, words: Words) -> str:
    """Return whom to call at the clinic as a sentence with its mark; empty where it says nothing.

    Args:
        local: the clinic's own content.
        words: interface words.
    """
    contact = local.contact
    if contact is None:
        return ""
    call = f"{contact.name}, {contact.phone}"
    call += f" ({contact.hours})" if contact.hours else ""
    said = words("local.contact", mark=words("local.mark"), call=call)
    return f"{said} {words('local.reports', address=contact.reports)}" if contact.reports else said


def foot(local: Local, words: Words) -> str:
    """Return what stands at the foot of every page and file, the clinic's contact last."""
    return " ".join(filter(None, (words("frame.status"), contact_line(local, words))))


def notes_on(local: Local, medicines: Iterable[str], rows: Iterable[str]) -> tuple[LocalNote, ...]:
    """Return the notes on some rows of some medicines.

    Args:
        local: the clinic's own content.
        medicines: their ids.
        rows: their ids.
    """
    shown, lines = set(medicines), set(rows)
    return tuple(
        note
        for note in local.notes
        if note.row in lines and (not note.medicine or note.medicine in shown)
    )
