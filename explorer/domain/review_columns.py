"""The layout of a review spreadsheet that writer and reader share, in whatever language it is.

A row above the headings, and a column beside the fields, hold these names and are hidden. So a
sheet is read by them and not by its words, and columns may be moved.
"""

from typing import Final

COLUMNS: Final = (
    "number",
    "level",
    "ref",
    "line",
    "words",
    "behind",
    "sources",
    "mark",
    "why",
    "code",
)
"""The columns of the lines, in their order."""

TO_FILL: Final = ("mark", "why")
"""The columns that a reader writes into."""

NEEDED: Final = ("ref", "words", "mark", "why", "code")
"""Without one of these columns a sheet cannot be read back."""

FIELDS: Final = ("version", "day", "role", "name", "date")
"""The fields of the first sheet: two cells to the right of its name stands the value."""
