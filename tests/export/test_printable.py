"""Every letter of Unicode, in every field that a person types: each file comes, and says so."""

import csv
import io
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from explorer.domain.comparison import compare
from explorer.domain.letters import sound
from explorer.domain.visit import Picked, Visit
from explorer.export import (
    comparison_pdf,
    comparison_xlsx,
    pdf,
    quiz_pdf,
    record_pdf,
    report_csv,
    report_pdf,
    report_xlsx,
    visit_html,
    visit_pdf,
    visit_text,
)
from explorer.export.cells import CUT, MOST, cell, is_count
from explorer.export.printable import BOX, COVERAGE, covered, printable
from tests import built
from tests.export.test_pdf import record, worksheet_bank
from tests.export.test_report import made as made_report
from tests.export.test_visit_files import said, sheet
from tests.shipped import shipped

pytestmark = pytest.mark.slow

SAID = "Some letters can't be printed in this file. They are shown as boxes."
PASTED = "I don\x92t like \u2025 \u0198 \u13a0 \u0e2a\u0e21 \x1b[1m \u202e \ud83d end"


def one_of_each() -> str:
    """Return a letter of each run of 64 code points in use, so at least one of every block."""
    return "".join({ord(sign) >> 6: sign for sign in assigned()}.values())


@lru_cache(maxsize=1)
def assigned() -> list[str]:
    """List every character that Unicode has, which takes a moment."""
    return [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) != "Cn"]


def visit_with(text: str) -> Visit:
    """Put a text into every field of the visit that is typed, however long it is.

    Nothing is validated here: no file may rely on what the boxes of a page let through.
    """
    return Visit.model_construct(
        own=text[:160],
        own_questions=text[:800],
        notes=text,
        picked=(Picked.model_construct(concern="how-often", why=text[:160]),),
        ticked=(),
    )


def every_file(text: str) -> dict[str, bytes]:
    """Make each file that holds what a person typed."""
    seen = sheet(visit_with(text))
    report = made_report().evolve(title=text[:200])
    return {
        "sheet.pdf": visit_pdf.write(seen, shipped().catalogue, "v"),
        "sheet-large.pdf": visit_pdf.write(seen, shipped().catalogue, "v", large=True),
        "sheet.html": visit_html.write(seen, shipped().catalogue, "v").encode(),
        "sheet.txt": visit_text.write(seen, shipped().catalogue, "v").encode(),
        "report.csv": report_csv.write(report, shipped().catalogue.words),
        "report.xlsx": report_xlsx.write(report, shipped().catalogue.words),
        "report.pdf": report_pdf.write(report, shipped().catalogue.words),
        "record.pdf": record_pdf.write(record(name=text[:80]), shipped().catalogue),
    }


def test_the_list_of_letters_is_the_fonts_own() -> None:
    """coverage.txt says what the tables of the shipped fonts say (python -m tests.built)."""
    assert COVERAGE.read_text(encoding="ascii") == built.coverage()
    assert BOX in covered()


def test_every_letter_in_use_has_a_printable_form() -> None:
    """Of all assigned code points, none is left that the fonts lack; each is known beforehand."""
    assert len(assigned()) > 280_000
    assert {sign for one in assigned() for sign in printable(one)[0]} <= covered()


def test_every_letter_that_the_fonts_have_is_printed() -> None:
    """The engine takes the whole list, so a text made printable can never stop a file."""
    letters = " ".join(sign for sign in sorted(covered() - {"\n"}) if not printable(f" {sign}")[1])
    for name, file in every_file(letters).items():
        assert file, name
    title = made_report().evolve(title=letters)
    assert SAID not in said(report_pdf.write(title, shipped().catalogue.words))


@pytest.mark.slow
def test_a_letter_of_every_block_in_every_field() -> None:
    """All files come, with letters of the whole of Unicode in all that is typed."""
    for start in range(0, len(one_of_each()), 800):
        for name, file in every_file(one_of_each()[start : start + 800]).items():
            assert file, name


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_in_every_field(text: str) -> None:
    """Halves of letters, controls and unassigned code points stop no file either."""
    for name, file in every_file(text).items():
        assert file, name


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_a_printable_form(text: str) -> None:
    """Only letters of the fonts are left, and boxes are told exactly where there are some."""
    shown, boxes = printable(text)
    assert covered().issuperset(shown)
    assert boxes == shown.count(BOX) - sound(text).count(BOX)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("don\x92t", ("don\u2019t", 0)),
        ("a\u2025b", ("a..b", 0)),
        ("\uff21\ufb05", ("\uff21st", 0)),
        ("5 \u338e", ("5 mg", 0)),
        ("e\u0301", ("e\u0301", 0)),
        ("10\u2079", ("10\u2079", 0)),
        ("\u2460", (BOX, 1)),
        (
            "\U0001f468\u200d\U0001f469\u200d\U0001f467!",
            ("\U0001f468\u200d\U0001f469\u200d\U0001f467!", 0),
        ),
        ("\U0001f44d\U0001f3fd", ("\U0001f44d\U0001f3fd", 0)),
        ("\u65e5\u672c", ("\u65e5\u672c", 0)),
        (
            "\u0645\u0631\u062d\u0628\u0627 \U0001f600",
            ("\u0645\u0631\u062d\u0628\u0627 \U0001f600", 0),
        ),
        ("\u0e2a\u0e21\u0e0a\u0e32\u0e22", (BOX * 5, 5)),
        ("a\u0941", (BOX, 1)),
        ("\u25a1", ("\u25a1", 0)),
        ("a\u3000b\u2009c", ("a\u3000b\u2009c", 0)),
        ("\ud800", (BOX, 1)),
    ],
)
def test_what_stands_for_a_letter(typed: str, shown: tuple[str, int]) -> None:
    """A form that reads the same, else one box for a letter with all that belongs to it."""
    assert printable(typed) == shown


@given(st.sampled_from("\U0001f600\U0001f389\u2764\U0001f9d1"), st.integers(0, 3))
def test_an_emoji_turns_nothing_else_into_a_box(emoji: str, place: int) -> None:
    """A line of Arabic, Hebrew, Hindi or Chinese stays whole before which word an emoji stands."""
    for line in (
        "\u064a\u062f\u0627\u064a \u062a\u0624\u0644\u0645\u0627\u0646\u0646\u064a",
        "\u05d4\u05d0\u05dd \u05d6\u05d4 \u05db\u05d5\u05d0\u05d1?",
        "\u0915\u094d\u092f\u093e \u092f\u0939 \u0926\u0930\u094d\u0926",
        "\u4f1a\u75bc\u5417\uff1f",
    ):
        words = line.split()
        typed = " ".join((*words[:place], emoji, *words[place:]))
        assert printable(typed) == (typed, 0)


def test_the_sheet_says_that_letters_are_boxes() -> None:
    """The rest of what was typed is printed as it is; without boxes there is no such line."""
    text = said(visit_pdf.write(sheet(visit_with(PASTED)), shipped().catalogue, "v"))
    assert SAID in text
    assert "I don\u2019t like .. \u25a1 \u25a1 \u25a1\u25a1" in text
    plain = said(visit_pdf.write(sheet(visit_with("don\x92t")), shipped().catalogue, "v"))
    assert "don\u2019t" in plain
    assert SAID not in plain


def test_the_screen_and_the_text_keep_the_letters() -> None:
    """What cannot be printed stands on the page and in the text to copy."""
    seen = sheet(visit_with(PASTED))
    for text in (
        visit_html.write(seen, shipped().catalogue, "v"),
        visit_text.write(seen, shipped().catalogue, "v"),
    ):
        assert "\u0e2a\u0e21" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_every_pdf_says_that_letters_are_boxes() -> None:
    """Report, worksheet and comparison too: whoever wrote the letter, the reader is told."""
    report = made_report().evolve(title="Class \U0001f600 \u0e2a\u0e21")
    assert SAID in said(report_pdf.write(report, shipped().catalogue.words))
    bank = worksheet_bank()
    topic = bank.topics[0].evolve(title="Signs \u0e2a")
    odd = bank.evolve(topics=(topic,))
    assert SAID in said(quiz_pdf.write(odd, shipped().catalogue, "abc123"))
    content = shipped()
    compared = compare(content.catalogue, "ra", ["anakinra", "methotrexate"])
    first = compared.columns[0].evolve(title="Anakinra \u0e2a")
    odd_one = compared.evolve(columns=(first, *compared.columns[1:]))
    assert SAID in said(comparison_pdf.write(odd_one, content.catalogue, "v"))
    assert comparison_xlsx.write(odd_one, content.catalogue, "v")


def test_a_name_that_cannot_be_printed_leaves_a_line() -> None:
    """A record never shows a name with boxes in it: there is a line, and why."""
    text = said(record_pdf.write(record(name="\u0e2a\u0e21"), shipped().catalogue))
    assert "Please write it on the line" in text
    assert BOX not in text


def test_a_workbook_holds_any_title() -> None:
    """Signs that XML forbids and texts that Excel cannot hold are no reason for no file."""
    title = "\x00\ufffe\ud800=1+1\x0c" + "\U0001f600" * 40_000
    report = made_report().evolve(title=title)
    book = load_workbook(io.BytesIO(report_xlsx.write(report, shipped().catalogue.words)))
    shown = [str(row[1].value) for row in book.worksheets[0].iter_rows(min_row=3)]
    found = next(text for text in shown if text.startswith("\ufffd=1+1\n\U0001f600"))
    assert found.endswith(CUT)
    assert len(found.encode("utf-16-le")) <= 2 * MOST
    lines = list(
        csv.reader(
            io.StringIO(report_csv.write(report, shipped().catalogue.words).decode("utf-8-sig"))
        )
    )
    assert lines[1][1].startswith("\ufffd=1+1")


def test_a_cell_keeps_what_fits_and_counts_what_is_exact() -> None:
    """A text of exactly the longest length is whole; a long run of digits is text."""
    assert cell("a" * MOST) == "a" * MOST
    assert cell("a" * (MOST + 1)).endswith(CUT)
    assert is_count("12")
    assert not is_count("1" * 400)
    assert not is_count("\u0663")


def test_a_failure_of_the_engine_is_one_of_ours() -> None:
    """What still goes wrong is a PdfError that the command and the pages know."""
    with pytest.raises(pdf.PdfError, match="could not be made"):
        pdf.render("report", {}, created=datetime(2026, 1, 1, tzinfo=UTC), boxes="")
