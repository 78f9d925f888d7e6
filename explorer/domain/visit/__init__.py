"""A reader's own part: what matters, what to ask, how sure they are, and the sheet."""

from explorer.domain.visit.model import (
    LONG,
    MOST_CONCERNS,
    MOST_QUESTIONS,
    SHORT,
    OwnPoint,
    Picked,
    Sure,
    Ticked,
    Visit,
    Weight,
    in_order,
    pinned_rows,
)
from explorer.domain.visit.prompts import Offered, prompts_for
from explorer.domain.visit.sheet import (
    SAFETY_ROWS,
    Sheet,
    SheetCell,
    SheetConcern,
    SheetLine,
    SheetMistake,
    SheetOption,
    sheet_of,
)
from explorer.domain.visit.sheet_signs import SheetSign, SheetSigns, SignAddition

__all__ = [
    "LONG",
    "MOST_CONCERNS",
    "MOST_QUESTIONS",
    "SAFETY_ROWS",
    "SHORT",
    "Offered",
    "OwnPoint",
    "Picked",
    "Sheet",
    "SheetCell",
    "SheetConcern",
    "SheetLine",
    "SheetMistake",
    "SheetOption",
    "SheetSign",
    "SheetSigns",
    "SignAddition",
    "Sure",
    "Ticked",
    "Visit",
    "Weight",
    "in_order",
    "pinned_rows",
    "prompts_for",
    "sheet_of",
]
