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
    """The shipped bank has a line with its counts and plan, its cue test, and the panel's scores."""
    lines = summary_of(shipped().catalogue)
    bank = next(line for line in lines if line.startswith("questions: "))
    plan = shipped().catalogue.blueprint
    assert f" of {plan.total}, critical: " in bank
    assert "; by topic: what-it-is " in bank
    assert any(line.startswith("right answer longest: ") for line in lines)
    guessed = [line for line in lines if line.startswith("guessing, ")]
    assert guessed[0].startswith("guessing, whole bank: best ")
    assert guessed[1].startswith("guessing, critical: best ")


def test_every_medicine_has_its_reading_grades() -> None:
    """There is a line with both grades for each medicine, and one for the guide."""
    grades = [
        line for line in summary_of(shipped().catalogue) if line.startswith("reading grade, ")
    ]
    assert len(grades) == len(shipped().catalogue.published) + 1
    assert "core" in grades[0]
    assert "details" in grades[0]
