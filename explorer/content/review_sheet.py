"""Reads a filled review spreadsheet as it stands, without judging what it says.

A sheet comes back from anywhere: from Excel in any language, from LibreOffice or from a browser,
sorted, cut, merged, with formulas. Columns and fields are found by their hidden names.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from explorer.domain.base import Frozen
from explorer.domain.letters import sound
from explorer.domain.review_columns import COLUMNS, FIELDS, NEEDED

LARGEST: Final = 8 * 1024 * 1024
"""Most bytes of a file: the sheet of all lines has half a million."""

UNPACKED: Final = 128 * 1024 * 1024
"""Most bytes of what is packed in it, so that a small file cannot fill the memory."""

MOST_ROWS: Final = 20_000
"""Most rows of a sheet; all lines are 1,700."""

_TOP: Final = 30
"""Rows in which the hidden names are looked for: somebody may have put rows above them."""

_WIDEST: Final = 200
"""Columns that are looked at."""


class SheetError(Exception):
    """A file cannot be read as a review sheet; the message is one line that says what to do."""


class FilledRow(Frozen):
    """A row as it stands, with what keeps it from being read."""

    sheet: str
    row: int
    ref: str
    words: str
    mark: str
    why: str
    code: str
    problem: str = ""

    @property
    def place(self) -> str:
        """Where it stands, as a person would look for it."""
        return f"{self.sheet}, row {self.row}"


class FilledSheet(Frozen):
    """A sheet as it stands."""

    version: str
    day: str
    role: str
    name: str
    date: str
    """As ``2026-12-31`` where it is a date, else what was written."""
    rows: tuple[FilledRow, ...]


def read_sheet(path: Path) -> FilledSheet:
    """Read a filled sheet.

    Args:
        path: the file, in the format of Excel (xlsx).

    Raises:
        SheetError: it is no such file, it is too large, or its hidden names are gone.
    """
    book = _opened(path)
    fields: dict[str, str] = {}
    rows: list[FilledRow] = []
    for sheet in book.worksheets:
        if (sheet.max_row or 0) > MOST_ROWS:
            raise SheetError(f"{path.name}: sheet '{sheet.title}' has more than {MOST_ROWS} rows")
        columns = _columns(sheet)
        if columns is None:
            fields = {**_fields(sheet, book.epoch), **fields}
        else:
            rows += _rows(sheet, *columns)
    if not rows:
        raise SheetError(
            f"{path.name}: no sheet has the hidden row with {', '.join(NEEDED)}; write the sheet "
            "anew with 'export review' and copy the marks into it"
        )
    return FilledSheet(
        version=fields.get("version", ""),
        day=fields.get("day", ""),
        role=fields.get("role", ""),
        name=fields.get("name", ""),
        date=fields.get("date", ""),
        rows=tuple(rows),
    )


def _opened(path: Path) -> Any:
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise SheetError(
            "to read a sheet, a part is missing: pip install -c constraints.txt '.[check]'"
        ) from None
    wrong = f"{path.name}: this is no spreadsheet in Excel's format; save it as .xlsx"
    try:
        if path.stat().st_size > LARGEST:
            raise SheetError(f"{path.name}: it is larger than {LARGEST // 1024 // 1024} MB")
        with zipfile.ZipFile(path) as packed:
            if sum(item.file_size for item in packed.infolist()) > UNPACKED:
                raise SheetError(f"{path.name}: it unpacks to more than {UNPACKED >> 20} MB")
        return load_workbook(path)
    except OSError as error:
        raise SheetError(f"{path.name}: it cannot be read: {error.strerror or error}") from None
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        ParseError,
        AttributeError,
        IndexError,
        KeyError,
        TypeError,
        ValueError,
        NotImplementedError,
    ) as error:  # what openpyxl raises for a file that only looks like a workbook
        raise SheetError(wrong) from error


def _columns(sheet: Any) -> tuple[int, dict[str, int]] | None:
    """Return the row of the hidden names, and the column of each; None where there is none."""
    for row in sheet.iter_rows(max_row=_TOP, max_col=_WIDEST):
        found = {cell.value: cell.column for cell in row if cell.value in COLUMNS}
        if all(name in found for name in NEEDED):
            return row[0].row, found
    return None


def _fields(sheet: Any, epoch: datetime) -> dict[str, str]:
    """Return the fields of the first sheet: each value stands two cells beside its hidden name."""
    found: dict[str, str] = {}
    for row in sheet.iter_rows(max_row=200, max_col=8):
        for cell in row:
            if cell.value in FIELDS and cell.value not in found:
                value = sheet.cell(row=cell.row, column=cell.column + 2)
                found[cell.value] = _field(value, is_date=cell.value == "date", epoch=epoch)
    return found


def _field(cell: Any, *, is_date: bool, epoch: datetime) -> str:
    from openpyxl.utils.datetime import from_excel

    value = cell.value
    if is_date and isinstance(value, int | float) and not isinstance(value, bool):
        try:
            value = from_excel(value, epoch)  # a day that lost its format is a number
        except (OverflowError, ValueError):
            return str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if cell.data_type in ("f", "e") else _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return sound(str(value)).strip()


def _rows(sheet: Any, top: int, columns: dict[str, int]) -> Iterator[FilledRow]:
    """Yield the rows under the hidden names that hold anything."""
    merged = _merged(sheet, {columns[name] for name in NEEDED})
    for row in range(top + 1, (sheet.max_row or top) + 1):
        cells = {name: sheet.cell(row=row, column=columns[name]) for name in NEEDED}
        texts = {name: _text(cell.value) for name, cell in cells.items()}
        if not any(texts.values()) or (row == top + 1 and "/" not in texts["ref"]):
            continue  # an empty row, and the headings
        problem = merged.get(row, "")
        if any(cell.data_type == "f" for cell in cells.values()):
            problem = "it holds a formula; write plain text"
        elif any(cell.data_type == "e" for cell in cells.values()):
            problem = "it holds an error of the spreadsheet; write plain text"
        yield FilledRow(sheet=str(sheet.title), row=row, problem=problem, **texts)


def _merged(sheet: Any, columns: set[int]) -> dict[int, str]:
    """Return what is wrong with rows whose cells were merged with those of other rows."""
    found: dict[int, str] = {}
    for area in sheet.merged_cells.ranges:
        if area.min_row < area.max_row and any(
            area.min_col <= column <= area.max_col for column in columns
        ):
            reason = f"cells of rows {area.min_row} to {area.max_row} are merged; mark each row"
            found |= dict.fromkeys(range(area.min_row, area.max_row + 1), reason)
    return found
