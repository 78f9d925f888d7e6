"""The sheet as PDF, HTML and text: the same parts, whole, on few pages, whatever was typed."""

import io
import re
from html import unescape

import pytest
from pypdf import PdfReader

from explorer.domain.catalogue import Move
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
from explorer.export import visit_html, visit_parts, visit_pdf, visit_text
from explorer.export.glossary import found_in
from tests.domain.test_visit import RA, a_visit
from tests.paper import sheets
from tests.shipped import conditions, shipped

pytestmark = pytest.mark.slow

LINK = "https://explorer.example.org/compare?c=ra&m=methotrexate,adalimumab,anakinra"
NASTY = '<script>alert(1)</script> #let x = 1 $ *b* _i_ @a \\ "q" &amp;'


def sheet(visit: Visit | None = None) -> Sheet:
    return sheet_of(shipped().catalogue, "ra", RA, Who.ADULT, visit or a_visit())


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def said(made: bytes) -> str:
    text = " ".join(sheets(made))
    return " ".join(text.replace("\u200b", "").split())


MOST_WORDS = 900
"""Most words of a sheet: three options, four points and five questions (2,635 once)."""


def full_visit(condition: str, options: tuple[str, ...], now: tuple[str, ...] = ()) -> Visit:
    """Fill in as much as a reader well might: four points and five questions."""
    picked = ("how-often", "serious-infection", "tests", "cost")
    visit = Visit(move=Move.START, picked=tuple(Picked(concern=item) for item in picked))
    offered = prompts_for(shipped().catalogue, condition, options, Who.ADULT, visit, now)[:5]
    return visit.evolve(
        ticked=tuple(Ticked(prompt=item.id) for item in offered),
        notes="Stiff for two hours each morning.",
    )


def full_sheet(condition: str, now: tuple[str, ...] = ()) -> Sheet:
    offered = options_in(shipped().catalogue, condition, now)
    options = tuple(item.id for item in offered if item.is_offered)[:3]
    visit = full_visit(condition, options, now)
    return sheet_of(shipped().catalogue, condition, options, Who.ADULT, visit, now)


def sizes(made: bytes) -> set[float]:
    """Return the sizes of all letters of a PDF, in points."""
    found: set[float] = set()
    for page in read(made).pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, _font, size: (
                found.add(round(size * abs(tm[3] * cm[3]), 1)) if text.strip() else None
            )
        )
    return found


@pytest.mark.parametrize("condition", conditions())
def test_sheet_is_a_page_and_when_to_get_help(condition: str) -> None:
    """In every condition: at most 900 words, the visit first, the signs on one page behind it."""
    made = visit_pdf.write(full_sheet(condition), shipped().catalogue, "v", link=LINK)
    pages = sheets(made)
    assert len(pages) <= 2
    assert "My questions" in pages[0]
    assert "Call 911 now" in pages[-1]
    assert sum(len(page.split()) for page in pages) <= MOST_WORDS


def test_sheet_of_plans_is_no_longer() -> None:
    """With methotrexate taken now and all of its signs it keeps to the same words and pages."""
    made = visit_pdf.write(full_sheet("ra", ("methotrexate",)), shipped().catalogue, "v", link=LINK)
    pages = sheets(made)
    assert len(pages) == 2
    assert sum(len(page.split()) for page in pages) <= MOST_WORDS


def test_three_that_exclude_each_other_are_told_of_once() -> None:
    """Three biologics are one sentence and two pages; of methotrexate and two, one pair is told."""
    catalogue = shipped().catalogue
    three, two = (
        sheet_of(catalogue, "ra", options, Who.ADULT, full_visit("ra", options))
        for options in (
            ("tocilizumab", "sarilumab", "anakinra"),
            ("methotrexate", "sarilumab", "anakinra"),
        )
    )
    made = visit_pdf.write(three, catalogue, "v", link=LINK)
    assert said(made).count("never two of them together") == 1
    assert said(made).count("In RA, that brought more serious infections") == 1
    assert len(read(made).pages) == 2
    assert "never both together" in visit_text.write(two, catalogue, "v")


def test_nothing_is_set_smaller_to_make_it_fit() -> None:
    """Text has 11 points and small print 9; large letters have 16 and 14, on at most 3 pages."""
    long = full_sheet("ra", ("methotrexate",)).evolve(notes="\n".join(["Sore hands"] * 40))
    assert min(sizes(visit_pdf.write(long, shipped().catalogue, "v", link=LINK))) == 9
    made = visit_pdf.write(full_sheet("ra"), shipped().catalogue, "v", link=LINK, large=True)
    assert len(read(made).pages) <= 3
    assert min(sizes(made)) == 9  # the foot of the page
    assert {14, 16} <= sizes(made)


def test_the_browser_prints_nothing_smaller_either() -> None:
    """The stylesheet sets no text below 9 points for paper."""
    sizes = [float(size) for size in re.findall(r"font-size:([\d.]+)pt", visit_html.style())]
    assert min(sizes) == 9
    assert 11 in sizes


def test_the_link_leads_to_the_comparison_of_this_choice() -> None:
    """It is a link and a code in the PDF and on the page, and a line in the text."""
    found = sheet()
    made = read(visit_pdf.write(found, shipped().catalogue, "v", link=LINK))
    links = [
        str(item.get_object()["/A"]["/URI"])
        for page in made.pages
        for item in page.get("/Annots", ())
        if "/A" in item.get_object()
    ]
    assert LINK in links
    html = visit_html.write(found, shipped().catalogue, "v", link=LINK)
    assert f'href="{LINK.replace("&", "&amp;")}"' in html
    assert "data:image/svg+xml," in html
    assert LINK in visit_text.write(found, shipped().catalogue, "v", LINK)
    assert "data:image" not in visit_html.write(found, shipped().catalogue, "v")


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


def test_large_letters_say_the_same() -> None:
    """The large sheet leaves nothing out, on more pages."""
    plain = visit_pdf.write(sheet(), shipped().catalogue, "v")
    large = visit_pdf.write(sheet(), shipped().catalogue, "v", large=True)
    assert len(read(large).pages) > len(read(plain).pages)
    for text in ("We hope for a child", "How do I swap?", "Sore hands", "Call 911 now"):
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
    text = " ".join(page.extract_text() for page in read(made).pages)  # in the order of printing
    assert "can't be printed" not in text
    assert "\u25a1" not in text
    assert text.count("\U0001f600") == 2
    assert "\u200b" not in text


def test_empty_parts_and_defaults_are_left_out() -> None:
    """No weight that nobody chose, and no point where none was picked; a chosen one stands."""
    some, much = (
        sheet(Visit(picked=(Picked(concern="how-often", weight=weight),))) for weight in Weight
    )
    for write in (
        lambda seen: said(visit_pdf.write(seen, shipped().catalogue, "v")),
        lambda seen: visit_html.write(seen, shipped().catalogue, "v"),
        lambda seen: visit_text.write(seen, shipped().catalogue, "v"),
    ):
        assert "what matters to me" not in write(sheet(Visit())).lower()
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
    shown = r'<details class="ax-words">.*?</details>|<span class="ax-gloss">.*?</span>|<[^>]+>'
    html = unescape(re.sub(shown, " ", visit_html.write(found, shipped().catalogue, "v")))
    paper = said(visit_pdf.write(found, shipped().catalogue, "v"))
    for term in shipped().catalogue.glossary:  # the few words on a term stand in the sentence
        paper = paper.replace(f" ({term.short})", "").replace(f": {term.short})", ")")
    wanted = [item.said.text for item in found.mistakes]
    wanted += [cell.text for line in found.lines for cell in line.cells]
    signs = (*found.signs.emergency, *found.signs.same_day)
    wanted += [part.text for item in signs for part in (item, *item.more)]
    wanted += [*found.questions, found.notes, found.nobody_answers]
    for part in wanted:
        assert letters(part) in letters(text)
        assert letters(part) in letters(html)
        assert letters(part) in letters(paper)


def test_signs_stand_in_short_lists_by_whose_they_are() -> None:
    """Nobody reads more than seven in one list; what to do at each of them stands before all."""
    options, now = ("stay", "add-adalimumab", "add-anakinra"), ("methotrexate",)
    found = sheet_of(shipped().catalogue, "ra", options, Who.ADULT, Visit(), now)
    parts = visit_parts.arrange(found, shipped().catalogue, "v")
    groups = (*parts.emergency, *parts.same_day)
    assert max(len(group.signs) for group in groups) <= 7
    assert [group.label for group in parts.same_day] == ["", "Methotrexate"]
    signs = (*found.signs.emergency, *found.signs.same_day)
    assert sum(len(group.signs) for group in groups) == len(signs)
    text = visit_text.write(found, shipped().catalogue, "v")
    assert text.index("Each sign:") < text.index("- Signs of infection")


def letters(text: str) -> str:
    """Return a text without its blanks and hyphens, which a line's end may add."""
    return re.sub(r"[\s-]+", "", text)


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


def test_facts_on_screen_are_those_of_the_points() -> None:
    """Beside the points stand their rows; the rows that every sheet has stand on the sheet."""
    html = visit_html.facts(sheet(), shipped().catalogue)
    assert "Every week" in html
    assert "Too much" not in html


def test_what_all_options_say_stands_once() -> None:
    """A line in which all options say the same has one cell, and says that it holds for all."""
    visit = Visit(picked=(Picked(concern="serious-infection"),))
    made = sheet_of(shipped().catalogue, "ra", RA, Who.ADULT, visit)
    text = visit_text.write(made, shipped().catalogue, "v")
    assert text.count("All: Cannot be compared") == 1
    assert 'colspan="3"' in visit_html.write(made, shipped().catalogue, "v")


def test_the_sheet_of_a_child_speaks_to_the_parent() -> None:
    """Its title, the option to stay and the line on a crisis are not in the voice of the patient."""
    catalogue = shipped().catalogue
    options = ("anakinra", "stay")
    text = visit_text.write(
        sheet_of(catalogue, "stills", options, Who.CHILD, Visit()), catalogue, "v"
    )
    assert text.startswith("For my child's visit: Still's disease")
    assert "If your child speaks of ending life" in text
    assert " I " not in text
    adult = visit_text.write(
        sheet_of(catalogue, "stills", options, Who.ADULT, Visit()), catalogue, "v"
    )
    assert adult.startswith("For my visit")
    assert "your child speaks" not in adult


def test_a_gap_is_still_named_on_the_sheet() -> None:
    """What was not found says so, and that it does not mean no."""
    visit = Visit(picked=(Picked(concern="alcohol", weight=Weight.A_LOT),))
    made = sheet_of(shipped().catalogue, "ra", RA, Who.ADULT, visit)
    text = visit_text.write(made, shipped().catalogue, "v")
    assert "Anakinra (Kineret): Not found" in text
    assert "'Not found' does not mean no." in text
    assert "does not mean no" not in visit_text.write(sheet(Visit()), shipped().catalogue, "v")


@pytest.mark.parametrize("condition", conditions())
def test_terms_of_the_sheet_are_explained_on_screen(condition: str) -> None:
    """A hard word in a sign has its meaning in a few words, or opens it; it is seldom used."""
    content = shipped().catalogue
    made = sheet_of(
        content, condition, content.condition(condition).preselect.options, Who.ADULT, Visit()
    )
    signs = [item.text for item in (*made.signs.emergency, *made.signs.same_day)]
    html = visit_html.write(made, content, "v")
    used = found_in(signs, content.glossary)
    assert len(used) <= 4
    for term in used:
        assert (term.short or term.meaning.split(".")[0]) in unescape(html)


def test_a_crisis_has_a_line_of_its_own() -> None:
    """It is no sign of a medicine: what to do with the dose is not told with it."""
    text = visit_text.write(full_sheet("ra"), shipped().catalogue, "v")
    (line,) = (it for it in text.splitlines() if "ending your life" in it)
    assert "call or text 988" in line
    assert "ake no more" not in line
