"""Questions in a spreadsheet with the columns of Kahoot's template.

openpyxl is not there on a server, and reads a whole workbook; a grid of words needs three small
files of the ZIP. No formula is calculated and no macro is run.
"""

import re
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from explorer.quiz_import.found import (
    MOST_QUESTIONS,
    BadFile,
    FoundFile,
    FoundOption,
    FoundQuestion,
    NotTaken,
    Untaken,
    choice,
    plain,
    shown,
)
from explorer.quiz_import.safe_xml import parse
from explorer.quiz_import.safe_zip import Archive

WORKBOOK: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_ROWS: Final = 20_000
_NUMBERS: Final = re.compile(r"\d{1,2}(?:\s*[,;]\s*\d{1,2})*")


class _Formula(str):
    """Stands in a cell that holds a formula: its value is what another program left there."""

    __slots__ = ()


def read(archive: Archive) -> FoundFile:
    """Return what is in the first sheet.

    Args:
        archive: the ZIP of a spreadsheet.

    Raises:
        BadFile: it holds macros, is damaged, or has no row of titles as in Kahoot's template.
    """
    for name in archive.names:
        if name.lower().endswith("vbaproject.bin"):
            raise BadFile("the spreadsheet holds macros; save it as .xlsx without them")
    rows = _rows(parse(archive.read(_first_sheet(archive)), "sheet 1"), _strings(archive))
    head, columns = _titles(rows)
    questions: list[FoundQuestion] = []
    left_out: list[NotTaken] = []
    for row, cells in rows.items():
        if row <= head or not any(cells.get(column, "").strip() for column in columns["answers"]):
            continue
        if len(questions) + len(left_out) >= MOST_QUESTIONS:
            raise BadFile(f"the sheet holds more than {MOST_QUESTIONS:,} questions")
        try:
            questions.append(_question(f"row {row}", cells, columns))
        except Untaken as why:
            left_out.append(NotTaken(f"row {row}", "", str(why)))
    if not questions and not left_out:
        raise BadFile("under the row of titles there is no question")
    return FoundFile("spreadsheet", tuple(questions), tuple(left_out))


def _first_sheet(archive: Archive) -> str:
    """Return the file of the first sheet, as the workbook's own links name it."""
    sheets = parse(archive.read(WORKBOOK), WORKBOOK).findall("sheets/sheet")
    if not sheets or not archive.has(_LINKS):
        raise BadFile("the spreadsheet has no sheet")
    for link in parse(archive.read(_LINKS), _LINKS):
        if link.get("Id") == sheets[0].get("id") and link.get("TargetMode") != "External":
            target = link.get("Target", "")
            name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if archive.has(name):
                return name
    raise BadFile("the first sheet of the spreadsheet is not in the file")


def _strings(archive: Archive) -> list[str]:
    if not archive.has(_STRINGS):
        return []
    return [_words(node) for node in parse(archive.read(_STRINGS), _STRINGS).findall("si")]


def _words(node: Element) -> str:
    """Return the words of a text, without the hints on how to say it (``rPh``)."""
    runs = node.findall("r/t") or node.findall("t")
    return "".join(run.text or "" for run in runs)


def _rows(sheet: Element, strings: list[str]) -> dict[int, dict[str, str]]:
    """Return the cells that hold something, by row and column."""
    rows: dict[int, dict[str, str]] = {}
    for node in sheet.findall("sheetData/row/c"):
        found = _CELL.fullmatch(node.get("r", ""))
        if found is None:
            raise BadFile("a cell of the sheet has no place")
        column, row = found[1], int(found[2])
        said = _value(node, strings)
        if said:
            rows.setdefault(row, {})[column] = said
        if len(rows) > _MOST_ROWS:
            raise BadFile(f"the sheet has more than {_MOST_ROWS:,} rows")
    return dict(sorted(rows.items()))


def _value(node: Element, strings: list[str]) -> str:
    if node.find("f") is not None:
        return _Formula("=")
    kind, value = node.get("t", "n"), node.findtext("v") or ""
    if kind == "inlineStr":
        inside = node.find("is")
        return "" if inside is None else _words(inside)
    if kind == "s":
        if not value.isdecimal() or len(value) > 7 or int(value) >= len(strings):
            raise BadFile(f"the cell {shown(node.get('r', ''))} points to a text that is not there")
        return strings[int(value)]
    return value.removesuffix(".0") if kind == "n" else value


def _titles(rows: Mapping[int, Mapping[str, str]]) -> tuple[int, dict[str, tuple[str, ...]]]:
    """Return the row of titles, and the columns of question, answers and right ones."""
    for row, cells in list(rows.items())[:60]:
        titles = {column: title.strip().lower() for column, title in cells.items()}
        asked = tuple(name for name, said in titles.items() if said.startswith("question"))
        answers = tuple(
            name for name, said in sorted(titles.items(), key=_by_column) if _is_answer(said)
        )
        right = tuple(name for name, said in titles.items() if said.startswith("correct"))
        if len(asked) == 1 and len(right) == 1 and len(answers) > 1:
            return row, {"asked": asked, "answers": answers, "right": right}
    raise BadFile(
        "no row of titles as in Kahoot's template: Question, Answer 1, Answer 2, …, "
        "Correct answer(s)"
    )


def _by_column(titled: tuple[str, str]) -> tuple[int, str]:
    return len(titled[0]), titled[0]


def _is_answer(title: str) -> bool:
    return re.match(r"answer\s*\d", title) is not None


def _question(
    place: str, cells: Mapping[str, str], columns: Mapping[str, tuple[str, ...]]
) -> FoundQuestion:
    used = [name for part in columns.values() for name in part]
    for name in used:
        if isinstance(cells.get(name), _Formula):
            raise Untaken(f"the cell in column {name} holds a formula; write its words")
    given = cells.get(columns["right"][0], "").strip()
    if not _NUMBERS.fullmatch(given):
        raise Untaken(f"the right answers are no numbers such as 1 or 1,3: '{shown(given)}'")
    right = {int(part) for part in re.split(r"[,;]", given)}
    options: list[FoundOption] = []
    for at, name in enumerate(columns["answers"], 1):
        text = plain(cells.get(name, ""))
        if text:
            options.append(FoundOption(text, at in right))
        elif at in right:
            raise Untaken(f"answer {at} is right, but empty")
    if max(right) > len(columns["answers"]) or min(right) < 1:
        raise Untaken(f"there is no answer {max(right)}")
    stem = plain(cells.get(columns["asked"][0], ""))
    return choice(place, "", stem, options, several=len(right) > 1)
