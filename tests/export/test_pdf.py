"""The PDFs, read back by another parser: text, tags, language, title, fonts, equal bytes."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import compare, options_in
from explorer.domain.option_order import printed_order
from explorer.domain.questions import Bank, Case, QuestionKind, Topic
from explorer.domain.record_code import verify
from explorer.domain.records import CheckVerdict, Record, RecordedConcept, RecordedQuestion
from explorer.domain.visit import Picked, Visit, sheet_of
from explorer.domain.who import Who
from explorer.export import comparison_pdf, pdf, quiz_pdf, record_pdf, report_pdf, visit_pdf
from explorer.export.pdf_tags import with_row_headings
from tests.builders import small_catalogue
from tests.export.test_report import made as made_report
from tests.paper import sheets
from tests.questions import bank, option, question
from tests.shipped import shipped

pytestmark = pytest.mark.slow

MARKUP = '#let x = 1 $ < [ *b* _i_ @a \\ "q"'
CREATED = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return small_catalogue(tmp_path)


def record(**changes: Any) -> Record:
    fields: dict[str, Any] = {
        "name": "Ana Nowak",
        "date": "2026-11-23 14:05",
        "zone": "America/New_York",
        "content": "abc123",
        "verdict": CheckVerdict.NOT_PASSED,
        "right": 15,
        "total": 20,
        "percent": 75,
        "pass_mark": 80,
        "skipped": 1,
        "not_shown": 0,
        "concepts": (
            RecordedConcept(label="Never two doses", tries=1, right=True),
            RecordedConcept(label="Call the same day", tries=2, right=True),
            RecordedConcept(label="One syringe, one use", tries=2, right=False),
            RecordedConcept(label="Look at it", tries=0, right=False),
        ),
        "see_educator": ("One syringe, one use",),
        "review_topics": ("Storing", "Warning signs"),
        "seconds": 842,
        "attempt": 2,
        "questions": (RecordedQuestion(id="storing-one", version=2, made_right=5, decisions=6),),
    }
    return Record(**(fields | changes))


def worksheet_bank() -> Bank:
    return Bank(
        topics=(
            Topic(
                id="signs",
                order=1,
                title="Warning signs",
                cases=(Case(id="sam", text="Sam, 54, has a fever."),),
                questions=(
                    question(
                        "one",
                        case="sam",
                        options=[option("a", text=MARKUP, key=True), option("b"), option("c")],
                    ),
                    question("two", QuestionKind.SEVERAL, case="sam"),
                    question("three", QuestionKind.ORDER),
                    question("four", QuestionKind.SORT),
                    question("five", QuestionKind.NUMBER),
                    question("six", QuestionKind.TRUE_FALSE),
                ),
            ),
        )
    )


def a_record(catalogue: Catalogue) -> bytes:
    return record_pdf.write(record(), catalogue)


def a_worksheet(catalogue: Catalogue) -> bytes:
    return quiz_pdf.write(worksheet_bank(), catalogue, "abc123")


def a_comparison(catalogue: Catalogue) -> bytes:
    comparison = compare(catalogue, "ra", ["alpha", "beta", "stay"])
    return comparison_pdf.write(comparison, catalogue, "abc123")


def a_report(catalogue: Catalogue) -> bytes:
    return report_pdf.write(made_report(), catalogue.words)


def a_sheet(catalogue: Catalogue) -> bytes:
    visit = Visit(picked=(Picked(concern="how-often"),), notes="Sore")
    content = shipped().catalogue
    options = ("methotrexate", "anakinra")
    return visit_pdf.write(sheet_of(content, "ra", options, Who.ADULT, visit), content, "v")


WRITERS = (a_record, a_worksheet, a_comparison)
TITLES = {
    a_record: "Record of a check: using anakinra (Kineret) safely",
    a_worksheet: "Worksheet: using anakinra (Kineret)",
    a_comparison: "Anakinra Explorer: comparison",
}

Writer = Callable[[Catalogue], bytes]


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def text_of(made: bytes) -> str:
    """Give all text, without line breaks and without the marks that let a long word break."""
    said = " ".join(sheets(made))
    return " ".join(said.replace("\u200b", "").split())


def tags(node: Any) -> Iterator[str]:
    """Yield the structure types under a node of the structure tree."""
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from tags(kid)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from tags(node["/K"])


def fonts(reader: PdfReader) -> set[str]:
    """Give the base names of all fonts, and fail where one is not in the file."""
    found: set[str] = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
            found.add(str(inner["/BaseFont"]).split("+", 1)[-1])
    return found


@pytest.mark.fresh_pdf
@pytest.mark.parametrize("write", WRITERS)
def test_same_input_gives_same_bytes(catalogue: Catalogue, write: Writer) -> None:
    """Two calls give equal files, whatever the clock says."""
    assert write(catalogue) == write(catalogue)


@pytest.mark.parametrize("write", WRITERS)
def test_every_document_is_tagged_and_says_so(catalogue: Catalogue, write: Writer) -> None:
    """A file has a structure tree, marks itself as tagged, and claims PDF/UA-1."""
    reader = read(write(catalogue))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


@pytest.mark.parametrize("write", WRITERS)
def test_every_document_has_its_language_and_title(catalogue: Catalogue, write: Writer) -> None:
    """A reader is told the language, and shows the title instead of the file's name."""
    reader = read(write(catalogue))
    root = reader.root_object
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == TITLES[write]
    assert TITLES[write] in text_of(write(catalogue))


@pytest.mark.parametrize("write", WRITERS)
def test_all_fonts_are_the_shipped_ones_and_in_the_file(
    catalogue: Catalogue, write: Writer
) -> None:
    """No font of the machine is used, and every font travels with the file."""
    found = fonts(read(write(catalogue)))
    shipped = {"SourceSans3-Regular", "SourceSans3-Bold", "SourceSans3-It"}
    assert {name.removesuffix("-Identity-H") for name in found} <= shipped
    assert found


def test_the_fonts_are_shipped_with_their_licence_and_small() -> None:
    """The fonts and the Open Font License are there, below six megabytes together."""
    files = {path.name: path.stat().st_size for path in pdf.FONTS.iterdir()}
    assert set(files) == {
        "NotoEmoji-Regular.ttf",
        "NotoSansArabic-Regular.ttf",
        "NotoSansCJKsc-Subset.otf",
        "NotoSansDevanagari-Regular.ttf",
        "NotoSansHebrew-Regular.ttf",
        "OFL.txt",
        "SourceSans3-Bold.otf",
        "SourceSans3-It.otf",
        "SourceSans3-Regular.otf",
    }
    assert sum(files.values()) < 6_000_000
    assert "SIL Open Font License" in (pdf.FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_the_record_is_a_page_with_all_it_must_say_and_one_to_check_it(
    catalogue: Catalogue,
) -> None:
    """The record names who, when and what, each concept in words, and what it is not."""
    made = record_pdf.write(record(), catalogue)
    assert len(read(made).pages) == 2
    text = text_of(made)
    for said in (
        "Ana Nowak",
        "2026-11-23 14:05 (America/New_York)",
        "14 min 2 s",
        "2 in this browser",
        "Not passed yet.",
        "15 of 20 questions were all right at the first try. With parts counted: 75 of 100.",
        "Never two doses 1 Right at the first try",
        "Call the same day 2 Right at the second try",
        "One syringe, one use 2 Missed twice",
        "Look at it 0 Not shown",
        "See your educator about",
        "Topics to review",
        "Warning signs",
        "Self-completed. It does not replace observed practice. The site does not store it.",
        "Observer of practice: name",
        "Observer: signature",
        "Content version abc123",
        "Page 1 of 2",
    ):
        assert said in text


def test_the_longest_record_is_still_a_page_before_that_of_its_lines(catalogue: Catalogue) -> None:
    """All shipped concepts missed twice and nine topics to review leave room for signatures."""
    labels = tuple(item.label for item in shipped().catalogue.bank.concepts)
    full = record(
        not_shown=3,
        concepts=tuple(RecordedConcept(label=label, tries=2, right=False) for label in labels),
        see_educator=labels,
        review_topics=("A topic with a longish title",) * 9,
        questions=tuple(
            RecordedQuestion(id=item.id, version=1, made_right=1, decisions=1)
            for item in shipped().catalogue.bank.questions[:30]
        ),
    )
    assert len(labels) == 10
    pages = read(record_pdf.write(full, catalogue)).pages
    assert len(pages) == 2
    assert "To check this record" in pages[1].extract_text().replace("\u200b", "")[:40]


def test_the_lines_of_the_file_fit_its_code(catalogue: Catalogue) -> None:
    """Copied out of the PDF as they stand there, with a long name and broken lines."""
    asked = tuple(
        RecordedQuestion(
            id=f"{'a-long-name-' * 5}{place}", version=1, made_right=1 - place % 4 // 3, decisions=1
        )
        for place in range(20)
    )
    for name in ("Ana Nowak", "W" * 80, ""):
        made = record(name=name, questions=asked)
        page = sheets(record_pdf.write(made, catalogue))[1]
        lines = page[: page.index("Anakinra Explorer. Content version")]
        assert verify(lines) == (), lines


def test_a_blank_record_has_no_minutes_and_a_line_for_the_name(catalogue: Catalogue) -> None:
    """Without a name and without times nothing is made up."""
    text = text_of(record_pdf.write(record(name="", seconds=None), catalogue))
    assert "Name Date" in text
    assert "Time taken" not in text
    assert "can't print" not in text


@pytest.mark.parametrize("name", [MARKUP, "#panic()", "Nguyễn Łucja O'Brien-Ærø"])
def test_a_name_is_text_and_never_markup(catalogue: Catalogue, name: str) -> None:
    """What a person types stands in the file as typed."""
    assert name in text_of(record_pdf.write(record(name=name), catalogue))


def test_a_very_long_name_stays_on_the_page(catalogue: Catalogue) -> None:
    """A name of one endless word is broken into lines, none of it lost."""
    made = record_pdf.write(record(name="W" * 200), catalogue)
    page = read(made).pages[0]
    right_edges = []
    page.extract_text(
        visitor_text=lambda text, _cm, tm, _font, size: right_edges.append(
            tm[4] + 0.5 * size * len(text.replace("\u200b", "").rstrip("\n"))
        )
    )
    assert text_of(made).replace(" ", "").count("W" * 200) == 2
    assert max(right_edges) < 612


@pytest.mark.parametrize("name", ["สมชาย", "தமிழ்", "a\ue000b", "a\ud800b"])
def test_a_name_that_cannot_be_printed_leaves_a_line(catalogue: Catalogue, name: str) -> None:
    """Letters that the fonts do not have lose the name, never the record, and it says so."""
    text = text_of(record_pdf.write(record(name=name), catalogue))
    assert "The name typed has letters that this file can't print." in text
    assert "15 of 20" in text


def test_the_record_bears_its_own_time(catalogue: Catalogue) -> None:
    """The time of creation is that of the check, in its zone."""
    metadata = read(record_pdf.write(record(), catalogue)).metadata
    assert metadata is not None
    assert metadata.creation_date == datetime(2026, 11, 23, 19, 5, tzinfo=UTC)


def test_the_worksheet_keeps_the_key_on_pages_of_its_own(catalogue: Catalogue) -> None:
    """The questions tell nothing of the key; the key with its reasons starts a page."""
    pages = [" ".join(page.split()) for page in sheets(a_worksheet(catalogue))]
    first_key = next(place for place, page in enumerate(pages) if "Key with the reasons" in page)
    questions, key = " ".join(pages[:first_key]), " ".join(pages[first_key:])
    assert pages[first_key].startswith("Key with the reasons")
    assert "Why a." not in questions
    assert "Key:" not in questions
    assert "not right: Why b." in key
    assert "Key: 100 mg" in key
    assert "Settled by: alpha/route" in key


def test_the_forms_of_a_worksheet_ask_the_same_in_two_orders(catalogue: Catalogue) -> None:
    """Without its key nothing of it is told; each question to tick has its bubbles."""
    texts = {}
    for form in quiz_pdf.FORMS:
        choice = quiz_pdf.SheetChoice(form=form, key=False, bubbles=True)
        made = quiz_pdf.write(worksheet_bank(), catalogue, "abc123", choice=choice)
        texts[form] = text_of(made)
        assert f"Form {form}" in texts[form]
        assert "Your answers" in texts[form]
        assert "Why b." not in texts[form]
        assert "Key" not in texts[form]
    first, second = (sorted(text.replace("Form B", "Form A")) for text in texts.values())
    assert first == second
    assert texts["A"].replace("Form A", "") != texts["B"].replace("Form B", "")


def test_the_worksheet_says_what_to_do_in_each_kind(catalogue: Catalogue) -> None:
    """Each kind has its own instruction, a case stands once, and text is no markup."""
    text = text_of(a_worksheet(catalogue))
    for said in (
        "Tick one answer.",
        "Tick all that fit.",
        "write 1, 2, 3 and so on in the boxes.",
        "1 = Now; 2 = Later.",
        "Write your number, in mg.",
        MARKUP,
    ):
        assert said in text
    assert text.count("Sam, 54, has a fever.") == 1


def test_options_are_shuffled_always_the_same_way() -> None:
    """Keys are not all first, true and false keep their order, and steps are never in order."""
    questions = bank().questions
    firsts = {printed_order(item)[0].id for item in questions}
    assert firsts == {"a", "b", "c"}
    for item in questions:
        assert printed_order(item) == printed_order(item)
    ordered = [question(f"order-{n}", QuestionKind.ORDER) for n in range(30)]
    assert all(printed_order(item) != item.options for item in ordered)
    true_false = question("tf", QuestionKind.TRUE_FALSE)
    assert printed_order(true_false) == true_false.options


def test_the_comparison_is_a_table_with_heads(catalogue: Catalogue) -> None:
    """The table and the eight weeks are tagged as such, with heads, and the pages are wide."""
    reader = read(a_comparison(catalogue))
    found = list(tags(reader.root_object["/StructTreeRoot"]))
    assert found.count("/Table") == 2
    assert found.count("/TH") >= 4
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (792, 612)


def elements(node: Any, kind: str) -> Iterator[Any]:
    """Yield the structure elements of a kind under a node."""
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from elements(kid, kind)
    elif isinstance(node, dict):
        if node.get("/S") == kind:
            yield node
        if "/K" in node:
            yield from elements(node["/K"], kind)


def scope(cell: Any) -> str:
    """Give what a heading cell is a heading of."""
    found = [item.get("/Scope", "") for item in cell.get("/A", []) if item.get("/O") == "/Table"]
    return str(found[0]) if found else ""


@pytest.mark.parametrize("write", [a_record, a_comparison, a_report, a_sheet])
def test_every_row_of_a_table_has_a_heading(catalogue: Catalogue, write: Writer) -> None:
    """Each row with data has one cell that is tagged as the heading of the row, no data above."""
    root = read(write(catalogue)).root_object["/StructTreeRoot"]
    rows = [
        [cell.get_object() for cell in row["/K"]]
        for table in elements(root, "/Table")
        for row in elements(table, "/TR")
    ]
    with_data = [cells for cells in rows if any(cell["/S"] == "/TD" for cell in cells)]
    assert with_data
    for cells in with_data:
        assert [scope(cell) for cell in cells if cell["/S"] == "/TH"] == ["/Row"]
        assert all("/Headers" not in a for c in cells for a in c["/A"])
    for cells in rows:
        if cells not in with_data:
            assert {scope(cell) for cell in cells} == {"/Column"}


def test_a_question_is_the_heading_of_its_row_in_a_report(catalogue: Catalogue) -> None:
    """In the table of questions the second column names the row; the first says which round."""
    root = read(a_report(catalogue)).root_object["/StructTreeRoot"]
    rows = [list(row["/K"]) for row in elements(list(elements(root, "/Table"))[-1], "/TR")][1:]
    assert rows
    for row in rows:
        assert [cell.get_object()["/S"] for cell in row[:3]] == ["/TD", "/TH", "/TD"]


def test_the_tags_alone_are_changed() -> None:
    """A file without a table stays as it is, and no byte of another one moves."""
    cell = b"\n3 0 obj\n<</Type/StructElem/S/TD/P 4 0 R/A[<</O/Table/Headers[(U1x0y0)]>>]/K[1]>>"
    row = b"\n4 0 obj\n<</Type/StructElem/S/TR/P 5 0 R/K[3 0 R]>>"
    table = b"\n5 0 obj\n<</Type/StructElem/S/Table/P 6 0 R/K[4 0 R]>>\n"
    made = with_row_headings(cell + row + table)
    assert len(made) == len(cell + row + table)
    assert b"/S/TH/P 4 0 R/A[<</O/Table/Scope/Row" in made
    assert with_row_headings(b"plain") == b"plain"


@pytest.mark.parametrize("write", [*WRITERS, a_report, a_sheet])
def test_every_document_has_one_main_heading(catalogue: Catalogue, write: Writer) -> None:
    """The title is the one heading of the first level, and no level is left out."""
    found = [
        t for t in tags(read(write(catalogue)).root_object["/StructTreeRoot"]) if t[:2] == "/H"
    ]
    levels = [int(tag[2:]) for tag in found]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_worksheet_is_made_of_lists(catalogue: Catalogue) -> None:
    """Questions, their answers and the reasons are list items, each with its label."""
    found = list(tags(read(a_worksheet(catalogue)).root_object["/StructTreeRoot"]))
    questions = worksheet_bank().topics[0].questions
    options = sum(len(item.options) for item in questions)
    assert found.count("/LI") == 2 * len(questions) + 2 * options
    assert found.count("/Lbl") == found.count("/LI")
    text = text_of(a_worksheet(catalogue))
    assert all(f"{number}." in text for number in range(1, len(questions) + 1))


def test_the_comparison_has_the_texts_and_references_of_the_object(catalogue: Catalogue) -> None:
    """Every cell, sign, mistake and reference stands in the file, gaps are named."""
    comparison = compare(catalogue, "ra", ["alpha", "beta", "stay"])
    text = text_of(comparison_pdf.write(comparison, catalogue, "abc123"))
    for row in comparison.rows:
        assert row.row.question in text
        for cell in row.cells:
            assert cell.text in text
    for column in comparison.columns:
        assert column.title in text
        for flag in column.red_flags:
            assert flag.sign in text
    assert "Not found We found no study." in text
    last = comparison.references[-1]
    assert f"[{last.number}] {last.source.title}. {last.source.publisher}." in text
    assert f"[{last.number + 1}]" not in text
    assert "No doctor, nurse or pharmacist has signed it off yet" in text


@pytest.mark.parametrize("condition", ["ra", "caps"])
def test_every_shipped_option_can_be_printed(condition: str) -> None:
    """All options fit, four to a table, then eight weeks and figures, in letters of the fonts."""
    content = shipped()
    options = [item.id for item in options_in(content.catalogue, condition) if item.is_offered]
    comparison = compare(content.catalogue, condition, options)
    made = comparison_pdf.write(comparison, content.catalogue, content.version)
    assert made.count(b"/Type/StructElem/S/Table/") == -(-len(options) // 4) + 2


def test_the_engine_names_what_failed() -> None:
    """A missing template, missing data and a time without a zone are told apart."""
    with pytest.raises(pdf.PdfError, match="There is no template 'none'"):
        pdf.render("none", {}, created=CREATED, boxes="")
    with pytest.raises(pdf.PdfError, match="The PDF 'record' could not be made"):
        pdf.render("record", {"title": "t"}, created=CREATED, boxes="")
    with pytest.raises(ValueError, match="zone"):
        pdf.render("record", {}, created=CREATED.replace(tzinfo=None), boxes="")
