"""Text for a cell of a workbook: what XML and Excel can hold."""

from typing import Final

from explorer.domain.letters import sound

MOST: Final = 32_767
"""Most UTF-16 units of a cell (Excel's specification); a longer text would not be written."""

CUT: Final = " […]"
"""Ends a text that was cut."""

LONGEST_COUNT: Final = 15
"""Most digits that a cell keeps exactly as a number; more are written as text."""


def cell(text: str) -> str:
    """Return a text that a cell can hold.

    Args:
        text: any text.

    Returns:
        The text without what is no letter; one that is too long ends in a mark that says so.
    """
    plain = sound(text)
    units = plain.encode("utf-16-le")
    if len(units) <= 2 * MOST:
        return plain
    return units[: 2 * (MOST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


def is_count(text: str) -> bool:
    """Return whether a text is a number that a cell keeps exactly."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_COUNT
