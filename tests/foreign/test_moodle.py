"""Our files in a real Moodle: imported by its own importers, read back from its question bank.

Each question is also answered rightly, in Moodle's own engine: the key is not only stored, it counts.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.entries import CHOICE as ONE_RIGHT
from explorer.export.quiz_exchange.entries import QuizEntry
from explorer.export.quiz_exchange.lines import fits_aiken
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.markup import picture_files
from tests.exchange import CHOICE, of, plain, spaced, told, unmarked
from tests.foreign.moodle_site import Moodle, needs_moodle

pytestmark = [pytest.mark.foreign, needs_moodle]

SCRIPT = "moodle_questions.php"


@pytest.fixture(params=["shipped", "torture"])
def bank(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def shown(markup: str | None) -> str:
    return spaced(plain(markup))


def imported(
    moodle: Moodle, asked: str, target: ExchangeFormat, name: str, folder: Path
) -> list[dict[str, Any]]:
    """Import a bank; give what the question bank of a new course holds then."""
    file = folder / "bank"
    file.write_bytes(of(asked, target).made())
    (read,) = moodle.said_by(SCRIPT, name, file)
    assert (read["done"], read["said"]) == (True, "")
    held: list[dict[str, Any]] = read["held"]
    return held


def same(item: dict[str, Any], entry: QuizEntry, target: ExchangeFormat) -> None:
    """Compare a question of Moodle's bank with ours."""
    question = entry.question
    assert (item["name"], item["idnumber"]) == (entry.name, entry.name)
    assert set(item["tags"]) == set(entry.tags)
    assert shown(item["stem"]) == spaced(entry.stem)
    if question.kind in CHOICE:
        assert item["type"] == "multichoice"
        assert item["single"] is (question.kind is not QuestionKind.SEVERAL)
        assert {
            (shown(one["text"]), one["share"] > 0, shown(one["why"])) for one in item["answers"]
        } == told(question)
        several = question.kind is QuestionKind.SEVERAL
        share = 1 / len(question.keys)
        for one in item["answers"]:
            whole = share if one["share"] > 0 else -share if several else 0
            assert one["share"] == pytest.approx(whole, abs=1e-6)
    elif question.number is not None:
        right = item["answers"][0]
        assert (item["type"], right["share"]) == ("numerical", 1)
        assert Decimal(right["text"]) == question.number.value
        assert Decimal(right["tolerance"]) == question.number.tolerance
        assert shown(right["why"]) == spaced(question.number.rationale)
    elif question.kind is QuestionKind.SORT:
        labels = {group.id: unmarked(spaced(group.label)) for group in question.groups}
        assert {(shown(part), unmarked(spaced(group))) for part, group in item["pairs"]} == {
            (spaced(one.text), labels[one.group]) for one in question.options
        }
    elif target is ExchangeFormat.MOODLE:
        assert item["type"] == "ordering"
        assert [shown(one["text"]) for one in item["answers"]] == [
            spaced(one.text) for one in question.options
        ]
    else:
        assert {(shown(part), place) for part, place in item["pairs"]} == {
            (spaced(one.text), str(at)) for at, one in enumerate(question.options, 1)
        }
    for part, why in entry.reasons if question.kind in PLACED else ():
        assert spaced(f"{part}: {why}") in shown(item["general"])


PLACED = (QuestionKind.ORDER, QuestionKind.SORT)


@pytest.mark.parametrize(
    ("target", "name"), [(ExchangeFormat.MOODLE, "xml"), (ExchangeFormat.GIFT, "gift")]
)
def test_moodle_holds_each_question_as_it_was(
    bank: str, target: ExchangeFormat, name: str, moodle: Moodle, tmp_path: Path
) -> None:
    """Id, tags, question, options, key, reasons and number are ours, and the right answer counts."""
    held = imported(moodle, bank, target, name, tmp_path)
    asked = of(bank, target).found
    assert [item["name"] for item in held] == [entry.name for entry in asked]
    for item, entry in zip(held, asked, strict=True):
        same(item, entry, target)
        assert item["mark"] == pytest.approx(1, abs=1e-6)  # shares have seven places
    if bank == "shipped":  # Moodle takes markup out of the name of a category
        assert [item["category"] for item in held] == [entry.topic.title for entry in asked]


def test_moodle_keeps_each_drawing_beside_the_reasons(
    bank: str, moodle: Moodle, tmp_path: Path
) -> None:
    """The file of a drawing is stored byte for byte, and the general feedback shows it."""
    held = imported(moodle, bank, ExchangeFormat.MOODLE, "xml", tmp_path)
    asked = of(bank, ExchangeFormat.MOODLE).found
    drawn = 0
    for item, entry in zip(held, asked, strict=True):
        files = picture_files([entry])
        drawn += len(files)
        assert {(area, name): text for area, name, text in item["files"]} == {
            ("generalfeedback", name): svg for name, svg in files.items()
        }
        assert all(f"@@PLUGINFILE@@/{name}" in item["general"] for name in files)
    assert drawn > 0


def test_moodle_holds_the_single_choices_of_aiken(
    bank: str, moodle: Moodle, tmp_path: Path
) -> None:
    """Each question that Aiken can hold is there with its options and its one right answer."""
    held = imported(moodle, bank, ExchangeFormat.AIKEN, "aiken", tmp_path)
    asked = [
        entry
        for entry in of(bank, ExchangeFormat.AIKEN).found
        if entry.question.kind in ONE_RIGHT and fits_aiken(entry)
    ]
    assert len(held) == len(asked)
    for item, entry in zip(held, asked, strict=True):
        assert (item["type"], item["single"]) == ("multichoice", True)
        assert shown(item["stem"]) == spaced(entry.stem)
        assert {(shown(one["text"]), one["share"]) for one in item["answers"]} == {
            (spaced(one.text), float(one.key)) for one in entry.question.options
        }
        assert item["mark"] == 1


def test_a_second_import_adds_the_questions_again(moodle: Moodle, tmp_path: Path) -> None:
    """Moodle replaces nothing, and the copies have no id number: the page tells so."""
    file = tmp_path / "bank"
    file.write_bytes(of("shipped", ExchangeFormat.MOODLE).made())
    first, second = moodle.said_by(SCRIPT, "xml", file, file)
    assert len(second["held"]) == len(first["held"])
    assert {item["idnumber"] for item in second["held"]} == {None}
