"""The one walk over the content: every item with its place, every text that a reader sees.

The walk follows the marks of the fields (``explorer.domain.prose``). Whoever needs all texts, all
citations, all ids or all warning signs filters what it yields; nobody lists fields by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.local import Local
from explorer.domain.messages import Words
from explorer.domain.prose import FOR_NURSES, File, Layer, Place, Prose
from explorer.domain.questions import Audience, Bank, Case, Concept, Question, Topic
from explorer.domain.refs import Ref
from explorer.domain.section import GuideStatement
from explorer.domain.sources import Citation

_V = TypeVar("_V", bound=Frozen)

_ANYWHERE = Place()


@dataclass(frozen=True, slots=True)
class Item:
    """A value of the content with its place.

    Attributes:
        file: the file that holds it, from the data folder on.
        key: its dotted key in the file, in which items are named by their ids.
        value: the value.
        parents: the values that hold it, the outermost first, without the catalogue.
        layer: takes the place of ``CORE`` in its texts, where the field that holds it says so.
        for_nurses: whether only nurses read it.
    """

    file: str
    key: str
    value: Frozen
    parents: tuple[Frozen, ...] = ()
    layer: Layer | None = None
    for_nurses: bool = False

    @property
    def owner(self) -> Frozen:
        """The entry of the catalogue that it belongs to: a medicine, a section, a source."""
        return self.parents[0] if self.parents else self.value

    def within(self, kind: type[_V]) -> _V | None:
        """Return the innermost value of a type that holds it, or itself, or None."""
        for value in (self.value, *reversed(self.parents)):
            if isinstance(value, kind):
                return value
        return None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What it cites; nothing where it is of a kind that cites nothing."""
        value: Any = self.value
        return value.citations if _cites(self.value.__class__) else ()

    @property
    def ref(self) -> Ref | None:
        """The address by which links and reports name it, where it has one."""
        return Ref.of(self.value, self.parents)


@dataclass(frozen=True, slots=True)
class Fact:
    """A text that a reader sees.

    Attributes:
        item: the value that holds it.
        field: the name of the field; empty where the text is the item's main one.
        layer: the limits that it is held to.
        text: the words.
    """

    item: Item
    field: str
    layer: Layer
    text: str

    @property
    def file(self) -> str:
        """The file that holds it."""
        return self.item.file

    @property
    def key(self) -> str:
        """Its dotted key in the file."""
        return _joined(self.item.key, self.field)


def items(catalogue: Catalogue) -> Iterator[Item]:
    """Yield every value of the content, each before what it holds.

    Args:
        catalogue: the content.
    """
    holders: list[Frozen] = [catalogue, catalogue.bank]
    if catalogue.local.under_check:
        holders.append(catalogue.local)
    for holder in holders:
        for field in _fields(type(holder)):
            if field.file is None:
                continue
            value = getattr(holder, field.name)
            if value is None:
                continue
            if not isinstance(value, tuple):
                yield from _walk(Item(file=field.file.name, key=field.file.table, value=value))
                continue
            for number, entry in enumerate(value, 1):
                label = _label(entry, number)
                whole = "{id}" in field.file.name
                yield from _walk(
                    Item(
                        file=field.file.name.replace("{id}", label),
                        key="" if whole else _joined(field.file.table, label),
                        value=entry,
                        for_nurses=_only_nurses(entry, ()),
                    )
                )


def within(value: Frozen, file: str) -> Iterator[Item]:
    """Yield an entry of the catalogue with all that it holds.

    Args:
        value: a medicine, a section, a topic: an entry that has a file of its own.
        file: that file.
    """
    return iter(_walk(Item(file=file, key="", value=value)))


def facts(found: Catalogue | Iterator[Item] | tuple[Item, ...]) -> Iterator[Fact]:
    """Yield every text that a reader sees.

    Args:
        found: the content, or items of it.
    """
    for item in items(found) if isinstance(found, Catalogue) else found:
        for field in _fields(type(item.value)):
            if field.prose is None:
                continue
            value = getattr(item.value, field.name)
            name = "" if field.prose.is_main else field.name
            layer = _layer(field.prose.layer, item)
            if isinstance(value, str):
                if value:
                    yield Fact(item=item, field=name, layer=layer, text=value)
                continue
            for number, entry in enumerate(value or (), 1):
                if isinstance(entry, str):
                    yield Fact(item=item, field=f"{name}.{number}", layer=layer, text=entry)
                elif (
                    not isinstance(item.value, Words) or entry[0] not in item.value.derived
                ):  # a message: its key and its text
                    yield Fact(item=item, field=entry[0], layer=layer, text=entry[1])


def files_by_field() -> dict[str, File]:
    """Return the file that holds each field of the catalogue and of the bank of questions."""
    return {
        field.name: field.file
        for model in (Catalogue, Bank, Local)
        for field in _fields(model)
        if field.file is not None
    }


def _walk(item: Item, found: list[Item] | None = None) -> list[Item]:
    """Return an item and all that it holds; one list for all, as nested generators take longer."""
    found = [] if found is None else found
    found.append(item)
    holding = _holding(type(item.value))
    if not holding:
        return found
    parents = (*item.parents, item.value)
    for field in holding:
        value = getattr(item.value, field.name)
        if not value:
            continue
        place = field.place
        base = "" if place.at_root else item.key
        if place.named and not place.at_root:
            base = _joined(base, field.name)
        single = not isinstance(value, tuple)
        named = not single or place.at_root
        for number, entry in enumerate((value,) if single else value, 1):
            inner = Item(
                file=item.file,
                key=_joined(base, _label(entry, number)) if named else base,
                value=entry,
                parents=parents,
                layer=place.layer or item.layer,
                for_nurses=item.for_nurses or _only_nurses(entry, parents),
            )
            _walk(inner, found)
    return found


def _layer(layer: Layer, item: Item) -> Layer:
    if layer is Layer.CORE and item.layer is not None:
        return item.layer
    return FOR_NURSES.get(layer, layer) if item.for_nurses else layer


def _only_nurses(value: Frozen, parents: tuple[Frozen, ...]) -> bool:
    """Return whether only nurses read a value."""
    if not _says_who_reads(type(value)):
        return False
    match value:
        case GuideStatement():
            return value.nurse
        case Question() | Concept():
            return value.audience is Audience.NURSE
        case Case():
            readers = {
                item.audience
                for topic in parents
                if isinstance(topic, Topic)
                for item in topic.questions
                if item.case == value.id
            }
            return readers == {Audience.NURSE}
        case _:
            return False


@cache
def _says_who_reads(model: type[Frozen]) -> bool:
    """Return whether values of a type have readers; asked once a type, as isinstance is slow."""
    return issubclass(model, GuideStatement | Question | Concept | Case)


def _label(value: Frozen, number: int) -> str:
    name = _labelled_by(type(value))
    return (getattr(value, name) if name else "") or str(number)


@cache
def _labelled_by(model: type[Frozen]) -> str:
    """Return the attribute that names a value; nothing where its type has none."""
    name = model.label_field
    return name if name in model.model_fields or hasattr(model, name) else ""


def _joined(before: str, after: str) -> str:
    return f"{before}.{after}" if before and after else str(before or after)


@dataclass(frozen=True, slots=True)
class _Field:
    """What the walk needs to know of a field of a model."""

    name: str
    prose: Prose | None
    holds_items: bool
    place: Place
    file: File | None


@cache
def _fields(model: type[BaseModel]) -> tuple[_Field, ...]:
    found: list[_Field] = []
    for name, info in model.model_fields.items():
        leaves = list(leaves_of(info.annotation, tuple(info.metadata)))
        prose = [mark for _, marks in leaves for mark in marks if isinstance(mark, Prose)]
        own = dict.fromkeys(mark for _, marks in leaves for mark in marks if _is_place(mark))
        found.append(
            _Field(
                name=name,
                prose=prose[0] if prose else None,
                holds_items=any(
                    isinstance(leaf, type) and issubclass(leaf, Frozen) for leaf, _ in leaves
                ),
                place=next((mark for mark in own if isinstance(mark, Place)), _ANYWHERE),
                file=next((mark for mark in own if isinstance(mark, File)), None),
            )
        )
    return tuple(found)


@cache
def _holding(model: type[BaseModel]) -> tuple[_Field, ...]:
    return tuple(field for field in _fields(model) if field.holds_items)


@cache
def _cites(model: type[BaseModel]) -> bool:
    return "citations" in model.model_fields


def _is_place(mark: object) -> bool:
    return isinstance(mark, Place | File)


def leaves_of(
    annotation: Any, marks: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the types that an annotation is made of, each with the marks that lead to it.

    Args:
        annotation: a type, also a union, a tuple or an annotated one.
        marks: the marks of what holds it.
    """
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from leaves_of(inner, (*marks, *more))
    elif origin in (Union, UnionType, tuple):
        for part in get_args(annotation):
            if part is not Ellipsis:
                yield from leaves_of(part, marks)
    elif origin is not Literal:
        yield annotation, marks
