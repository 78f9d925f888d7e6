"""How new the US labels are that were read: for each medicine, what was read and what is known."""

import re
from collections import Counter, defaultdict
from typing import Final

from explorer.domain.base import Frozen
from explorer.domain.catalogue import HOME, Catalogue
from explorer.domain.source_register import entries
from explorer.domain.sources import Source, SourceKind

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_DATE = re.compile(
    rf"(?:\b(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?\s+|\b(?P<number>\d\d?)/)?"
    r"\b(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)

LABELS: Final = (SourceKind.LABEL, SourceKind.LEAFLET)
"""Kinds of documents that hold the text of a label."""


class LabelLine(Frozen):
    """One medicine's US labels and leaflets.

    Attributes:
        medicine: id of the medicine.
        title: its name.
        newest: the newest text that was read; None where none of the US was.
        most: the text that most facts rest on.
        known: the newest version that is known; nothing where it is older than what was read.
    """

    medicine: str
    title: str
    newest: Source | None
    most: Source | None
    known: str


def date_in(text: str) -> tuple[int, int]:
    """Return the latest year and month that a text names; zeros where it names none.

    Args:
        text: such as ``in effect 11 May 2026, parts`` or ``boxed warning 3/2026``.
    """
    found = [(0, 0)]
    for match in _DATE.finditer(text):
        month = 0
        if match["name"]:
            month = _MONTHS.index(match["name"].casefold()) + 1
        elif match["number"]:
            month = int(match["number"])
        found.append((int(match["year"]), month))
    return max(found)


def label_lines(catalogue: Catalogue) -> tuple[LabelLine, ...]:
    """Return a line for each published medicine, by name.

    A label belongs to the medicine on which most facts rest on it: a note on another one may cite
    it too.
    """
    owned: dict[str, list[tuple[int, Source]]] = defaultdict(list)
    for entry in entries(catalogue):
        source = entry.source
        counts = Counter(item.medicine for item in entry.rests if item.medicine)
        if source.jurisdiction == HOME and source.kind in LABELS and counts:
            ((owner, number),) = counts.most_common(1)
            owned[owner].append((number, source))
    return tuple(
        _line(medicine.id, medicine.heading, owned[medicine.id]) for medicine in catalogue.published
    )


def _line(medicine: str, title: str, texts: list[tuple[int, Source]]) -> LabelLine:
    if not texts:
        return LabelLine(medicine=medicine, title=title, newest=None, most=None, known="")
    newest = max(texts, key=lambda item: (date_in(item[1].revision_read), item[0]))[1]
    most = max(texts, key=lambda item: item[0])[1]
    known = max((source.newest_known for _, source in texts), key=date_in)
    is_as_new = date_in(known) >= date_in(newest.revision_read)
    return LabelLine(
        medicine=medicine, title=title, newest=newest, most=most, known=known if is_as_new else ""
    )
