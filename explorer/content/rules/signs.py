"""Rules that hold every place that tells a sign to the one table of signs."""

from collections import defaultdict
from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.signs import (
    Passage,
    Telling,
    action_of,
    flags,
    floor_of,
    stopped_for,
    tellings,
)
from explorer.content.texts import cell_key, each_cell, medicine_file
from explorer.domain.catalogue import RedFlag, Role
from explorer.domain.signs import DoseAction, SignTable, Urgency, faster, stronger

TABLE = "signs.toml"


def _where(sign_id: str) -> str:
    return f"{TABLE} signs.{sign_id}"


@rule("sign-missing")
def flags_name_signs(context: Context) -> Iterator[Finding]:
    """Every red flag names at least one sign of the table, and each sign that its words tell."""
    table = context.catalogue.signs
    for item in flags(context.catalogue):
        if not item.flag.signs:
            reason = f'it names no sign; write signs = ["..."] with an id of {TABLE}'
            yield error("sign-missing", item.file, item.key, reason)
            continue
        for sign in table.told_in(item.flag.sign):
            if sign.id not in item.flag.signs:
                reason = f"it tells '{sign.id}' ({_where(sign.id)}); add it to signs"
                yield error("sign-missing", item.file, item.key, reason)


@rule("sign-unknown", "sign-unused")
def signs_exist(context: Context) -> Iterator[Finding]:
    """A sign that is named stands in the table, and each sign of the table is named by a flag."""
    catalogue = context.catalogue
    named: set[str] = set()
    known = {sign.id for sign in catalogue.signs.signs}
    places = [(item.file, item.key, item.flag.signs) for item in flags(catalogue)]
    named.update(name for _, _, signs in places for name in signs)
    places += [(item.file, item.key, item.names) for item in context.passages if item.names]
    for file, key, signs in places:
        for name in signs:
            if name not in known:
                reason = f"there is no sign '{name}' in {TABLE}; correct it, or add the sign there"
                yield error("sign-unknown", file, key, reason)
    for sign_id in sorted(known - named):
        reason = "no flag of a medicine, condition or contact names this sign; use or remove it"
        yield error("sign-unused", TABLE, f"signs.{sign_id}", reason)


@rule("sign-lower", "sign-medicine")
def flags_are_not_lower(context: Context) -> Iterator[Finding]:
    """A flag is as urgent and as careful with the medicine as each of its signs, or more so."""
    table = context.catalogue.signs
    for item in flags(context.catalogue):
        flag = item.flag
        for name in flag.signs:
            sign = table.get(name)
            if sign is None:
                continue
            if faster(sign.urgency, flag.urgency):
                reason = (
                    f"'{flag.urgency}' is lower than '{sign.urgency}' of {_where(name)}; "
                    "raise it, or put this sign into a flag of its own"
                )
                yield error("sign-lower", item.file, item.key, reason)
            if stronger(sign.medicine, action_of(table, flag)):
                reason = (
                    f"medicine = '{flag.medicine}' is weaker than '{sign.medicine}' of "
                    f"{_where(name)}; leave it out or make it stronger"
                )
                yield error("sign-medicine", item.file, item.key, reason)
        said = table.told.action(flag.action)
        if action_of(table, flag) is DoseAction.STOP and said is not DoseAction.STOP:
            reason = (
                "its signs ask to take no more of the medicine, and action does not say so; "
                f"write it with words of told.stop in {TABLE}"
            )
            yield error("sign-medicine", item.file, f"{item.key}.action", reason)


@rule("sign-why")
def raising_has_a_reason(context: Context) -> Iterator[Finding]:
    """A flag that asks for more than the table says why; only then may two places differ."""
    table = context.catalogue.signs
    for item in flags(context.catalogue):
        flag = item.flag
        if not flag.signs:
            continue
        action = floor_of(table, flag.signs)[1]
        known = [sign for name in flag.signs if (sign := table.get(name)) is not None]
        raised = stronger(action_of(table, flag), action) or any(
            faster(flag.urgency, sign.urgency) for sign in known
        )
        named = ", ".join(f"{sign.id} '{sign.urgency}' '{sign.medicine}'" for sign in known)
        if raised and not (flag.why.strip() and flag.citations):
            reason = (
                f"it asks for '{flag.urgency}', medicine '{action_of(table, flag)}', and {TABLE} "
                f"has {named}; give the reason in why, with citations"
            )
            yield error("sign-why", item.file, item.key, reason)
        if flag.why and not raised:
            reason = f"it asks for no more than {TABLE} ({named}); remove why"
            yield error("sign-why", item.file, f"{item.key}.why", reason)


@rule("sign-countries")
def contacts_agree(context: Context) -> Iterator[Finding]:
    """The cards of all countries have the same signs at the same urgency."""
    catalogue = context.catalogue
    if not catalogue.contacts:
        return
    first, *others = catalogue.contacts

    def told(card: tuple[RedFlag, ...]) -> dict[str, tuple[Urgency, DoseAction]]:
        return {
            name: (flag.urgency, action_of(catalogue.signs, flag))
            for flag in card
            for name in flag.signs
        }

    here = told(first.red_flags)
    for other in others:
        there = told(other.red_flags)
        for name in sorted(here.keys() | there.keys()):
            if here.get(name) != there.get(name):
                reason = (
                    f"'{name}' stands otherwise here than in {first.id}.red_flags; "
                    "a sign does not depend on the country, so make them the same"
                )
                yield error("sign-countries", "contacts.toml", f"{other.id}.red_flags", reason)


@rule("sign-unknown", "sign-of-kind")
def kinds_tell_the_same(context: Context) -> Iterator[Finding]:
    """Where a sign belongs to a kind of medicine, each medicine of that kind has a flag for it."""
    catalogue = context.catalogue
    kinds = [kind.id for kind in catalogue.kinds]
    for sign in catalogue.signs.signs:
        for kind in sign.kinds:
            if kind not in kinds:
                reason = f"there is no kind '{kind}'; the kinds are {', '.join(kinds)}"
                yield error("sign-unknown", TABLE, f"signs.{sign.id}.kinds", reason)
        for medicine in catalogue.published:
            named = {name for flag in medicine.red_flags for name in flag.signs}
            if medicine.kind in sign.kinds and sign.id not in named:
                reason = (
                    f"{_where(sign.id)} belongs to every '{medicine.kind}', and no flag here "
                    "names it; add a flag, or take the kind away there"
                )
                yield error("sign-of-kind", medicine_file(medicine), "red_flags", reason)


@rule("sign-told", "sign-lower", excepted=True)
def texts_follow_the_table(context: Context) -> Iterator[Finding]:
    """No text outside the table tells a sign with a lower urgency than the table has."""
    table = context.catalogue.signs
    for passage, told in context.tellings:
        for telling in told:
            if faster(telling.floor, telling.told):
                yield _lower(passage, telling)
        if passage.names:
            yield from _named_lower(table, passage)
    for item in flags(context.catalogue):
        for sign in (item for item in table.signs if item.ages):
            if not sign.told_in(item.flag.sign):
                continue
            for band in sign.ages:
                if band.told_in(item.flag.sign) and faster(band.urgency, item.flag.urgency):
                    reason = (
                        f"'{item.flag.urgency}' is lower than '{band.urgency}' below "
                        f"{band.under_months} months of {_where(sign.id)}; give it its own flag"
                    )
                    yield error("sign-lower", item.file, item.key, reason)


def _lower(passage: Passage, telling: Telling) -> Finding:
    reason = (
        f"'{telling.words[:60]}' tells '{telling.sign.id}' as '{telling.told}', and "
        f"{_where(telling.sign.id)} says '{telling.floor}'; say it as urgently, or reword it"
    )
    return error("sign-told", passage.file, passage.key, reason)


def _named_lower(table: SignTable, passage: Passage) -> Iterator[Finding]:
    """Hold what a text names to the table, also where its words show no pattern."""
    said = table.told.urgency(passage.whole)
    for name in passage.names or ():
        sign = table.get(name)
        if sign is not None and said is not None and faster(sign.urgency, said):
            reason = f"it says '{said}' of '{name}', and {_where(name)} says '{sign.urgency}'"
            yield error("sign-lower", passage.file, passage.key, f"{reason}; say it as urgently")


@rule("sign-unnamed", excepted=True)
def texts_name_their_signs(context: Context) -> Iterator[Finding]:
    """A statement, a cell or an answer that says how fast to act on a sign names the sign."""
    for passage, found in context.tellings:
        if passage.names is None:
            continue
        told = dict.fromkeys(telling.sign.id for telling in found)
        missing = [sign_id for sign_id in told if sign_id not in passage.names]
        if missing:
            shown = ", ".join(f'"{sign_id}"' for sign_id in missing)
            reason = f"it says how fast to act on signs of {TABLE}; add {shown} to signs"
            yield error("sign-unnamed", passage.file, passage.key, reason)


@rule("sign-higher", excepted=True)
def texts_raise_with_a_reason(context: Context) -> Iterator[Finding]:
    """A cell or statement is no more urgent than the table, unless a flag gives the reason."""
    catalogue = context.catalogue
    raised = {
        (item.medicine, name, item.flag.urgency)
        for item in flags(catalogue)
        if item.medicine
        for name in item.flag.signs
    }
    for passage, found in context.tellings:
        if passage.file.startswith("questions/"):
            continue
        by_sentence: dict[str, list[Telling]] = defaultdict(list)
        for telling in found:
            by_sentence[telling.words].append(telling)
        for words, told in by_sentence.items():
            backed = any(
                not faster(item.told, item.floor)
                or any(
                    (medicine, item.sign.id, item.told) in raised for medicine in passage.medicines
                )
                for item in told
            )
            if not backed:
                first = told[0]
                reason = (
                    f"'{words[:60]}' tells '{first.sign.id}' as '{first.told}', and "
                    f"{_where(first.sign.id)} says '{first.floor}'; give the reason in why of a "
                    "flag of this medicine, raise it there, or say it as the table does"
                )
                yield error("sign-higher", passage.file, passage.key, reason)


@rule("sign-medicine", excepted=True)
def texts_keep_the_action(context: Context) -> Iterator[Finding]:
    """Where a text speaks of the medicine's next dose, it is as careful as flags and table are."""
    catalogue = context.catalogue
    table = catalogue.signs
    asked: dict[tuple[str, str], str] = {
        (medicine.id, name): f"{medicine_file(medicine)} red_flags.{flag_id}"
        for medicine in catalogue.medicines
        for name, flag_id in stopped_for(table, medicine.red_flags).items()
    }
    asked |= {
        ("", sign.id): _where(sign.id) for sign in table.signs if sign.medicine is DoseAction.STOP
    }
    for passage in context.passages:
        if not table.told.only_holds(passage.text):
            continue
        for sentence in passage.sentences:
            if not table.told.only_holds(sentence):
                continue
            for sign in table.told_in(sentence):
                places = [asked.get((item, sign.id)) for item in ("", *passage.medicines)]
                place = next((found for found in places if found), None)
                if place is not None:
                    reason = (
                        f"it lets '{sign.id}' wait until the next dose, and {place} says to take "
                        "no more of the medicine; say so here too"
                    )
                    yield error("sign-medicine", passage.file, passage.key, reason)


@rule("sign-silent")
def cells_say_what_the_flags_say(context: Context) -> Iterator[Finding]:
    """Where a medicine's flag says to stop for a sign, no cell tells it as a mere call or effect.

    An effect that is told as common, or a sign with a call the same day, carries the same word on
    the medicine as the flag; an emergency may leave it out.
    """
    catalogue = context.catalogue
    table = catalogue.signs
    common = catalogue.row_of(Role.COMMON_EFFECTS)
    for medicine in catalogue.medicines:
        stops = stopped_for(table, medicine.red_flags)
        for row, cell in each_cell(medicine.cells) if stops else ():
            text = f"{cell.text} {cell.detail}"
            key = cell_key(row, cell)
            file = medicine_file(medicine)
            if table.told.action(text) is DoseAction.STOP:
                continue
            called = tellings(table, Passage(file=file, key=key, text=text), stops)
            told = {item.sign.id for item in called if item.told is not Urgency.EMERGENCY}
            if common is not None and row == common.id:
                told |= {sign.id for sign in table.named(stops) if sign.told_in(text)}
            for name in sorted(told & stops.keys()):
                reason = (
                    f"it tells '{name}' and not to stop, and red_flags.{stops[name]} says to take "
                    "no more of the medicine; say so here too, with how fast to call"
                )
                yield error("sign-silent", file, key, reason)


@rule("sign-dose", excepted=True)
def same_day_says_the_dose(context: Context) -> Iterator[Finding]:
    """What calls for the same day says what happens to the dose: none comes before the call.

    What explains an answer of the quiz is left out: the words to act on stand in its action.
    """
    table = context.catalogue.signs
    for passage, told in context.tellings:
        explains = passage.file.startswith("questions/") and not passage.key.endswith(".action")
        if explains or passage.names is None or not told:
            continue
        called = [
            item.sign.id
            for item in told
            if item.told is Urgency.SAME_DAY and item.sign.medicine is not DoseAction.GO_ON
        ]
        says_when = called and table.told.urgency(passage.text) is not None
        if says_when and table.told.action(passage.text) is None:
            reason = (
                f"it calls for the same day with '{called[0]}' and does not say what happens to "
                "the next dose; add 'before the next dose', or to take no more"
            )
            yield error("sign-dose", passage.file, passage.key, reason)
