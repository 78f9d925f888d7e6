"""The figures of a text: numbers with their units, and counts of people."""

import re
from decimal import Decimal

Amount = tuple[Decimal, str]
"""A number and its unit; the unit is empty where none stands with it."""

_WRITTEN = {"°f": "°F", "°c": "°C", "ml": "mL", "ml/min": "mL/min"}
"""Units as texts write them, by the small letters in which they are compared."""

DAYS = {
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal("30.4"),
    "year": Decimal(365),
}
"""How many days a unit of time has."""

UNIT = (
    r"mg/kg|mg|micrograms?|mL/min|mL|kg|g|%|percent|(?:°|degrees?)\s?[FC]"
    r"|minutes?|hours?|days?|weeks?|months?|years?|times?|people"
)
NUMBER = re.compile(
    r"(?<![\w.,/-])(?P<low>\d+(?:[.,]\d+)*)(?:\s*(?:to|and|or|-|\u2013)\s*(?P<high>\d+(?:[.,]\d+)*))?"
    rf"(?:[\s-]*(?P<unit>{UNIT})(?!\w))?",
    re.IGNORECASE,
)

NUMBER_WORDS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)

UNIT_FIRST = re.compile(
    r"\b(?P<unit>minutes?|hours?|days?|weeks?|months?|years?)\s+(?P<numbers>\d+(?:(?:,\s*|\s+to\s+"
    r"|\s+and\s+|,?\s+or\s+)\d+)*)(?!\s*(?:of|mg|mL|°))",
    re.IGNORECASE,
)
"""Times with the unit before them: 'weeks 0, 2 and 6', 'month 6'."""

OTHER_HALF = re.compile(
    r"\b(?P<low>\d+) or every (?P<high>\d+) (?P<unit>hours?|days?|weeks?|months?|years?)\b"
    r"|\bevery (?P<low2>\d+) or every (?P<high2>\d+) (?P<unit2>days?|weeks?|months?)\b",
    re.IGNORECASE,
)
"""The number whose unit stands later: 'every 2 or every 4 weeks'."""

COUNTED = re.compile(
    r"(?<![\w.,/-])(?:(?P<also>\d+(?:[.,]\d+)*) (?:and|to) )?(?P<count>\d+(?:[.,]\d+)*) of "
    r"(?:the )?(?P<of>\d+(?:,\d{3})*)",
    re.IGNORECASE,
)
"""Counts of people: '71 of 100', '38 and 22 of 100'."""


def amounts(text: str) -> set[Amount]:
    """Find the numbers of a text with their units; both ends of a range get its unit."""
    found: set[Amount] = set()
    for match in NUMBER.finditer(text):
        unit = _unit(match["unit"] or "")
        for number in (match["low"], match["high"]):
            if number and number.count(".") < 2:  # "5.1.3" is a section
                found.add((Decimal(number.replace(",", "")).normalize(), unit))
    return found


def _unit(unit: str) -> str:
    plain = unit.casefold().replace("degrees", "°").replace("degree", "°").replace(" ", "")
    if plain in ("%", "percent"):
        return "%"
    return plain.removesuffix("s") if len(plain) > 2 else plain


def digits(text: str) -> str:
    """Write number words up to twelve as figures."""
    for number, word in enumerate(NUMBER_WORDS, 1):
        text = re.sub(rf"\b{word}\b", str(number), text, flags=re.IGNORECASE)
    return text


def figures(text: str) -> set[Amount]:
    """Find what a text says in figures: amounts with a unit, and counts of people.

    Args:
        text: the text; number words count as figures.

    Returns:
        Amounts, with the unit before or behind the number; a count such as 71 of 100 has the unit
        "of 100". Numbers without a unit are left out.
    """
    plain = digits(text)
    found = {(number, unit) for number, unit in amounts(plain) if unit and unit != "time"}
    for match in UNIT_FIRST.finditer(plain):
        unit = _unit(match["unit"])
        found |= {
            (Decimal(number).normalize(), unit) for number in re.findall(r"\d+", match["numbers"])
        }
    for match in OTHER_HALF.finditer(plain):
        number, unit = match["low"] or match["low2"], match["unit"] or match["unit2"]
        found.add((Decimal(number).normalize(), _unit(unit)))
    for match in COUNTED.finditer(plain):
        for count in (match["also"], match["count"]):
            if count:
                number = Decimal(count.replace(",", "")).normalize()
                found.add((number, f"of {match['of'].replace(',', '')}"))
    return found


def as_written(number: Decimal, unit: str) -> str:
    """Return an amount as texts write it, so that an editor can search for it."""
    return f"{number:f} {_WRITTEN.get(unit, unit)}".strip()


def is_same(one: Amount, other: Amount) -> bool:
    """Return whether two amounts are one, also where 12 months are a year."""
    if one == other:
        return True
    if one[1] not in DAYS or other[1] not in DAYS:
        return False
    first, second = one[0] * DAYS[one[1]], other[0] * DAYS[other[1]]
    return abs(first - second) <= max(first, second) / 50
