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
    MOST_SOURCES,
    Sheet,
    SheetConcern,
    SheetLine,
    SheetOption,
    SheetSource,
    sheet_of,
)

__all__ = [
    "LONG",
    "MOST_CONCERNS",
    "MOST_QUESTIONS",
    "MOST_SOURCES",
    "SHORT",
    "Offered",
    "OwnPoint",
    "Picked",
    "Sheet",
    "SheetConcern",
    "SheetLine",
    "SheetOption",
    "SheetSource",
    "Sure",
    "Ticked",
    "Visit",
    "Weight",
    "in_order",
    "pinned_rows",
    "prompts_for",
    "sheet_of",
]
