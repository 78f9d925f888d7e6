"""The class report as files, read back by other parsers."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from explorer.domain.class_report import AskedQuestion, ClassReport
from explorer.domain.class_results import build_report
from explorer.domain.messages import Words
from explorer.domain.own_questions import OwnDraft, OwnDraftOption, finished
from explorer.domain.questions import Bank, QuestionKind, Topic
from explorer.domain.sessions import TeachingPhase
from explorer.export import report_csv, report_html, report_lines, report_pdf, report_xlsx
from explorer.export.quiz_exchange.entries import entries
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import prepared
from explorer.export.tables import Separator
from tests.paper import sheets
from tests.questions import option, question
from tests.shipped import shipped


@pytest.fixture(scope="module")
def words() -> Words:
    return shipped().catalogue.words


def asked(name: str, phase: TeachingPhase, right: int, wrong: int) -> AskedQuestion:
    """Ask a question whose wrong option would be a formula in a spreadsheet."""
    options = [option("a", key=True), option("b", text="=1+1"), option("c")]
    people = [f"p{place}" for place in range(right + wrong)]
    return AskedQuestion(
        question=question(name, concept="c1", options=options),
        phase=phase,
        shown=frozenset(people),
        answers=tuple((who, ("a",) if n < right else ("b",)) for n, who in enumerate(people)),
    )


def made(people: int = 10) -> ClassReport:
    right = people // 2
    return build_report(
        [
            asked("q1", TeachingPhase.BEFORE, right, people - right),
            asked("q2", TeachingPhase.AFTER, people, 0),
        ],
        {"c1": "Call the same day"},
        code="ABC234",
        title="Ready lesson",
        opened=datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
        content="abc123",
        people=people,
    )


def test_the_csv_is_one_plain_table(words: Words) -> None:
    """A record for each line of each table, what it is of in all; no text is a formula."""
    raw = report_csv.write(made(), words)
    lines = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert {line["Code"] for line in lines} == {"ABC234"}
    change = next(line for line in lines if line["Critical point"] == "Call the same day")
    tables = report_lines.file_tables(made(), words)
    assert [change[title] for title in tables[0].head] == list(tables[0].rows[1])
    assert len(lines) == sum(len(table.rows) for table in tables)
    assert change["Notes"] == " ".join(tables[0].remarks)
    option = next(line for line in lines if line.get("Answer") == "'=1+1")
    assert (option["Question"], option["Chosen by"]) == ("What about q1?", "5")
    assert not any(
        str(cell).startswith(("=", "+", "-", "@")) for line in lines for cell in line.values()
    )
    semicolons = report_csv.write(made(), words, separator=Separator.SEMICOLON)
    again = csv.DictReader(io.StringIO(semicolons.decode("utf-8-sig")), delimiter=";")
    assert list(again) == lines


def test_a_report_of_nothing_says_what_it_is_of(words: Words) -> None:
    """Without a question there is one record, with the lesson and the code."""
    empty = build_report([], {}, code="A", title="T", opened=made().opened, content="v", people=0)
    lines = list(csv.DictReader(io.StringIO(report_csv.write(empty, words).decode("utf-8-sig"))))
    assert [(line["Lesson"], line["Code"]) for line in lines] == [("T", "A")]


def test_the_workbook_reads_back(words: Words) -> None:
    """A sheet for each table; counts are numbers, no formula; equal input gives equal bytes."""
    raw = report_xlsx.write(made(), words)
    book = load_workbook(io.BytesIO(raw))
    assert book.sheetnames == [
        "About",
        "Before and after",
        "Questions",
        "Answers",
        "Items",
        "People",
    ]
    first = [cell.value for cell in book["Questions"][2]]
    assert first[:6] == ["Before", "What about q1?", 10, 5, "50%", "24 to 76"]
    assert {cell.data_type for row in book["Answers"].iter_rows() for cell in row} == {"s", "n"}
    assert raw == report_xlsx.write(made(), words)


def test_items_are_named_as_in_the_qti_file(words: Words) -> None:
    """So that a result finds its item in a platform; a poll is in no such file."""
    book = load_workbook(io.BytesIO(report_xlsx.write(made(), words)))
    rows = [[cell.value for cell in row] for row in book["Items"].iter_rows(max_row=3)]
    assert rows[1] == [1, "Before", "i-q1", "q1.v1", 10, 5, "50%", "too few people"]
    (own,) = entries(
        Bank(topics=(Topic(id="t", order=1, title="T", questions=(question("q1"),)),)), words
    )
    made_of = prepared(ExchangeFormat.QTI21, (own,), words, "v", made().opened.date()).made()
    item = zipfile.ZipFile(io.BytesIO(made_of)).read("items/q1.xml").decode()
    assert f'identifier="{rows[1][2]}" title="{rows[1][3]}"' in item
    polls = [row for row in report_lines.items(with_own(), words).rows if row[2] == "\N{EN DASH}"]
    assert len(polls) == 2


def test_the_pdf_is_two_tagged_pages(words: Words) -> None:
    """Twelve questions fit on two pages; tags, language, title and the figures are there."""
    items = [
        asked(f"q{n}", TeachingPhase.BEFORE if n < 6 else TeachingPhase.AFTER, 4 + n % 3, 3)
        for n in range(12)
    ]
    full = build_report(
        items,
        {"c1": "Call the same day"},
        code="ABC234",
        title="Ready lesson",
        opened=datetime(2026, 11, 25, tzinfo=UTC),
        content="abc123",
        people=9,
    )
    raw = report_pdf.write(full, words)
    reader = PdfReader(io.BytesIO(raw))
    assert len(reader.pages) == 2
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Class report"
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Call the same day" in text
    assert "What about q11?" in text
    assert raw == report_pdf.write(full, words)


def test_a_long_lesson_goes_on_to_further_pages(words: Words) -> None:
    """Forty questions do not fit on two pages, and none of them is cut."""
    items = [asked(f"q{n}-end", TeachingPhase.FREE, 4, 3) for n in range(40)]
    long = build_report(
        items,
        {},
        code="ABC234",
        title="Own choice",
        opened=datetime(2026, 11, 25, tzinfo=UTC),
        content="abc123",
        people=7,
    )
    text = " ".join(sheets(report_pdf.write(long, words)))
    assert [n for n in range(40) if f"q{n}-end" not in text] == []


def test_a_class_of_four_is_hidden_in_every_file(words: Words) -> None:
    """No share, no count of answers, in any table."""
    tables = report_lines.tables(made(people=4), words)
    assert [table.id for table in tables] == ["changes", "questions"]
    cells = {cell for table in tables for row in table.rows for cell in row}
    assert "hidden, under 5" in cells
    assert not any("%" in cell for cell in cells)


def test_too_few_people_is_said_and_undefined_is_a_dash(words: Words) -> None:
    """Under 30 people a correlation is "too few people"; a gain that cannot be is a dash."""
    assert report_lines.questions(made(), words).rows[0][-1] == "too few people"
    all_knew = build_report(
        [asked("q1", TeachingPhase.BEFORE, 6, 0), asked("q2", TeachingPhase.AFTER, 6, 0)],
        {},
        code="A",
        title="T",
        opened=datetime(2026, 11, 25, tzinfo=UTC),
        content="v",
        people=6,
    )
    assert report_lines.changes(all_knew, words).rows[1][4:6] == ("\N{EN DASH}", "\N{EN DASH}")


def test_the_report_begins_with_what_to_teach_again(words: Words) -> None:
    """Each point with how many missed it, before all else."""
    label, said = report_lines.facts(made(), words)[0]
    assert label == "Teach again"
    assert said == "No point was missed by many, as far as it can be shown."
    worse = build_report(
        [asked("q1", TeachingPhase.BEFORE, 2, 5)],
        {"c1": "Call the same day"},
        code="A",
        title="T",
        opened=made().opened,
        content="v",
        people=7,
    )
    assert report_lines.facts(worse, words)[0][1].endswith("(5 of 7 not right)")


def test_every_report_says_that_the_two_questions_differ(words: Words) -> None:
    """With or without a draw the change is not learning alone."""
    for drawn, said in ((True, "Chance decided"), (False, "the same one always came first")):
        report = made().evolve(drawn=drawn)
        assert any(said in remark for remark in report_lines.changes(report, words).remarks)


def with_own(people: int = 6) -> ClassReport:
    """Report a poll, a short text that is no formula, how sure people were, and weeks later."""
    who = tuple(f"p{place}" for place in range(people))
    poll = OwnDraft(
        kind=QuestionKind.POLL,
        stem="Who did it?",
        options=(OwnDraftOption(text="I"), OwnDraftOption(text="Not I")),
    )
    text = OwnDraft(kind=QuestionKind.TEXT, stem="What worries you?")
    own = [
        AskedQuestion(
            question=finished(draft).asked(),
            phase=TeachingPhase.FREE,
            shown=frozenset(who),
            answers=tuple((name, answer) for name in who),
            texts=shown,
        )
        for draft, answer, shown in ((poll, ("o1",), ()), (text, ("=1+1",), ("=1+1",)))
    ]
    rounds = [
        asked(name, phase, right, people - right).evolve(
            sure=frozenset(who[:3]), asked_sureness=True
        )
        for name, phase, right in (
            ("q1", TeachingPhase.BEFORE, 2),
            ("q2", TeachingPhase.AFTER, people),
            ("q3", TeachingPhase.LATER, 3),
        )
    ]
    return build_report(
        [*rounds, *own],
        {"c1": "Call the same day"},
        code="ABC234",
        title="Ready lesson",
        opened=datetime(2026, 11, 25, tzinfo=UTC),
        content="abc123",
        people=people,
    )


def test_own_questions_are_marked_in_every_file(words: Words) -> None:
    """A poll has counts and dashes where a share would be; a text is no formula."""
    report = with_own()
    lines = list(csv.DictReader(io.StringIO(report_csv.write(report, words).decode("utf-8-sig"))))
    marked = "Who did it? (from the educator, not checked by this site)"
    asked_so = [line for line in lines if line["Question"] == marked]
    assert [(line["Right"], line["Share right"]) for line in asked_so if line["Shown to"]][:1] == [
        ("\N{EN DASH}", "\N{EN DASH}")
    ]
    assert {line["Right answer"] for line in asked_so if line["Answer"]} == {"\N{EN DASH}"}
    assert [line["Text"] for line in lines if line["Text"]] == ["'=1+1"]
    book = load_workbook(io.BytesIO(report_xlsx.write(report, words)))
    assert {"Weeks later", "Sure", "Texts"} <= set(book.sheetnames)
    drawn = "".join(report_html.table(table, words) for table in report_lines.tables(report, words))
    assert marked in drawn
    text = " ".join(sheets(report_pdf.write(report, words)))
    assert "not checked by this site" in " ".join(text.split())
    assert "Weeks later, on the same people" in " ".join(text.split())


def test_the_report_says_before_after_and_weeks_later(words: Words) -> None:
    """Shares of those who were there three times; under 5 people only their number."""
    (_, concept) = report_lines.later(with_own(), words).rows
    assert concept[:5] == ("Call the same day", "33%", "100%", "50%", "\N{MINUS SIGN}50")
    assert report_lines.sureness(with_own(), words).rows[0][3:] == ("3", "1")
    hidden = report_lines.later(with_own(4), words).rows[0]
    assert set(hidden[1:6]) == {"hidden, under 5"}
    assert hidden[6] == "4"
