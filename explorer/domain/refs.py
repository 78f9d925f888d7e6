"""The address of a fact: one type for the ids that links, questions, claims and reports carry."""

from dataclasses import dataclass
from typing import Self

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.cells import Cell, RowCells, Statement
from explorer.domain.medicine import Medicine, NotWith, RedFlag, Use
from explorer.domain.numbers import Result
from explorer.domain.questions import Question, Topic
from explorer.domain.ref_kinds import NoRef as NoRef
from explorer.domain.ref_kinds import RefKind as RefKind
from explorer.domain.ref_own import (
    HOW_WRITTEN,
    OWN_FILES,
    OWN_WORDS,
    is_whole,
    own_key,
    own_label,
    own_page,
    own_parts,
)
from explorer.domain.ref_own import OWN_PARTS as OWN_PARTS
from explorer.domain.section import GuideStatement, Section

GUIDE = "guide"
QUIZ = "quiz"


_PARTS = {
    RefKind.FLAG: 3,
    RefKind.USE: 3,
    RefKind.RESULT: 3,
    RefKind.MISTAKE: 2,
    RefKind.NOT_WITH: 2,
}
_ANCHORS = {
    RefKind.MISTAKE: "medicine-first",
    RefKind.NOT_WITH: "medicine-first",
    RefKind.FLAG: "red-flags",
    RefKind.RESULT: "medicine-figures",
}
_TITLES = {
    RefKind.MISTAKE: "compare.mistake-row",
    RefKind.FLAG: "compare.flags-row",
    RefKind.NOT_WITH: "compare.first-group",
    RefKind.RESULT: "figures.title",
}


@dataclass(frozen=True, slots=True)
class Ref:
    """The address of a fact, or of a whole that holds facts.

    As text: ``medicine``, ``medicine/row``, ``medicine/row/condition``, ``medicine/mistake``,
    ``medicine/flags/<id>``, ``guide``, ``guide/<section>``, ``guide/<section>/<statement>``,
    ``quiz/<topic>/<question>``, ``glossary/<term>``, ``signs/<sign>``, ``concepts/<concept>``,
    ``contacts/<contact>/flags/<id>``, ``contacts/<contact>/nobody-answers``,
    ``conditions/<condition>/flags/<id>`` (also ``card`` and ``not-compared``),
    ``conditions/<condition>/preselect``, ``options/<condition>/<option>``,
    ``options/<condition>/<option>/<row>``, ``short/<key of words.toml>``, and one word for
    a condition or a part of the site.

    Attributes:
        kind: what it names.
        parts: the parts of the text.
    """

    kind: RefKind
    parts: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a ref.

        Args:
            text: as above.

        Raises:
            NoRef: it has no part, an empty part, or more parts than its kind.
        """
        parts = tuple(text.split("/"))
        most = 3
        if len(parts) == 1:
            kind = RefKind.WHOLE
        elif parts[0] in OWN_WORDS:
            kind = OWN_WORDS[parts[0]]
            if not is_whole(kind, parts):
                raise NoRef(f"'{text}' is no address of a fact; write {HOW_WRITTEN[kind]}")
            most = len(parts)
        elif parts[0] == GUIDE:
            kind = RefKind.SECTION if len(parts) == 2 else RefKind.STATEMENT
        elif parts[0] == QUIZ:
            kind = RefKind.QUESTION
            if len(parts) < most:
                raise NoRef(f"'{text}' names no question; write quiz/topic/question")
        elif parts[1] in set(_PARTS):
            kind = RefKind(parts[1])
            most = _PARTS[kind]
            if len(parts) < most:
                raise NoRef(f"'{text}' names no id after '{parts[1]}'")
        else:
            kind = RefKind.CELL
        if not all(parts) or len(parts) > most:
            raise NoRef(
                f"'{text}' is no address of a fact; write medicine/row, medicine/row/condition, "
                "medicine/mistake, medicine/flags/id or guide/section/statement"
            )
        return cls(kind=kind, parts=parts)

    @classmethod
    def of(cls, value: Frozen, parents: tuple[Frozen, ...]) -> "Ref | None":
        """Return the ref of a value of the content, or None where it has none.

        Args:
            value: the value.
            parents: the values that hold it, the outermost first.
        """
        owner = parents[0] if parents else value
        if isinstance(owner, Section):
            if isinstance(value, GuideStatement):
                return cls(RefKind.STATEMENT, (GUIDE, owner.id, value.id))
            return cls(RefKind.SECTION, (GUIDE, owner.id)) if value is owner else None
        if isinstance(value, Result):
            return cls(RefKind.RESULT, (getattr(owner, "id", ""), RefKind.RESULT.value, value.id))
        if isinstance(owner, Topic) and isinstance(value, Question):
            return cls(RefKind.QUESTION, (QUIZ, owner.id, value.id))
        if not isinstance(owner, Medicine):
            parts = own_parts(owner, value, parents)
            return cls(OWN_WORDS[parts[0]], parts) if parts else None
        match value:
            case Medicine():
                return cls(RefKind.WHOLE, (owner.id,))
            case Statement():
                return cls(RefKind.MISTAKE, (owner.id, RefKind.MISTAKE.value))
            case RedFlag():
                return cls(RefKind.FLAG, (owner.id, RefKind.FLAG.value, value.id))
            case Use():
                return cls(RefKind.USE, (owner.id, RefKind.USE.value, value.condition))
            case NotWith():
                return cls(RefKind.NOT_WITH, (owner.id, RefKind.NOT_WITH.value))
            case Cell():
                own = (value.condition,) if value.condition else ()
                row = next(item.row for item in parents if isinstance(item, RowCells))
                return cls(RefKind.CELL, (owner.id, row, *own))
        return None

    def __str__(self) -> str:
        """Return the text from which it was read."""
        return "/".join(self.parts)

    @property
    def medicine(self) -> str | None:
        """Id of the medicine that it belongs to; also of a condition, where it names a whole."""
        is_other = self.parts[0] in (GUIDE, QUIZ) or self.kind in OWN_FILES
        return None if is_other else self.parts[0]

    @property
    def row(self) -> str | None:
        """Id of the row, for a cell of a medicine."""
        return self.parts[1] if self.kind is RefKind.CELL else None

    @property
    def condition(self) -> str | None:
        """Id of the condition that a cell is for, or None for the general cell."""
        return self.parts[2] if self.kind is RefKind.CELL and len(self.parts) > 2 else None

    @property
    def file(self) -> str:
        """The file that holds it, from the data folder on."""
        if self.parts[0] == GUIDE:
            return f"guide/{self.parts[1]}.toml" if len(self.parts) > 1 else GUIDE
        if self.kind in OWN_FILES:
            return OWN_FILES[self.kind]
        if self.kind is RefKind.QUESTION:
            return f"questions/{self.parts[1]}.toml"
        folder = "numbers" if self.kind is RefKind.RESULT else "medicines"
        return f"{folder}/{self.parts[0]}.toml"

    @property
    def key(self) -> str:
        """Its dotted key in the file; empty for a whole file."""
        if self.kind in OWN_FILES:
            return own_key(self.kind, self.parts)
        match self.kind:
            case RefKind.CELL:
                return ".".join(("cells", *self.parts[1:]))
            case RefKind.STATEMENT | RefKind.RESULT | RefKind.QUESTION:
                return self.parts[2]
            case RefKind.FLAG:
                return f"red_flags.{self.parts[2]}"
            case RefKind.USE:
                return f"uses.{self.parts[2]}"
            case RefKind.MISTAKE:
                return "mistake"
            case RefKind.NOT_WITH:
                return "not_with"
            case _:
                return ""

    @property
    def page(self) -> str:
        """The address, relative to our pages, of the page that shows it."""
        if self.parts[0] == GUIDE:
            return f"{GUIDE}#{self.parts[-1]}" if len(self.parts) > 1 else GUIDE
        if self.parts[0] == QUIZ:
            return QUIZ
        if self.kind in OWN_FILES:
            return own_page(self.kind, self.parts)
        page = f"medicine?m={self.parts[0]}"
        match self.kind:
            case RefKind.WHOLE:
                return page
            case RefKind.CELL:
                return f"{page}#row-{self.row}"
            case RefKind.USE:
                return f"{page}#use-{self.parts[2]}"
            case _:
                return f"{page}#{_ANCHORS[self.kind]}"

    def label(self, catalogue: Catalogue) -> str:
        """Return what it names in words, as a reader would look for it.

        Args:
            catalogue: the content.

        Raises:
            UnknownId: it names a row, a condition or an option that does not exist.
            KeyError: it names no part of the site.
        """
        words = catalogue.words
        first = self.parts[0]
        if self.kind in OWN_FILES:
            return own_label(self.kind, self.parts, catalogue)
        if first == GUIDE and len(self.parts) > 1:
            for section in catalogue.guide:
                if section.id == self.parts[1]:
                    return words("sources.in-guide", question=section.question)
        for medicine in catalogue.published:
            if medicine.id != first:
                continue
            if self.kind is RefKind.WHOLE:
                return medicine.heading
            if self.kind is RefKind.CELL:
                short = catalogue.row(self.parts[1]).short
            elif self.kind is RefKind.USE:
                short = catalogue.condition(self.parts[2]).name
            else:
                short = words(_TITLES[self.kind])
            return words("sources.in-medicine", title=medicine.heading, short=short)
        if catalogue.has_condition(first):
            return catalogue.condition(first).name
        return words(f"about.part-of-site-{first}")
