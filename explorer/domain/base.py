"""The one strict, frozen base of every value that comes from the data folder."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from explorer.domain.prose import Code

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60), Code("id")]
"""A stable, authored id: lower-case words joined by hyphens."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Plain text that is not empty."""


_Word = TypeVar("_Word", bound=StrEnum)
Worded = Annotated[_Word, Field(strict=False)]
"""A closed set of words, written as a plain string in TOML."""


class Frozen(BaseModel):
    """A value that never changes and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    label_field: ClassVar[str] = "id"
    """The attribute by which an item of a list is named in the key of a finding."""

    def evolve(self, **changes: object) -> Self:
        """Return a copy with some fields replaced, checked as any new value is.

        The only way to change a value: ``model_copy`` of pydantic checks nothing.

        Args:
            **changes: new values by field name.

        Returns:
            A new value; this one stays as it is.

        Raises:
            pydantic.ValidationError: a field has no such name, or the new value breaks a rule
                of its type.
        """
        held = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**held, **changes})


_FIELDS_SET: Final = vars(BaseModel)["__pydantic_fields_set__"]
"""The slot of that set: through it no field can change."""


def share_fields_set(value: object, shared: dict[frozenset[str], set[str]] | None = None) -> None:
    """Let all values inside one hold the same set of set field names, where it is the same.

    Pydantic keeps such a set in every instance: 5 of the 110 MB of a server at rest. No frozen
    value ever changes its own.

    Args:
        value: a frozen value, or a tuple of them; others are left alone.
        shared: the sets met before.
    """
    shared = {} if shared is None else shared
    if isinstance(value, tuple):
        for item in value:
            if type(item) is not str:
                share_fields_set(item, shared)
    elif (own := getattr(value, "__pydantic_fields_set__", None)) is not None:
        _FIELDS_SET.__set__(value, shared.setdefault(frozenset(own), own))
        for item in value.__dict__.values():
            if type(item) is not str:  # most are
                share_fields_set(item, shared)


def keyed(field: str) -> BeforeValidator:
    """Let a TOML table of tables be read as a tuple whose items carry their own key.

    Args:
        field: the field of the item that receives the key.

    Returns:
        A validator for a ``tuple[Item, ...]`` field. Anything that is not a table is passed
        on unchanged, so that the model's own type check names it.
    """

    def spread(value: Any) -> Any:
        if not isinstance(value, Mapping):
            return as_tuple(value)
        return tuple(
            {field: key, **item} if isinstance(item, Mapping) else item
            for key, item in value.items()
        )

    return BeforeValidator(spread)


def as_tuple(value: Any) -> Any:
    """Turn a TOML array into a tuple, which strict models expect; leave the rest alone."""
    return tuple(value) if isinstance(value, list) else value


Listed = BeforeValidator(as_tuple)
"""Marks a tuple field that is written as an array in TOML."""
