"""A package of QTI 2.1 or 1.2: which of its files are questions, in the order of its manifest."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from explorer.quiz_import import qti12, qti21
from explorer.quiz_import.found import (
    MOST_QUESTIONS,
    BadFile,
    FoundFile,
    FoundQuestion,
    NotTaken,
    Untaken,
    shown,
)
from explorer.quiz_import.safe_xml import parse
from explorer.quiz_import.safe_zip import Archive

MANIFEST: Final = "imsmanifest.xml"
ITEM: Final = "assessmentItem"
OLDER: Final = "questestinterop"


def read(archive: Archive) -> FoundFile:
    """Return what is in a package.

    Args:
        archive: the ZIP.

    Raises:
        BadFile: it is no package of questions, or one of its files is damaged.
    """
    if not archive.has(MANIFEST):
        raise BadFile(f"the ZIP is no QTI package: there is no {MANIFEST} at its top")
    outside: list[NotTaken] = []
    names = list(_listed(parse(archive.read(MANIFEST), MANIFEST), archive, outside))
    names += [name for name in archive.names if name.endswith(".xml") and name not in names]
    found: list[tuple[str, Element]] = []
    for name in names:
        if name != MANIFEST:
            found += _questions(name, parse(archive.read(name), shown(name)))
            if len(found) > MOST_QUESTIONS:
                raise BadFile(f"the package holds more than {MOST_QUESTIONS:,} questions")
    if not found:
        raise BadFile("the package holds no question of QTI 2.1 or 1.2")
    return gathered(found, tuple(outside))


def single(root: Element, what: str) -> FoundFile:
    """Return what is in a file of QTI that stands alone.

    Args:
        root: its root.
        what: how places in it are called.

    Raises:
        BadFile: it holds too many questions or none.
    """
    found = list(_questions(what, root))
    if not found:
        raise BadFile("the file holds no question")
    if len(found) > MOST_QUESTIONS:
        raise BadFile(f"the file holds more than {MOST_QUESTIONS:,} questions")
    return gathered(found, ())


def _listed(manifest: Element, archive: Archive, outside: list[NotTaken]) -> Iterator[str]:
    """Yield the files that the manifest names and the ZIP holds; others are told, never fetched."""
    seen: set[str] = set()
    for node in manifest.iter("file"):
        name = node.get("href", "")
        if name in seen:
            continue
        seen.add(name)
        if archive.has(name):
            if name.endswith(".xml"):
                yield name
        else:
            why = "the manifest names it, but the ZIP does not hold it; nothing is fetched"
            outside.append(NotTaken(f"'{shown(name)}'", "", why))


def _questions(name: str, root: Element) -> Iterator[tuple[str, Element]]:
    if root.tag == ITEM:
        yield shown(name), root
    elif root.tag == OLDER:
        for at, item in enumerate(qti12.items(root), 1):
            yield f"{shown(name)}, item {at}", item


def gathered(found: list[tuple[str, Element]], outside: tuple[NotTaken, ...]) -> FoundFile:
    """Return each item as a question, or why it is none; an id that stands twice is left out."""
    questions: list[FoundQuestion] = []
    left_out: list[NotTaken] = list(outside)
    seen: set[str] = set()
    versions = {"2.1" if item.tag == ITEM else "1.2" for _, item in found}
    for place, item in found:
        name = item.get("title", "")
        try:
            key = item.get("identifier") or item.get("ident") or ""
            if key and key in seen:
                raise Untaken(f"the id '{shown(key)}' stands twice in the file")
            seen.add(key)
            reader = qti21.read if item.tag == ITEM else qti12.read
            questions.append(reader(place, item))
        except Untaken as why:
            left_out.append(NotTaken(place, name, str(why)))
    return FoundFile(f"QTI {' and '.join(sorted(versions))}", tuple(questions), tuple(left_out))
