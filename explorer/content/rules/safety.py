"""Rules that keep warnings from being weaker than they must be."""

import re
from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.texts import medicine_file
from explorer.domain.answers import Choices
from explorer.domain.catalogue import Medicine, RedFlag, Status, Urgency
from explorer.domain.row import Role
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


@rule("order-way")
def orders_fit_every_way(context: Context) -> Iterator[Finding]:
    """No text orders "inject no more" where the medicine can be a drip or a tablet as well.

    A reader who gets the drip would think that the order is not meant for them.
    """
    row = context.catalogue.row_of(Role.ROUTE)
    if row is None:
        return
    orders = {
        value.id: re.compile("|".join(f"(?:{pattern})" for pattern in value.orders), re.IGNORECASE)
        for value in row.choices
        if value.orders
    }
    ways = {
        medicine_file(medicine): _ways(medicine, row.id) for medicine in context.catalogue.medicines
    }
    texts = [
        *((file, key, f"{cell.text} {cell.detail}") for file, key, _, cell in context.cells),
        *(
            (item.file, item.key, f"{flag.sign} {flag.action}")
            for item, flag in context.each(RedFlag)
        ),
    ]
    for file, key, text in texts:
        fits = {way for way, order in orders.items() if order.search(text)}
        left = ways.get(file, frozenset()) - fits
        if fits and left:
            reason = (
                f"an order for {', '.join(sorted(fits))} only, and the medicine is also given by "
                f"{', '.join(sorted(left))}; write 'take no more' or 'the next dose', or name each"
            )
            yield error("order-way", file, key, reason)


def _ways(medicine: Medicine, row: str) -> frozenset[str]:
    """Return every way in which a medicine is given, in whatever condition and age."""
    cells = medicine.cells_of(row)
    if cells is None:
        return frozenset()
    return frozenset(
        way
        for cell in (cells.default, *cells.variants)
        if isinstance(cell.answer, Choices)
        for way in cell.answer.values
    )
