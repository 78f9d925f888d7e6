"""What the content holds, in numbers."""

from pathlib import Path

from explorer.content.summary import summary, summary_of
from tests.builders import small_folder
from tests.shipped import shipped


def test_counts_are_those_of_the_folder(tmp_path: Path) -> None:
    """Medicines, rows, conditions, sources and cells are counted, variants apart."""
    lines = summary(small_folder(tmp_path))
    assert lines[0] == "medicines: 2, rows: 5, conditions: 2, sources: 2, glossary: 0"
    assert lines[1] == ("cells: 12 (stated 10, not-studied 1, not-found 1), variants among them: 2")


def test_the_bank_is_shown_against_its_blueprint() -> None:
    """The shipped bank is told with its plan and its critical questions, and its cue test."""
    catalogue = shipped().catalogue
    planned, bank_of = catalogue.blueprint.total, catalogue.bank.questions
    critical = sum(question.critical for question in bank_of)
    lines = summary_of(catalogue)
    bank = next(line for line in lines if line.startswith("questions: "))
    start = f"questions: {len(bank_of)} of {planned}, critical: {critical}; by topic: what-it-is "
    assert bank.startswith(start)
    assert any(line.startswith("right answer longest: ") for line in lines)


def test_every_medicine_has_its_reading_grades() -> None:
    """There is a line with both grades for each medicine, and one for the guide."""
    grades = [
        line for line in summary_of(shipped().catalogue) if line.startswith("reading grade, ")
    ]
    assert len(grades) == len(shipped().catalogue.published) + 1
    assert "core" in grades[0]
    assert "details" in grades[0]
