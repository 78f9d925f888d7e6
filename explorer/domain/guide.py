"""The guide as it is read: sections in order, statements with reference numbers."""

from itertools import groupby

from explorer.domain.base import Frozen
from explorer.domain.catalogue import (
    Basis,
    Block,
    BlockKind,
    Catalogue,
    GuidePart,
    GuideStatement,
    Section,
)
from explorer.domain.drawings import Drawing
from explorer.domain.red_flags import Card, cards, numbered, subject
from explorer.domain.refs import GUIDE
from explorer.domain.sources import Numbering, Reference


class GuideLine(Frozen):
    """A statement with the numbers of its references."""

    id: str
    text: str
    is_practice: bool
    for_nurses: bool
    references: tuple[int, ...]


class GuideDrawing(Frozen):
    """A drawing with its labels, each with the references of what it rests on."""

    id: str
    title: str
    alternative: str
    labels: tuple[GuideLine, ...]


class GuideBlock(Frozen):
    """Lines that belong together, and the drawings that show them."""

    kind: BlockKind
    heading: str
    lines: tuple[GuideLine, ...]
    drawings: tuple[GuideDrawing, ...] = ()


class GuideSection(Frozen):
    """A section under a reader's question."""

    id: str
    part: GuidePart
    question: str
    summary: GuideLine
    why: tuple[GuideLine, ...]
    """Its reasons, seen with it; they stand in the blocks too."""
    blocks: tuple[GuideBlock, ...]
    drawings: tuple[GuideDrawing, ...] = ()
    """Those that draw the summary itself: they stand in sight beside it, and under no block."""


class Guide(Frozen):
    """The whole guide with one list of references."""

    sections: tuple[GuideSection, ...]
    signs: tuple[Card, ...]
    """Warning signs: of the guide's medicine, of all medicines, then of each other one."""
    references: tuple[Reference, ...]

    @property
    def parts(self) -> tuple[tuple[GuidePart, tuple[GuideSection, ...]], ...]:
        """The sections under the headings of the contents, in reading order."""
        return tuple((part, tuple(held)) for part, held in groupby(self.sections, _part))


def _part(section: GuideSection) -> GuidePart:
    return section.part


def guide(catalogue: Catalogue) -> Guide:
    """Put the guide together, numbering references in reading order."""
    numbering = Numbering(catalogue.source)

    def line(statement: GuideStatement) -> GuideLine:
        return GuideLine(
            id=statement.id,
            text=statement.text,
            is_practice=statement.basis is Basis.PRACTICE,
            for_nurses=statement.nurse,
            references=numbering.of(statement.citations),
        )

    statements = {
        f"{GUIDE}/{section.id}/{statement.id}": statement
        for section in catalogue.guide
        for statement in section.statements
    }

    def drawn(drawing: Drawing) -> GuideDrawing:
        return GuideDrawing(
            id=drawing.id,
            title=drawing.title,
            alternative=drawing.alternative,
            labels=tuple(
                line(statements[label.rests_on].evolve(id=label.id, text=label.text))
                for label in drawing.labels
            ),
        )

    def in_sight(section: Section, drawing: Drawing) -> bool:
        summary = f"{GUIDE}/{section.id}/{section.summary.id}"
        return summary in {item.ref for item in drawing.supported_by}

    def drawings(section: Section, block: Block) -> tuple[GuideDrawing, ...]:
        refs = {f"{GUIDE}/{section.id}/{statement.id}" for statement in block.statements}
        return tuple(
            drawn(item)
            for item in catalogue.drawings
            if item.supported_by[0].ref in refs and not in_sight(section, item)
        )

    own = subject(catalogue)
    rest = tuple(item.id for item in catalogue.published if item.id not in own)
    everyone, *each = cards(catalogue, (*own, *rest))
    ordered = (*each[: len(own)], everyone, *each[len(own) :])
    signs = tuple(numbered(card, numbering) for card in ordered)
    sections = tuple(
        GuideSection(
            id=section.id,
            part=section.part,
            question=section.question,
            summary=line(section.summary),
            why=tuple(line(statements[f"{GUIDE}/{section.id}/{named}"]) for named in section.why),
            blocks=tuple(
                GuideBlock(
                    kind=block.kind,
                    heading=block.heading,
                    lines=tuple(line(statement) for statement in block.statements),
                    drawings=drawings(section, block),
                )
                for block in section.blocks
            ),
            drawings=tuple(drawn(it) for it in catalogue.drawings if in_sight(section, it)),
        )
        for section in catalogue.sections
    )
    return Guide(sections=sections, signs=signs, references=numbering.references())
