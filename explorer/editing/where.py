"""Where something stands: a text, a source or a fact, with file, line, key and page."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from explorer.content.kept import ref_text
from explorer.content.load import FOLDERS
from explorer.content.numbers_to_call import filled
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.condition import Condition
from explorer.domain.contacts import Contacts
from explorer.domain.editorial import Term
from explorer.domain.facts import Item, facts, items
from explorer.domain.questions import Topic
from explorer.domain.sources import Source
from explorer.editing.toml_file import Path_, TomlFile

MOST = 90
"""Most letters of a text that a line shows."""


class Hit(Frozen):
    """A place of the content.

    Attributes:
        file: the file.
        line: the line in it, counted from 1.
        key: the dotted key, in which items of lists are named by their ids.
        text: what stands there.
        address: the page that shows it, from our pages on; empty where no page does, or many do.
    """

    file: str
    line: int
    key: str
    text: str
    address: str


def files(folder: Path) -> Iterator[TomlFile]:
    """Yield the files of the content in the order of their names."""
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if "/" not in name or name.partition("/")[0] in FOLDERS:
            yield TomlFile(folder, name)


def where_text(folder: Path, catalogue: Catalogue, wanted: str) -> tuple[Hit, ...]:
    """Find a text in every file, without regard to capitals.

    Args:
        folder: the data folder.
        catalogue: the content of it, for the addresses of pages.
        wanted: the text, as a page shows it or as the file has it.
    """
    pages = _Pages(catalogue)
    small = wanted.casefold()
    return tuple(
        pages.hit(file, path, text)
        for file in files(folder)
        for path, text in file.strings()
        if small in text.casefold() or small in pages.shown(text).casefold()
    )


def where_source(folder: Path, catalogue: Catalogue, source: str) -> tuple[Hit, ...]:
    """Find every place that rests on a source, and the source itself.

    Args:
        folder: the data folder.
        catalogue: the content of it.
        source: the id of the source.
    """
    pages = _Pages(catalogue)
    found: list[Hit] = []
    for file in files(folder):
        if file.name == "sources.toml" and source in file.data:
            found.append(pages.hit(file, (source, "title"), file.at((source, "title"))))
        found += [
            pages.hit(file, path, _of_citation(file, path))
            for path, text in file.strings()
            if text == source and path[-1] in ("source", "superseded_by")
        ]
    return tuple(found)


def where_ref(folder: Path, catalogue: Catalogue, ref: str) -> tuple[Hit, ...]:
    """Find a fact and every place that names it: questions, statements, claims, changes.

    Args:
        folder: the data folder.
        catalogue: the content of it.
        ref: its address, such as ``anakinra/storage``.
    """
    pages = _Pages(catalogue)
    itself = [item for item in items(catalogue) if item.ref and ref_text(item.ref) == ref]
    texts = {fact.text for fact in facts(tuple(itself))}
    own_files = {item.file for item in itself}
    found: list[Hit] = []
    for file in files(folder):
        for path, text in file.strings():
            owned = file.name in own_files and pages.shown(text) in texts
            named = text == ref and file.name != "facts.toml"
            if named or (owned and pages.is_of(file.name, text, ref)):
                found.append(pages.hit(file, path, text))
    return tuple(found)


def refs(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the address of everything that has one."""
    return tuple(dict.fromkeys(ref_text(item.ref) for item in items(catalogue) if item.ref))


def as_text(hits: tuple[Hit, ...], wanted: str = "") -> Iterator[str]:
    """Yield a line for each place, with the part of its text in which the wanted one stands."""
    for hit in hits:
        shown = _excerpt(hit.text, wanted)
        at = f" [{hit.address}]" if hit.address else ""
        yield f"{hit.file}:{hit.line}: {hit.key}{at}: {' '.join(shown.split())}"


def _excerpt(text: str, wanted: str) -> str:
    """Return at most 90 letters of a text, around what was looked for."""
    if len(text) <= MOST:
        return text
    at = max(text.casefold().find(wanted.casefold()), 0)
    start = min(max(at - MOST // 3, 0), len(text) - MOST)
    before = "..." if start else ""
    after = "..." if start + MOST < len(text) else ""
    return f"{before}{text[start : start + MOST]}{after}"


def as_json(hits: tuple[Hit, ...]) -> str:
    """Write all places as a list, in ASCII."""
    return json.dumps([hit.model_dump() for hit in hits], indent=2)


def _of_citation(file: TomlFile, path: Path_) -> str:
    """Return the place in the source that a citation names, or the id of the source."""
    holder: Any = file.at(path[:-1])
    place = holder.get("place", "") if isinstance(holder, Mapping) else ""
    return f"{file.at(path)}: {place}" if place else str(file.at(path))


class _Pages:
    """Which page shows a text of a file."""

    def __init__(self, catalogue: Catalogue) -> None:
        contact = catalogue.contact()
        self._contact = contact.model_dump()
        self._items: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for fact in facts(catalogue):
            self._items[fact.file, fact.text].append(fact.item)
        self._files = {item.file: item for item in items(catalogue) if not item.key}

    def shown(self, text: str) -> str:
        """Return a text as pages show it, with the numbers to call filled in."""
        return str(filled({"text": text}, self._contact)["text"]) if "{" in text else text

    def is_of(self, file: str, text: str, ref: str) -> bool:
        """Return whether a text of a file belongs to a fact."""
        return any(
            item.ref is not None and ref_text(item.ref) == ref
            for item in self._items.get((file, self.shown(text)), ())
        )

    def hit(self, file: TomlFile, path: Path_, text: str) -> Hit:
        """Make a hit; its address is that of the nearest text around it."""
        return Hit(
            file=file.name,
            line=file.line(path),
            key=file.key(path),
            text=self.shown(text),
            address=self._address(file, path),
        )

    def _address(self, file: TomlFile, path: Path_) -> str:
        for length in range(len(path), 0, -1):
            around: Any = file.at(path[:length])
            texts = [around] if isinstance(around, str) else []
            if isinstance(around, Mapping):
                texts = [around[name] for name in ("text", "sign", "stem") if name in around]
            for text in texts:
                found = self._items.get((file.name, self.shown(str(text))))
                if found:
                    fitting = [item for item in found if not item.key or item.key in file.key(path)]
                    return _page((fitting or found)[0])
        whole = self._files.get(file.name)
        return "" if whole is None else _page(whole)


def _page(item: Item) -> str:
    """Return the address of the page that shows an item."""
    if item.ref is not None:
        return item.ref.page
    match item.owner:
        case Topic():
            return "quiz"
        case Condition() as condition:
            return f"compare?c={condition.id}"
        case Contacts():
            return "./"
        case Source():
            return "sources"
        case Term():
            return "glossary"
        case _:
            return ""
