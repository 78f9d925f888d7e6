"""A reader's own part: what matters, what to ask, how sure they are, and the sheet for the visit.

Answers change order and emphasis, and nothing else. There is no score, no total, no rank and no
advice in anything that is made here.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from explorer.domain.answers import join
from explorer.domain.base import Frozen, Slug
from explorer.domain.catalogue import (
    Age,
    Catalogue,
    Cell,
    CellKind,
    Medicine,
    Move,
    NoNewMedicine,
    Prompt,
    RedFlag,
    Urgency,
)
from explorer.domain.comparison import (
    Cited,
    Column,
    ComparedCell,
    Comparison,
    Lead,
    NotTogether,
    compare,
    use_phrase,
)
from explorer.domain.letters import one_line, sound
from explorer.domain.sources import Citation, Source

MOST_CONCERNS = 5
"""Most concerns a reader may pick, an own one among them: few enough to weigh (CDC: at most 7)."""

SHORT, LONG = 160, 800
"""Longest own line and longest own note, in characters, so that the sheet stays a page."""

MOST_SOURCES = 2
"""Most sources named beside one text of the sheet; the comparison names them all."""

MOST_QUESTIONS = 12
"""Most own questions that are taken."""

_CONCERN = "concern-"


class Weight(StrEnum):
    """How much a concern matters to a reader."""

    A_LOT = "a-lot"
    SOME = "some"


class Sure(StrEnum):
    """The four questions of the sure-check.

    Adapted in our own words from the subjects of the SURE test (Legare and others 2010,
    PubMed 20705870): certain, informed, clear on values, supported. Our wording was not validated.
    """

    FACTS = "facts"
    VALUES = "values"
    SUPPORT = "support"
    CHOICE = "choice"


class Picked(Frozen):
    """A concern that a reader picked, how much it matters, and why in the reader's words."""

    concern: Slug
    weight: Weight = Weight.SOME
    why: Annotated[str, Field(max_length=SHORT)] = ""


class Ticked(Frozen):
    """A ready question that a reader wants to ask; ``text`` is the reader's wording, if any."""

    prompt: Slug
    text: Annotated[str, Field(max_length=SHORT)] = ""


class Visit(Frozen):
    """What a reader entered. It lives in the session and in the browser tab, nowhere else."""

    now: tuple[Slug, ...] = ()
    move: Move | None = None
    picked: tuple[Picked, ...] = ()
    own: Annotated[str, Field(max_length=SHORT)] = ""
    own_weight: Weight = Weight.SOME
    ticked: tuple[Ticked, ...] = ()
    own_questions: Annotated[str, Field(max_length=LONG)] = ""
    notes: Annotated[str, Field(max_length=LONG)] = ""
    sure: tuple[tuple[Sure, bool], ...] = ()

    @model_validator(mode="after")
    def _few_and_once(self) -> "Visit":
        """Refuse more concerns than are allowed, and anything named twice."""
        if len(self.picked) + bool(self.own.strip()) > MOST_CONCERNS:
            raise ValueError(f"at most {MOST_CONCERNS} concerns can be picked")
        for ids in (
            [item.concern for item in self.picked],
            [item.prompt for item in self.ticked],
            [item for item, _ in self.sure],
        ):
            if len(set(ids)) != len(ids):
                raise ValueError("something was named twice")
        return self

    @property
    def is_empty(self) -> bool:
        """True where nothing was entered yet."""
        return self == Visit()

    @property
    def questions(self) -> tuple[str, ...]:
        """The reader's own questions, a line each; empty lines are left out."""
        lines = (one_line(line) for line in sound(self.own_questions).splitlines())
        return tuple(line for line in lines if line)[:MOST_QUESTIONS]

    @property
    def unsure(self) -> tuple[Sure, ...]:
        """Where the reader said no."""
        return tuple(item for item, yes in self.sure if not yes)

    def known(self, catalogue: Catalogue) -> "Visit":
        """Leave out what this content does not hold, such as after an update of the site."""
        prompts = {prompt.id for prompt in catalogue.prompts}
        medicines = {medicine.id for medicine in catalogue.published}
        return self.evolve(
            now=tuple(item for item in self.now if item in medicines),
            picked=tuple(item for item in self.picked if catalogue.has_concern(item.concern)),
            ticked=tuple(item for item in self.ticked if item.prompt in prompts),
        )


def in_order(catalogue: Catalogue, visit: Visit) -> tuple[Picked, ...]:
    """Give the picked concerns: those that matter a lot first, then in the content's order."""
    places = {concern.id: place for place, concern in enumerate(catalogue.concerns)}
    weights = list(Weight)
    return tuple(
        sorted(
            visit.picked,
            key=lambda item: (weights.index(item.weight), places[item.concern]),
        )
    )


def leads(catalogue: Catalogue, visit: Visit) -> tuple[Lead, ...]:
    """Give the lines of a reader's concerns, to stand first in a comparison."""
    return tuple(
        Lead(
            id=f"{_CONCERN}{item.concern}",
            title=catalogue.concern(item.concern).label,
            rows=tuple(row.id for row in catalogue.rows_of(item.concern)),
        )
        for item in in_order(catalogue, visit)
    )


class Offered(Frozen):
    """A ready question as it is offered, and under which heading."""

    id: Slug
    heading: str
    text: str


def prompts_for(
    catalogue: Catalogue, condition_id: str, option_ids: Sequence[str], age: Age, visit: Visit
) -> tuple[Offered, ...]:
    """Choose the ready questions that fit a reader.

    Args:
        catalogue: the content.
        condition_id: the condition.
        option_ids: the options that are compared.
        age: for whom.
        visit: what the reader entered.

    Returns:
        The questions: on the reader's concerns first, in the concerns' order; then on what was
        not found or not studied; on these options and this condition; and for any visit. The
        headings are ``concern:<id>``, ``unknown``, ``options`` and ``any``.
    """
    medicines = [item for item in catalogue.published if item.id in option_ids]
    picked = [item.concern for item in in_order(catalogue, visit)]
    found: list[Offered] = []
    for prompt in catalogue.prompts:
        fits = _fitting(catalogue, prompt, condition_id, medicines, age)
        if not fits or (prompt.moves and visit.move not in prompt.moves):
            continue
        if prompt.concerns and not set(prompt.concerns) & set(picked):
            continue
        named = join([medicine.title for medicine in fits], catalogue.words)
        found.append(
            Offered(
                id=prompt.id,
                heading=_heading(prompt, picked),
                text=_capital(prompt.text.format(options=named)),
            )
        )
    order = [f"concern:{concern}" for concern in picked] + ["unknown", "options", "any"]
    return tuple(sorted(found, key=lambda item: order.index(item.heading)))


def _fitting(
    catalogue: Catalogue,
    prompt: Prompt,
    condition_id: str,
    medicines: Sequence[Medicine],
    age: Age,
) -> list[Medicine]:
    """Give the medicines that a prompt is about; none where it does not fit."""
    if prompt.conditions and condition_id not in prompt.conditions:
        return []
    if prompt.ages and age not in prompt.ages:
        return []
    return [
        medicine
        for medicine in medicines
        if (not prompt.options or medicine.id in prompt.options)
        and (not prompt.kinds or medicine.kind in prompt.kinds)
        and (
            not prompt.unknown
            or any(_is_gap(catalogue, medicine, row, condition_id, age) for row in prompt.unknown)
        )
    ]


def _is_gap(
    catalogue: Catalogue, medicine: Medicine, row_id: str, condition_id: str, age: Age
) -> bool:
    cells = medicine.cells_of(catalogue.row(row_id).id)
    cell: Cell | None = None if cells is None else cells.resolve(condition_id, age)
    return cell is not None and cell.kind in (CellKind.NOT_FOUND, CellKind.NOT_STUDIED)


def _heading(prompt: Prompt, picked: Sequence[str]) -> str:
    if prompt.concerns:
        first = next(concern for concern in picked if concern in prompt.concerns)
        return f"concern:{first}"
    if prompt.unknown:
        return "unknown"
    if prompt.options or prompt.kinds or prompt.conditions or prompt.moves or prompt.ages:
        return "options"
    return "any"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class SheetOption(Frozen):
    """An option on the sheet."""

    id: str
    title: str
    status: str
    now: bool
    mistake: Cited
    emergency: tuple[Cited, ...]
    same_day: tuple[Cited, ...]


class SheetLine(Frozen):
    """A line of the sheet with a cell for every option."""

    label: str
    is_effect: bool
    """True where the cells hold results of studies, which are not to be read as a race."""
    cells: tuple[ComparedCell, ...]


class SheetConcern(Frozen):
    """A concern on the sheet, with the lines that stand for it; an own concern has none."""

    label: str
    weight: Weight
    why: str
    lines: tuple[SheetLine, ...]


class SheetSource(Frozen):
    """A source on the sheet; the places in it stand in the comparison."""

    number: int
    source: Source


class Sheet(Frozen):
    """Everything that the sheet for a visit shows; PDF, print and text all render it."""

    condition: str
    age: Age
    now: str
    move: Move | None
    options: tuple[SheetOption, ...]
    concerns: tuple[SheetConcern, ...]
    together: tuple[NotTogether, ...]
    everyone: tuple[Cited, ...]
    """Signs of an emergency whatever the option."""
    questions: tuple[str, ...]
    notes: str
    unsure: tuple[Sure, ...]
    nobody_answers: str
    not_compared: tuple[Cited, ...]
    references: tuple[SheetSource, ...]
    content_date: date


def sheet_of(
    catalogue: Catalogue, condition_id: str, option_ids: Sequence[str], age: Age, visit: Visit
) -> Sheet:
    """Make the sheet for a visit.

    Args:
        catalogue: the content.
        condition_id: the condition.
        option_ids: the options that are compared.
        age: for whom facts are resolved.
        visit: what the reader entered.

    Returns:
        The sheet, with sources numbered in its own reading order.

    Raises:
        UnknownId: a condition or option does not exist, or no option was given.
        NotAnOption: a medicine has no stated use in the condition.
    """
    comparison = compare(
        catalogue, condition_id, option_ids, age=age, leads=leads(catalogue, visit)
    )
    renumber = _BySource(catalogue, comparison)
    own = one_line(visit.own)
    together = tuple(
        pair.evolve(references=renumber(pair.references)) for pair in comparison.not_together
    )
    concerns = [
        SheetConcern(
            label=catalogue.concern(item.concern).label,
            weight=item.weight,
            why=one_line(item.why),
            lines=_lines(catalogue, comparison, item.concern, renumber),
        )
        for item in in_order(catalogue, visit)
    ]
    if own:
        last = sum(item.weight is Weight.A_LOT for item in concerns)
        place = last if visit.own_weight is Weight.A_LOT else len(concerns)
        concerns.insert(
            place,
            SheetConcern(label=own, weight=visit.own_weight, why="", lines=()),
        )
    medicines = [item for item in catalogue.published if item.id in option_ids]
    general = [
        flag
        for flag in (
            *catalogue.contact().red_flags,
            *catalogue.condition(
                condition_id
            ).red_flags,  # a danger of the illness, whatever is taken
        )
        if flag.urgency is Urgency.EMERGENCY
        and not (age is Age.ADULT and catalogue.signs.only_of_the_young(flag.signs, flag.sign))
    ]
    statuses = {item.id: use_phrase(catalogue, item, comparison.condition) for item in medicines}
    options = tuple(
        SheetOption(
            id=column.id,
            title=column.title,
            status=statuses.get(column.id, column.summary),
            now=column.id in visit.now,
            mistake=(
                Cited(text=column.without_mistake, references=())
                if column.mistake is None
                else Cited(text=column.mistake.text, references=renumber(column.mistake.references))
            ),
            emergency=_flags(column, Urgency.EMERGENCY, renumber, general),
            same_day=_flags(column, Urgency.SAME_DAY, renumber, general),
        )
        for column in comparison.columns
    )
    everyone = tuple(
        Cited(text=_said(flag.sign, flag.action), references=renumber.cite(flag.citations))
        for flag in general
    )
    not_compared = tuple(
        Cited(text=item.text, references=renumber(item.references))
        for item in comparison.not_compared
    )
    return Sheet(
        condition=comparison.condition.name,
        age=age,
        now=join([item.title for item in medicines if item.id in visit.now], catalogue.words),
        move=visit.move,
        options=options,
        concerns=tuple(concerns),
        together=together,
        everyone=everyone,
        questions=_questions(catalogue, condition_id, option_ids, age, visit),
        notes=sound(visit.notes).strip(),
        unsure=visit.unsure,
        nobody_answers=comparison.nobody_answers,
        not_compared=not_compared,
        references=renumber.references(),
        content_date=comparison.content_date,
    )


def _lines(
    catalogue: Catalogue, comparison: Comparison, concern_id: str, renumber: "_BySource"
) -> tuple[SheetLine, ...]:
    """Give the lines that stand for a concern; the first bears the concern's own name."""
    concern = catalogue.concern(concern_id)
    compared = {line.row.id: line for line in comparison.rows}
    return tuple(
        SheetLine(
            label=compared[row_id].row.short if place else concern.label,
            is_effect=compared[row_id].row.effect,
            cells=tuple(
                cell.evolve(
                    references=renumber.cite(_citations(catalogue, comparison, row_id, cell))
                )
                for cell in compared[row_id].cells
            ),
        )
        for place, row_id in enumerate(concern.rows)
    )


def _citations(
    catalogue: Catalogue, comparison: Comparison, row_id: str, cell: ComparedCell
) -> tuple[Citation, ...]:
    """Give a cell's citations as they were written: what its text rests on stands first."""
    options: tuple[Medicine | NoNewMedicine, ...] = (
        *catalogue.published,
        *comparison.condition.no_new_medicine,
    )
    cells = next(option for option in options if option.id == cell.column).cells_of(row_id)
    return () if cells is None else cells.resolve(comparison.condition.id, comparison.age).citations


def _said(sign: str, action: str) -> str:
    return " ".join(part for part in (sign, action) if part)


def _questions(
    catalogue: Catalogue, condition_id: str, option_ids: Sequence[str], age: Age, visit: Visit
) -> tuple[str, ...]:
    """Give what a reader wants to ask: ticked questions that still fit, then own ones."""
    offered = prompts_for(catalogue, condition_id, option_ids, age, visit)
    wording = {item.prompt: item.text.strip() for item in visit.ticked}
    ready = tuple(wording[item.id] or item.text for item in offered if item.id in wording)
    return ready + visit.questions


def _flags(
    column: Column, urgency: Urgency, renumber: "_BySource", general: Iterable[RedFlag]
) -> tuple[Cited, ...]:
    """Give an option's signs of one urgency; an option without a medicine says what it can.

    What the sheet says in the same words whatever the option does not stand a second time.
    """
    said = {_said(flag.sign, flag.action) for flag in general}
    flags = tuple(
        Cited(text=text, references=renumber(flag.references))
        for flag in column.red_flags
        if flag.urgency is urgency and (text := _said(flag.sign, flag.action)) not in said
    )
    if column.without_flags and urgency is Urgency.EMERGENCY:
        return (Cited(text=column.without_flags, references=()), *flags)
    return flags


class _BySource:
    """Numbers sources in the sheet's reading order, at most ``MOST_SOURCES`` for a text.

    All sources, each with its place, would make some ninety lines of small print; they stand in
    the comparison, which the sheet names.
    """

    def __init__(self, catalogue: Catalogue, comparison: Comparison) -> None:
        self._source = catalogue.source
        self._citations = {item.number: item.citation for item in comparison.references}
        self._numbers: dict[str, int] = {}

    def __call__(self, numbers: Iterable[int]) -> tuple[int, ...]:
        return self.cite(self._citations[number] for number in numbers)

    def cite(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        named = list(dict.fromkeys(citation.source for citation in citations))[:MOST_SOURCES]
        found = {self._numbers.setdefault(source, len(self._numbers) + 1) for source in named}
        return tuple(sorted(found))

    def references(self) -> tuple[SheetSource, ...]:
        return tuple(
            SheetSource(number=number, source=self._source(source))
            for source, number in self._numbers.items()
        )
