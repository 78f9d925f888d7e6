"""What a field of text is: words that a reader sees, or a code that nobody reads.

Every field of text in a content model carries one of these two marks. The walk over the facts
(``explorer.domain.facts``) and with it every wording rule follow the marks, so a new field is
covered as soon as it exists.
"""

from dataclasses import dataclass
from enum import StrEnum


class Layer(StrEnum):
    """Which limits a text is held to."""

    CORE = "core"
    DETAIL = "detail"
    NURSE = "nurse"
    NOTE = "note"
    STEM = "stem"
    OPTION = "option"
    RATIONALE = "rationale"
    NURSE_STEM = "nurse-stem"
    NURSE_OPTION = "nurse-option"
    NAME = "name"
    """A name or a label of a few words."""
    INTERFACE = "interface"
    """A message or a sentence template of the interface."""
    RECORD = "record"
    """What the site says of itself: its audit, its changes, its gaps, its claims."""
    REFERENCE = "reference"
    """Others' words: a source's title and the place in it, what the article claimed."""


FOR_NURSES = {
    Layer.CORE: Layer.NURSE,
    Layer.STEM: Layer.NURSE_STEM,
    Layer.OPTION: Layer.NURSE_OPTION,
}
"""The layer that takes the place of another where only nurses read the text."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Marks a field whose text a reader sees.

    Attributes:
        layer: the limits that it is held to.
        is_main: the one text of its item, so its key is the key of the item.
    """

    layer: Layer
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Marks a field of text that is no sentence, such as an id, an address or a pattern.

    Attributes:
        what: what it is, for whoever reads the model.
    """

    what: str


@dataclass(frozen=True, slots=True)
class Place:
    """Marks a field of items whose key is not simply the field's name.

    Attributes:
        named: whether the field's name is a part of the key.
        at_root: whether the key starts anew here, since the ids are unique in their file.
        layer: takes the place of the layer ``CORE`` in what stands here.
    """

    named: bool = True
    at_root: bool = False
    layer: Layer | None = None


@dataclass(frozen=True, slots=True)
class File:
    """Marks a field of the catalogue with the file that holds it.

    Attributes:
        name: the file; ``{id}`` stands for the item's id where each item has a file of its own.
        table: the table inside the file; empty for the whole file.
    """

    name: str
    table: str = ""
