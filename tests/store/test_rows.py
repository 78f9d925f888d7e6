"""Rows that an earlier version wrote are read, and new rows keep their field names."""

import json

from explorer.domain.sessions import (
    PlannedQuestion,
    Round,
    SupportingPassage,
    TeachingPhase,
)
from explorer.store import rows
from tests.questions import question

ROUND = {
    "number": 1,
    "item": 0,
    "vote": 2,
    "shown": 5,
    "closed": None,
    "revealed": False,
    "skipped": True,
}
"""A round as the first version wrote it."""

PASSAGE = {"text": "Words.", "address": "guide#x", "source": "A label"}


class Row:
    """A row of the sessions."""

    id, code, first_code, locked, title, content = "s", "CDF346", "CDF346", 0, "T", "v1"
    settings = "{}"
    opened = changed = "2026-11-25T12:00:00.000000+00:00"
    capacity, concepts, step, version, place = 9, '[["c","A concept"]]', "shown", 5, 1
    asks = json.dumps([{**ROUND, "number": 0, "vote": 1, "closed": 4}, ROUND])


def test_a_row_of_the_first_version_is_read() -> None:
    """Rounds, plan and state come back under their present names."""
    planned = {
        "question": json.loads(question("q1").model_dump_json()),
        "phase": "before",
        "case": "A case.",
        "settled_by": [PASSAGE],
    }
    found = rows.session(Row, None, json.dumps([planned]))
    assert found.current_round == Round(number=1, question_index=0, vote=2, shown=5, skipped=True)
    assert found.position_token == "1.shown"
    assert found.planned is not None
    assert found.planned.phase is TeachingPhase.BEFORE
    assert found.planned.evidence == (SupportingPassage(**PASSAGE),)


def test_new_rows_have_the_field_names_of_the_first_version() -> None:
    """A server of the version before can read them, and so can a backup tool."""
    held = Round(number=1, question_index=0, vote=2, shown=5, skipped=True)
    assert json.loads(rows.rounds_to_json((held,))) == [ROUND]
    planned = PlannedQuestion(
        question=question("q1"),
        phase=TeachingPhase.FREE,
        evidence=(SupportingPassage(**PASSAGE),),
    )
    (written,) = json.loads(rows.plan_to_json((planned,)))
    assert list(written) == ["question", "phase", "case", "settled_by"]
    assert written["settled_by"] == [PASSAGE]
