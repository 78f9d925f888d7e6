"""A pack of anakinra goes out, comes back filled in, and loses a signature with its text.

It is filled in in a folder of the test. No person stands behind any mark.
"""

import shutil
from pathlib import Path

import pytest

from explorer import paths, review_commands
from explorer.cli import main
from explorer.content.load import Content, load
from explorer.domain.profile import profile
from explorer.domain.review_lines import review_lines
from explorer.export import medicine_html
from explorer.export.sign_off_words import checked_by, lines_checked
from tests.builders import edit
from tests.paper import sheets
from tests.reviewing import Filling

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("checked_once")]

ANAKINRA = "anakinra"
MARKED = 12
"""Lines that are marked from the top, as in an hour."""


@pytest.fixture
def folder(tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the shipped content, on its own day."""
    day = content.catalogue.review.content_date
    monkeypatch.setattr(review_commands, "_today", lambda: day)
    return Path(shutil.copytree(paths.DATA, tmp_path / "data"))


def pack(folder: Path, to: str) -> bytes:
    """Export the pack of anakinra."""
    target = folder.parent / f"pack.{to}"
    words = ["export", "review", "--medicine", ANAKINRA, "--to", to, "-o", str(target)]
    assert main([*words, "--data", str(folder)]) == 0
    return target.read_bytes()


def come_back(folder: Path, role: str) -> list[str]:
    """Fill the first lines of the pack in as right, import it, and return their addresses."""
    sheet = Filling(pack(folder, "xlsx"))
    sheet.field("role", role)
    sheet.field("date", load(folder).catalogue.review.content_date.isoformat())
    column = sheet.columns["ref"]
    refs = [str(sheet.lines.cell(row, column).value) for row in range(3, 3 + MARKED)]
    for ref in refs:
        sheet.put(ref, mark="right")
    filled = sheet.save(folder.parent / "filled.xlsx")
    assert main(["import", "review", str(filled), "--data", str(folder)]) == 0
    return refs


def test_the_pdf_has_every_line_of_the_medicine(folder: Path, content: Content) -> None:
    """Each address of the spreadsheet stands on paper too, what could hurt most first."""
    said = "".join(sheets(pack(folder, "pdf")))
    flat = "".join(said.replace("\u200b", "").split())  # where a long address may break
    lines = [line for line in review_lines(content.catalogue) if line.part == ANAKINRA]
    assert len(lines) > 100
    assert [line.ref for line in lines if line.ref not in flat] == []
    assert flat.index(lines[0].ref) < flat.index(lines[-1].ref)


def test_a_program_signs_nothing(folder: Path) -> None:
    """Marks of an automated reader are kept, and no page says that somebody checked the text."""
    refs = come_back(folder, "automated reader")
    held = load(folder).catalogue
    assert len(held.reviews[-1].lines) == MARKED
    assert [ref for ref in refs if checked_by(held, ref)] == []


def test_a_changed_text_loses_its_signature_on_the_page(folder: Path) -> None:
    """The page of the medicine says who checked what; one text later, that line is bare again."""
    first, *others = come_back(folder, "pharmacist")
    assert first == "anakinra/mistake"
    signed = load(folder).catalogue
    assert checked_by(signed, first).startswith("Checked by a pharmacist, ")
    before = str(medicine_html.pieces(profile(signed, ANAKINRA), signed))
    assert checked_by(signed, first) in before
    assert lines_checked(signed, ANAKINRA) in before
    edit(
        folder,
        "medicines/anakinra.toml",
        "Two errors can do great harm.",
        "Two slips can do great harm.",
    )
    changed = load(folder).catalogue
    assert [ref for ref in (first, *others) if not checked_by(changed, ref)] == [first]
    after = str(medicine_html.pieces(profile(changed, ANAKINRA), changed))
    assert checked_by(signed, first) not in after
    assert lines_checked(signed, ANAKINRA).replace(str(MARKED), str(MARKED - 1), 1) in after
