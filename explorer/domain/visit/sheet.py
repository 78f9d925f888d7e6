"""The sheet for a visit: everything that PDF, print and text show, with its sources numbered."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from explorer.domain.answers import join
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, Move, RedFlag, Urgency
from explorer.domain.citing import CitedText, CitedValue, numbered
from explorer.domain.comparison import (
    STAY,
    Column,
    ComparedCell,
    Comparison,
    NotTogether,
    compare,
    use_phrase,
)
from explorer.domain.letters import one_line, sound
from explorer.domain.sources import Citation, Source
from explorer.domain.visit.model import Sure, Visit, Weight, in_order, pinned_rows
from explorer.domain.visit.prompts import Offered, prompts_for
from explorer.domain.who import Who

MOST_SOURCES = 2
"""Most sources named beside one text of the sheet; the comparison names them all."""


class SheetOption(Frozen):
    """An option on the sheet."""

    id: str
    title: str
    status: str
    now: bool
    mistake: CitedText
    emergency: tuple[CitedText, ...]
    same_day: tuple[CitedText, ...]


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
    who: Who
    now: str
    move: Move | None
    options: tuple[SheetOption, ...]
    concerns: tuple[SheetConcern, ...]
    together: tuple[NotTogether, ...]
    everyone: tuple[CitedText, ...]
    """Signs of an emergency whatever the option."""
    questions: tuple[str, ...]
    notes: str
    unsure: tuple[Sure, ...]
    nobody_answers: str
    not_compared: tuple[CitedText, ...]
    references: tuple[SheetSource, ...]
    content_date: date

    def in_reading_order(self) -> Iterator[CitedValue]:
        """Yield everything cited as the sheet is read: a table row by row, left to right."""
        yield from self.together
        for concern in self.concerns:
            for line in concern.lines:
                yield from line.cells
        for option in self.options:
            yield option.mistake
        yield from self.everyone
        for option in self.options:
            yield from option.emergency
        for option in self.options:
            yield from option.same_day
        yield from self.not_compared


def sheet_of(
    catalogue: Catalogue,
    condition_id: str,
    option_ids: Sequence[str],
    who: Who,
    visit: Visit,
    now: Sequence[str] = (),
) -> Sheet:
    """Make the sheet for a visit.

    Args:
        catalogue: the content.
        condition_id: the condition.
        option_ids: the options that are compared.
        who: for whom.
        visit: what the reader entered.
        now: ids of the medicines that are taken now.

    Returns:
        The sheet, with sources numbered in its own reading order.

    Raises:
        UnknownId: a condition or option does not exist, or no option was given.
        NotAnOption: a medicine has no stated use in the condition.
    """
    comparison = compare(
        catalogue,
        condition_id,
        option_ids,
        who=who,
        now=now,
        pinned=pinned_rows(catalogue, visit, who),
    )
    general = _general_signs(catalogue, condition_id)
    statuses = {
        column.id: use_phrase(
            catalogue,
            catalogue.medicine(column.medicines[0]),
            comparison.condition,
            comparison.age,
        )
        for column in comparison.columns
        if column.medicines
    }
    sheet = Sheet(
        condition=comparison.condition.name,
        who=who,
        now=join([item.title for item in catalogue.published if item.id in now], catalogue.words),
        move=visit.move,
        options=tuple(
            SheetOption(
                id=column.id,
                title=column.title,
                status=statuses.get(column.id, column.summary),
                now=column.id == STAY and bool(now),
                mistake=column.mistake or CitedText(text=column.without_mistake),
                emergency=_flags(column, Urgency.EMERGENCY, general),
                same_day=_flags(column, Urgency.SAME_DAY, general),
            )
            for column in comparison.columns
        ),
        concerns=_concerns(catalogue, comparison, visit, who),
        together=comparison.not_together,
        everyone=tuple(
            CitedText(text=_sentence(flag.sign, flag.action), citations=flag.citations)
            for flag in general
            if _counts_for(catalogue, who, flag)
        ),
        questions=_questions(
            visit, prompts_for(catalogue, condition_id, option_ids, who, visit, now)
        ),
        notes=sound(visit.notes).strip(),
        unsure=visit.unsure,
        nobody_answers=comparison.nobody_answers,
        not_compared=comparison.not_compared,
        references=(),
        content_date=comparison.content_date,
    )
    numbers = _SourceNumbers()
    for item in sheet.in_reading_order():
        numbers.of(item.citations)
    return numbered(sheet, numbers).evolve(references=numbers.listed(catalogue))


def _general_signs(catalogue: Catalogue, condition_id: str) -> list[RedFlag]:
    """Return the emergencies whatever is taken, at any age, those of the illness among them."""
    return [
        flag
        for flag in (*catalogue.contact().red_flags, *catalogue.condition(condition_id).red_flags)
        if flag.urgency is Urgency.EMERGENCY
    ]


def _counts_for(catalogue: Catalogue, who: Who, flag: RedFlag) -> bool:
    """Return whether a sign counts: one of babies has no place on the sheet of an older person."""
    return (
        flag.fits(who)
        and flag.counts_for(None, who.age)
        and (who is Who.CHILD or not catalogue.signs.only_of_the_young(flag.signs, flag.sign))
    )


def _concerns(
    catalogue: Catalogue, comparison: Comparison, visit: Visit, who: Who
) -> tuple[SheetConcern, ...]:
    """Return the picked concerns in order, the reader's own ones last among their weight."""
    concerns = [
        SheetConcern(
            label=catalogue.concern(item.concern).said_to(who),
            weight=item.weight,
            why=one_line(item.why),
            lines=_lines(catalogue, comparison, item.concern, who),
        )
        for item in in_order(catalogue, visit, who)
    ]
    concerns += [
        SheetConcern(label=text, weight=point.weight, why="", lines=())
        for point in visit.own_points
        if (text := one_line(point.text))
    ]
    weights = list(Weight)
    return tuple(sorted(concerns, key=lambda item: weights.index(item.weight)))


def _lines(
    catalogue: Catalogue, comparison: Comparison, concern_id: str, who: Who
) -> tuple[SheetLine, ...]:
    """Return the rows that answer a concern; the first has the concern's own name."""
    concern = catalogue.concern(concern_id)
    compared = {line.row.id: line for line in comparison.rows}
    return tuple(
        SheetLine(
            label=compared[row_id].row.short if place else concern.said_to(who),
            is_effect=compared[row_id].row.effect,
            cells=compared[row_id].cells,
        )
        for place, row_id in enumerate(concern.rows)
        if row_id in compared
    )


def _sentence(sign: str, action: str) -> str:
    return " ".join(part for part in (sign, action) if part)


def _questions(visit: Visit, offered: Sequence[Offered]) -> tuple[str, ...]:
    """Return what a reader wants to ask: ticked questions that still fit, then own ones."""
    wording = {item.prompt: item.text.strip() for item in visit.ticked}
    ready = tuple(wording[item.id] or item.text for item in offered if item.id in wording)
    return ready + visit.questions


def _flags(column: Column, urgency: Urgency, general: Iterable[RedFlag]) -> tuple[CitedText, ...]:
    """Return an option's signs of one urgency; an option without a medicine says what it can.

    What counts in the same words whatever the option is not repeated. That holds for a sign of
    another age too: the sheet leaves it out for everyone, so no option brings it back.
    """
    already = {_sentence(flag.sign, flag.action) for flag in general}
    flags = tuple(
        CitedText(text=text, citations=flag.citations)
        for flag in column.red_flags
        if flag.urgency is urgency and (text := _sentence(flag.sign, flag.action)) not in already
    )
    if column.without_flags and urgency is Urgency.EMERGENCY:
        return (CitedText(text=column.without_flags), *flags)
    return flags


class _SourceNumbers:
    """Numbers sources instead of places in them, at most ``MOST_SOURCES`` for a text.

    All places would make some ninety lines of small print; they are in the comparison, which the
    sheet names.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        named = list(dict.fromkeys(citation.source for citation in citations))[:MOST_SOURCES]
        found = {self._numbers.setdefault(source, len(self._numbers) + 1) for source in named}
        return tuple(sorted(found))

    def listed(self, catalogue: Catalogue) -> tuple[SheetSource, ...]:
        return tuple(
            SheetSource(number=number, source=catalogue.source(source))
            for source, number in self._numbers.items()
        )
