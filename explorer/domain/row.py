"""The rows of the comparison, their groups, and the roles by which the program knows some."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from explorer.domain.answers import AnswerType, ChoiceValue
from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.cells import Cell
from explorer.domain.measures import Definition
from explorer.domain.prose import Code, Layer, Prose
from explorer.domain.who import Who, said_to


class Role(StrEnum):
    """What the program itself does with a row; rows.toml says which row it is."""

    DOSE_SCHEDULE = "dose-schedule"
    ROUTE = "route"
    PLACE = "place"
    TEST_SCHEDULE = "test-schedule"
    BENEFIT = "benefit"
    SERIOUS_HARM = "serious-harm"
    COMMON_EFFECTS = "common-effects"
    WORST_HARM = "worst-harm"


@dataclass(frozen=True, slots=True)
class Need:
    """What a row must be like to take a role.

    Attributes:
        what: what the program does with it.
        answer: the type of its answers, or None for any.
        choices: values that its list must have, since the program asks for them.
    """

    what: str
    answer: AnswerType | None = None
    choices: tuple[str, ...] = ()


NEEDS: Final = {
    Role.DOSE_SCHEDULE: Need("the doses of the eight weeks", AnswerType.SCHEDULE),
    Role.ROUTE: Need("how a dose is given, in the eight weeks", AnswerType.CHOICES),
    Role.PLACE: Need(
        "where a dose is given, in the eight weeks", AnswerType.CHOICES, ("home", "clinic")
    ),
    Role.TEST_SCHEDULE: Need("the blood tests of the eight weeks", AnswerType.SCHEDULE),
    Role.BENEFIT: Need("how well it works; also what is known if nothing changes"),
    Role.SERIOUS_HARM: Need("the serious risks, which the comparison links to"),
    Role.COMMON_EFFECTS: Need("effects told as common, which the rules on signs read"),
    Role.WORST_HARM: Need("the harm that is drawn beside the benefit, before anything is opened"),
}


class RoleOf(Frozen):
    """Which row has a role; empty where the content has no such row."""

    id: Worded[Role]
    row: Annotated[str, Code("id")] = ""


class Row(Frozen):
    """A line of the comparison."""

    id: Slug
    group: Slug
    question: Annotated[Text, Prose(Layer.CORE)] = Field(
        description="The line's name, as a patient would ask it."
    )
    parent: Annotated[str, Prose(Layer.CORE)] = Field(
        default="", description="The same as a parent asks it, if the question says 'I' or 'my'."
    )
    who: Annotated[tuple[Worded[Who], ...], Listed] = Field(
        default=(), description="Persons whom it concerns; none for everybody."
    )
    short: Annotated[Text, Prose(Layer.NAME)] = Field(
        description="Two to four words for lists and main differences."
    )
    help: Annotated[Text, Prose(Layer.DETAIL)] = Field(
        description="What the line tells and why it matters, one sentence."
    )
    answer: Worded[AnswerType]
    choices: Annotated[tuple[ChoiceValue, ...], Listed] = ()
    either: bool = Field(
        default=False, description="True where the values of a set are alternatives: 'or'."
    )
    main: int | None = Field(default=None, description="Place among the main differences.")
    difference: Annotated[str, Prose(Layer.INTERFACE)] = Field(
        default="", description="Sentence template of a main difference: {medicine}, {answer}."
    )
    effect: bool = Field(default=False, description="True where cells state an effect's size.")
    concerns: Annotated[tuple[Slug, ...], Listed] = ()
    definition: Definition | None = Field(default=None, description="What its cells say first.")
    careful: bool = Field(
        default=False,
        description="True where an error could hurt most: its facts are read again sooner.",
    )
    plan: bool = Field(
        default=False, description="True where a typed answer is a plan that a label sets."
    )
    yearly: bool = Field(
        default=False,
        description="True where a cell tells days a year, worked out from the typed plans.",
    )
    guided: bool = Field(
        default=False, description="True where a cell types how firmly its guidelines speak."
    )

    kept: bool = Field(
        default=True,
        description="False where a plan that adds a medicine tells of the new one only.",
    )
    taken_with: Slug | None = Field(
        default=None, description="The medicine that its cells say it may be taken together with."
    )

    def fits(self, who: Who | None) -> bool:
        """Return whether a line concerns a person; every line where nobody was named."""
        return who is None or not self.who or who in self.who

    def said_to(self, who: Who | None) -> str:
        """Return the question in the words of the one who reads."""
        return said_to(who, self.question, self.parent)

    def measure_of(self, cell: Cell | None) -> str:
        """Return the words of the measure that a cell states, or nothing."""
        return (
            "" if self.definition is None or cell is None else self.definition.label(cell.measure)
        )


class Group(Frozen):
    """Rows that answer one question of a patient."""

    id: Slug
    question: Annotated[Text, Prose(Layer.CORE)]
    parent: Annotated[str, Prose(Layer.CORE)] = Field(
        default="", description="The same as a parent asks it, if the question says 'I' or 'my'."
    )
    short: Annotated[str, Prose(Layer.NAME)] = Field(
        default="", description="A few words where the group is folded; else its question."
    )

    def fits(self, _who: Who) -> bool:
        """Return that a group is for everybody."""
        return True

    def said_to(self, who: Who | None) -> str:
        """Return the question in the words of the one who reads."""
        return said_to(who, self.question, self.parent)

    def for_reader(self, who: Who | None) -> "Group":
        """Return the group as one reads it; a parent's question has no other few words."""
        question = self.said_to(who)
        return self if question == self.question else self.evolve(question=question, short="")
