"""A nurse's record as JSON, and as xAPI statements without a name."""

import json
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from explorer.domain.record_file import file_of
from explorer.domain.records import CheckVerdict, Record

_VERBS: Final = "http://adlnet.gov/expapi/verbs/"
_TYPES: Final = "http://adlnet.gov/expapi/activities/"
_OURS: Final = "urn:anakinra-explorer:"

ACTOR: Final = {
    "objectType": "Agent",
    "account": {"homePage": "https://example.invalid", "name": "fill-in-the-learner"},
}
"""Whoever sends the statements puts the learner here; we know no name."""

_VERDICTS: Final = {
    CheckVerdict.PASSED: "passed",
    CheckVerdict.NOT_PASSED: "failed",
    CheckVerdict.INCOMPLETE: "attempted",
}


def write(record: Record) -> bytes:
    """Write the record as JSON, in the fields of ``docs/record.schema.json``.

    Args:
        record: the record.
    """
    return (file_of(record).model_dump_json(indent=2) + "\n").encode("utf-8", "replace")


def write_xapi(record: Record) -> bytes:
    """Write the record as a JSON array of xAPI statements: the check, then each point tried.

    There is no name and no check code, which depends on the name, and no statement id, which
    two people with the same result in the same minute would share.

    Args:
        record: the record.
    """
    return (json.dumps(statements(record), indent=2, ensure_ascii=False) + "\n").encode(
        "utf-8", "replace"
    )


def statements(record: Record) -> list[dict[str, Any]]:
    """Return the statements of a record.

    Args:
        record: the record.
    """
    check = _activity(f"check:{record.content}", "Anakinra Explorer safe use check", "assessment")
    result: dict[str, Any] = {
        "score": {
            "scaled": record.percent / 100,
            "raw": record.percent,
            "min": 0,
            "max": 100,
        },
        "completion": record.verdict is not CheckVerdict.INCOMPLETE,
    }
    if record.verdict is not CheckVerdict.INCOMPLETE:
        result["success"] = record.verdict is CheckVerdict.PASSED
    if record.seconds is not None:
        result["duration"] = f"PT{record.seconds}S"
    when = _when(record)
    made = [_statement(_VERDICTS[record.verdict], check, result, when)]
    for concept in record.concepts:
        if not concept.tries:  # not shown, so nothing is known
            continue
        point = _activity(f"concept:{concept.id or 'unnamed'}", concept.label, "objective")
        verb = "passed" if concept.right else "failed"
        statement = _statement(verb, point, {"success": concept.right}, when)
        statement["context"] = {"contextActivities": {"parent": [check]}}
        made.append(statement)
    return made


def _activity(name: str, title: str, kind: str) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": f"{_OURS}{name}",
        "definition": {"name": {"en-US": title}, "type": f"{_TYPES}{kind}"},
    }


def _statement(
    verb: str, activity: dict[str, Any], result: dict[str, Any], when: str
) -> dict[str, Any]:
    made = {
        "actor": ACTOR,
        "verb": {"id": f"{_VERBS}{verb}", "display": {"en-US": verb}},
        "object": activity,
        "result": result,
    }
    return made | ({"timestamp": when} if when else {})


def _when(record: Record) -> str:
    """Return the time of the check in ISO 8601; empty where its zone has no name we know."""
    try:
        zone = ZoneInfo(record.zone)
        return datetime.strptime(record.date, "%Y-%m-%d %H:%M").replace(tzinfo=zone).isoformat()
    except (ValueError, KeyError, OSError):
        return ""
