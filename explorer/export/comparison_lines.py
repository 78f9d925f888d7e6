"""The comparison as plain lines of text, the same for every tabular format."""

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import Column, ComparedCell, Comparison
from explorer.domain.figures import ShownResult
from explorer.domain.letters import sound
from explorer.domain.numbers import Design

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula (OWASP, CSV injection)."""


class Line(Frozen):
    """One line: its group, its question and a text for each option."""

    group: str
    question: str
    cells: tuple[str, ...]


def head(comparison: Comparison, catalogue: Catalogue) -> tuple[str, ...]:
    """Give the column titles: group, question, then the options."""
    words = catalogue.words
    titles = tuple(column.title for column in comparison.columns)
    return (words("export.group"), words("export.question"), *titles)


def lines(comparison: Comparison, catalogue: Catalogue) -> tuple[Line, ...]:
    """Give what must be known first, then every line of the table, with reference numbers."""
    words = catalogue.words
    first = words("compare.first-group")
    known = (
        Line(
            group=first,
            question=words("export.line-use"),
            cells=tuple(_uses(column, catalogue) for column in comparison.columns),
        ),
        Line(
            group=first,
            question=words("export.line-mistake"),
            cells=tuple(
                column.without_mistake
                if column.mistake is None
                else column.mistake.text + numbers(column.mistake.references)
                for column in comparison.columns
            ),
        ),
        Line(
            group=first,
            question=words("export.line-flags"),
            cells=tuple(_flags(column, catalogue) for column in comparison.columns),
        ),
    )
    table = tuple(
        Line(
            group=group.group.question,
            question=line.row.question,
            cells=tuple(_cell(cell, catalogue) for cell in line.cells),
        )
        for group in comparison.groups
        for line in group.rows
    )
    return known + table


def remarks(comparison: Comparison, catalogue: Catalogue) -> tuple[str, ...]:
    """Give the sentences that belong beside the table: combinations, other treatments, status."""
    words = catalogue.words
    together = tuple(
        words("compare.not-together-mark")
        + " "
        + words("compare.not-together", first=pair.first, second=pair.second)
        + numbers(pair.references)
        for pair in comparison.not_together
    )
    others = tuple(item.text + numbers(item.references) for item in comparison.not_compared)
    title = words("compare.others-title") + ": "
    together = (*together, words("frame.safety-more") + ": " + comparison.nobody_answers)
    return (*together, *(title + text for text in others), words("frame.status"))


def weeks(comparison: Comparison, catalogue: Catalogue) -> tuple[tuple[str, ...], ...]:
    """Give what eight weeks on each medicine ask, as a table: a header, then a line a strip.

    Returns:
        The lines; none where there is no medicine.
    """
    words = catalogue.words
    if not comparison.weeks:
        return ()
    names = ("medicine", "what", "when", "count", "text")
    return (
        tuple(words(f"week.{name}-head") for name in names),
        *(
            (
                medicine.title,
                item.line.label,
                words(f"week.{item.line.when}"),
                item.line.said,
                item.line.text + numbers(item.references),
            )
            for medicine in comparison.weeks
            for item in medicine.lines
        ),
    )


def figures(comparison: Comparison, catalogue: Catalogue) -> tuple[tuple[str, ...], ...]:
    """Give the results drawn as pictures as a table: a header, then a line a result.

    Returns:
        The lines; none where the options have no result in the condition.
    """
    words = catalogue.words
    shown = [item for part in comparison.figures for item in part.shown]
    if not shown:
        return ()
    names = ("option", "outcome", "people", "with-head", "without-head", "certainty-head")
    return (
        tuple(words(f"figures.{name}") for name in names),
        *(_figure(item, catalogue) for item in shown),
    )


def figure_remarks(comparison: Comparison, catalogue: Catalogue) -> tuple[str, ...]:
    """Give the sentences that belong beside the results: no race, scales, what is missing."""
    words = catalogue.words
    together = comparison.side_by_side
    if not together.results:
        return ()
    race = [together.race_label] if len(together.results) > 1 else []
    scale = [together.scale_label] if together.is_mixed else []
    without = [
        words(f"figures.{part.effect}") + " " + said
        for part in comparison.figures
        for said in part.without
    ]
    return (*race, *scale, *without)


def tables(
    comparison: Comparison, catalogue: Catalogue
) -> tuple[tuple[str, tuple[tuple[str, ...], ...], tuple[str, ...]], ...]:
    """Give the further tables, each with its title and the sentences that belong under it."""
    words = catalogue.words
    found = (
        (
            words("week.title"),
            weeks(comparison, catalogue),
            (words("week.note"),),
        ),
        (
            words("figures.table-title"),
            figures(comparison, catalogue),
            figure_remarks(comparison, catalogue),
        ),
    )
    return tuple(item for item in found if item[1])


def references(comparison: Comparison, catalogue: Catalogue) -> tuple[tuple[str, ...], ...]:
    """Give the numbered references, a header first."""
    words = catalogue.words
    names = ("number", "source", "publisher", "revision", "place", "read-in", "address")
    return (
        tuple(words(f"export.{name}") for name in names),
        *(
            (
                str(item.number),
                item.source.title,
                item.source.publisher,
                item.source.revision_read,
                item.citation.place,
                str(item.citation.read_in),
                item.source.address,
            )
            for item in comparison.references
        ),
    )


def numbers(found: tuple[int, ...]) -> str:
    """Write reference numbers as they stand on screen, such as " [1][4]"."""
    return (" " + "".join(f"[{number}]" for number in found)) if found else ""


def harmless(text: str) -> str:
    """Keep a spreadsheet from reading a text as a formula, by a leading apostrophe.

    What is no letter is left out, so that the text fits any file.
    """
    text = sound(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _cell(cell: ComparedCell, catalogue: Catalogue) -> str:
    said = cell.text + numbers(cell.references)
    if cell.kind == "stated":
        return said
    return f"({catalogue.words(f'kind.{cell.kind}')}) {said}"


def _figure(item: ShownResult, catalogue: Catalogue) -> tuple[str, ...]:
    words = catalogue.words
    result = item.result
    people = words("figures.who", people=result.people, time=result.time)
    if result.design is Design.WITHDRAWAL:
        people += " " + words("figures.withdrawal")
    sure = [result.certainty, result.rounding]
    if result.caution:
        sure.append(words("figures.caution", caution=result.caution))
    if result.instead:
        sure.append(words("figures.instead", instead=result.instead))
    if item.no_harm:
        sure.append(item.no_harm)
    return (
        item.title,
        result.outcome,
        people,
        result.sentence(result.drug, result.on),
        result.sentence(result.without, result.comparator),
        " ".join(part for part in sure if part) + numbers(item.references),
    )


def _uses(column: Column, catalogue: Catalogue) -> str:
    if not column.uses:
        return column.summary
    return " ".join(
        " ".join(
            part
            for part in (
                f"{use.subtype}:" if use.subtype else "",
                catalogue.words(f"use.{use.status}"),
                use.limits,
            )
            if part
        )
        + numbers(use.references)
        for use in column.uses
    )


def _flags(column: Column, catalogue: Catalogue) -> str:
    words = catalogue.words
    emergency = catalogue.contact().emergency_words
    signs = (
        words(f"urgency.{flag.urgency}.title", emergency=emergency)
        + ": "
        + " ".join(part for part in (flag.sign, flag.action) if part)
        + numbers(flag.references)
        for flag in column.red_flags
    )
    return " ".join(part for part in (column.without_flags, *signs) if part)
