"""Rules about lines: what stands in a line is said by one measure, or says that it is another.

Facts can each be right and still mislead side by side. These rules compare the cells of a line
within a condition, since that is what a reader does.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.texts import cell_key, each_cell, medicine_file
from explorer.domain.answers import AnswerType, Choices, YesNo
from explorer.domain.catalogue import Age, Catalogue, Cell, CellKind, Condition, Medicine, Row
from explorer.domain.measures import Definition
from explorer.domain.numbers import Effect, Result

FIRST_WORDS = {"yes": "yes", "no": "no", "it depends": "depends"}
"""How the text of a yes-no line may begin, and the value that goes with it."""

Shown = tuple[Medicine, str, Cell]
"""A medicine with the key and the cell that it shows in a condition."""


@rule("measure")
def measures_are_named(context: Context) -> Iterator[Finding]:
    """A stated cell and a picture say which measure of their line they state."""
    for medicine in context.catalogue.medicines:
        for row_id, cell in each_cell(medicine.cells):
            if cell.kind is CellKind.STATED or cell.measure is not None:
                yield from _named(
                    context.catalogue,
                    row_id,
                    cell.measure,
                    (medicine_file(medicine), f"{cell_key(row_id, cell)}.measure"),
                )
    for numbers in context.catalogue.numbers:
        for result in numbers.results:
            place = (f"numbers/{numbers.id}.toml", f"{result.id}.measure")
            yield from _named(context.catalogue, result.row, result.measure, place, drawn=True)


@rule("measure-differs")
def measures_agree(context: Context) -> Iterator[Finding]:
    """Cells of a line in a condition state one measure, or say that theirs is another one."""
    catalogue = context.catalogue
    seen: set[tuple[str, str]] = set()
    for condition in catalogue.conditions:
        for row in catalogue.rows:
            definition = row.definition
            if definition is None or not definition.measures:
                continue
            for age in Age:
                shown = list(_shown(catalogue, condition, row, age))
                for medicine, key, other in _unlike(shown, definition):
                    if (medicine.id, key) in seen:
                        continue
                    seen.add((medicine.id, key))
                    reason = (
                        f"in {condition.id} this states another measure than {other}; state "
                        f"'{definition.own}', or say '{definition.otherwise}' in the text"
                    )
                    yield error("measure-differs", medicine_file(medicine), key, reason)
            yield from _pictures_agree(catalogue, condition, row, definition)


@rule("row-says")
def lines_say_what_they_must(context: Context) -> Iterator[Finding]:
    """What is told of one medicine in a line is looked for in every one, or said to be missing."""
    for medicine in context.catalogue.medicines:
        for row_id, cell in each_cell(medicine.cells):
            definition = _definition(context.catalogue, row_id)
            if definition is None or not definition.also or cell.kind is not CellKind.STATED:
                continue
            if not _told(definition.also, f"{cell.text} {cell.detail}"):
                key = cell_key(row_id, cell)
                yield error("row-says", medicine_file(medicine), key, definition.also_why)


@rule("answer-words")
def answers_hold_in_conditions(context: Context) -> Iterator[Finding]:
    """Words that settle a value in one condition settle it there, also in a general cell."""
    catalogue = context.catalogue
    for condition in catalogue.conditions:
        for row in catalogue.rows:
            for meaning in row.definition.settled if row.definition else ():
                words = meaning.words.replace("{condition}", re.escape(condition.short))
                for age in Age:
                    for medicine, key, cell in _stated(catalogue, condition, row, age):
                        found = re.search(words, f"{cell.text} {cell.detail}", re.IGNORECASE)
                        answer = cell.answer
                        if not found or not isinstance(answer, YesNo):
                            continue
                        if answer.value != meaning.value:
                            reason = (
                                f"for {condition.id} it says '{found[0]}', which means "
                                f"'{meaning.value}', but the value is '{answer.value}'; add a "
                                f"variant for {condition.id}"
                            )
                            file = medicine_file(medicine)
                            yield error("answer-words", file, f"{key}.answer", reason)


@rule("answer-words")
def values_belong_to_their_condition(context: Context) -> Iterator[Finding]:
    """A general yes or no that speaks of one condition is no answer in another one."""
    catalogue = context.catalogue
    for condition in catalogue.conditions:
        others = [item for item in catalogue.conditions if item.id != condition.id]
        for row in (item for item in catalogue.rows if item.answer is AnswerType.YES_NO):
            for age in Age:
                for medicine, key, cell in _stated(catalogue, condition, row, age):
                    settled = isinstance(cell.answer, YesNo) and cell.answer.value != "depends"
                    if not settled or cell.condition or _named_in(cell.text, condition, ""):
                        continue
                    named = next((o for o in others if _named_in(cell.text, o, "In ")), None)
                    if named is not None:
                        reason = (
                            f"the value is shown for {condition.id}, and the text speaks of "
                            f"{named.id}; give {named.id} a cell of its own"
                        )
                        yield error("answer-words", medicine_file(medicine), key, reason)


def _named_in(text: str, condition: Condition, before: str) -> bool:
    """Return whether a text names a condition, after a word where one is given."""
    return any(_phrase(before, alias).search(text) for alias in condition.aliases)


@lru_cache(maxsize=512)
def _phrase(before: str, alias: str) -> re.Pattern[str]:
    return re.compile(rf"\b{before}{re.escape(alias)}\b", re.IGNORECASE)


@rule("answer-words")
def answers_match_words(context: Context) -> Iterator[Finding]:
    """A typed value says what the text says, since main differences and filters rest on it."""
    for file, key, row_id, cell in context.cells:
        if not context.catalogue.has_row(row_id) or cell.answer is None:
            continue
        row = context.catalogue.row(row_id)
        if isinstance(cell.answer, YesNo):
            for reason in _yes_no(cell.text, cell.answer):
                yield error("answer-words", file, f"{key}.answer", reason)
        elif isinstance(cell.answer, Choices):
            for reason in _choices(row, cell, cell.answer):
                yield error("answer-words", file, f"{key}.answer", reason)


def _named(
    catalogue: Catalogue,
    row_id: str,
    measure: str | None,
    place: tuple[str, str],
    *,
    drawn: bool = False,
) -> Iterator[Finding]:
    """Report where a measure is missing, not of the line, or not asked for."""
    definition = _definition(catalogue, row_id)
    known = [] if definition is None else [item.id for item in definition.measures]
    if measure is None:
        if known:
            what = "this picture shows" if drawn else "this cell states first"
            reason = f"say which measure of '{row_id}' {what}: {', '.join(known)}"
            yield error("measure", *place, reason)
    elif measure not in known:
        reason = f"'{row_id}' has no measure '{measure}' in rows.toml; it has: {', '.join(known)}"
        yield error("measure", *place, reason)


def _definition(catalogue: Catalogue, row_id: str) -> Definition | None:
    return catalogue.row(row_id).definition if catalogue.has_row(row_id) else None


def _shown(catalogue: Catalogue, condition: Condition, row: Row, age: Age) -> Iterator[Shown]:
    """Return the cells that name a measure, of the medicines that are used in a condition."""
    for medicine, key, cell in _stated(catalogue, condition, row, age):
        if cell.measure is not None:
            yield medicine, key, cell


def _stated(catalogue: Catalogue, condition: Condition, row: Row, age: Age) -> Iterator[Shown]:
    """Return the stated cells of the medicines that are used in a condition."""
    for medicine in catalogue.published:
        cells = medicine.cells_of(row.id)
        if cells is None or not medicine.is_used_in(condition.id):
            continue
        cell = cells.resolve(condition.id, age)
        if cell.kind is CellKind.STATED:
            yield medicine, cell_key(row.id, cell), cell


def _unlike(shown: list[Shown], definition: Definition) -> Iterator[tuple[Medicine, str, str]]:
    """Return the cells that state another measure and do not say so, with the place beside them.

    Where no cell has the line's own measure, the first one of the line's list stands for it.
    """
    measures = {cell.measure for _, _, cell in shown}
    expected = next((item.id for item in definition.measures if item.id in measures), None)
    if expected is None:
        return
    for medicine, key, cell in shown:
        if cell.measure == expected or _says(cell.text, definition.otherwise):
            continue
        beside = next(item for item in shown if item[2].measure == expected)
        yield medicine, key, f"{beside[0].id} ({beside[1]})"


def _pictures_agree(
    catalogue: Catalogue, condition: Condition, row: Row, definition: Definition
) -> Iterator[Finding]:
    """Report pictures of a medicine that share no measure with those beside them."""
    for effect in Effect:
        drawn: dict[str, list[Result]] = {}
        for numbers in catalogue.numbers:
            found = [
                item
                for item in numbers.of(condition.id)
                if item.row == row.id and item.effect is effect and not item.both_took_it
            ]
            if found:
                drawn[numbers.id] = found
        measures = {item.measure for found in drawn.values() for item in found}
        expected = next((item.id for item in definition.measures if item.id in measures), None)
        for medicine_id, found in drawn.items():
            if any(item.measure == expected for item in found):
                continue
            for item in found:
                if not _says(item.caution, definition.otherwise):
                    reason = (
                        f"others in {condition.id} are drawn by '{expected}'; say "
                        f"'{definition.otherwise}' in the caution"
                    )
                    file = f"numbers/{medicine_id}.toml"
                    yield error("measure-differs", file, item.id, reason)


def _says(text: str, words: str) -> bool:
    return words.casefold() in text.casefold()


def _yes_no(text: str, answer: YesNo) -> Iterator[str]:
    """Compare the first words of a text with the value."""
    for words, value in FIRST_WORDS.items():
        if re.match(rf"{words}\b(?! sure\b)", text, re.IGNORECASE) and value != answer.value:
            yield f"the text begins with '{text[: len(words)]}', but the value is '{answer.value}'"


def _choices(row: Row, cell: Cell, answer: Choices) -> Iterator[str]:
    """Compare the values of a set with the words that tell them."""
    said = f"{cell.text} {cell.detail} {cell.note}"
    for choice in row.choices:
        if not choice.told:
            continue
        typed = choice.id in answer.values
        if typed and not _told(choice.told, said):
            yield f"'{choice.id}' is in the typed value, but no word of the cell tells it"
        elif not typed and _told(choice.told, cell.text):
            yield f"the text tells '{choice.id}' ({choice.label}), the typed value leaves it out"


def _told(patterns: tuple[str, ...], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
