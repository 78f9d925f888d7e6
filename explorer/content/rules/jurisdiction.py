"""Rules about countries: numbers to call stand once, and a country that is served is whole."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.load import Folder, build
from explorer.content.numbers_to_call import HOME, NAMES, literal
from explorer.content.rule import rule
from explorer.domain.catalogue import Catalogue

FILE: Final = "contacts.toml"

OWN_RECORD: Final = frozenset({FILE, "changes.toml", "claims.toml", "facts.toml", "sources.toml"})
"""Files that hold the numbers themselves, or what was said once, or others' words."""


@rule("number-by-hand")
def numbers_stand_once(context: Context) -> Iterator[Finding]:
    """No text writes out a number to call: it would be wrong in every other country."""
    numbers = frozenset(
        number
        for contact in context.catalogue.contacts
        for number in (contact.emergency, contact.poison, contact.crisis)
        if number
    )
    names = ", ".join(NAMES)
    for file, content in context.folder.files:
        if file in OWN_RECORD:
            continue
        for key, text in _texts(content, ""):
            if not key.endswith((".ref", ".hash")) and (number := literal(text, numbers)):
                reason = f"the number {number} is written by hand; write one of {names}"
                yield error("number-by-hand", file, key, reason)


def what_lacks(folder: Folder, home: Catalogue, jurisdiction: str) -> Iterator[Finding]:
    """Name what a jurisdiction lacks to be served; nothing where it is whole.

    Args:
        folder: the content as it was read.
        home: the content for the home jurisdiction, which is the measure.
        jurisdiction: the one that is asked for.
    """
    contacts = {item.id: item for item in home.contacts}
    if jurisdiction not in contacts:
        reason = f"there is no jurisdiction '{jurisdiction}'; {FILE} has {', '.join(contacts)}"
        yield error("jurisdiction", FILE, jurisdiction, reason)
        return
    contact, model = contacts[jurisdiction], contacts[HOME]
    for name in ("poison", "poison_words"):
        if getattr(model, name) and not getattr(contact, name):
            reason = f"this is missing, and texts name it; '{HOME}' has {getattr(model, name)!r}"
            yield error("jurisdiction", FILE, f"{jurisdiction}.{name}", reason)
    told = {sign for flag in contact.red_flags for sign in flag.signs}
    for sign in sorted({sign for flag in model.red_flags for sign in flag.signs} - told):
        reason = f"no red flag of '{jurisdiction}' tells the sign '{sign}', and '{HOME}' has one"
        yield error("jurisdiction", FILE, f"{jurisdiction}.red_flags", reason)
    left: dict[str, list[str]] = defaultdict(list)
    numbers = {
        item
        for item in (model.emergency, model.poison, model.crisis)
        if item and item not in (contact.emergency, contact.poison, contact.crisis)
    }
    for file, key, text in _served(build(folder, jurisdiction)):
        if literal(text, frozenset(numbers)):
            left[file].append(key)
    for file, keys in sorted(left.items()):
        reason = f"it still names a number of '{HOME}' ({len(keys)} places)"
        yield error("jurisdiction", file, keys[0], reason)


def _served(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Yield what readers see with its place, without records, others' words and other countries."""
    from explorer.domain.facts import facts
    from explorer.domain.prose import Layer

    for fact in facts(catalogue):
        other = fact.file == FILE and getattr(fact.item.owner, "id", "") != catalogue.jurisdiction
        if not other and fact.layer not in (Layer.RECORD, Layer.REFERENCE):
            yield fact.file, fact.key, fact.text


def _texts(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a parsed file with its dotted key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            label = item.get("id", number) if isinstance(item, dict) else number
            yield from _texts(item, f"{key}.{label}" if key else str(label))
