"""Rules about names and order: a name comes from one place, a medicine stands in one list."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from string import Formatter

from explorer.content.context import Context, error, warning
from explorer.content.findings import Finding, Level
from explorer.content.rule import Stage, rule
from explorer.content.texts import medicine_file
from explorer.domain.catalogue import Status
from explorer.domain.prose import Layer

TO_WRITE = "TO WRITE"
"""What a stub holds in the place of each text."""

NO_ADDRESS = "https://to-write.example"
"""What a stub of a source has in the place of its address."""

KIND_TO_WRITE = "to-write"
"""What a draft has in the place of its kind until one is chosen."""

TO_WRITE_RULE = "to-write"
"""The rule that names such texts."""

LISTED = re.compile(r"^[^.:(]*")
"""What a treatment that is not compared begins with: its name."""


@rule("brand")
def brands_are_the_medicine_s(context: Context) -> Iterator[Finding]:
    """A brand that is shown is one of the medicine's brands, so that a rename reaches all pages."""
    for medicine in context.catalogue.medicines:
        known = [brand.name for brand in medicine.brands]
        for name in medicine.brands_shown:
            if name not in known:
                reason = f"'{name}' is not under brands; there are {', '.join(known) or 'none'}"
                yield error("brand", medicine_file(medicine), "brands_shown", reason)


@rule("other-name")
def other_names_lead_to_one(context: Context) -> Iterator[Finding]:
    """A name by which a reader looks for a medicine is a name of it alone, and told once."""
    owners: dict[str, set[str]] = defaultdict(set)
    for medicine in context.catalogue.medicines:
        for name in {medicine.name, *(brand.name for brand in medicine.brands), *medicine.also}:
            owners[name.casefold()].add(medicine.id)
    for medicine in context.catalogue.medicines:
        told = {medicine.name.casefold(), *(brand.name.casefold() for brand in medicine.brands)}
        for name in medicine.also:
            others = sorted(owners[name.casefold()] - {medicine.id})
            if others:
                reason = f"'{name}' names '{others[0]}' too: a reader would be lost; take one out"
                yield error("other-name", medicine_file(medicine), "also", reason)
            elif name.casefold() in told:
                reason = f"'{name}' is the name or a brand already: take it out of also"
                yield error("other-name", medicine_file(medicine), "also", reason)


@rule("name-by-hand")
def names_in_texts_exist(context: Context) -> Iterator[Finding]:
    """A text that writes a brand beside a medicine's name writes one that the medicine has.

    After a rename, every text that still has the old name is found.
    """
    known = {
        medicine.name.casefold(): {brand.name for brand in medicine.brands}
        for medicine in context.catalogue.medicines
    }
    if not known:
        return
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    # a brand starts with a capital: "(Kineret)", "(Humira and others)"
    former = {
        old.casefold() for medicine in context.catalogue.medicines for old in medicine.formerly
    }
    beside = re.compile(rf"\b({names}) \(([A-Z][A-Za-z-]+)(?: and [a-z ]+| or [a-z ]+)?\)", re.I)
    for fact in context.facts:
        if fact.layer in (Layer.RECORD, Layer.REFERENCE) or "(" not in fact.text:
            continue
        for found in beside.finditer(fact.text):
            brands = known[found[1].casefold()]
            if found[2].casefold() in former:
                continue  # told by the rule of former names
            if found[2][0].isupper() and found[2] not in brands:
                reason = (
                    f"'{found[2]}' is no brand of {found[1].casefold()} "
                    f"({', '.join(sorted(brands)) or 'it has none'}); correct the text"
                )
                yield error("name-by-hand", fact.file, fact.key, reason)


@rule("former-name", excepted=True)
def former_names_are_gone(context: Context) -> Iterator[Finding]:
    """After a rename, each text that still says the old name of a medicine is found.

    Old names are those under ``formerly``, and the id, which stays when the name changes.
    """
    now: dict[str, str] = {}
    for medicine in context.catalogue.medicines:
        if medicine.status is Status.DRAFT:
            continue
        names = " ".join((medicine.name, *(brand.name for brand in medicine.brands))).casefold()
        for old in (*medicine.formerly, medicine.id.replace("-", " ")):
            if not re.search(rf"\b{re.escape(old.casefold())}\b", names):
                brands = ", ".join(medicine.brands_shown)
                now[old.casefold()] = f"{medicine.name} ({brands})" if brands else medicine.name
    if not now:
        return
    said = re.compile(rf"\b({'|'.join(map(re.escape, sorted(now, key=len, reverse=True)))})\b")
    for fact in context.facts:
        if fact.layer in (Layer.RECORD, Layer.REFERENCE):  # what was, and titles of others
            continue
        found = said.search(fact.text.casefold())
        if found:
            reason = f"'{found[0]}' is now called '{now[found[0]]}'; write the new name"
            yield error("former-name", fact.file, fact.key, reason)


@rule("option-name")
def options_have_one_name(context: Context) -> Iterator[Finding]:
    """An option without a new medicine is called the same in every condition."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for condition in context.catalogue.conditions:
        for option in condition.no_new_medicine:
            names[option.id][option.name] += 1
    for condition in context.catalogue.conditions:
        for option in condition.no_new_medicine:
            usual = names[option.id].most_common(1)[0][0]
            if option.name != usual:
                reason = f"it is called '{usual}' in other conditions; give it one name everywhere"
                key = f"{condition.id}.no_new_medicine.{option.id}.name"
                yield error("option-name", "conditions.toml", key, reason)


@rule("to-write")
def stubs_are_written(context: Context) -> Iterator[Finding]:
    """No text of a stub is shown: each one is written, or its entry taken out."""
    for fact in context.facts:
        if TO_WRITE in fact.text:
            yield error("to-write", fact.file, fact.key, "this text is still to be written")
    for source in context.catalogue.sources:
        if NO_ADDRESS in source.address:
            reason = "write the address at the authority, journal or publisher"
            yield error("to-write", "sources.toml", f"{source.id}.address", reason)


@rule("listed-twice")
def compared_medicines_are_not_left_out(context: Context) -> Iterator[Finding]:
    """What is compared in a condition is not listed there as not compared."""
    for condition in context.catalogue.conditions:
        used = [item for item in context.catalogue.published if item.is_used_in(condition.id)]
        for statement in condition.not_compared:
            head = LISTED.match(statement.text)
            start = head[0].casefold() if head else ""
            for medicine in used:
                if re.search(rf"^{re.escape(medicine.name.casefold())}\b", start):
                    reason = (
                        f"'{medicine.name}' is compared here, so it cannot be listed as not "
                        "compared; take it out"
                    )
                    key = f"{condition.id}.not_compared.{statement.id}"
                    yield error("listed-twice", "conditions.toml", key, reason)


@rule("row-main")
def main_rows_have_an_order(context: Context) -> Iterator[Finding]:
    """No two lines have the same place among the main differences, and each can be filled in."""
    places: dict[int, str] = {}
    for row in context.catalogue.rows:
        key = f"rows.{row.id}"
        if row.main is not None:
            if row.main in places:
                reason = f"'{places[row.main]}' has this place too; give each line its own"
                yield error("row-main", "rows.toml", f"{key}.main", reason)
            places.setdefault(row.main, row.id)
        try:
            named = {
                name for _, name, _, _ in Formatter().parse(row.difference) if name is not None
            }
        except ValueError as problem:
            reason = f"a brace stands alone ({problem}); write {{medicine}} and {{answer}} only"
            yield error("row-main", "rows.toml", f"{key}.difference", reason)
            continue
        for name in sorted(named - {"medicine", "answer"}):
            reason = f"there is no value for {{{name}}}; use {{medicine}} and {{answer}}"
            yield error("row-main", "rows.toml", f"{key}.difference", reason)


@rule("checked-later")
def nothing_was_checked_later(context: Context) -> Iterator[Finding]:
    """Nothing was read or checked after the date that every page shows for the content."""
    day = context.catalogue.review.content_date
    reason = f"this is later than content_date ({day}) in review.toml; correct one of them"
    for medicine in context.catalogue.medicines:
        if medicine.checked > day:
            yield error("checked-later", medicine_file(medicine), "checked", reason)
    for file, key, _, cell in context.cells:
        if cell.checked is not None and cell.checked > day:
            yield error("checked-later", file, f"{key}.checked", reason)
    for source in context.catalogue.sources:
        if source.accessed > day:
            yield error("checked-later", "sources.toml", f"{source.id}.accessed", reason)


@rule("dropping", level=Level.WARNING, stage=Stage.LINT)
def nothing_was_left_behind(context: Context) -> Iterator[Finding]:
    """Files that editors and systems leave behind are passed over, and named."""
    for name in context.folder.droppings:
        reason = "an editor or the system left this behind; nothing reads it, so delete it"
        yield warning("dropping", name, "-", reason)
