"""Rules about completeness: what must be there, once, and fit together."""

import re
from collections import Counter
from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.texts import cell_key, medicine_file
from explorer.domain.answers import AnswerType, Choices, kinds_allowed
from explorer.domain.catalogue import CellKind, Status
from explorer.domain.cells import Statement
from explorer.domain.comparison import PAGE_LIMITS
from explorer.domain.editorial import Prompt
from explorer.domain.facts import Item
from explorer.domain.medicine import Medicine, NotWith, RedFlag
from explorer.domain.refs import GUIDE, OWN_PARTS, QUIZ
from explorer.domain.row import NEEDS, Role
from explorer.domain.section import GuideStatement

CARD_SENTENCES = 3
NO_NEW_MEDICINE = ("stay", "no-new-medicine")
_NOT_A_MEDICINE = frozenset((GUIDE, QUIZ, *OWN_PARTS))
"""First words of the addresses of other parts."""


@rule("stray-file")
def files_belong(context: Context) -> Iterator[Finding]:
    """Only known files stand in the folder, so that nothing is believed to count that does not."""
    for name in context.folder.stray:
        yield error(
            "stray-file",
            name,
            "-",
            "this file does not belong in the data folder: nothing reads it; content is in "
            "*.toml files with names of small letters, digits and hyphens. Move it out, or "
            "correct its name",
        )


@rule("duplicate-id")
def ids_are_unique(context: Context) -> Iterator[Finding]:
    """No two statements share an id, and no medicine has that of another part of the site."""
    for medicine in context.catalogue.medicines:
        if medicine.id in _NOT_A_MEDICINE:
            reason = f"addresses that begin with '{medicine.id}' lead elsewhere; take another id"
            yield error("duplicate-id", medicine_file(medicine), "-", reason)
    placed = [
        (item.file, item.value.id)
        for item in context.items
        if isinstance(item.value, Statement | RedFlag | GuideStatement)
    ]
    counted = Counter(item for _, item in placed)
    for file, item in placed:
        if counted[item] > 1:
            yield error("duplicate-id", file, item, f"the id '{item}' is used more than once")


@rule("unknown-id", "concern-row", "prompt-text", "concern-prompt")
def references_between_files(context: Context) -> Iterator[Finding]:
    """Groups, concerns, conditions and subtypes that are named exist."""
    catalogue = context.catalogue
    groups = {group.id for group in catalogue.groups}
    concerns = {concern.id for concern in catalogue.concerns}
    for row in catalogue.rows:
        if row.group not in groups:
            reason = f"there is no group '{row.group}'"
            yield error("unknown-id", "rows.toml", f"rows.{row.id}.group", reason)
        for concern in row.concerns:
            if concern not in concerns:
                reason = f"there is no concern '{concern}'"
                yield error("unknown-id", "rows.toml", f"rows.{row.id}.concerns", reason)
    yield from _prompts(context)
    for cared in catalogue.concerns:
        naming = {row.id for row in catalogue.rows if cared.id in row.concerns}
        for row_id in cared.rows:
            if row_id not in naming:
                reason = f"the line '{row_id}' does not name this concern"
                yield error("concern-row", "concerns.toml", f"{cared.id}.rows", reason)
    for section in catalogue.guide:
        own = {statement.id for statement in section.statements if not statement.nurse}
        for named in set(section.why) - own:
            reason = f"the section has no statement '{named}' for patients"
            yield error("unknown-id", f"guide/{section.id}.toml", "why", reason)
    for medicine in catalogue.medicines:
        for use in medicine.uses:
            key = f"uses.{use.condition}"
            if not catalogue.has_condition(use.condition):
                reason = (
                    f"there is no condition '{use.condition}'; conditions.toml has "
                    f"{', '.join(item.id for item in catalogue.conditions)}"
                )
                yield error("unknown-id", medicine_file(medicine), key, reason)
            elif use.subtype is not None and use.subtype not in {
                subtype.id for subtype in catalogue.condition(use.condition).subtypes
            }:
                reason = f"'{use.condition}' has no subtype '{use.subtype}'"
                yield error("unknown-id", medicine_file(medicine), key, reason)
        for flag in medicine.red_flags:
            if flag.condition is not None and not catalogue.has_condition(flag.condition):
                reason = f"there is no condition '{flag.condition}'"
                yield error("unknown-id", medicine_file(medicine), f"red_flags.{flag.id}", reason)


@rule("unknown-kind")
def kinds_exist(context: Context) -> Iterator[Finding]:
    """A kind of medicine that is named stands in kinds.toml."""
    known = {kind.id for kind in context.catalogue.kinds}
    named: list[tuple[Item, str, tuple[str, ...]]] = [
        (item, "kind", (medicine.kind,)) for item, medicine in context.each(Medicine)
    ]
    named += [(item, "kinds", found.kinds) for item, found in context.each(NotWith)]
    named += [(item, "kinds", found.kinds) for item, found in context.each(Prompt)]
    for item, field, kinds in named:
        for kind in kinds:
            if kind not in known:
                reason = f"there is no kind '{kind}'; kinds.toml has {', '.join(sorted(known))}"
                key = f"{item.key}.{field}".removeprefix(".")
                yield error("unknown-kind", item.file, key, reason)


@rule("row-role")
def roles_have_rows(context: Context) -> Iterator[Finding]:
    """Each role that the program knows has its row, which answers as the role needs it."""
    catalogue = context.catalogue
    given = {item.id: item.row for item in catalogue.roles}
    for role in Role:
        key = f"roles.{role}"
        if role not in given:
            reason = f'name the row of this role ({NEEDS[role].what}), or say "" for none'
            yield error("row-role", "rows.toml", key, reason)
            continue
        if not given[role]:
            continue
        if not catalogue.has_row(given[role]):
            reason = f"there is no row '{given[role]}'"
            yield error("row-role", "rows.toml", key, reason)
            continue
        row = catalogue.row(given[role])
        needed = NEEDS[role]
        if needed.answer is not None and row.answer is not needed.answer:
            reason = f"'{row.id}' has answers of type '{row.answer}', not '{needed.answer}'"
            yield error("row-role", "rows.toml", key, reason)
        for value in needed.choices:
            if value not in {choice.id for choice in row.choices}:
                reason = f"the list of '{row.id}' has no value '{value}', which this role needs"
                yield error("row-role", "rows.toml", key, reason)


def _prompts(context: Context) -> Iterator[Finding]:
    """Check what the questions to ask name, and that every concern has one."""
    catalogue = context.catalogue
    held = {
        "concerns": {concern.id for concern in catalogue.concerns},
        "conditions": {condition.id for condition in catalogue.conditions},
        "options": {medicine.id for medicine in catalogue.medicines},
        "unknown": {row.id for row in catalogue.rows},
    }
    for prompt in catalogue.prompts:
        for field, known in held.items():
            for named in getattr(prompt, field):
                if named not in known:
                    reason = f"there is no '{named}' to name here"
                    yield error("unknown-id", "prompts.toml", f"{prompt.id}.{field}", reason)
        if set(re.findall(r"{(.*?)}", prompt.text + prompt.parent)) - {"options"}:
            reason = "the only name that may stand in braces is {options}"
            yield error("prompt-text", "prompts.toml", f"{prompt.id}.text", reason)
    asked = {concern for prompt in catalogue.prompts for concern in prompt.concerns}
    for concern in sorted(held["concerns"] - asked):
        reason = "no question to ask names this concern"
        yield error("concern-prompt", "prompts.toml", concern, reason)


@rule("unknown-row")
def cells_belong_to_rows(context: Context) -> Iterator[Finding]:
    """Every cell stands in a row that exists."""
    for file, key, row, _ in context.cells:
        if not context.catalogue.has_row(row):
            yield error("unknown-row", file, key, f"there is no row '{row}' in rows.toml")


@rule("missing-cell")
def rows_are_filled(context: Context) -> Iterator[Finding]:
    """Every published medicine has a cell for every row."""
    for medicine in context.catalogue.medicines:
        if medicine.status is Status.DRAFT:
            continue
        for row in context.catalogue.rows:
            if medicine.cells_of(row.id) is None:
                reason = "the cell is missing; say 'not-found' and what was searched, if need be"
                yield error("missing-cell", medicine_file(medicine), f"cells.{row.id}", reason)


@rule("answer")
def answers_fit_their_row(context: Context) -> Iterator[Finding]:
    """A stated cell has an answer of its row's type and list; other cells have none."""
    for file, key, row_id, cell in context.cells:
        if not context.catalogue.has_row(row_id):
            continue
        row = context.catalogue.row(row_id)
        allowed = kinds_allowed(row.answer, plan=row.plan)
        if cell.answer is None:
            if cell.kind is CellKind.STATED and row.answer is not AnswerType.WORDS:
                reason = f"a stated cell of this row needs an answer of type '{row.answer}'"
                yield error("answer", file, f"{key}.answer", reason)
            continue
        if cell.kind is not CellKind.STATED:
            reason = f"a cell that is '{cell.kind}' has no answer"
            yield error("answer", file, f"{key}.answer", reason)
        elif cell.answer.kind not in allowed:
            reason = f"'{cell.answer.kind}' is not an answer of a '{row.answer}' row"
            yield error("answer", file, f"{key}.answer", reason)
        elif isinstance(cell.answer, Choices):
            known = {choice.id for choice in row.choices}
            for value in cell.answer.values:
                if value not in known:
                    reason = (
                        f"'{value}' is not in the list of row '{row.id}' (rows.toml: "
                        f"rows.{row.id}.choices), which has {', '.join(sorted(known))}"
                    )
                    yield error("answer", file, f"{key}.answer", reason)


@rule("variant")
def variants_fit(context: Context) -> Iterator[Finding]:
    """A variant says for whom it holds, once, and names a condition that exists."""
    for medicine in context.catalogue.medicines:
        file = medicine_file(medicine)
        for row_cells in medicine.cells:
            seen: set[tuple[str | None, str | None]] = set()
            for variant in row_cells.variants:
                key = cell_key(row_cells.row, variant)
                place = (variant.condition, variant.age)
                if place == (None, None):
                    yield error("variant", file, key, "a variant names a condition or an age")
                elif place in seen:
                    yield error("variant", file, key, "this variant stands here twice")
                elif variant.condition is not None and not context.catalogue.has_condition(
                    variant.condition
                ):
                    reason = f"there is no condition '{variant.condition}'"
                    yield error("variant", file, key, reason)
                seen.add(place)
            if row_cells.default.condition or row_cells.default.age:
                key = f"cells.{row_cells.row}"
                yield error("variant", file, key, "the default cell names no condition or age")


@rule("use")
def uses_are_complete(context: Context) -> Iterator[Finding]:
    """Every published medicine says what is known of its use in every condition, once."""
    for medicine in context.catalogue.medicines:
        if medicine.status is Status.DRAFT:
            continue
        file = medicine_file(medicine)
        counted = Counter((use.condition, use.subtype) for use in medicine.uses)
        for (used_in, _), times in counted.items():
            if times > 1:
                yield error("use", file, f"uses.{used_in}", "this use stands here twice")
        for condition in context.catalogue.conditions:
            if not medicine.uses_in(condition.id):
                reason = "the use is missing; say 'not-found' and what was searched, if need be"
                yield error("use", file, f"uses.{condition.id}", reason)


@rule("condition")
def conditions_are_complete(context: Context) -> Iterator[Finding]:
    """A condition has its card, both options without a new medicine, and what is left out."""
    file = "conditions.toml"
    for condition in context.catalogue.conditions:
        if len(condition.card) != CARD_SENTENCES:
            reason = f"the card has {len(condition.card)} sentences, not {CARD_SENTENCES}"
            yield error("condition", file, f"{condition.id}.card", reason)
        if not condition.not_compared:
            reason = "name at least one treatment that is not compared here, with its source"
            yield error("condition", file, f"{condition.id}.not_compared", reason)
        benefit = context.catalogue.row_of(Role.BENEFIT)
        given = {option.id: option for option in condition.no_new_medicine}
        for option_id in NO_NEW_MEDICINE:
            key = f"{condition.id}.no_new_medicine.{option_id}"
            if option_id not in given:
                yield error("condition", file, key, "this option is missing")
            elif benefit is not None and given[option_id].cells_of(benefit.id) is None:
                reason = "say what is known if nothing changes, or that it was not found"
                yield error("condition", file, f"{key}.cells.{benefit.id}", reason)
        for option_id in given:
            if option_id not in NO_NEW_MEDICINE:
                key = f"{condition.id}.no_new_medicine.{option_id}"
                yield error("condition", file, key, "there is no such option")


@rule("everyday-name")
def everyday_names_lead_to_one(context: Context) -> Iterator[Finding]:
    """A name by which a reader looks for a condition is an alias of it, and of no other."""
    conditions = context.catalogue.conditions
    for condition in conditions:
        taken = {
            alias.casefold(): other.id
            for other in conditions
            if other.id != condition.id
            for alias in (other.name, other.short, *other.aliases)
        }
        for name in condition.also:
            key = f"{condition.id}.also"
            if name not in condition.aliases:
                reason = f"'{name}' is not one of the aliases: add it there too"
                yield error("everyday-name", "conditions.toml", key, reason)
            if name.casefold() in taken:
                reason = f"'{name}' names '{taken[name.casefold()]}' too: a reader would be lost"
                yield error("everyday-name", "conditions.toml", key, reason)


@rule("preselection")
def preselection_is_used(context: Context) -> Iterator[Finding]:
    """What is preselected are two to four options with a stated use in the condition."""
    catalogue = context.catalogue
    published = {medicine.id: medicine for medicine in catalogue.published}
    for condition in catalogue.conditions:
        key = f"{condition.id}.preselect.options"
        chosen = condition.preselect.options
        fewest, most = PAGE_LIMITS
        if not fewest <= len(chosen) <= most:
            reason = f"{len(chosen)} options are preselected, not {fewest} to {most}"
            yield error("preselection", "conditions.toml", key, reason)
        for option in chosen:
            if option in NO_NEW_MEDICINE:
                continue
            if option not in published:
                reason = f"there is no published medicine '{option}'"
                yield error("preselection", "conditions.toml", key, reason)
            elif not published[option].is_used_in(condition.id):
                reason = f"'{option}' has no stated use in this condition"
                yield error("preselection", "conditions.toml", key, reason)
