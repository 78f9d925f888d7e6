"""A section of the guide as it is written: blocks of statements under a reader's question."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.prose import Code, Layer, Place, Prose
from explorer.domain.sources import Citation


class Basis(StrEnum):
    """What a guide statement rests on."""

    SOURCE = "source"
    PRACTICE = "practice"


class GuideStatement(Frozen):
    """One sentence or two of the guide, with a stable id that questions and links point at."""

    id: Slug
    text: Annotated[Text, Prose(Layer.CORE, is_main=True)]
    basis: Worded[Basis] = Field(
        default=Basis.SOURCE,
        description="'practice' is common practice without a source for this medicine.",
    )
    nurse: bool = Field(default=False, description="True for what only nurses need.")
    says: Annotated[tuple[Annotated[str, Code("ref")], ...], Listed] = Field(
        default=(), description="Facts that it tells again, by their refs; their figures are its."
    )
    signs: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Signs of the table for which it says how fast to act."
    )
    citations: Annotated[tuple[Citation, ...], Listed] = ()


class BlockKind(StrEnum):
    """How the statements of a block belong together."""

    TEXT = "text"
    LIST = "list"
    STEPS = "steps"
    QUESTIONS = "questions"
    UNKNOWN = "unknown"


class Block(Frozen):
    """Statements under one small heading.

    'unknown' holds what we do not know, 'questions' what a reader may ask; neither is a fact.
    """

    kind: Worded[BlockKind]
    heading: Annotated[str, Prose(Layer.CORE)] = ""
    statements: Annotated[
        tuple[GuideStatement, ...], Listed, Field(min_length=1), Place(at_root=True)
    ]


class GuidePart(StrEnum):
    """Under which short heading the guide's contents list a section."""

    START = "start"
    DAILY = "daily"
    TROUBLE = "trouble"
    OTHERS = "others"
    LIFE = "life"
    LATER = "later"
    LEARN = "learn"


class Section(Frozen):
    """A section of the guide, under a reader's question."""

    id: Slug
    order: int
    part: Worded[GuidePart] = Field(
        default=GuidePart.START, description="The heading that lists it in the guide's contents."
    )
    question: Annotated[Text, Prose(Layer.CORE)]
    summary: Annotated[GuideStatement, Place(at_root=True)] = Field(
        description="The one thing to take away."
    )
    why: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(),
        description="Statements of the section that say why, and what it may cost: seen beside it.",
    )
    blocks: Annotated[tuple[Block, ...], Listed]

    @property
    def statements(self) -> tuple[GuideStatement, ...]:
        """All statements in reading order, the summary first."""
        return (
            self.summary,
            *(statement for block in self.blocks for statement in block.statements),
        )
