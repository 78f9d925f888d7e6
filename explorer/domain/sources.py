"""Where facts come from: the register of sources and the citations that point into it."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.prose import Code, Layer, Prose


class SourceKind(StrEnum):
    """What sort of document a source is, in the order of trust that the method page states."""

    LABEL = "label"
    LEAFLET = "leaflet"
    GUIDELINE = "guideline"
    REVIEW = "review"
    TRIAL = "trial"
    DATABASE = "database"
    SECONDARY = "secondary"


class ReadIn(StrEnum):
    """In what the fact itself was read, which may be less than the source it belongs to."""

    LABEL = "label"
    LEAFLET = "leaflet"
    GUIDELINE = "guideline"
    REVIEW = "review"
    TRIAL_ABSTRACT = "trial abstract"
    SECONDARY = "secondary"


class Jurisdiction(StrEnum):
    """Whose rules a document states."""

    US = "us"
    EU = "eu"
    UK = "uk"
    OTHER = "other"
    NONE = "none"


class Source(Frozen):
    """One document, defined once and referred to by id."""

    id: Slug
    title: Annotated[Text, Prose(Layer.REFERENCE)] = Field(
        description="Title of the document, as a reader would look for it."
    )
    publisher: Annotated[Text, Prose(Layer.REFERENCE)] = Field(
        description="Who publishes it: authority, society, journal, firm."
    )
    kind: Worded[SourceKind]
    jurisdiction: Worded[Jurisdiction]
    revision_read: Annotated[Text, Prose(Layer.REFERENCE)] = Field(
        description="Revision or date of the text that was read."
    )
    newest_known: Annotated[str, Prose(Layer.REFERENCE)] = Field(
        default="", description="Newest revision known to exist, where it is not the one read."
    )
    superseded_by: Slug | None = Field(
        default=None, description="The source that has taken its place in the register."
    )
    address: Annotated[Text, Code("address")] = Field(
        description="Address at the authority, journal or publisher."
    )
    read_via: Annotated[str, Prose(Layer.REFERENCE)] = Field(
        default="", description="Where a copy was read instead of the original: what copy."
    )
    accessed: date = Field(description="Day on which it was read.")


class Citation(Frozen):
    """A place in a source."""

    source: Slug
    place: Annotated[str, Prose(Layer.REFERENCE)] = Field(
        description="Section, table, row or page where the fact stands."
    )
    read_in: Worded[ReadIn]


class Reference(Frozen):
    """A citation that has received its number in reading order."""

    number: int
    citation: Citation
    source: Source


class Numbering:
    """Gives each citation its number when it is first met, in reading order."""

    def __init__(self, source: Callable[[str], Source]) -> None:
        """Start without numbers; ``source`` gives a source by its id."""
        self._source = source
        self._numbers: dict[Citation, int] = {}

    def of(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Number citations, each only once, and give their numbers in ascending order."""
        found = {
            self._numbers.setdefault(citation, len(self._numbers) + 1) for citation in citations
        }
        return tuple(sorted(found))

    def references(self) -> tuple[Reference, ...]:
        """List what was numbered, in order."""
        return tuple(
            Reference(number=number, citation=citation, source=self._source(citation.source))
            for citation, number in self._numbers.items()
        )


class Mirrors(Frozen):
    """Hosts of copies, mirrors and test sites, which no source's address may have."""

    hosts: Annotated[tuple[Annotated[str, Code("a host")], ...], Listed] = ()
