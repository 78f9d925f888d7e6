"""Helpers for tests of reviews: a signed folder, and a sheet filled in as a reader would.

No person stands behind any mark here. Roles of people are written to see what pages would say.
"""

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from explorer.content.load import load
from explorer.domain.review_lines import review_lines
from explorer.domain.review_scope import scope_of
from explorer.domain.signatures import MarkedLine, ReviewerRole, ReviewMark, ReviewRecord
from explorer.export import review_xlsx

DAY = date(2026, 11, 23)


def sign(
    folder: Path,
    marks: Mapping[str, str],
    *,
    role: str = "pharmacist",
    on: str = "2026-11-23",
    name: str = "",
    why: str = "",
) -> None:
    """Add a record to the signatures of a folder, of the texts as they read now."""
    from explorer.content.review_import import appended

    hashes = {line.ref: line.hash for line in review_lines(load(folder).catalogue)}
    path = folder / "signatures.toml"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    record = ReviewRecord(
        id=f"{role}-{before.count('[reviews.') + 1}",
        role=ReviewerRole(role),
        name=name,
        on=date.fromisoformat(on),
        content="0123456789",
        lines=tuple(
            MarkedLine(ref=ref, hash=hashes.get(ref, "0" * 16), mark=ReviewMark(mark), why=why)
            for ref, mark in marks.items()
        ),
    )
    path.write_text(appended(before, record), encoding="utf-8")


def sheet(folder: Path, part: str = "alpha") -> bytes:
    """Write the sheet of a part of a folder."""
    content = load(folder)
    scope = scope_of(review_lines(content.catalogue), part)
    return review_xlsx.write(scope, content.catalogue, content.version)


class Filling:
    """A sheet while it is being filled in."""

    def __init__(self, made: bytes) -> None:
        self.book: Workbook = load_workbook(io.BytesIO(made))
        self.start: Worksheet = self.book.worksheets[0]
        self.lines: Worksheet = self.book.worksheets[1]
        self.columns = {str(cell.value): int(cell.column) for cell in self.lines[1]}

    def row(self, ref: str) -> int:
        """Return the row of a line."""
        column = self.columns["ref"]
        for row in range(1, self.lines.max_row + 1):
            if self.lines.cell(row, column).value == ref:
                return row
        raise AssertionError(f"{ref} has no row")

    def put(self, ref: str, /, **values: object) -> None:
        """Write into the cells of a line."""
        row = self.row(ref)
        for name, value in values.items():
            self.lines.cell(row, self.columns[name]).value = value  # type: ignore[assignment]

    def field(self, name: str, value: object) -> None:
        """Write a field of the first sheet."""
        for row in self.start.iter_rows():
            for cell in row:
                if cell.value == name:
                    self.start.cell(cell.row, cell.column + 2).value = value  # type: ignore[assignment]
                    return
        raise AssertionError(f"there is no field {name}")

    def save(self, path: Path) -> Path:
        """Save it."""
        self.book.save(path)
        return path


def filled(
    folder: Path,
    target: Path,
    marks: Mapping[str, str],
    *,
    role: str = "automated reader",
    part: str = "alpha",
    then: Callable[[Filling], Any] = lambda _: None,
) -> Path:
    """Write a sheet and fill it in.

    Args:
        folder: the content.
        target: where the file goes.
        marks: the mark of each line by its address.
        role: who fills it in.
        part: which lines the sheet holds.
        then: what else is done with it.
    """
    filling = Filling(sheet(folder, part))
    filling.field("role", role)
    filling.field("date", datetime(2026, 11, 23))  # noqa: DTZ001 - a day of a spreadsheet
    for ref, mark in marks.items():
        filling.put(ref, mark=mark)
    then(filling)
    return filling.save(target)
