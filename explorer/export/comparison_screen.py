"""The comparison on the screen: the glance, its pictures, all facts folded, the signs once.

What is said is the same as in every file; here sources stand where they are cited, and no numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue, Medicine, Role
from explorer.domain.comparison import (
    STAY,
    Column,
    ComparedRow,
    Comparison,
    Difference,
    ShownGlanceRow,
    ShownLine,
    glance_of,
    merged_signs,
    of_plan,
)
from explorer.domain.figures import ShownResult
from explorer.domain.glance import MISTAKE
from explorer.domain.messages import Words
from explorer.domain.numbers import Effect, MedicineNumbers, NotDrawn
from explorer.domain.quiz_address import with_questions
from explorer.domain.week import StripKind
from explorer.export import environment as html
from explorer.export.comparison_document import document_of
from explorer.export.document import DocumentCell, DocumentRow, SourceLine
from explorer.export.glossary import Explainer, explained

STYLES = ("icons.css", "glance.css")

GLANCE = ("together", "glance", "pictures", "weeks", "end")
"""The macros that draw what is seen without a press, in reading order."""

FACTS = ("facts", "signs", "others")
"""The macros that draw what is folded, in reading order; they change with the reader's tools."""


class Picture(Frozen):
    """What is drawn of one option in a row: a result, or why there is none."""

    title: str
    shown: ShownResult | None = None
    why: str = ""


class PrintedNumbers:
    """Numbers of the documents for print, in the order in which a page cites them first.

    On the screen each text has its sources beside it. On paper a number and the place stand there,
    and one list says what the numbers are.

    Args:
        sources: the cited places, by their numbers in the document.
    """

    def __init__(self, sources: Mapping[int, SourceLine]) -> None:
        self._sources = sources
        self._found: dict[tuple[str, str], tuple[int, SourceLine]] = {}

    def number(self, source: SourceLine) -> int:
        """Return the number of a document on paper."""
        key = (source.title, source.revision)
        return self._found.setdefault(key, (len(self._found) + 1, source))[0]

    def cited(self, references: Iterable[int]) -> str:
        """Return the numbers of the documents of some places in rising order, such as ``1, 4-6``.

        Args:
            references: numbers of the places.
        """
        runs: list[list[int]] = []
        for number in sorted({self.number(self._sources[reference]) for reference in references}):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        shown = (
            f"{run[0]}-{run[-1]}" if run[2:] else ", ".join(map(str, run))  # 7, 8 but 7-9
            for run in runs
        )
        return ", ".join(shown)

    @property
    def named(self) -> tuple[SourceLine, ...]:
        """A source of each document that was cited, by the numbers on paper."""
        return tuple(source for _, source in self._found.values())


class PictureRow(Frozen):
    """The pictures of one row, an option each."""

    effect: Effect
    row: str
    question: str
    pictures: tuple[Picture, ...]
    is_drawn: bool


class FactGroup(Frozen):
    """A group of lines behind its question, with what a reader learns before opening it."""

    id: str
    title: str
    inside: str
    rows: tuple[DocumentRow, ...]
    same: tuple[DocumentRow, ...] = ()
    """Lines whose typed answers are the same, where only what differs is shown."""
    open_rows: tuple[DocumentRow, ...] = ()
    """Lines in words or with an unclear answer, where only what differs is shown."""


def pieces(
    comparison: Comparison,
    catalogue: Catalogue,
    *,
    rows: tuple[str, ...] = (),
    differences_only: bool = False,
) -> dict[str, str]:
    """Render the parts of the comparison for the screen.

    Args:
        comparison: what to show, with all its lines.
        catalogue: the content.
        rows: ids of the lines of the facts; none for all. The glance is always whole.
        differences_only: show the lines that differ, and name the others.

    Returns:
        HTML by name: those of ``GLANCE`` and ``FACTS`` and, for print, ``words``. The first ones
        do not depend on ``rows`` and ``differences_only``.
    """
    document = document_of(comparison, catalogue, "")
    words = catalogue.words
    short = glance_of(catalogue, comparison)
    sources = {item.number: item for item in document.sources.items}
    shown: dict[str, Any] = {
        "w": words,
        "contact": catalogue.contact(),
        "c": comparison,
        "d": document,
        "in_place": True,
        "sources": sources,
        "heads": _heads(comparison, catalogue),
        "glance_rows": short,
        "has_gaps": _has_gaps(short, words),
        "main": "; ".join(_differing(short, catalogue)),
        "cells": _cells(document.table.rows),
        "picture_rows": _picture_rows(comparison, catalogue),
        "doses": _doses(comparison),
        "levels": merged_signs(comparison),
        "groups": _groups(comparison, document.table.sections, words, rows, differences_only),
        "count": len(comparison.columns),
        "medicines": [
            catalogue.medicine(item)
            for item in dict.fromkeys(
                it for column in comparison.columns for it in column.medicines
            )
        ],
    }

    shown["asked"] = [
        catalogue.medicine(item)
        for item in with_questions(catalogue, (it.id for it in shown["medicines"]))
    ]

    def render(explainer: Explainer) -> dict[str, str]:
        shown["printed"] = PrintedNumbers(sources)  # each rendering counts from 1
        module = html.module("glance.html.j2", **shown, explainer=explainer)
        names = (*GLANCE, *FACTS)
        return {name: html.one_line(str(getattr(module, name)())) for name in names}

    found = explained(render, catalogue.glossary, words)
    listed = html.module("glance.html.j2", **shown).references(shown["printed"].named)
    return found | {"words": html.one_line(str(listed)) + str(found["words"])}


def style() -> str:
    """Return the stylesheet of what only the screen shows."""
    return html.style(*STYLES)


def _differing(rows: Sequence[ShownGlanceRow], catalogue: Catalogue) -> list[str]:
    """Return the names of the lines of a reader's day that differ, as each line says on opening."""
    return [
        row.short[0].lower() + row.short[1:]
        for shown in rows
        if shown.id != MISTAKE
        and (row := catalogue.row(shown.id)).main is not None
        and shown.differs
        and all(cell.is_answer for cell in shown.cells)
    ]


def _has_gaps(rows: Sequence[ShownGlanceRow], words: Words) -> bool:
    """Return whether a reader meets "Not found", which must not be taken for a no."""
    gap = words("glance.kind-not-found")
    return any(
        gap in (cell.text, *(part.text for part in cell.each)) for row in rows for cell in row.cells
    )


def _heads(comparison: Comparison, catalogue: Catalogue) -> tuple[dict[str, str], ...]:
    """Return names, brand and status of each column; long names break, and none is cut."""
    heads = []
    for column in comparison.columns:
        brand = status = ""
        if column.status is not None:
            medicine: Medicine = catalogue.medicine(column.medicines[0])
            brand = "" if column.id == STAY else ", ".join(medicine.brands_shown)
            status = catalogue.words(f"glance.use-{column.status}")
        heads.append(
            {
                "id": column.id,
                "title": column.head if column.plan is None else column.title,
                "name": column.head,
                "brand": brand,
                "status": status,
            }
        )
    return tuple(heads)


def _cells(rows: tuple[DocumentRow, ...]) -> Mapping[str, DocumentRow]:
    return {row.id: row for row in rows}


def _doses(comparison: Comparison) -> tuple[tuple[str, ShownLine], ...]:
    """Return the first line of doses of each medicine: the strip that is seen at once."""
    return tuple(
        (weeks.title, line)
        for weeks in comparison.weeks
        if (line := next((x for x in weeks.lines if x.line.kind is StripKind.DOSE), None))
    )


def _picture_rows(comparison: Comparison, catalogue: Catalogue) -> tuple[PictureRow, ...]:
    """Return the pictures of benefit and of the harm that matters most, an option each."""
    wanted = ((Effect.BENEFIT, Role.BENEFIT), (Effect.HARM, Role.WORST_HARM))
    found = []
    for effect, role in wanted:
        row = catalogue.row_of(role)
        if row is None:
            continue
        shown = next(part.shown for part in comparison.figures if part.effect is effect)
        own = [item for item in shown if item.result.row == row.id and not item.result.both_took_it]
        pictures = tuple(
            _picture(column, own, comparison, catalogue, row.id)
            for column in comparison.columns
            if column.kind is not None
        )
        found.append(
            PictureRow(
                effect=effect,
                row=row.id,
                question=row.question,
                pictures=pictures,
                is_drawn=any(item.shown is not None for item in pictures),
            )
        )
    return tuple(found)


def _picture(
    column: Column,
    shown: list[ShownResult],
    comparison: Comparison,
    catalogue: Catalogue,
    row: str,
) -> Picture:
    main, *kept = column.medicines
    title = catalogue.medicine(main).heading
    own = [item for item in shown if item.title == title]
    fitting = of_plan([item.result for item in own], column.plan, kept)
    for item in own:
        if item.result in fitting:
            return Picture(title=column.title, shown=item)
    if own:
        return Picture(title=column.title, why=catalogue.words(f"plan.picture-{column.plan}"))
    held = {item.id: item for item in catalogue.numbers}
    numbers = held.get(main, MedicineNumbers(id=main))
    reason = next(
        (gap.reason for gap in numbers.gaps_in(comparison.condition.id) if gap.row == row),
        NotDrawn.NONE_FOUND,
    )
    return Picture(title=column.title, why=catalogue.words(f"figures.why.{reason}"))


def _groups(
    comparison: Comparison,
    sections: Any,
    words: Words,
    rows: tuple[str, ...],
    differences_only: bool,
) -> tuple[FactGroup, ...]:
    """Share the lines out over their groups; the signs stand once, in a part of their own."""
    compared: dict[str, ComparedRow] = {row.row.id: row for row in comparison.rows}
    short = {item.group.id: item.group.short for item in comparison.groups}
    groups = []
    for section in sections:
        held = [
            row for row in section.rows if row.id != "red-flags" and (not rows or row.id in rows)
        ]
        if not held:
            continue
        kinds = {row.id: _difference(compared.get(row.id), row) for row in held}
        differ = [row for row in held if kinds[row.id] is Difference.DIFFERENT]
        same = [row for row in held if kinds[row.id] is Difference.SAME]
        rest = [row for row in held if row not in differ and row not in same]
        groups.append(
            FactGroup(
                id=section.id or "first",
                title=short.get(section.id) or section.title,
                inside=_inside(len(held), len(differ), _unclear(kinds), words),
                rows=tuple(differ if differences_only else held),
                same=tuple(same) if differences_only else (),
                open_rows=tuple(rest) if differences_only else (),
            )
        )
    return tuple(groups)


def _unclear(kinds: Mapping[str, Difference]) -> int:
    return sum(kind is Difference.UNCLEAR for kind in kinds.values())


def _inside(lines: int, differ: int, unclear: int, words: Words) -> str:
    """Say how many lines a group holds, how many differ, and of how many that is open."""
    if lines == 1:
        return words("glance.inside-one-differs") if differ else words("glance.inside-one")
    if unclear:
        return words("glance.inside-unclear", n=lines, differ=differ, unclear=unclear)
    return words("glance.inside", n=lines, differ=differ)


def _difference(compared: ComparedRow | None, row: DocumentRow) -> Difference:
    """Return how a line differs; those before the groups differ where their words do."""
    if compared is not None:
        return compared.difference
    texts = {_words(cell) for cell in row.cells}
    return Difference.SAME if len(texts) == 1 else Difference.DIFFERENT


def _words(cell: DocumentCell) -> str:
    return " ".join(passage.words for passage in cell.passages)
