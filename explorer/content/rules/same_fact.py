"""One fact is said alike everywhere: beside its typed value, in other places, and over time."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from explorer.content.context import Context, error, warning
from explorer.content.figures import Amount, as_written, figures, is_same
from explorer.content.findings import Finding, Level
from explorer.content.kept import tied_to, what_is_said
from explorer.content.rule import Stage, rule
from explorer.content.support import text_hash
from explorer.domain.answer_words import celsius
from explorer.domain.answers import Answer, Duration, Once, Schedule, Storage, Unknown, Within, Year
from explorer.domain.cells import Cell, Statement
from explorer.domain.facts import Item
from explorer.domain.medicine import RedFlag
from explorer.domain.ref_kinds import RefKind
from explorer.domain.section import GuideStatement
from explorer.domain.sources import Source


@rule("answer-figure", excepted=True)
def answers_say_what_the_text_says(context: Context) -> Iterator[Finding]:
    """A typed answer and the text or the detail of its cell agree.

    Each figure of the answer stands there. A time by its unit alone ("within hours") stands
    there as words, and a text that begins with such words for its illness is not typed as unclear.
    """
    for file, key, _, cell in context.cells:
        if cell.answer is None:
            continue
        yield from by_unit(file, key, cell)
        held = figures(f"{cell.text}\n{cell.detail}")
        for number, unit in _typed(cell.answer):
            if unit == "" and str(number) in f"{cell.text} {cell.detail}":
                continue
            if not any(is_same((number, unit), other) for other in held):
                reason = (
                    f"the answer says {number} {unit}".rstrip()
                    + ", and neither text nor detail does; make the two agree"
                )
                yield error("answer-figure", file, f"{key}.answer", reason)


_WITHIN: Final = re.compile(r"\bwithin (?:several |a few )?(hour|day|week|month|year)s\b")


def by_unit(file: str, key: str, cell: Cell) -> Iterator[Finding]:
    """Yield where words such as "within hours" and the typed answer differ.

    Args:
        file: the file of the cell.
        key: the key of the cell.
        cell: a stated cell.
    """
    if isinstance(cell.answer, Within):
        said = {match[1] for match in _WITHIN.finditer(f"{cell.text}\n{cell.detail}")}
        if cell.answer.unit.value not in said:
            reason = (
                f"the answer says within {cell.answer.unit}s, and neither text nor detail does; "
                "make the two agree"
            )
            yield error("answer-figure", file, f"{key}.answer", reason)
    elif isinstance(cell.answer, Unknown):
        first = cell.text.split(". ")[0]
        match = _WITHIN.search(first)
        if match is not None and cell.measure and cell.condition:
            reason = (
                f"the text begins with '{match[0]}', and the answer is unclear; type it as "
                f'{{ kind = "within", unit = "{match[1]}" }}'
            )
            yield error("answer-figure", file, f"{key}.answer", reason)


def _typed(answer: Answer) -> Iterator[Amount]:
    """Yield the figures of an answer that its words have to hold."""
    match answer:
        case Storage():
            for degrees in (answer.low_f, answer.high_f, answer.out_max_f):
                if degrees is not None:
                    yield Decimal(degrees).normalize(), "°f"
                    yield Decimal(celsius(degrees)).normalize(), "°c"
            if answer.out_for is not None:
                yield Decimal(answer.out_for.value), answer.out_for.unit.value
        case Duration():
            yield Decimal(answer.low), answer.unit.value
            if answer.high is not None:
                yield Decimal(answer.high), answer.unit.value
        case Year():
            yield Decimal(answer.value), ""
        case Schedule():
            gone = 0
            for phase in answer.phases:
                if phase.every > 1:
                    yield Decimal(phase.every), phase.unit.value
                if phase.every_max is not None:
                    yield Decimal(phase.every_max), phase.unit.value
                if phase.lasting is not None and not gone:
                    yield Decimal(phase.lasting.value), phase.lasting.unit.value
                gone += phase.lasting is not None
            for week in answer.start_weeks:
                if week:
                    yield Decimal(week), "week"
        case Once():
            if answer.again_after is not None:
                yield Decimal(answer.again_after.value), answer.again_after.unit.value
        case _:
            return


@rule("says", excepted=True)
def statements_say_the_fact(context: Context) -> Iterator[Finding]:
    """What tells a fact again, in the guide or in a cell, has no figure that the fact lacks."""
    said = what_is_said(context.catalogue)
    telling: list[tuple[Item, GuideStatement | Cell, str]] = [
        (item, statement, statement.text) for item, statement in context.each(GuideStatement)
    ]
    telling += [(item, cell, f"{cell.text}\n{cell.detail}") for item, cell in context.each(Cell)]
    for item, statement, text in telling:
        known: set[Amount] = set()
        for ref in statement.says:
            if ref not in said:
                reason = f"nothing is said at '{ref}'; name a fact, such as anakinra/storage"
                yield error("says", item.file, f"{item.key}.says", reason)
            known |= figures(said.get(ref, ""))
        if not statement.says:
            continue
        for number, unit in sorted(figures(text)):
            if not any(is_same((number, unit), other) for other in known):
                reason = (
                    f"'{as_written(number, unit)}' does not stand in "
                    f"{', '.join(statement.says)}, which it tells again; correct the "
                    "one that is wrong"
                )
                yield error("says", item.file, item.key, reason)


@rule("place-figure", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def places_have_no_old_figure(context: Context) -> Iterator[Finding]:
    """A place of a source that names a figure names none that the text says otherwise.

    When a fact changes, "Administration (30 minutes)" may be left beside "45 minutes".
    """
    for item in context.items:
        if not item.citations or not isinstance(
            item.value, Cell | Statement | GuideStatement | RedFlag
        ):
            continue
        placed = [
            (citation.place, found)
            for citation in item.citations
            if any(map(str.isdigit, citation.place))
            for found in sorted(figures(citation.place))
            if found[1] != "people"
        ]
        if not placed:
            continue
        words = _words_of(item.value)
        said, bare = figures(words), set(re.findall(r"\d+", words))  # "24, 48 and 72 hours"
        units = {unit for _, unit in said}
        for place, (number, unit) in placed:
            known = f"{number:f}" in bare or any(is_same((number, unit), other) for other in said)
            if unit in units and not known:
                reason = (
                    f"the place '{place}' says {as_written(number, unit)}, and the text has "
                    "another figure; look the place up again"
                )
                yield warning("place-figure", item.file, f"{item.key}.citations", reason)


def _words_of(value: Cell | Statement | GuideStatement | RedFlag) -> str:
    match value:
        case Cell():
            return f"{value.text}\n{value.detail}\n{value.note}"
        case RedFlag():
            return f"{value.sign}\n{value.action}"
        case _:
            return value.text


@rule("change-missing", level=Level.WARNING, stage=Stage.LINT)
def changes_are_listed(context: Context) -> Iterator[Finding]:
    """A published fact that reads otherwise than in the last release has its line in the log.

    The finding names what rests on the fact, so that nobody looks for it by hand.
    """
    catalogue = context.catalogue
    kept = catalogue.kept
    if kept.on is None:
        return
    newer = max(len(catalogue.changes) - kept.changes, 0)  # the log has the newest first
    listed = {change.ref for change in catalogue.changes[:newer]}
    if "all" in listed:
        return
    said = what_is_said(catalogue)
    tied = tied_to(catalogue)
    for fact in kept.facts:
        now = said.get(fact.id)
        if now is not None and text_hash(now) == fact.hash:
            continue
        address = fact.id.partition("#")[0]  # the log has one address for both ages
        parts = address.split("/")
        around = {"/".join(parts[:number]) for number in range(1, len(parts) + 1)}
        if parts[0] in (RefKind.CONDITION, RefKind.OPTION):
            around.add(parts[1])  # the condition, as the log names it
        if around & listed:
            continue
        what = "is gone" if now is None else "reads otherwise"
        rests = ", ".join(tied.get(fact.id, ()))
        reason = (
            f"since {kept.on} this fact {what}; say what and why in changes.toml (ref = "
            f'"{address}")' + (f", and read again what rests on it: {rests}" if rests else "")
        )
        yield warning("change-missing", "changes.toml", fact.id, reason)


@rule("unknown-id")
def successors_exist(context: Context) -> Iterator[Finding]:
    """A source that has taken the place of another stands in the register."""
    for source in context.catalogue.sources:
        new = source.superseded_by
        if new is not None and (not context.catalogue.has_source(new) or new == source.id):
            reason = f"there is no other source '{new}' in sources.toml; add it first"
            yield error("unknown-id", "sources.toml", f"{source.id}.superseded_by", reason)


@rule("superseded", level=Level.WARNING, stage=Stage.LINT)
def old_revisions_are_left(context: Context) -> Iterator[Finding]:
    """What still rests on a source that another has taken the place of is counted."""
    resting: dict[str, list[str]] = defaultdict(list)
    for item in context.items:
        for name in {citation.source for citation in item.citations}:
            resting[name].append(f"{item.file}: {item.key}")
    for source in context.catalogue.sources:
        if source.superseded_by is not None and resting[source.id]:
            yield _left(source, source.superseded_by, resting[source.id])


def _left(source: Source, new: str, places: list[str]) -> Finding:
    count = "1 place still rests" if len(places) == 1 else f"{len(places)} places still rest"
    reason = (
        f"{count} on this source, the first at {places[0]}; read each again in '{new}': "
        f"anakinra-explorer recite {source.id} {new}"
    )
    return warning("superseded", "sources.toml", source.id, reason)
