"""What could hurt most first: the order in which the content is looked over in little time."""

from typing import Annotated, Literal, get_args

from explorer.domain.base import Frozen, Listed, Slug, Text
from explorer.domain.prose import Code, Layer, Prose

_Kind = Literal[
    "mistake",
    "flags",
    "not-with",
    "uses",
    "numbers",
    "signs",
    "contacts",
    "conditions",
    "options",
    "concepts",
    "glossary",
    "short",
]
FactKind = Annotated[_Kind, Code("a kind of address")]
"""A kind of fact that is no line of the table, as addresses name it. ``flags`` are signs to act on,
wherever they stand; ``options`` what an option means, for its cells are lines of the table."""

FACT_KINDS: tuple[str, ...] = get_args(_Kind)
"""All of them."""


class ImportanceLevel(Frozen):
    """Facts that could hurt about equally, and why they stand where they do."""

    id: Slug
    title: Annotated[Text, Prose(Layer.RECORD)]
    why: Annotated[Text, Prose(Layer.RECORD)]
    kinds: Annotated[tuple[FactKind, ...], Listed] = ()
    rows: Annotated[tuple[Slug, ...], Listed] = ()
    sections: Annotated[tuple[Slug, ...], Listed] = ()
    topics: Annotated[tuple[Slug, ...], Listed] = ()
    critical: bool = False
    """Whether the critical questions stand here, whatever their topic."""
