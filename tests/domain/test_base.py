"""The one way to change a frozen value."""

from typing import Annotated

import pytest
from pydantic import Field, ValidationError

from explorer.domain.base import Frozen, share_fields_set


class Sheet(Frozen):
    """A value with one bounded field."""

    picked: Annotated[tuple[str, ...], Field(max_length=2)] = ()
    notes: str = ""


def test_a_changed_copy_leaves_the_first_as_it_was() -> None:
    """The copy has the new field and the others of the first."""
    first = Sheet(notes="a")
    assert first.evolve(picked=("x",)) == Sheet(picked=("x",), notes="a")
    assert first == Sheet(notes="a")


@pytest.mark.parametrize(
    "changes", [{"picked": ("x", "y", "z")}, {"notse": "b"}, {"notes": 3}, {"picked": ["x"]}]
)
def test_a_change_is_checked_as_a_new_value_is(changes: dict[str, object]) -> None:
    """Too many, a wrong name and a wrong type are refused."""
    with pytest.raises(ValidationError):
        Sheet().evolve(**changes)


class Folder(Frozen):
    """A value that holds others."""

    sheets: tuple[Sheet, ...] = ()
    cover: Sheet = Sheet()


def test_values_share_the_set_of_fields_that_were_set() -> None:
    """Where it is the same, at any depth; what is equal and what a copy holds stays as it was."""
    folder = Folder(sheets=(Sheet(notes="a"), Sheet(notes="b"), Sheet()), cover=Sheet(notes="a"))
    before = folder.model_dump(exclude_unset=True)
    share_fields_set(folder)
    first, second, unset = folder.sheets
    assert first.model_fields_set is second.model_fields_set is folder.cover.model_fields_set
    assert unset.model_fields_set == set()
    assert folder.model_dump(exclude_unset=True) == before
    assert second.evolve(picked=("x",)).model_fields_set == {"notes", "picked"}
    assert first.model_fields_set == {"notes"}
