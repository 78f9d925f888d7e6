"""Rules that keep warnings from being weaker than they must be."""

import re
from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.texts import medicine_file
from explorer.domain.catalogue import RedFlag, Status, Urgency
from explorer.domain.signs import Danger

EMERGENCY_SIGNS = re.compile(
    r"troubl\w* breathing|short(ness)? of breath|hard to breathe|breathless|can ?not breathe"
    r"|chest pain|confus|faint|pass(ing)? out",
    re.IGNORECASE,
)
"""Signs that are an emergency in whatever list they also stand (the upward rule)."""

SKIN = re.compile(r"(widespread|peeling|blister)", re.IGNORECASE)
LATER = re.compile(r"same day|next visit|next contact|call your team|tell your team", re.IGNORECASE)

SKIN_WITH = re.compile(r"fever|swell|swollen", re.IGNORECASE)


@rule("red-flags")
def every_medicine_warns(context: Context) -> Iterator[Finding]:
    """A published medicine has emergency signs and signs of infection to call about."""
    for medicine in context.catalogue.medicines:
        if medicine.status is Status.DRAFT:
            continue
        urgencies = {flag.urgency for flag in medicine.red_flags}
        for needed in (Urgency.EMERGENCY, Urgency.SAME_DAY):
            if needed not in urgencies:
                reason = f"there is no red flag of urgency '{needed}'"
                yield error("red-flags", medicine_file(medicine), "red_flags", reason)


@rule("upward-rule")
def dangers_are_emergencies(context: Context) -> Iterator[Finding]:
    """Each danger that the program knows has its signs, and each of them is an emergency.

    This holds by fields, in whatever language the signs are told.
    """
    table = context.catalogue.signs
    named = {item.id: item.signs for item in table.upward}
    for danger in Danger:
        key = f"upward.{danger}"
        if danger not in named:
            reason = 'name the signs that tell this danger, such as ["breathing"]'
            yield error("upward-rule", "signs.toml", key, reason)
        for name in named.get(danger, ()):
            sign = table.get(name)
            if sign is None:
                reason = f"there is no sign '{name}' in signs.toml; correct it"
                yield error("upward-rule", "signs.toml", key, reason)
            elif sign.urgency is not Urgency.EMERGENCY:
                reason = f"it tells '{danger}', which is an emergency, not '{sign.urgency}'"
                yield error("upward-rule", "signs.toml", f"signs.{name}.urgency", reason)


@rule("upward-rule")
def emergency_signs_are_emergencies(context: Context) -> Iterator[Finding]:
    """Trouble breathing, chest pain, confusion or fainting, and a bad rash, go upward."""
    for item, flag in context.each(RedFlag):
        severe = EMERGENCY_SIGNS.search(flag.sign) or (
            SKIN.search(flag.sign) and SKIN_WITH.search(flag.sign)
        )
        if severe and flag.urgency is not Urgency.EMERGENCY:
            reason = f"'{flag.sign[:50]}' is an emergency, not '{flag.urgency}'"
            yield error("upward-rule", item.file, item.key, reason)


@rule("upward-rule")
def guide_sends_emergencies_upward(context: Context) -> Iterator[Finding]:
    """Where the guide says to call or to tell later, no sign of an emergency stands unmarked."""
    numbers = [re.escape(contact.emergency) for contact in context.catalogue.contacts]
    now = re.compile("|".join([*numbers, "emergency"]), re.IGNORECASE)
    for section in context.catalogue.guide:
        for block in section.blocks:
            for statement in block.statements:
                said = f"{block.heading}. {statement.text}"
                if (
                    EMERGENCY_SIGNS.search(statement.text)
                    and LATER.search(said)
                    and not now.search(said)
                ):
                    reason = f"'{statement.text[:50]}' names an emergency, and not whom to call now"
                    yield error("upward-rule", f"guide/{section.id}.toml", statement.id, reason)
