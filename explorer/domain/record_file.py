"""A nurse's record as a file for other systems: its fields, its check code and its lines."""

from typing import Final

from pydantic import Field

from explorer.domain.base import Frozen
from explorer.domain.record_code import code_of, lines_of
from explorer.domain.records import Record

FORMAT: Final = "anakinra-explorer-record"
VERSION: Final = 1
"""Goes up when a field leaves or means something else; a new field does not move it."""


class RecordFile(Frozen):
    """A record as JSON; ``docs/record.schema.json`` is made from this class."""

    format: str = Field(default=FORMAT, description="Always 'anakinra-explorer-record'.")
    version: int = Field(default=VERSION, description="Version of these fields.")
    code: str = Field(description="Check code of the lines; no signature.")
    lines: dict[str, str] = Field(description="What the code is made from, by part.")
    record: Record


def file_of(record: Record) -> RecordFile:
    """Return the file of a record, with the name as the nurse typed it.

    Args:
        record: the record.
    """
    lines = lines_of(record)
    return RecordFile(code=code_of(lines), lines=lines, record=record)
