"""Rules about fairness: plans, guidelines and pictures are told of every option in one way."""

import re
from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.texts import cell_key, medicine_file
from explorer.domain.answers import AsAdvised, Unknown
from explorer.domain.catalogue import (
    Advice,
    Age,
    Catalogue,
    Cell,
    CellKind,
    Condition,
    Medicine,
    UseStatus,
)
from explorer.domain.measures import Strength
from explorer.domain.numbers import Effect, MedicineNumbers, NotDrawn, Undrawn
from explorer.domain.sources import SourceKind

OFF_LABEL = (UseStatus.OFF_LABEL, UseStatus.EU_ONLY)
"""Statuses of a use for which the US label sets no plan."""

HELD = re.compile(
    r"\d[\d,.]* (?:people )?(?:more )?of (?:the )?\d|\d[\d,.]* of (?:his|her|them)|for every \d",
    re.IGNORECASE,
)
"""A figure as cells write it, such as '20 of 100' or 'for every 1000'."""

PER_YEAR = re.compile(r"(?:people|treated) (?:in )?a year|people in a year", re.IGNORECASE)
DIFFERENCE = re.compile(r"\d+ (?:to \d+ )?more of \d+", re.IGNORECASE)

OURS = re.compile(r"\b(?:we|our|ours|us)\b(?! (?:read|worked|did not|have not))", re.IGNORECASE)
"""A certainty that is the editors' own word and no source's."""

AGAINST = re.compile(r"\b(?:advises against|is against|are against)\b", re.IGNORECASE)


@rule("off-label-plan")
def off_label_plans(context: Context) -> Iterator[Finding]:
    """Off label, the label's plan is not drawn: the team sets it, unless a source gives one."""
    catalogue = context.catalogue
    rows = [row for row in catalogue.rows if row.plan]
    for medicine in catalogue.published:
        for condition in catalogue.conditions:
            if medicine.status_in(condition.id) not in OFF_LABEL:
                continue
            for row in rows:
                cells = medicine.cells_of(row.id)
                if cells is None:
                    continue
                for cell in {cells.resolve(condition.id, age) for age in Age}:
                    yield from _plan(context, medicine, condition, row.id, cell)


def _plan(
    context: Context, medicine: Medicine, condition: Condition, row_id: str, cell: Cell
) -> Iterator[Finding]:
    if cell.answer is None or isinstance(cell.answer, AsAdvised | Unknown):
        return
    file, key = medicine_file(medicine), f"{cell_key(row_id, cell)}.answer"
    if cell.condition != condition.id:
        reason = (
            f"in {condition.id} it is used outside the US label, and this draws the label's plan; "
            f"add a variant for {condition.id} that says 'your team sets it'"
        )
        yield error("off-label-plan", file, key, reason)
    elif not any(_gives_own_plan(context.catalogue, item.source) for item in cell.citations):
        reason = (
            "a plan outside the US label needs a source for this use; without one, the answer "
            "is 'as-advised' or 'unknown'"
        )
        yield error("off-label-plan", file, key, reason)


def _gives_own_plan(catalogue: Catalogue, source_id: str) -> bool:
    """Return whether a source can set a plan that the US label does not have."""
    if not catalogue.has_source(source_id):
        return False
    source = catalogue.source(source_id)
    us_text = source.jurisdiction == "us" and source.kind in (
        SourceKind.LABEL,
        SourceKind.LEAFLET,
    )
    return not us_text


@rule("unknown-id", "guideline-word")
def guidelines_speak_alike(context: Context) -> Iterator[Finding]:
    """One strength has one set of words, and each cell types the strength of what it cites."""
    catalogue = context.catalogue
    names = {item.id: item.name for item in catalogue.guidelines}
    phrases = {item: catalogue.words(f"guideline.{item}") for item in Strength}
    for guideline in catalogue.guidelines:
        if not catalogue.has_source(guideline.id):
            reason = f"there is no source '{guideline.id}' in sources.toml"
            yield error("unknown-id", "rows.toml", f"guidelines.{guideline.id}", reason)
    guided = {row.id for row in catalogue.rows if row.guided}
    for file, key, row_id, cell in context.cells:
        if row_id not in guided or cell.kind is not CellKind.STATED:
            continue
        typed: dict[str, set[Strength]] = {}
        for word in cell.guidelines:
            typed.setdefault(word.source, set()).add(word.strength)
        cited = {item.source for item in cell.citations}
        for source in sorted((cited & set(names)) - set(typed)):
            reason = f"'{source}' is cited: type how firmly it speaks under 'guidelines'"
            yield error("guideline-word", file, key, reason)
        for source, strengths in typed.items():
            if source not in cited or source not in names:
                reason = f"'{source}' is not cited here, or has no name under 'guidelines'"
                yield error("guideline-word", file, f"{key}.guidelines", reason)
                continue
            yield from _spoken(file, key, cell, names[source], strengths, phrases)


def _spoken(
    file: str,
    key: str,
    cell: Cell,
    name: str,
    strengths: set[Strength],
    phrases: dict[Strength, str],
) -> Iterator[Finding]:
    """Hold the sentences on a guideline to the typed strengths, and the other way round."""
    text = f"{cell.text} {cell.detail} {cell.note}"
    about = [
        part.casefold()
        for part in re.split(r"(?<=[.;])\s+", text)
        if name.casefold() in part.casefold()
    ]
    for strength in sorted(strengths - {Strength.SILENT}):
        if not any(phrases[strength].casefold() in part for part in about):
            reason = f"of '{name}' the value is '{strength}': say '{phrases[strength]}' beside it"
            yield error("guideline-word", file, key, reason)
    for strength in sorted(set(Strength) - strengths - {Strength.SILENT}):
        phrase = phrases[strength].casefold()
        longer = [
            item.casefold()
            for kind, item in phrases.items()
            if kind in strengths and phrase in item.casefold()
        ]
        for part in about:
            rest = part
            for item in longer:
                rest = rest.replace(item, "")
            if phrase in rest:
                reason = f"of '{name}' it says '{phrase}', but '{strength}' is not typed"
                yield error("guideline-word", file, key, reason)


@rule("unknown-id", "no-picture")
def pictures_or_reasons(context: Context) -> Iterator[Finding]:
    """A line that is drawn for one medicine is drawn for the others, or says truly why not."""
    catalogue = context.catalogue
    held = {numbers.id: numbers for numbers in catalogue.numbers}
    drawn = {
        (result.row, result.effect) for numbers in catalogue.numbers for result in numbers.results
    }
    for condition in catalogue.conditions:
        used = [item for item in catalogue.published if item.is_used_in(condition.id)]
        for medicine in used:
            numbers = held.get(medicine.id, MedicineNumbers(id=medicine.id))
            yield from _gaps(catalogue, condition, medicine, numbers, drawn)
    for numbers in catalogue.numbers:
        for gap in numbers.not_drawn:
            if not catalogue.has_condition(gap.condition) or not catalogue.has_row(gap.row):
                reason = "there is no such condition or row"
                file, key = f"numbers/{numbers.id}.toml", f"{gap.condition}.{gap.row}"
                yield error("unknown-id", file, key, reason)


def _gaps(
    catalogue: Catalogue,
    condition: Condition,
    medicine: Medicine,
    numbers: MedicineNumbers,
    drawn: set[tuple[str, Effect]],
) -> Iterator[Finding]:
    file = f"numbers/{medicine.id}.toml"
    own = {(r.row, r.effect) for r in numbers.of(condition.id) if not r.both_took_it}
    said = {(gap.row, gap.effect): gap for gap in numbers.gaps_in(condition.id)}
    for row, effect in sorted(drawn - own - set(said)):
        reason = (
            f"'{row}' ({effect}) is drawn elsewhere and not here in {condition.id}; draw it, "
            "or say why not under 'not_drawn'"
        )
        yield error("no-picture", file, f"{condition.id}.{row}", reason)
    for (row, effect), gap in said.items():
        if (row, effect) in own:
            reason = "this line is drawn; take it out of 'not_drawn'"
            yield error("no-picture", file, f"{condition.id}.{row}", reason)
            continue
        for reason in _untrue(catalogue, condition, medicine, gap):
            yield error("no-picture", file, f"{condition.id}.{row}", reason)


def _untrue(
    catalogue: Catalogue, condition: Condition, medicine: Medicine, gap: Undrawn
) -> Iterator[str]:
    """Compare a reason with what the cell of the line holds."""
    if not catalogue.has_row(gap.row):
        return
    cells = medicine.cells_of(gap.row)
    if cells is None:
        return
    cell = cells.resolve(condition.id, None)
    text = f"{cell.text} {cell.detail}"
    where = f"medicines/{medicine.id}.toml {cell_key(gap.row, cell)}"
    if gap.reason is NotDrawn.NONE_FOUND and HELD.search(text):
        yield f"{where} holds a figure, so 'none-found' is not true; give the real reason"
    if gap.reason is NotDrawn.PER_YEAR and not PER_YEAR.search(text):
        yield f"{where} holds no figure for people a year; give the real reason"
    if gap.reason is NotDrawn.DIFFERENCE_ONLY and not DIFFERENCE.search(text):
        yield f"{where} holds no difference such as '15 more of 100'; give the real reason"
    if gap.reason is not NotDrawn.NONE_FOUND and cell.kind is CellKind.NOT_APPLICABLE:
        yield f"{where} does not apply, so there is no figure to give a reason for"


@rule("own-grade")
def certainty_is_a_source_s(context: Context) -> Iterator[Finding]:
    """How sure a result is stands as its source graded it: we make up no grade."""
    for numbers in context.catalogue.numbers:
        for result in numbers.results:
            if found := OURS.search(result.certainty):
                reason = (
                    f"'{found[0]}' makes this our own grade; say the source's, or that it gave none"
                )
                yield error("own-grade", f"numbers/{numbers.id}.toml", result.id, reason)


@rule("advice")
def advice_is_typed(context: Context) -> Iterator[Finding]:
    """A use that a guideline or a label advises against says so in its value too."""
    for medicine in context.catalogue.medicines:
        for use in medicine.uses:
            if use.advice is Advice.NONE and AGAINST.search(use.limits):
                reason = "the text advises against it; set 'advice' to 'against' or 'label-against'"
                yield error("advice", medicine_file(medicine), f"uses.{use.condition}", reason)
