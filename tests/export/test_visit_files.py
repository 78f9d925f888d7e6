"""The sheet as PDF, HTML and text: the same parts, whole, on few pages, whatever was typed."""

import io
import re

import pytest
from pypdf import PdfReader

from explorer.domain.comparison import options_in
from explorer.domain.visit import (
    OwnPoint,
    Picked,
    Sheet,
    Ticked,
    Visit,
    Weight,
    prompts_for,
    sheet_of,
)
from explorer.domain.who import Who
from explorer.export import visit_html, visit_pdf, visit_text
from explorer.export.glossary import found_in
from tests.domain.test_visit import RA, a_visit
from tests.shipped import conditions, shipped

pytestmark = pytest.mark.slow

NASTY = '<script>alert(1)</script> #let x = 1 $ *b* _i_ @a \\ "q" &amp;'


def sheet(visit: Visit | None = None) -> Sheet:
    return sheet_of(shipped().catalogue, "ra", RA, Who.ADULT, visit or a_visit())


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def said(made: bytes) -> str:
    text = " ".join(page.extract_text() for page in read(made).pages)
    return " ".join(text.replace("\u200b", "").split())


def full_visit(condition: str, options: tuple[str, ...]) -> Visit:
    """Fill in as much as a reader well might: five concerns, eight questions, notes."""
    picked = ("how-often", "serious-infection", "pregnancy", "travel", "cost")
    visit = Visit(picked=tuple(Picked(concern=item, weight=Weight.A_LOT) for item in picked))
    offered = prompts_for(shipped().catalogue, condition, options, Who.ADULT, visit)[:8]
    return visit.evolve(
        ticked=tuple(Ticked(prompt=item.id) for item in offered),
        notes="Stiff for two hours each morning.\nTired in the afternoon.",
    )


@pytest.mark.parametrize("condition", conditions())
def test_sheet_is_a_page_with_its_sources_on_the_second(condition: str) -> None:
    """In every condition, with all concerns and three options, it fits on two pages."""
    offered = [item.id for item in options_in(shipped().catalogue, condition) if item.is_offered]
    options = tuple(offered[:3])
    made = visit_pdf.write(
        sheet_of(
            shipped().catalogue, condition, options, Who.ADULT, full_visit(condition, options)
        ),
        shipped().catalogue,
        "v",
    )
    pages = [page.extract_text() for page in read(made).pages]
    assert len(pages) == 2
    assert "What I want to ask" in pages[0]
    assert "Sources" not in pages[0]
    assert "Sources" in pages[1]


def test_pdf_is_tagged_and_holds_its_fonts() -> None:
    """Language, title, tags, tables with heads, and only the shipped font."""
    root = read(visit_pdf.write(sheet(), shipped().catalogue, "v")).trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in read(visit_pdf.write(sheet(), shipped().catalogue, "v")).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all("SourceSans3" in font for font in fonts)


def test_large_print_sets_every_word_of_the_sheet_in_18_points() -> None:
    """The large sheet says the same, on more pages."""
    plain = visit_pdf.write(sheet(), shipped().catalogue, "v")
    large = visit_pdf.write(sheet(), shipped().catalogue, "v", large=True)
    assert len(read(large).pages) > len(read(plain).pages)
    for text in ("We hope for a child", "How do I swap?", "Sore hands", "Call 911 now for"):
        assert text in said(large)


@pytest.mark.fresh_pdf
def test_same_input_gives_the_same_bytes() -> None:
    """No clock and no chance are in the file."""
    assert visit_pdf.write(sheet(), shipped().catalogue, "v") == visit_pdf.write(
        sheet(), shipped().catalogue, "v"
    )


def test_letters_that_cannot_be_printed_lose_nothing_else() -> None:
    """Other scripts become boxes, the sheet says so, and the rest stands."""
    visit = a_visit().evolve(notes="Kolana \u0e2a\u0e21 bad \u13a0 rano")
    text = said(visit_pdf.write(sheet(visit), shipped().catalogue, "v"))
    assert "bad" in text
    assert "can't be printed" in text
    assert "How do I swap?" in text


def test_arabic_and_an_emoji_are_printed_in_the_shipped_fonts() -> None:
    """No letter is a box, none is lost, and letters that join are not taken apart."""
    word = "\u0648\u0628\u0645\u0633\u0627\u0639\u062f\u062a\u0643\u0645" * 4
    visit = a_visit().evolve(
        own_points=(OwnPoint(text=f"{word} \U0001f600"),),
        notes=f"\u0645\u062a\u0649 \U0001f600 {word}",
    )
    made = visit_pdf.write(sheet(visit), shipped().catalogue, "v")
    text = said(made)
    assert "can't be printed" not in text
    assert "\u25a1" not in text
    assert text.count("\U0001f600") == 2
    assert "\u200b" not in text


def test_empty_parts_and_defaults_are_left_out() -> None:
    """No heading over nothing, no weight that nobody chose; a chosen one stands."""
    empty = sheet(Visit())
    some, much = (
        sheet(Visit(picked=(Picked(concern="how-often", weight=weight),))) for weight in Weight
    )
    for write in (
        lambda seen: said(visit_pdf.write(seen, shipped().catalogue, "v")),
        lambda seen: visit_html.write(seen, shipped().catalogue, "v"),
        lambda seen: visit_text.write(seen, shipped().catalogue, "v"),
    ):
        assert "what i want to ask" not in write(empty).lower()
        assert "what matters to me" not in write(empty).lower()
        shown = [write(seen) for seen in (some, much)]
        assert sorted("(a lot)" in text for text in shown) == [False, True]
        assert not any("(some)" in text for text in shown)


def test_what_was_typed_is_text_everywhere() -> None:
    """Markup that a reader types is shown, never run."""
    visit = a_visit().evolve(
        own_points=(OwnPoint(text=NASTY[:60]),), notes=NASTY, own_questions=NASTY
    )
    html = visit_html.write(sheet(visit), shipped().catalogue, "v")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "#let x = 1" in said(visit_pdf.write(sheet(visit), shipped().catalogue, "v"))


def test_all_three_say_the_same() -> None:
    """Every sign, fact, question and note is in the PDF, the page and the text."""
    found = sheet()
    text = visit_text.write(found, shipped().catalogue, "v")
    html = re.sub(r"<[^>]+>", " ", visit_html.write(found, shipped().catalogue, "v"))
    html = " ".join(html.replace("&#39;", "'").replace("&#34;", '"').split())
    wanted = [item.text for option in found.options for item in (option.mistake, *option.emergency)]
    wanted += [
        cell.text for concern in found.concerns for line in concern.lines for cell in line.cells
    ]
    wanted += [item.text for item in found.everyone]
    wanted += [*found.questions, found.notes, found.nobody_answers]
    for part in wanted:
        assert part in text
        assert part in html


def test_text_is_plain() -> None:
    """No markup, no tabs, no trailing blanks, and the date of the content at its end."""
    text = visit_text.write(sheet(), shipped().catalogue, "v1")
    assert not re.search(r"[<>\t]|\*\*| $", text, re.MULTILINE)
    assert "Content version v1, 2026-" in text.splitlines()[-1]


def test_there_is_no_field_for_a_name() -> None:
    """The sheet asks for the clinic's phone and for no name or birth date."""
    text = said(visit_pdf.write(sheet(Visit()), shipped().catalogue, "v"))
    assert "My clinic's phone" in text
    assert not re.search(r"\b(My name|Name:|Date of birth|Birth)\b", text)


def test_facts_on_screen_carry_no_numbers_that_lead_nowhere() -> None:
    """Beside the concerns, where no sources are listed, there are no reference numbers."""
    html = visit_html.facts(sheet(), shipped().catalogue)
    assert "vs-ref" not in html
    assert "once a WEEK" in html


def test_what_needs_no_saying_is_not_said_twice() -> None:
    """No new medicine: its own sentence says that a line does not apply, without a mark before."""
    visit = Visit(picked=(Picked(concern="how-often", weight=Weight.A_LOT),))
    made = sheet_of(shipped().catalogue, "ra", ("anakinra", "no-new-medicine"), Who.ADULT, visit)
    text = visit_text.write(made, shipped().catalogue, "v")
    assert "No new medicine: You add no medicine, so this does not apply." in text
    assert "Does not apply." not in text


def test_a_gap_is_still_named_on_the_sheet() -> None:
    """A medicine's cell that is not stated says what it is before its text."""
    visit = Visit(picked=(Picked(concern="alcohol", weight=Weight.A_LOT),))
    made = sheet_of(shipped().catalogue, "ra", RA, Who.ADULT, visit)
    text = visit_text.write(made, shipped().catalogue, "v")
    cells = [cell for concern in made.concerns for line in concern.lines for cell in line.cells]
    gaps = [cell for cell in cells if cell.kind == "not-found"]
    assert gaps
    for cell in gaps:
        assert f": Not found. {cell.text}" in text


@pytest.mark.parametrize("condition", conditions())
def test_terms_of_the_signs_for_everyone_are_explained(condition: str) -> None:
    """A hard word in a sign that counts whatever the option stands in the list of terms."""
    content = shipped().catalogue
    options = content.condition(condition).preselect.options
    made = sheet_of(content, condition, options, Who.ADULT, Visit())
    listed = visit_text.write(made, content, "v")
    for term in found_in([item.text for item in made.everyone], content.glossary):
        assert f"- {term.term}: {term.meaning}" in listed
