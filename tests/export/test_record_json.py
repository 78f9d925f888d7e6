"""A nurse's record for other systems: JSON with its schema, and xAPI without a name."""

import json
from typing import Any

import pytest

from explorer.domain.record_code import verify
from explorer.domain.record_file import RecordFile
from explorer.domain.records import CheckVerdict, Record
from explorer.export import record_json
from tests import record_schema
from tests.domain.test_records import record, run
from tests.questions import bank


@pytest.fixture
def made() -> Record:
    questions = bank()
    found = record(questions, run(questions, lambda item: item.concept != "concept-1"))
    return found.evolve(name="Zuzanna Nowak", zone="Europe/Warsaw", date="2026-11-28 09:40")


def test_the_json_holds_the_whole_record_and_fits_its_code(made: Record) -> None:
    """Read back, it is the same record, and its lines with its code pass the check of codes."""
    raw = json.loads(record_json.write(made))
    assert RecordFile.model_validate_json(record_json.write(made)).record == made
    lines = [f"{part}: {value}" for part, value in raw["lines"].items()]
    assert verify("\n".join([*lines, f"code: {raw['code']}"])) == ()


def test_the_schema_in_the_documents_is_the_one_in_force() -> None:
    """Whoever reads the file by the documents reads what we write."""
    assert record_schema.FILE.read_text(encoding="utf-8") == record_schema.schema()


def statements(made: Record) -> list[dict[str, Any]]:
    found = json.loads(record_json.write_xapi(made))
    assert isinstance(found, list)
    return found


def test_xapi_tells_result_and_points_and_no_name(made: Record) -> None:
    """The first statement is the check with its score, then each point; nobody is named."""
    first, *points = statements(made)
    assert first["verb"]["id"] == "http://adlnet.gov/expapi/verbs/failed"
    assert first["result"]["score"]["scaled"] == made.percent / 100
    assert first["timestamp"] == "2026-11-28T09:40:00+01:00"
    right = {point["object"]["id"]: point["result"]["success"] for point in points}
    assert right == {
        f"urn:anakinra-explorer:concept:{item.id}": item.right
        for item in made.concepts
        if item.tries
    }
    text = json.dumps(statements(made))
    assert made.name
    assert made.name not in text
    assert json.loads(record_json.write(made))["code"] not in text


def test_a_check_that_was_ended_early_neither_passes_nor_fails(made: Record) -> None:
    """Its statement says attempted, without success."""
    early = made.evolve(verdict=CheckVerdict.INCOMPLETE, zone="nowhere")
    first = statements(early)[0]
    assert first["verb"]["id"].endswith("/attempted")
    assert first["result"]["completion"] is False
    assert "success" not in first["result"]
    assert "timestamp" not in first
