"""The PDF of the visit sheet in the order in which a screen reader reads it: by its tags, as text.

``pdfinfo`` (Debian: poppler-utils) reads the tags with their words; no reader of PDFs that speaks was
to be had beside Chromium's own. ``EXPLORER_TRANSCRIPTS`` names a folder for what was read.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from explorer.domain.visit import Picked, Visit, sheet_of
from explorer.domain.who import Who
from explorer.export import visit_pdf
from tests.conftest import missing
from tests.shipped import shipped

pytestmark = pytest.mark.listen

NAMED = re.compile(r"(?P<indent> *)(?P<tag>H\d|P|TH|TD|Lbl|LBody|Figure|Div)\b")
TEXT = re.compile(r' *"(?P<words>.*)"$')


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Return what the tags say, in order: kind and words; a cell that heads a row is ``row``."""
    if shutil.which("pdfinfo") is None:
        missing("not on this machine: poppler-utils; the sheet's tags were not read")
    catalogue = shipped().catalogue
    visit = Visit(picked=(Picked(concern="how-often"),), notes="Sore after the second shot")
    sheet = sheet_of(catalogue, "ra", ("methotrexate", "anakinra"), Who.ADULT, visit)
    path = tmp_path_factory.mktemp("sheet") / "sheet.pdf"
    path.write_bytes(visit_pdf.write(sheet, catalogue, "v"))
    made = subprocess.run(
        ["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True
    )
    found = _read(made.stdout)
    folder = os.environ.get("EXPLORER_TRANSCRIPTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        lines = [f"{kind:6} {words}\n" for kind, words in found]
        head = "The PDF of a visit sheet by its tags, in the order in which it is read\n\n"
        (Path(folder) / "sheet-pdf.txt").write_text(head + "".join(lines), encoding="utf-8")
    return found


def _read(tags: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    kind, depth, is_new = "", 0, False
    for line in tags.splitlines():
        if tag := NAMED.match(line):
            if tag["tag"] == "Div" and len(tag["indent"]) > depth and kind in {"TD", "row"}:
                continue  # a part of a cell
            kind, depth, is_new = tag["tag"], len(tag["indent"]), True
        elif line.strip() in {"/Scope /Row", "/Scope /Column"}:
            kind = "row" if line.endswith("Row") else "column"
        elif line.strip() == "/Placement /Block" and kind == "LBody":
            kind, is_new = "P", True  # a label between two lists, in no line of the first
        elif text := TEXT.match(line):
            if is_new or not found:
                found.append((kind, text["words"].strip()))
            else:
                found[-1] = (found[-1][0], f"{found[-1][1]} {text['words'].strip()}")
            is_new = False
    return found


def test_the_sheet_begins_with_its_title(heard: list[tuple[str, str]]) -> None:
    """The first thing that is read is the one main heading."""
    assert heard[0] == ("H1", "For my visit: Rheumatoid arthritis")
    assert sum(kind == "H1" for kind, _ in heard) == 1


def test_the_sheet_is_read_in_its_order(heard: list[tuple[str, str]]) -> None:
    """What matters, notes, questions, the options side by side, and at the end when to get help."""
    titles = [words for kind, words in heard if kind == "H2"]
    assert titles[:3] == ["What matters to me", "My notes", "My questions"]
    assert titles.index("When to get help") > titles.index("Circle what to talk over")
    place = heard.index(("H2", "My notes"))
    assert heard[place + 1] == ("P", "Sore after the second shot")


def test_a_line_of_the_sheet_is_headed_by_its_question(heard: list[tuple[str, str]]) -> None:
    """Each row begins with a cell that heads it; the options head the columns."""
    heads = [words for kind, words in heard if kind == "column"]
    assert heads == ["About", "Methotrexate (Trexall, Otrexup)", "Anakinra (Kineret)"]
    rows = [words for kind, words in heard if kind == "row"]
    assert "Missed dose" in rows
    place = heard.index(("row", "How often I take it"))
    assert heard[place + 1 : place + 3] == [("TD", "Every week"), ("TD", "Every day")]


def test_whose_signs_they_are_heads_them(heard: list[tuple[str, str]]) -> None:
    """A medicine's name is a heading above its signs, not the end of the sign before them."""
    assert ("H4", "Methotrexate:") in heard
    assert not [words for kind, words in heard if kind == "LBody" and words.endswith(":")]
