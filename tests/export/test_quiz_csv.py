"""The questions as CSV, read back."""

import csv
import io
from pathlib import Path

import pytest

from explorer.domain.catalogue import Catalogue, UnknownId
from explorer.domain.questions import Bank, Case, Concept, QuestionKind, Topic
from explorer.export import quiz_csv
from tests.builders import small_catalogue
from tests.questions import option, question

EVIL = '=HYPERLINK("http://x")'


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return small_catalogue(tmp_path)


def small_bank() -> Bank:
    return Bank(
        topics=(
            Topic(
                id="late",
                order=2,
                title="Later topic",
                questions=(
                    question("steps", QuestionKind.ORDER),
                    question("sort", QuestionKind.SORT),
                ),
            ),
            Topic(
                id="early",
                order=1,
                title="Early topic",
                cases=(Case(id="sam", text="Sam is 54."),),
                questions=(
                    question(
                        "first",
                        case="sam",
                        critical=True,
                        concept="c1",
                        options=[
                            option("a", text=EVIL, key=True),
                            option("b", action="Call first."),
                        ],
                    ),
                    question(
                        "dose",
                        QuestionKind.NUMBER,
                        number={
                            "value": 100,
                            "unit": "mg",
                            "tolerance": 5,
                            "rationale": "One syringe.",
                            "action": "Look at the label.",
                        },
                    ),
                ),
            ),
            Topic(id="empty", order=3, title="Empty topic"),
        ),
        concepts=(Concept(id="c1", label="Call the same day", audience="both", card="Call."),),
    )


def lines(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_one_line_an_option_and_one_a_number(catalogue: Catalogue) -> None:
    """Topics come in their order, each option has a line, and a number has one."""
    found = lines(quiz_csv.write(small_bank(), catalogue, "abc"))
    assert [(line["Item"], line["Option id"]) for line in found] == [
        ("first", "a"),
        ("first", "b"),
        ("dose", ""),
        ("steps", "a"),
        ("steps", "b"),
        ("steps", "c"),
        ("sort", "a"),
        ("sort", "b"),
        ("sort", "c"),
    ]


def test_a_line_holds_all_there_is_to_know(catalogue: Catalogue) -> None:
    """A line stands alone: the case is before the question, the sources and version behind."""
    line = lines(quiz_csv.write(small_bank(), catalogue, "abc"))[1]
    assert line == {
        "Item": "first",
        "Topic": "Early topic",
        "Concept": "Call the same day",
        "Critical": "yes",
        "Audience": "both",
        "Kind": "single",
        "Level": "apply",
        "Question": "Sam is 54. What about first?",
        "Option id": "b",
        "Option": "Text b.",
        "Key": "no",
        "Reason": "Why b.",
        "What to do": "Call first.",
        "Sources": "alpha/route",
        "Content version": "abc",
    }


def test_the_key_is_said_in_the_terms_of_the_kind(catalogue: Catalogue) -> None:
    """A place in ordering, a group in sorting, the number with how far off still counts."""
    found = lines(quiz_csv.write(small_bank(), catalogue, "abc"))
    assert [line["Key"] for line in found] == [
        "yes",
        "no",
        "yes",
        "1",
        "2",
        "3",
        "Now",
        "Later",
        "Now",
    ]
    assert found[2]["Option"] == "100 mg, give or take 5"
    assert found[2]["Reason"] == "One syringe."


def test_no_cell_starts_a_formula(catalogue: Catalogue) -> None:
    """A text that starts like a formula is made harmless and stays readable."""
    made = quiz_csv.write(small_bank(), catalogue, "abc")
    cells = [cell for line in csv.reader(io.StringIO(made.decode("utf-8-sig"))) for cell in line]
    assert [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}] == []
    assert f"'{EVIL}" in cells


def test_topics_can_be_chosen(catalogue: Catalogue) -> None:
    """Only the topics asked for are written, each once, in the bank's order."""
    made = quiz_csv.write(small_bank(), catalogue, "abc", ["late", "late"])
    assert {line["Topic"] for line in lines(made)} == {"Later topic"}
    assert len(lines(made)) == 6


def test_an_unknown_topic_is_named(catalogue: Catalogue) -> None:
    """A topic that does not exist is refused by name, even beside one that does."""
    with pytest.raises(UnknownId, match="There is no topic 'none'"):
        quiz_csv.write(small_bank(), catalogue, "abc", ["late", "none"])


@pytest.mark.parametrize(("bank", "topics"), [(Bank(), ()), (small_bank(), ("empty",))])
def test_nothing_to_export_is_said(
    catalogue: Catalogue, bank: Bank, topics: tuple[str, ...]
) -> None:
    """Without a question there is no file but a sentence."""
    with pytest.raises(quiz_csv.NoQuestions, match="There are no questions"):
        quiz_csv.write(bank, catalogue, "abc", topics)


def test_same_input_gives_same_bytes(catalogue: Catalogue) -> None:
    """Two calls give equal files."""
    first = quiz_csv.write(small_bank(), catalogue, "abc")
    assert first == quiz_csv.write(small_bank(), catalogue, "abc")
