"""A condition, what is known of it, and its options beyond the medicines."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded, keyed
from explorer.domain.cells import Age, RowCells, Statement
from explorer.domain.medicine import RedFlag
from explorer.domain.prose import Layer, Place, Prose
from explorer.domain.sources import Citation


class Subtype(Frozen):
    """A form of a condition."""

    id: Slug
    name: Annotated[Text, Prose(Layer.NAME)]
    age: Worded[Age] | None = Field(
        default=None, description="The age group that alone can have this form; None for both."
    )


class Preselection(Frozen):
    """Options that are selected at first, and why; the reader sees the reason."""

    options: Annotated[tuple[Slug, ...], Listed]
    reason: Annotated[Text, Prose(Layer.CORE)]
    citations: Annotated[tuple[Citation, ...], Listed] = ()


class NoNewMedicine(Frozen):
    """An option without a new medicine, as one condition has it."""

    id: Slug
    name: Annotated[Text, Prose(Layer.NAME)]
    summary: Annotated[Text, Prose(Layer.CORE)] = Field(
        description="What this option means, in a sentence."
    )
    cells: Annotated[tuple[RowCells, ...], keyed("row")]

    @property
    def heading(self) -> str:
        """The option's name, as a column is headed."""
        return self.name

    def cells_of(self, row: str) -> RowCells | None:
        """Return the option's own cell of a row, or None where the row does not apply."""
        return next((cells for cells in self.cells if cells.row == row), None)


class Condition(Frozen):
    """A condition, what is known of it, and its options beyond the medicines."""

    id: Slug
    name: Annotated[Text, Prose(Layer.NAME)]
    short: Annotated[Text, Prose(Layer.NAME)]
    plain: Annotated[Text, Prose(Layer.NAME)] = Field(
        description="The condition in a few everyday words, after 'for'."
    )
    aliases: Annotated[tuple[Annotated[str, Prose(Layer.NAME)], ...], Listed] = Field(
        description="Words that name this condition; a variant of another may not use them."
    )
    also: Annotated[tuple[Annotated[str, Prose(Layer.NAME)], ...], Listed] = Field(
        default=(),
        description="Everyday names shown in the list of conditions; each is one of the aliases.",
    )
    subtypes: Annotated[tuple[Subtype, ...], Listed] = ()
    card: Annotated[tuple[Statement, ...], Listed] = Field(description="Three plain sentences.")
    preselect: Preselection
    no_new_medicine: Annotated[tuple[NoNewMedicine, ...], keyed("id")]
    not_compared: Annotated[tuple[Statement, ...], Listed, Place(layer=Layer.DETAIL)] = Field(
        description="Other treatments a team may offer that are not compared here."
    )
    red_flags: Annotated[tuple[RedFlag, ...], Listed] = Field(
        default=(), description="Signs of the illness itself, whatever the option."
    )

    @model_validator(mode="after")
    def _flags_are_its_own(self) -> Self:
        """Refuse a sign that names a condition: the sign of a condition belongs to it alone."""
        for flag in self.red_flags:
            if flag.condition is not None:
                raise ValueError(f"red flag '{flag.id}' stands in a condition and names none")
        return self
